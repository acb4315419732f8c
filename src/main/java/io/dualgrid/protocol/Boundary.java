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

  /**
   * Room for both ciphertexts, each where it belongs in the array of the letter that the message
   * goes out in. They are large: written elsewhere, they would be copied from there. Such a message
   * can go out in one letter only, however often that is sent.
   *
   * @param own for what is under the sender's key
   * @param neighbour for what is under the other end's
   */
  public record Rooms(Payload.Hidden own, Payload.Hidden neighbour) {}

  /**
   * The rooms of a letter.
   *
   * @param length of each ciphertext
   * @param seeds of the first, to be filled with it; kept
   * @param tagLength of the tag that the message will have
   */
  public static Rooms rooms(int length, byte[] seeds, int tagLength) {
    int own = Envelope.BYTES + Integer.BYTES + Byte.BYTES + Payload.before(seeds);
    int neighbour = own + length + Payload.before(Payload.Hidden.NO_SEEDS);
    byte[] letter = new byte[neighbour + length + Integer.BYTES + tagLength];
    return new Rooms(
        new Payload.Hidden(letter, own, length, seeds, true),
        new Payload.Hidden(letter, neighbour, length, Payload.Hidden.NO_SEEDS, true));
  }

  @Override
  public MessageType type() {
    return MessageType.BOUNDARY;
  }
}
