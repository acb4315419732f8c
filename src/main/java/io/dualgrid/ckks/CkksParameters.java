package io.dualgrid.ckks;

import io.dualgrid.keys.Sha256;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Parameters of one CKKS instance (Cheon, Kim, Kim, Song, Asiacrypt 2017, in its RNS form):
 * immutable, and checked when made against the 128-bit bounds of {@link SecurityBound} and against
 * overflow.
 *
 * <p>The ring is Z_Q[X]/(X^N + 1). Secrets are uniform ternary, errors centred binomial of variance
 * 10.5 (standard deviation 3.24). N/2 real values share one polynomial.
 *
 * <p>Range: a plaintext value v has |v| ≤ {@link #valueBound()}, a sum counts its {@code terms}.
 * Since every coefficient of an encoded vector is at most scale · max|v|, no sum wraps as long as
 * scale · valueBound · terms stays below Q/2; {@link #maxTerms()} leaves half of that room free, so
 * that a decryption gone wrong is told from a value.
 */
public final class CkksParameters {
  /** Variance of one error coefficient: 21 coin flips minus 21 coin flips. */
  static final double ERROR_VARIANCE = 10.5;

  /**
   * How many standard deviations the error bound is wide. The noise in a slot is a sum of products
   * of two complex Gaussians (error times key, key error times mask), whose tail falls as exp(−2t)
   * and not as a Gaussian's: at t = 16 the chance is about 2e-13 a slot.
   */
  private static final double TAIL = 16;

  private static final int MIN_MODULUS_BITS = 20;
  private static final int MAX_MODULUS_BITS = 60;
  private static final int MAX_LOG2_TERMS = 15;

  /**
   * What a person writes down; {@link CkksParameters#of} checks it.
   *
   * @param name as on the command line
   * @param ringDegree N, a power of two
   * @param dataBits size of each modulus of a ciphertext, first to last
   * @param specialBits size of the modulus that only keys have and an encryption divides by; 0 for
   *     none
   * @param log2Scale log2 of the scale of a fresh ciphertext
   * @param log2WeightScale log2 of the scale of an operator's weight; 0 when the parties multiply
   *     by the weights before they encrypt
   * @param log2Bound log2 of the largest magnitude of a value
   */
  public record Literal(
      String name,
      int ringDegree,
      List<Integer> dataBits,
      int specialBits,
      int log2Scale,
      int log2WeightScale,
      int log2Bound) {}

  /**
   * Degree 2048, one 53-bit prime, scale 2^41, values to 512 (512 MW on a 1 MVA base). The parties
   * weight their values before they encrypt; the operator only adds. 41 + 9 bits of value, one for
   * a sum of two, one of sign and one that is free make up the 53: a smaller scale would let the
   * error of z come within two orders of the stopping tolerance, a larger range is a larger base
   * power.
   */
  private static final Literal COMPACT = new Literal("compact", 2048, List.of(53), 0, 41, 0, 9);

  /** The published study's: degree 8192, moduli 60, 40, 40 and special 60 bits, scale 2^40. */
  private static final Literal PUBLISHED =
      new Literal("published", 8192, List.of(60, 40, 40), 60, 40, 40, 10);

  private static final class Holder {
    static final CkksParameters COMPACT = of(CkksParameters.COMPACT);
    static final CkksParameters PUBLISHED = of(CkksParameters.PUBLISHED);
  }

  private final Literal literal;
  private final long[] moduli;
  private final int dataModulusCount;
  private final int maxTerms;
  private final long id;

  private CkksParameters(Literal literal, long[] moduli, int maxTerms) {
    this.literal = literal;
    this.moduli = moduli;
    this.dataModulusCount = literal.dataBits().size();
    this.maxTerms = maxTerms;
    this.id = digest(literal, moduli);
  }

  /** The default set: one small modulus, the operator only adds. */
  public static CkksParameters compact() {
    return Holder.COMPACT;
  }

  /** The published study's set: the operator multiplies by the weights and adds. */
  public static CkksParameters published() {
    return Holder.PUBLISHED;
  }

  /**
   * Checks a literal and makes parameters of it.
   *
   * @throws CkksException {@link CkksException.Reason#INSECURE_PARAMETERS} when the moduli together
   *     are beyond the 128-bit bound of the ring degree
   * @throws IllegalArgumentException for anything else that cannot work; the message says what
   */
  public static CkksParameters of(Literal literal) {
    String name = "CKKS parameters " + literal.name() + ": ";
    if (literal.dataBits().isEmpty()) {
      throw new IllegalArgumentException(name + "at least one modulus is needed");
    }
    List<Integer> bits = new ArrayList<>(literal.dataBits());
    if (literal.specialBits() != 0) {
      bits.add(literal.specialBits());
    }
    for (int size : bits) {
      if (size < MIN_MODULUS_BITS || size > MAX_MODULUS_BITS) {
        throw new IllegalArgumentException(
            name
                + "a modulus of "
                + size
                + " bits; use "
                + MIN_MODULUS_BITS
                + " to "
                + MAX_MODULUS_BITS);
      }
    }
    int bound = SecurityBound.maxModulusBits(literal.ringDegree());
    int total = bits.stream().mapToInt(Integer::intValue).sum();
    if (total > bound) {
      throw new CkksException(
          CkksException.Reason.INSECURE_PARAMETERS,
          name
              + total
              + " bits of modulus at ring degree "
              + literal.ringDegree()
              + "; 128-bit security allows "
              + bound);
    }
    if (literal.log2Scale() < 1
        || literal.log2WeightScale() < 0
        || literal.log2Bound() < 0
        || literal.log2Scale() + literal.log2Bound() > 61) {
      throw new IllegalArgumentException(
          name
              + "scale 2^"
              + literal.log2Scale()
              + " times bound 2^"
              + literal.log2Bound()
              + " must stay within 2^61, and no exponent below zero");
    }
    int maxTerms = room(literal);
    if (maxTerms < 2) {
      throw new IllegalArgumentException(
          name
              + "no room for the sum of two values of 2^"
              + literal.log2Bound()
              + " at scale 2^"
              + (literal.log2Scale() + literal.log2WeightScale())
              + "; use a smaller scale");
    }
    return new CkksParameters(literal, NttPrimes.chain(literal.ringDegree(), bits), maxTerms);
  }

  /**
   * How many full-range terms fit into a quarter of Q, which leaves half of ±Q/2 free. Every prime
   * is the largest of its size, so that its bits stand for it; what it lacks is taken from the free
   * half.
   */
  private static int room(Literal literal) {
    int total = literal.dataBits().stream().mapToInt(Integer::intValue).sum();
    int used = literal.log2Scale() + literal.log2WeightScale() + literal.log2Bound();
    return total - 2 < used ? 0 : 1 << Math.min(total - 2 - used, MAX_LOG2_TERMS);
  }

  private static long digest(Literal literal, long[] moduli) {
    ByteBuffer text = ByteBuffer.allocate(64 + 8 * moduli.length);
    text.putInt(literal.ringDegree()).putInt(literal.dataBits().size()).putInt(moduli.length);
    for (long q : moduli) {
      text.putLong(q);
    }
    text.putInt(literal.log2Scale()).putInt(literal.log2WeightScale()).putInt(literal.log2Bound());
    return ByteBuffer.wrap(Sha256.inJava().digest(Arrays.copyOf(text.array(), text.position())))
        .getLong();
  }

  /** As on the command line. */
  public String name() {
    return literal.name();
  }

  /** N. */
  public int ringDegree() {
    return literal.ringDegree();
  }

  /** Values in one polynomial: N/2. */
  public int slotCount() {
    return literal.ringDegree() / 2;
  }

  /** Moduli of keys: those of ciphertexts, then the special one if there is one. A copy. */
  public long[] moduli() {
    return moduli.clone();
  }

  /** Modulus i of a key. */
  public long modulus(int i) {
    return moduli[i];
  }

  /** Number of moduli of a key. */
  public int keyModulusCount() {
    return moduli.length;
  }

  /** Number of moduli of a ciphertext. */
  public int dataModulusCount() {
    return dataModulusCount;
  }

  /** Whether keys have a modulus that ciphertexts do not. */
  public boolean hasSpecialModulus() {
    return moduli.length > dataModulusCount;
  }

  /** log2 of the scale of a fresh ciphertext. */
  public int log2Scale() {
    return literal.log2Scale();
  }

  /** log2 of the scale of an operator's weight; 0 when the operator cannot multiply. */
  public int log2WeightScale() {
    return literal.log2WeightScale();
  }

  /** Whether the operator multiplies by the weights; if not, the parties do before encrypting. */
  public boolean operatorWeights() {
    return literal.log2WeightScale() > 0;
  }

  /** Whether a ciphertext can have that scale: fresh, or after the operator's weights. */
  boolean isScale(int log2) {
    return log2 == log2Scale() || operatorWeights() && log2 == log2Scale() + log2WeightScale();
  }

  /** Largest magnitude of a value that may be encrypted. */
  public double valueBound() {
    return Math.scalb(1.0, literal.log2Bound());
  }

  /** Largest number of full-range terms in a sum. */
  public int maxTerms() {
    return maxTerms;
  }

  /** Short digest of ring, moduli, scales and bound: two parties that agree on it agree on all. */
  public long id() {
    return id;
  }

  /** Polynomials that a vector of that many values takes. */
  public int chunks(int valueCount) {
    return (valueCount + slotCount() - 1) / slotCount();
  }

  /** Residues of one ciphertext chunk: 2 components, each modulus, each coefficient. */
  public int ciphertextLength() {
    return 2 * dataModulusCount * ringDegree();
  }

  /** Residues of a public key. */
  public int publicKeyLength() {
    return 2 * moduli.length * ringDegree();
  }

  /**
   * Standard deviation of one decoded value of a fresh public-key encryption.
   *
   * <p>A noise coefficient is (e·u + e1·s + e0) with variance σ²(4N/3 + 1); a special modulus
   * divides that by its square and adds the rounding of two components, (1 + 2N/3)/12. A slot is
   * the value of the noise at a root of unity: N coefficients, half of whose variance is real.
   */
  public double freshErrorDeviation() {
    double n = ringDegree();
    double variance = ERROR_VARIANCE * (4 * n / 3 + 1);
    if (hasSpecialModulus()) {
      double p = moduli[moduli.length - 1];
      variance = variance / (p * p) + (1 + 2 * n / 3) / 12;
    }
    variance += 1.0 / 12; // the encoder's rounding
    return Math.sqrt(variance * n / 2) * Math.scalb(1.0, -log2Scale());
  }

  /**
   * What the error of one decoded value stays below, but for a chance of 2e-13 a slot, in a sum of
   * that many terms.
   *
   * @param terms summands, or the sum of the weights' magnitudes rounded up
   */
  public double errorBound(int terms) {
    double weights =
        operatorWeights() ? terms * valueBound() * Math.scalb(0.5, -log2WeightScale()) : 0;
    return TAIL * freshErrorDeviation() * terms + weights;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s(degree %d, moduli %s%s bits, scale 2^%d, |value| <= %.0f, error < %.1e)",
        name(),
        ringDegree(),
        literal.dataBits(),
        literal.specialBits() == 0 ? "" : " + " + literal.specialBits(),
        log2Scale(),
        valueBound(),
        errorBound(2));
  }
}
