package io.dualgrid.protocol;

/** The point of the last sweep becomes everybody's solution; all send their copies of it. */
public record Adopt() implements Broadcast {
  static final Codec<Adopt> CODEC =
      new Codec<>() {
        @Override
        public void write(Adopt message, WireWriter out) {
          // the name says everything
        }

        @Override
        public Adopt read(WireReader in) {
          return new Adopt();
        }
      };

  @Override
  public MessageType type() {
    return MessageType.ADOPT;
  }
}
