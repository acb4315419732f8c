package io.dualgrid.protocol;

/**
 * From an edge to a cloud: a masked linear term to solve with.
 *
 * @param mask the program it belongs to
 * @param number counts the terms of an edge
 * @param linear c, length k
 */
public record MaskedTerm(long mask, long number, double[] linear) implements Message {
  static final Codec<MaskedTerm> CODEC =
      new Codec<>() {
        @Override
        public void write(MaskedTerm message, WireWriter out) {
          out.i64(message.mask);
          out.i64(message.number);
          out.doubles(message.linear);
        }

        @Override
        public MaskedTerm read(WireReader in) {
          return new MaskedTerm(in.i64(), in.i64(), in.finites());
        }
      };

  @Override
  public MessageType type() {
    return MessageType.MASKED_TERM;
  }

  /** Without the values. */
  @Override
  public String toString() {
    return "MaskedTerm[number=" + number + "]";
  }
}
