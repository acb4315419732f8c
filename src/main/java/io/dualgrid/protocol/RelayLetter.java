package io.dualgrid.protocol;

/**
 * Between the operator and a relay, either way: a message that is for one site behind the relay, or
 * from one, and not for the relay itself.
 *
 * @param edge number of the site among all
 * @param sequence number of the letter on the site's own link; 0 on the way down, where the relay
 *     numbers it
 * @param message as it is
 */
public record RelayLetter(int edge, long sequence, Message message) implements Message {
  static final Codec<RelayLetter> CODEC =
      new Codec<>() {
        @Override
        public void write(RelayLetter letter, WireWriter out) {
          out.i32(letter.edge).i64(letter.sequence).u8(letter.message.type().code());
          letter.message.type().write(letter.message, out);
        }

        @Override
        public RelayLetter read(WireReader in) {
          int edge = in.count(Integer.MAX_VALUE);
          long sequence = in.i64();
          MessageType type = MessageType.of(in.u8());
          if (type.ofRelays()) {
            throw WireReader.malformed("a letter of a relay in another");
          }
          return new RelayLetter(edge, sequence, type.read(in));
        }
      };

  @Override
  public MessageType type() {
    return MessageType.RELAY_LETTER;
  }

  /** Site and kind only. */
  @Override
  public String toString() {
    return "RelayLetter[edge " + edge + ", " + message.type() + "]";
  }
}
