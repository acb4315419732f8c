package io.dualgrid.protocol;

/**
 * From an edge to a cloud: a mask is no longer in use.
 *
 * @param mask number of the mask
 */
public record ReleaseMask(long mask) implements Message {
  static final Codec<ReleaseMask> CODEC =
      new Codec<>() {
        @Override
        public void write(ReleaseMask message, WireWriter out) {
          out.i64(message.mask);
        }

        @Override
        public ReleaseMask read(WireReader in) {
          return new ReleaseMask(in.i64());
        }
      };

  @Override
  public MessageType type() {
    return MessageType.RELEASE_MASK;
  }
}
