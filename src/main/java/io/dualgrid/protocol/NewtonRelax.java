package io.dualgrid.protocol;

/**
 * Newton: every edge starts anew without costs, so that the operator finds which limits have to be
 * broken where no dispatch meets them all, and reports its number of bounds. There is no way back.
 */
public record NewtonRelax() implements Broadcast {
  static final Codec<NewtonRelax> CODEC =
      new Codec<>() {
        @Override
        public void write(NewtonRelax message, WireWriter out) {
          // the name says everything
        }

        @Override
        public NewtonRelax read(WireReader in) {
          return new NewtonRelax();
        }
      };

  @Override
  public MessageType type() {
    return MessageType.NEWTON_RELAX;
  }
}
