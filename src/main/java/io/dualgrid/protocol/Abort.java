package io.dualgrid.protocol;

/**
 * Any party gives up, and the run ends.
 *
 * @param code why
 */
public record Abort(AbortCode code) implements Message {
  static final Codec<Abort> CODEC =
      new Codec<>() {
        @Override
        public void write(Abort message, WireWriter out) {
          out.u16(message.code.code());
        }

        @Override
        public Abort read(WireReader in) {
          return new Abort(AbortCode.of(in.u16()));
        }
      };

  @Override
  public MessageType type() {
    return MessageType.ABORT;
  }
}
