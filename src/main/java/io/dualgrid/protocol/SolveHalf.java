package io.dualgrid.protocol;

/**
 * Accelerated algorithm: one half of the depths solves and sends its copies.
 *
 * @param even whether it is the even half
 * @param oddCorrection δ of the hub of the odd half, empty while it is not known or where there is
 *     no hub
 * @param evenCorrection δ of the hub of the even half, likewise
 */
public record SolveHalf(boolean even, double[] oddCorrection, double[] evenCorrection)
    implements Broadcast {
  static final Codec<SolveHalf> CODEC =
      new Codec<>() {
        @Override
        public void write(SolveHalf message, WireWriter out) {
          out.flag(message.even);
          out.doubles(message.oddCorrection);
          out.doubles(message.evenCorrection);
        }

        @Override
        public SolveHalf read(WireReader in) {
          return new SolveHalf(in.flag(), in.finites(), in.finites());
        }
      };

  @Override
  public MessageType type() {
    return MessageType.SOLVE_HALF;
  }

  /** Without the values. */
  @Override
  public String toString() {
    return "SolveHalf[even=" + even + "]";
  }
}
