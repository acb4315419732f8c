package io.dualgrid.protocol;

/**
 * The CKKS public key of a line end: to the operator, and through it to the other end.
 *
 * @param line index of the line
 * @param fromDownstream whether its owner is the node the line ends in
 * @param key in its wire format
 */
public record LineKey(int line, boolean fromDownstream, byte[] key) implements Message {
  static final Codec<LineKey> CODEC =
      new Codec<>() {
        @Override
        public void write(LineKey message, WireWriter out) {
          out.i32(message.line);
          out.flag(message.fromDownstream);
          out.bytes(message.key);
        }

        @Override
        public LineKey read(WireReader in) {
          return new LineKey(in.count(Integer.MAX_VALUE), in.flag(), in.bytes());
        }
      };

  @Override
  public MessageType type() {
    return MessageType.LINE_KEY;
  }

  /** Without the values. */
  @Override
  public String toString() {
    return "LineKey[line=" + line + ", fromDownstream=" + fromDownstream + "]";
  }
}
