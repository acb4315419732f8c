package io.dualgrid.operator;

import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.Payload;
import io.dualgrid.protocol.ProtocolException;
import java.util.function.IntFunction;

/** How the operator combines the two copies of a line. Thread safe. */
interface CopySum extends AutoCloseable {
  /** Sums of plain values that their senders have weighted. */
  CopySum PLAIN =
      (upstream, upstreamWeight, downstream, downstreamWeight, room) -> {
        if (upstream instanceof Payload.Plain up && downstream instanceof Payload.Plain down) {
          if (up.values().length != down.values().length) {
            throw new ProtocolException(
                AbortCode.MALFORMED,
                "copies of "
                    + up.values().length
                    + " and "
                    + down.values().length
                    + " values cannot be added");
          }
          double[] sum = new double[up.values().length];
          for (int i = 0; i < sum.length; i++) {
            sum[i] = up.values()[i] + down.values()[i];
          }
          return new Payload.Plain(sum);
        }
        throw new ProtocolException(
            AbortCode.UNEXPECTED, "encrypted copies where none were agreed");
      };

  /**
   * The weighted sum; the weights are for senders that have not applied them.
   *
   * @param upstream copy of the node the line starts from
   * @param downstream copy of the node the line ends in
   * @param room where a sum of so many bytes may be written
   */
  Payload combine(
      Payload upstream,
      double upstreamWeight,
      Payload downstream,
      double downstreamWeight,
      IntFunction<Payload.Hidden> room);

  @Override
  default void close() {}
}
