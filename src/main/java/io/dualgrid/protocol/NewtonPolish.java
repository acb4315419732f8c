package io.dualgrid.protocol;

/**
 * Newton: every edge takes a point of its program near its iterate; flows and voltages pass along
 * the lines, and every edge reports its cost and whether it keeps its limits.
 *
 * @param prices of injections, then of rows
 */
public record NewtonPolish(double[] prices) implements Broadcast {
  static final Codec<NewtonPolish> CODEC =
      new Codec<>() {
        @Override
        public void write(NewtonPolish message, WireWriter out) {
          out.doubles(message.prices);
        }

        @Override
        public NewtonPolish read(WireReader in) {
          return new NewtonPolish(in.finites());
        }
      };

  @Override
  public MessageType type() {
    return MessageType.NEWTON_POLISH;
  }

  /** Without the values. */
  @Override
  public String toString() {
    return "NewtonPolish[]";
  }
}
