package io.dualgrid.protocol;

/**
 * From an edge to a cloud, once a mask: minimise ½ yᵀHy + cᵀy subject to lower ≤ Gy ≤ upper,
 * without c.
 *
 * @param mask random number of the mask
 * @param leaseSeconds how long the cloud keeps it after the last term
 * @param dimension number of masked variables k
 * @param quadratic H, k · k, row by row
 * @param rows G, m · k, row by row
 * @param lower length m, may be −∞
 * @param upper length m, may be ∞
 * @param start point to start from, length k
 * @param startMultipliers multipliers to start from, length m
 */
public record MaskedProgram(
    long mask,
    int leaseSeconds,
    int dimension,
    double[] quadratic,
    double[] rows,
    double[] lower,
    double[] upper,
    double[] start,
    double[] startMultipliers)
    implements Message {
  static final Codec<MaskedProgram> CODEC =
      new Codec<>() {
        @Override
        public void write(MaskedProgram message, WireWriter out) {
          out.i64(message.mask);
          out.i32(message.leaseSeconds);
          out.i32(message.dimension);
          out.doubles(message.quadratic);
          out.doubles(message.rows);
          out.doubles(message.lower);
          out.doubles(message.upper);
          out.doubles(message.start);
          out.doubles(message.startMultipliers);
        }

        @Override
        public MaskedProgram read(WireReader in) {
          return new MaskedProgram(
              in.i64(),
              in.count(Integer.MAX_VALUE),
              in.count(Integer.MAX_VALUE),
              in.finites(),
              in.finites(),
              in.doubles(),
              in.doubles(),
              in.finites(),
              in.finites());
        }
      };

  /** Checks that the lengths agree. */
  public MaskedProgram {
    long k = dimension;
    long m = lower.length;
    if (leaseSeconds < 1
        || k < 1
        || quadratic.length != k * k
        || rows.length != m * k
        || upper.length != m
        || start.length != k
        || startMultipliers.length != m) {
      throw WireReader.malformed("a masked program whose lengths disagree");
    }
  }

  @Override
  public MessageType type() {
    return MessageType.MASKED_PROGRAM;
  }

  /** Without the values. */
  @Override
  public String toString() {
    return "MaskedProgram[leaseSeconds=" + leaseSeconds + ", dimension=" + dimension + "]";
  }
}
