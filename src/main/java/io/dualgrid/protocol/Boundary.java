package io.dualgrid.protocol;

/**
 * From an edge to the operator: its copy of one line's flow and voltage, once for each end of the
 * line to read the consensus from.
 *
 * @param line index of the line
 * @param fromDownstream whether the sender is the node the line ends in
 * @param underOwnKey readable, once combined, by the sender
 * @param underNeighbourKey readable, once combined, by the other end
 * @param tag of the latter, by which the other end tells that it is in the consensus; empty where
 *     nothing is encrypted
 */
public record Boundary(
    int line, boolean fromDownstream, Payload underOwnKey, Payload underNeighbourKey, byte[] tag)
    implements Message {
  static final Codec<Boundary> CODEC =
      new Codec<>() {
        @Override
        public void write(Boundary message, WireWriter out) {
          out.i32(message.line);
          out.flag(message.fromDownstream);
          Payload.write(message.underOwnKey, out);
          Payload.write(message.underNeighbourKey, out);
          out.bytes(message.tag);
        }

        @Override
        public Boundary read(WireReader in) {
          return new Boundary(
              in.count(Integer.MAX_VALUE),
              in.flag(),
              Payload.read(in),
              Payload.read(in),
              in.bytes());
        }
      };

  @Override
  public MessageType type() {
    return MessageType.BOUNDARY;
  }
}
