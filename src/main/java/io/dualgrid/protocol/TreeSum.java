package io.dualgrid.protocol;

/**
 * From the operator to an end of a line, in a sweep: to both ends the sum over all that is below
 * the line, then to the lower end the sum along the path from the root.
 *
 * @param line index of the line
 * @param toDownstream whether the receiver is the node the line ends in
 * @param numbers of 16 bytes each, little endian, hidden by a pad of that line, where the run is
 *     encrypted
 */
public record TreeSum(int line, boolean toDownstream, byte[] numbers) implements Message {
  static final Codec<TreeSum> CODEC =
      new Codec<>() {
        @Override
        public void write(TreeSum message, WireWriter out) {
          out.i32(message.line).flag(message.toDownstream).bytes(message.numbers);
        }

        @Override
        public TreeSum read(WireReader in) {
          return new TreeSum(in.count(Integer.MAX_VALUE), in.flag(), in.bytes());
        }
      };

  @Override
  public MessageType type() {
    return MessageType.TREE_SUM;
  }
}
