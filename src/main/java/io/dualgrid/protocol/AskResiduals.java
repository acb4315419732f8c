package io.dualgrid.protocol;

/**
 * Published algorithm: asks for mismatch, change, whether anything moves, and the objective.
 *
 * @param primalScale what shares of the mismatch are relative to, per unit
 * @param dualScale the same of the change
 */
public record AskResiduals(double primalScale, double dualScale) implements Broadcast {
  static final Codec<AskResiduals> CODEC =
      new Codec<>() {
        @Override
        public void write(AskResiduals message, WireWriter out) {
          out.f64(message.primalScale);
          out.f64(message.dualScale);
        }

        @Override
        public AskResiduals read(WireReader in) {
          return new AskResiduals(in.finite(), in.finite());
        }
      };

  @Override
  public MessageType type() {
    return MessageType.ASK_RESIDUALS;
  }
}
