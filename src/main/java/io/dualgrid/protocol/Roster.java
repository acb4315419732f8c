package io.dualgrid.protocol;

/**
 * From the operator to every edge, the same to all, where messages are encrypted: who takes part,
 * in the order of the sums, and who hangs on whom. Edges hold it against what they know of their
 * own lines, count the company behind sums by it, and notice by their tags when somebody else was
 * told another.
 *
 * @param nodes ids of the nodes
 * @param parents for each node the place of the node above it in this list; −1 for the root
 */
public record Roster(int[] nodes, int[] parents) implements Message {
  static final Codec<Roster> CODEC =
      new Codec<>() {
        @Override
        public void write(Roster message, WireWriter out) {
          out.i32(message.nodes.length);
          for (int i = 0; i < message.nodes.length; i++) {
            out.i32(message.nodes[i]).i32(message.parents[i]);
          }
        }

        @Override
        public Roster read(WireReader in) {
          int count = in.lengthOf(2 * Integer.BYTES);
          int[] nodes = new int[count];
          int[] parents = new int[count];
          for (int i = 0; i < count; i++) {
            nodes[i] = in.i32();
            parents[i] = in.i32();
          }
          return new Roster(nodes, parents);
        }
      };

  /** Refuses places that are not in the list. */
  public Roster {
    if (nodes.length != parents.length) {
      throw WireReader.malformed(nodes.length + " nodes and " + parents.length + " parents");
    }
    for (int parent : parents) {
      if (parent < -1 || parent >= nodes.length) {
        throw WireReader.malformed("a parent at place " + parent + " of " + nodes.length);
      }
    }
  }

  /**
   * Number of lines between the root and the node at a place.
   *
   * @throws ProtocolException when they go round in a circle
   */
  public int depth(int place) {
    int depth = 0;
    for (int at = parents[place]; at >= 0; at = parents[at]) {
      depth++;
      if (depth >= nodes.length) {
        throw WireReader.malformed("lines that go round in a circle");
      }
    }
    return depth;
  }

  @Override
  public MessageType type() {
    return MessageType.ROSTER;
  }

  /** The size only. */
  @Override
  public String toString() {
    return "Roster[" + nodes.length + " nodes]";
  }
}
