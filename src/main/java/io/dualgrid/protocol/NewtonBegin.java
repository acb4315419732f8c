package io.dualgrid.protocol;

/**
 * Newton: every edge takes a starting point at these prices, and reports its number of bounds.
 *
 * @param prices of the active, then of the reactive injection, in the unit of the programs, length
 *     2 · steps
 */
public record NewtonBegin(double[] prices) implements Broadcast {
  static final Codec<NewtonBegin> CODEC =
      new Codec<>() {
        @Override
        public void write(NewtonBegin message, WireWriter out) {
          out.doubles(message.prices);
        }

        @Override
        public NewtonBegin read(WireReader in) {
          return new NewtonBegin(in.finites());
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
