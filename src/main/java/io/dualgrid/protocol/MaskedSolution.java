package io.dualgrid.protocol;

/**
 * From a cloud to an edge: what it says is the solution. Anything may be in it.
 *
 * @param mask repeated from the term
 * @param number repeated from the term
 * @param solved whether it claims to have solved the program
 * @param y masked solution
 * @param multipliers of the masked rows
 * @param iterations spent, as claimed
 */
public record MaskedSolution(
    long mask, long number, boolean solved, double[] y, double[] multipliers, int iterations)
    implements Message {
  static final Codec<MaskedSolution> CODEC =
      new Codec<>() {
        @Override
        public void write(MaskedSolution message, WireWriter out) {
          out.i64(message.mask);
          out.i64(message.number);
          out.flag(message.solved);
          out.doubles(message.y);
          out.doubles(message.multipliers);
          out.i32(message.iterations);
        }

        @Override
        public MaskedSolution read(WireReader in) {
          return new MaskedSolution(
              in.i64(),
              in.i64(),
              in.flag(),
              in.doubles(),
              in.doubles(),
              in.count(Integer.MAX_VALUE));
        }
      };

  @Override
  public MessageType type() {
    return MessageType.MASKED_SOLUTION;
  }

  /** Without the values. */
  @Override
  public String toString() {
    return "MaskedSolution[number="
        + number
        + ", solved="
        + solved
        + ", iterations="
        + iterations
        + "]";
  }
}
