package io.dualgrid.protocol;

/**
 * Newton: every edge computes its step at unchanged prices, and reports how its injections change.
 *
 * @param target of the products of slack and multiplier
 * @param corrected whether to add the products of the last direction's changes
 */
public record NewtonAim(double target, boolean corrected) implements Broadcast {
  static final Codec<NewtonAim> CODEC =
      new Codec<>() {
        @Override
        public void write(NewtonAim message, WireWriter out) {
          out.f64(message.target);
          out.flag(message.corrected);
        }

        @Override
        public NewtonAim read(WireReader in) {
          return new NewtonAim(in.finite(), in.flag());
        }
      };

  @Override
  public MessageType type() {
    return MessageType.NEWTON_AIM;
  }
}
