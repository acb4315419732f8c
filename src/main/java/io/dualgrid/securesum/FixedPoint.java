package io.dualgrid.securesum;

/**
 * Fixed-point numbers for a sum modulo 2^128: a value v becomes the integer nearest to
 * v·2^fractionBits. Sums of whole multiples of the resolution are exact.
 *
 * @param bound largest magnitude of one party's value; public
 * @param fractionBits bits behind the binary point
 */
public record FixedPoint(double bound, int fractionBits) {
  private static final int BITS = 128;

  /**
   * Bits that a sum leaves free besides its sign: if masks do not cancel, what remains is uniform
   * and lands within the range with a chance of 2^−8 only. (That masks cancel is checked by a
   * number of its own; this is a second line.)
   */
  private static final int FREE_BITS = 8;

  private static final int MIN_FRACTION_BITS = -126;
  private static final int MAX_FRACTION_BITS = 1022;
  private static final double TWO_63 = 0x1p63;
  private static final double TWO_64 = 0x1p64;

  /** Checks the numbers. */
  public FixedPoint {
    if (!(bound > 0) || Double.isInfinite(bound)) {
      throw new IllegalArgumentException("bound " + bound + " is not a positive number");
    }
    if (fractionBits < MIN_FRACTION_BITS || fractionBits > MAX_FRACTION_BITS) {
      throw new IllegalArgumentException(fractionBits + " bits behind the binary point");
    }
  }

  /**
   * The finest resolution at which a sum over so many parties cannot overflow: with up to 64
   * parties some 2^−112 of the bound, so that even values far below it keep all their digits.
   *
   * @param bound largest magnitude of one party's value
   * @param parties number of summands
   */
  public static FixedPoint forSum(double bound, int parties) {
    if (!(bound > 0) || Double.isInfinite(bound) || parties < 1) {
      throw new IllegalArgumentException(
          "bound " + bound + " of " + parties + " parties: both must be positive");
    }
    int integerBits = Math.getExponent(bound) + 1;
    int partyBits = Long.SIZE - Long.numberOfLeadingZeros(parties - 1L);
    int free = BITS - 1 - FREE_BITS - partyBits - integerBits;
    return new FixedPoint(bound, Math.max(MIN_FRACTION_BITS, Math.min(free, MAX_FRACTION_BITS)));
  }

  /**
   * For what energy systems report in a run: magnitudes from 2^36 down to 2^−76 or so, within which
   * inner products, counts and costs need no bounds of their own.
   *
   * @param parties number of energy systems
   */
  public static FixedPoint forReports(int parties) {
    return forSum(0x1p36, parties);
  }

  /** The scale of one of several entries, where one may stand for all. */
  static FixedPoint of(int entry, int entries, FixedPoint[] scales) {
    if (scales.length != 1 && scales.length != entries) {
      throw new IllegalArgumentException(
          scales.length + " scales for " + entries + " values; one for each or one for all");
    }
    return scales[scales.length == 1 ? 0 : entry];
  }

  /** The step between two neighbouring numbers: a value is off by half of it at most. */
  public double resolution() {
    return Math.scalb(1.0, -fractionBits);
  }

  /** Refuses a resolution at which the sum of so many values at their bound leaves 127 bits. */
  void checkSum(int parties) {
    if (!(Math.scalb(bound, fractionBits) * parties < 0x1p126)) {
      throw new SecureSumException(
          parties
              + " values of up to "
              + bound
              + " with "
              + fractionBits
              + " fraction bits overflow; use FixedPoint.forSum");
    }
  }

  /**
   * Writes the integer of a value, low word first.
   *
   * @param words two from offset on, overwritten
   * @throws SecureSumException when the value is not finite or beyond the bound; never wraps
   */
  void encode(double value, int entry, long[] words, int offset) {
    // false for NaN too; the value is private and stays out of the message
    if (!(Math.abs(value) <= bound)) {
      throw new SumRangeException(
          "entry " + entry + " is not finite or beyond its bound of " + bound);
    }
    double magnitude = Math.scalb(Math.abs(value), fractionBits);
    double high = Math.floor(magnitude / TWO_64);
    // exact: both are multiples of the last bit of magnitude
    double low = magnitude - high * TWO_64;
    words[offset] = low < TWO_63 ? (long) Math.rint(low) : (long) (low - TWO_63) ^ Long.MIN_VALUE;
    words[offset + 1] = (long) high;
    if (value < 0) {
      negate(words, offset);
    }
  }

  /** The value of a sum; destroys its words. */
  double decode(long[] words, int offset, int parties, int entry) {
    boolean negative = words[offset + 1] < 0;
    if (negative) {
      negate(words, offset);
    }
    long low = words[offset];
    // an unsigned word as a double: halved with its last bit kept for the rounding
    double lowPart = low >= 0 ? low : (double) (low >>> 1 | low & 1) * 2;
    double magnitude = Math.scalb(words[offset + 1] * TWO_64 + lowPart, -fractionBits);
    if (!(magnitude <= bound * parties + parties * resolution())) {
      throw new SecureSumException(
          "entry "
              + entry
              + ": the sum is beyond what "
              + parties
              + " values of up to "
              + bound
              + " can give");
    }
    return negative ? -magnitude : magnitude;
  }

  private static void negate(long[] words, int offset) {
    words[offset] = -words[offset];
    words[offset + 1] = ~words[offset + 1] + (words[offset] == 0 ? 1 : 0);
  }

  /** a += b modulo 2^128. */
  static void add(long[] a, int offset, long low, long high) {
    long sum = a[offset] + low;
    a[offset + 1] += high + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
    a[offset] = sum;
  }

  /** All of a += the first of b, modulo 2^128 each. */
  static void addAll(long[] a, long[] b) {
    for (int i = 0; i < a.length; i += SecureSumContribution.WORDS) {
      add(a, i, b[i], b[i + 1]);
    }
  }

  /** All of a −= the first of b, modulo 2^128 each. */
  static void subtractAll(long[] a, long[] b) {
    for (int i = 0; i < a.length; i += SecureSumContribution.WORDS) {
      subtract(a, i, b[i], b[i + 1]);
    }
  }

  /** a −= b modulo 2^128. */
  static void subtract(long[] a, int offset, long low, long high) {
    long before = a[offset];
    a[offset] = before - low;
    a[offset + 1] -= high + (Long.compareUnsigned(before, low) < 0 ? 1 : 0);
  }
}
