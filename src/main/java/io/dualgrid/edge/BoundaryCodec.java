package io.dualgrid.edge;

import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.Boundary;
import io.dualgrid.protocol.Consensus;
import io.dualgrid.protocol.Payload;
import io.dualgrid.protocol.ProtocolException;

/** How one line end turns boundary values into messages and consensus messages into values. */
interface BoundaryCodec extends AutoCloseable {

  /**
   * The message of this line end.
   *
   * @param values the copy of the line's P, Q, V, length 3 · steps, not modified
   */
  Boundary seal(double[] values);

  /**
   * The consensus z out of a message to this line end.
   *
   * @param z length 3 · steps, overwritten
   */
  void open(Consensus message, double[] z);

  /** Wipes what secrets there are. */
  @Override
  default void close() {}

  /** The codec of plain messages; the sender applies its weight. */
  record Plain(int line, boolean downstream, double weight) implements BoundaryCodec {
    private static final byte[] NO_TAG = {};

    @Override
    public Boundary seal(double[] values) {
      double[] weighted = new double[values.length];
      for (int i = 0; i < weighted.length; i++) {
        weighted[i] = weight * values[i];
      }
      Payload payload = new Payload.Plain(weighted);
      return new Boundary(line, downstream, payload, payload, NO_TAG);
    }

    @Override
    public void open(Consensus message, double[] z) {
      if (message.consensus() instanceof Payload.Plain plain && plain.values().length == z.length) {
        System.arraycopy(plain.values(), 0, z, 0, z.length);
      } else {
        throw new ProtocolException(
            AbortCode.MALFORMED, "line " + line + ": not a plain consensus of " + z.length);
      }
    }
  }
}
