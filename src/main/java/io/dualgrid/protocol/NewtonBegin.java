package io.dualgrid.protocol;

/**
 * Newton: every edge takes a starting point at these prices, and reports its number of bounds.
 *
 * @param prices of the active, then of the reactive injection, in the unit of the programs, length
 *     2 · steps; then of limits that have entered
 * @param centre product of slack and multiplier of the centre to go to; zero for a start from
 *     nothing
 */
public record NewtonBegin(double[] prices, double centre) implements Broadcast {
  static final Codec<NewtonBegin> CODEC =
      new Codec<>() {
        @Override
        public void write(NewtonBegin message, WireWriter out) {
          out.doubles(message.prices).f64(message.centre);
        }

        @Override
        public NewtonBegin read(WireReader in) {
          return new NewtonBegin(in.finites(), in.finite());
        }
      };

  @Override
  public MessageType type() {
    return MessageType.NEWTON_BEGIN;
  }

  /** Without the values. */
  @Override
  public String toString() {
    return "NewtonBegin[]";
  }
}
