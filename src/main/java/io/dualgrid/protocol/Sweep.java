package io.dualgrid.protocol;

/**
 * Flows are added up from the leaves to the root, voltages follow back; then every edge reports the
 * cost of its point.
 */
public record Sweep() implements Broadcast {
  static final Codec<Sweep> CODEC =
      new Codec<>() {
        @Override
        public void write(Sweep message, WireWriter out) {
          // the name says everything
        }

        @Override
        public Sweep read(WireReader in) {
          return new Sweep();
        }
      };

  @Override
  public MessageType type() {
    return MessageType.SWEEP;
  }
}
