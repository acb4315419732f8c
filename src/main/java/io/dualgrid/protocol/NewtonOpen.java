package io.dualgrid.protocol;

/**
 * Newton: every edge factorises at its prices; reports injections, how they would move at unchanged
 * prices towards no products, products, cost and sensitivities.
 *
 * @param full whether sensitivities between all steps are summed, or within each step only
 * @param prices of injections, then of rows
 */
public record NewtonOpen(boolean full, double[] prices) implements Broadcast {
  static final Codec<NewtonOpen> CODEC =
      new Codec<>() {
        @Override
        public void write(NewtonOpen message, WireWriter out) {
          out.flag(message.full);
          out.doubles(message.prices);
        }

        @Override
        public NewtonOpen read(WireReader in) {
          return new NewtonOpen(in.flag(), in.finites());
        }
      };

  @Override
  public MessageType type() {
    return MessageType.NEWTON_OPEN;
  }

  /** Without the values. */
  @Override
  public String toString() {
    return "NewtonOpen[full=" + full + "]";
  }
}
