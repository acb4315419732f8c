package io.dualgrid.protocol;

/**
 * Newton: flows and voltages of the present injections pass along the lines; every edge reports,
 * hidden in a sum, which of its limits are near.
 */
public record NewtonSweep() implements Broadcast {
  static final Codec<NewtonSweep> CODEC =
      new Codec<>() {
        @Override
        public void write(NewtonSweep message, WireWriter out) {
          // the name says everything
        }

        @Override
        public NewtonSweep read(WireReader in) {
          return new NewtonSweep();
        }
      };

  @Override
  public MessageType type() {
    return MessageType.NEWTON_SWEEP;
  }
}
