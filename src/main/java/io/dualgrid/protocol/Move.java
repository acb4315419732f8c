package io.dualgrid.protocol;

/**
 * Accelerated algorithm: the operator's decision about the next state.
 *
 * @param proximalShare weight of the proximal term around the present injections as a part of their
 *     own, 0 to leave it
 * @param keepReference whether to remember copies and multipliers for the next look at the
 *     penalties
 * @param fallBack whether to go back to the plain step from the last iterate
 * @param rescale factors of the penalties of P, Q and V; empty to keep them
 * @param coefficients of the acceleration by slot; empty where the step is another
 */
public record Move(
    double proximalShare,
    boolean keepReference,
    boolean fallBack,
    double[] rescale,
    double[] coefficients)
    implements Broadcast {
  static final Codec<Move> CODEC =
      new Codec<>() {
        @Override
        public void write(Move message, WireWriter out) {
          out.f64(message.proximalShare);
          out.flag(message.keepReference);
          out.flag(message.fallBack);
          out.doubles(message.rescale);
          out.doubles(message.coefficients);
        }

        @Override
        public Move read(WireReader in) {
          return new Move(in.finite(), in.flag(), in.flag(), in.finites(), in.finites());
        }
      };

  @Override
  public MessageType type() {
    return MessageType.MOVE;
  }

  /** Without the values. */
  @Override
  public String toString() {
    return "Move[proximalShare="
        + proximalShare
        + ", keepReference="
        + keepReference
        + ", fallBack="
        + fallBack
        + "]";
  }
}
