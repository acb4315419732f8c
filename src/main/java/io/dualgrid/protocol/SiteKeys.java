package io.dualgrid.protocol;

/**
 * The public keys of an edge, signed by its site: to the operator, and through it to all whom they
 * concern.
 *
 * @param owner place of its owner in the order of the sums
 * @param bundle a signed key bundle in its own wire format
 */
public record SiteKeys(int owner, byte[] bundle) implements Message {
  static final Codec<SiteKeys> CODEC =
      new Codec<>() {
        @Override
        public void write(SiteKeys message, WireWriter out) {
          out.i32(message.owner);
          out.bytes(message.bundle);
        }

        @Override
        public SiteKeys read(WireReader in) {
          return new SiteKeys(in.count(Integer.MAX_VALUE), in.bytes());
        }
      };

  @Override
  public MessageType type() {
    return MessageType.SITE_KEYS;
  }

  /** Without the keys. */
  @Override
  public String toString() {
    return "SiteKeys[owner=" + owner + "]";
  }
}
