package io.dualgrid.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * From the root to the operator, where the root solves for prices: what it has come to in an
 * iteration. There is no figure of the course in it.
 *
 * @param converged whether the run is over and has a result
 * @param stalled why it goes no further, in printable ASCII; empty while it does
 * @param infeasible whether there is proof that no dispatch meets the limits
 * @param explained whether what is short is known then, or will not be
 * @param lacks what is short
 */
public record RootVerdict(
    boolean converged, String stalled, boolean infeasible, boolean explained, List<Lack> lacks)
    implements Message {
  /** Longest reason, in bytes. */
  private static final int LONGEST = 1000;

  private static final int LACK_BYTES = 2 * Byte.BYTES + 2 * Integer.BYTES + Double.BYTES;

  /**
   * By how much a limit has to be broken.
   *
   * @param kind of the limit: 0 a voltage, 1 a flow, 2 and 3 active and reactive power of the root
   * @param node number of the energy system whose limit it is
   * @param step time step
   * @param tooLittle else there is too much
   * @param amount per unit
   */
  public record Lack(int kind, int node, int step, boolean tooLittle, double amount) {}

  static final Codec<RootVerdict> CODEC =
      new Codec<>() {
        @Override
        public void write(RootVerdict message, WireWriter out) {
          out.flag(message.converged).flag(message.infeasible).flag(message.explained);
          out.bytes(message.stalled.getBytes(StandardCharsets.US_ASCII));
          out.i32(message.lacks.size());
          for (Lack lack : message.lacks) {
            out.u8(lack.kind).i32(lack.node).i32(lack.step).flag(lack.tooLittle).f64(lack.amount);
          }
        }

        @Override
        public RootVerdict read(WireReader in) {
          boolean converged = in.flag();
          boolean infeasible = in.flag();
          boolean explained = in.flag();
          byte[] reason = in.bytes();
          if (reason.length > LONGEST) {
            throw WireReader.malformed("a reason of " + reason.length + " bytes");
          }
          for (byte letter : reason) {
            if (letter < ' ' || letter > '~') {
              throw WireReader.malformed("a reason with the letter " + letter);
            }
          }
          int count = in.lengthOf(LACK_BYTES);
          List<Lack> lacks = new ArrayList<>();
          for (int k = 0; k < count; k++) {
            lacks.add(
                new Lack(
                    in.u8(),
                    in.count(Integer.MAX_VALUE),
                    in.count(Integer.MAX_VALUE),
                    in.flag(),
                    in.finite()));
          }
          return new RootVerdict(
              converged,
              new String(reason, StandardCharsets.US_ASCII),
              infeasible,
              explained,
              lacks);
        }
      };

  /** Copies the list. */
  public RootVerdict {
    lacks = List.copyOf(lacks);
  }

  @Override
  public MessageType type() {
    return MessageType.ROOT_VERDICT;
  }
}
