package io.dualgrid.protocol;

/**
 * Newton: every edge moves along its step.
 *
 * @param primal length of the step of variables
 * @param dual length of the step of multipliers
 */
public record NewtonMove(double primal, double dual) implements Broadcast {
  static final Codec<NewtonMove> CODEC =
      new Codec<>() {
        @Override
        public void write(NewtonMove message, WireWriter out) {
          out.f64(message.primal);
          out.f64(message.dual);
        }

        @Override
        public NewtonMove read(WireReader in) {
          return new NewtonMove(in.finite(), in.finite());
        }
      };

  @Override
  public MessageType type() {
    return MessageType.NEWTON_MOVE;
  }
}
