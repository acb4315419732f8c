package io.dualgrid.protocol;

/**
 * From an edge to the operator, in a sweep: from the lower end of a line, what its node adds to the
 * sum over all that is below the line; from the upper end, once it knows that sum, what the line
 * adds to the sum along the path from the root to its lower end.
 *
 * @param line index of the line
 * @param fromDownstream whether the sender is the node the line ends in
 * @param numbers of 16 bytes each, little endian, hidden by pads of the sender's lines, where the
 *     run is encrypted
 */
public record TreePart(int line, boolean fromDownstream, byte[] numbers) implements Message {
  static final Codec<TreePart> CODEC =
      new Codec<>() {
        @Override
        public void write(TreePart message, WireWriter out) {
          out.i32(message.line).flag(message.fromDownstream).bytes(message.numbers);
        }

        @Override
        public TreePart read(WireReader in) {
          return new TreePart(in.count(Integer.MAX_VALUE), in.flag(), in.bytes());
        }
      };

  @Override
  public MessageType type() {
    return MessageType.TREE_PART;
  }
}
