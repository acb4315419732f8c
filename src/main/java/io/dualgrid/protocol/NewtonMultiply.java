package io.dualgrid.protocol;

/**
 * Newton: every edge reports how its injections answer a change of prices.
 *
 * @param prices the change
 */
public record NewtonMultiply(double[] prices) implements Broadcast {
  static final Codec<NewtonMultiply> CODEC =
      new Codec<>() {
        @Override
        public void write(NewtonMultiply message, WireWriter out) {
          out.doubles(message.prices);
        }

        @Override
        public NewtonMultiply read(WireReader in) {
          return new NewtonMultiply(in.finites());
        }
      };

  @Override
  public MessageType type() {
    return MessageType.NEWTON_MULTIPLY;
  }

  /** Without the values. */
  @Override
  public String toString() {
    return "NewtonMultiply[]";
  }
}
