package io.dualgrid.protocol;

/**
 * Newton: limits of voltage or flow enter. By how much each grows with its own injections an edge
 * takes from the public feeder, and the edge whose limit it is refuses one that is not near: what
 * an edge adds to the value of a row is never of the operator's choice.
 *
 * @param nodes number of the edge whose limit each is
 * @param limits which of its limits, side · steps + step
 */
public record NewtonRows(int[] nodes, int[] limits) implements Broadcast {
  static final Codec<NewtonRows> CODEC =
      new Codec<>() {
        @Override
        public void write(NewtonRows message, WireWriter out) {
          out.i32(message.nodes.length);
          for (int a = 0; a < message.nodes.length; a++) {
            out.i32(message.nodes[a]).i32(message.limits[a]);
          }
        }

        @Override
        public NewtonRows read(WireReader in) {
          int count = in.lengthOf(2 * Integer.BYTES);
          int[] nodes = new int[count];
          int[] limits = new int[count];
          for (int a = 0; a < count; a++) {
            nodes[a] = in.count(Integer.MAX_VALUE);
            limits[a] = in.count(Integer.MAX_VALUE);
          }
          return new NewtonRows(nodes, limits);
        }
      };

  /** Refuses lists of two lengths. */
  public NewtonRows {
    if (nodes.length != limits.length) {
      throw WireReader.malformed(nodes.length + " nodes and " + limits.length + " limits");
    }
  }

  @Override
  public MessageType type() {
    return MessageType.NEWTON_ROWS;
  }

  /** The number of rows only. */
  @Override
  public String toString() {
    return "NewtonRows[" + nodes.length + " rows]";
  }
}
