package io.dualgrid.protocol;

/**
 * Newton: every edge reports the least that its program can cost at its prices.
 *
 * @param free whether its own costs are left out, so that prices alone count
 * @param prices of injections, then of rows
 */
public record NewtonBound(boolean free, double[] prices) implements Broadcast {
  static final Codec<NewtonBound> CODEC =
      new Codec<>() {
        @Override
        public void write(NewtonBound message, WireWriter out) {
          out.flag(message.free);
          out.doubles(message.prices);
        }

        @Override
        public NewtonBound read(WireReader in) {
          return new NewtonBound(in.flag(), in.finites());
        }
      };

  @Override
  public MessageType type() {
    return MessageType.NEWTON_BOUND;
  }

  /** Without the values. */
  @Override
  public String toString() {
    return "NewtonBound[free=" + free + "]";
  }
}
