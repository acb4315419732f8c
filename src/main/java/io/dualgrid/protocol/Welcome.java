package io.dualgrid.protocol;

import java.util.List;

/**
 * From the operator to an edge: its place in the feeder and in the sums, from public data.
 *
 * @param index its place in the order of the sums, from 0
 * @param parties number of edges
 * @param root whether it is the root
 * @param evenDepth whether its depth in the feeder is even
 * @param lines the lines it touches
 */
public record Welcome(
    int index, int parties, boolean root, boolean evenDepth, List<LineSetup> lines)
    implements Message {
  static final Codec<Welcome> CODEC =
      new Codec<>() {
        @Override
        public void write(Welcome message, WireWriter out) {
          out.i32(message.index);
          out.i32(message.parties);
          out.flag(message.root);
          out.flag(message.evenDepth);
          LineSetup.writeAll(message.lines, out);
        }

        @Override
        public Welcome read(WireReader in) {
          return new Welcome(
              in.count(Integer.MAX_VALUE),
              in.count(Integer.MAX_VALUE),
              in.flag(),
              in.flag(),
              LineSetup.readAll(in));
        }
      };

  /** Copies the list. */
  public Welcome {
    lines = List.copyOf(lines);
  }

  @Override
  public MessageType type() {
    return MessageType.WELCOME;
  }
}
