package io.dualgrid.protocol;

/**
 * Newton: every edge completes its step; reports products of the step and, hidden in a sum, how far
 * it can go.
 *
 * @param prices the change of prices
 */
public record NewtonDirect(double[] prices) implements Broadcast {
  static final Codec<NewtonDirect> CODEC =
      new Codec<>() {
        @Override
        public void write(NewtonDirect message, WireWriter out) {
          out.doubles(message.prices);
        }

        @Override
        public NewtonDirect read(WireReader in) {
          return new NewtonDirect(in.finites());
        }
      };

  @Override
  public MessageType type() {
    return MessageType.NEWTON_DIRECT;
  }

  /** Without the values. */
  @Override
  public String toString() {
    return "NewtonDirect[]";
  }
}
