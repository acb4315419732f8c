package io.dualgrid.protocol;

/** Newton: every edge keeps the point of the last sweep as its best. */
public record NewtonKeep() implements Broadcast {
  static final Codec<NewtonKeep> CODEC =
      new Codec<>() {
        @Override
        public void write(NewtonKeep message, WireWriter out) {
          // the name says everything
        }

        @Override
        public NewtonKeep read(WireReader in) {
          return new NewtonKeep();
        }
      };

  @Override
  public MessageType type() {
    return MessageType.NEWTON_KEEP;
  }
}
