package io.dualgrid.protocol;

/** The run is over. */
public record Finish() implements Broadcast {
  static final Codec<Finish> CODEC =
      new Codec<>() {
        @Override
        public void write(Finish message, WireWriter out) {
          // the name says everything
        }

        @Override
        public Finish read(WireReader in) {
          return new Finish();
        }
      };

  @Override
  public MessageType type() {
    return MessageType.FINISH;
  }
}
