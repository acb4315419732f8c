package io.dualgrid.protocol;

/**
 * The X25519 key of an edge for secure sums: to the operator, and through it to the partners.
 *
 * @param owner place of its owner in the order of the sums
 * @param key 32 bytes
 */
public record SumKey(int owner, byte[] key) implements Message {
  static final Codec<SumKey> CODEC =
      new Codec<>() {
        @Override
        public void write(SumKey message, WireWriter out) {
          out.i32(message.owner);
          out.bytes(message.key);
        }

        @Override
        public SumKey read(WireReader in) {
          return new SumKey(in.count(Integer.MAX_VALUE), in.bytes());
        }
      };

  @Override
  public MessageType type() {
    return MessageType.SUM_KEY;
  }

  /** Without the values. */
  @Override
  public String toString() {
    return "SumKey[owner=" + owner + "]";
  }
}
