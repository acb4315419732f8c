package io.dualgrid.protocol;

/**
 * From the operator to one end of a line: the weighted mean z of the two copies.
 *
 * @param line index of the line
 * @param toDownstream whether the receiver is the node the line ends in
 * @param upstreamSequence number of the message with the upper end's copy
 * @param downstreamSequence number of the message with the lower end's copy
 * @param consensus z, readable by the receiver
 * @param tag as it came with the other end's copy; empty where nothing is encrypted
 */
public record Consensus(
    int line,
    boolean toDownstream,
    long upstreamSequence,
    long downstreamSequence,
    Payload consensus,
    byte[] tag)
    implements Message {
  static final Codec<Consensus> CODEC =
      new Codec<>() {
        @Override
        public void write(Consensus message, WireWriter out) {
          out.i32(message.line);
          out.flag(message.toDownstream);
          out.i64(message.upstreamSequence);
          out.i64(message.downstreamSequence);
          Payload.write(message.consensus, out);
          out.bytes(message.tag);
        }

        @Override
        public Consensus read(WireReader in) {
          return new Consensus(
              in.count(Integer.MAX_VALUE),
              in.flag(),
              in.i64(),
              in.i64(),
              Payload.read(in),
              in.bytes());
        }
      };

  /**
   * Room for a ciphertext where it belongs in the array of the letter that the message goes out in;
   * see {@link Boundary#rooms}.
   *
   * @param length of the ciphertext
   * @param tagLength of the tag that the message will have
   */
  public static Payload.Hidden room(int length, int tagLength) {
    byte[] noSeeds = Payload.Hidden.NO_SEEDS;
    int from =
        Envelope.BYTES + Integer.BYTES + Byte.BYTES + 2 * Long.BYTES + Payload.before(noSeeds);
    byte[] letter = new byte[from + length + Integer.BYTES + tagLength];
    return new Payload.Hidden(letter, from, length, noSeeds, true);
  }

  @Override
  public MessageType type() {
    return MessageType.CONSENSUS;
  }
}
