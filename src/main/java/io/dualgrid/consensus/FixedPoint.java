package io.dualgrid.consensus;

/**
 * Fixed-point numbers for a sum modulo 2^64: a value v becomes the integer nearest to
 * v·2^fractionBits. Sums of whole multiples of the resolution are exact.
 *
 * @param bound largest magnitude of one party's value; public
 * @param fractionBits bits behind the binary point
 */
public record FixedPoint(double bound, int fractionBits) {
  /**
   * Bits that a sum leaves free besides its sign: if masks do not cancel, what remains is uniform
   * over 2^64 and lands within the range with a chance of 2^−8 only. (That masks cancel is checked
   * by a word of its own; this is a second line.)
   */
  private static final int FREE_BITS = 8;

  private static final int MIN_FRACTION_BITS = -62;
  private static final int MAX_FRACTION_BITS = 1022;

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
   * The finest resolution at which a sum over so many parties cannot overflow.
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
    int partyBits = 64 - Long.numberOfLeadingZeros(parties - 1L);
    int free = Long.SIZE - 1 - FREE_BITS - partyBits - integerBits;
    return new FixedPoint(bound, Math.max(MIN_FRACTION_BITS, Math.min(free, MAX_FRACTION_BITS)));
  }

  /** The step between two neighbouring numbers: a value is off by half of it at most. */
  public double resolution() {
    return Math.scalb(1.0, -fractionBits);
  }

  /** Refuses a resolution at which the sum of so many values at their bound leaves 63 bits. */
  void checkSum(int parties) {
    if (!(Math.scalb(bound, fractionBits) * parties < 0x1p62)) {
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
   * The integer of a value.
   *
   * @throws SecureSumException when it is not finite or beyond the bound; never wraps
   */
  long encode(double value, int entry) {
    // false for NaN too; the value is private and stays out of the message
    if (!(Math.abs(value) <= bound)) {
      throw new SecureSumException(
          "entry " + entry + " is not finite or beyond its bound of " + bound);
    }
    return Math.round(Math.scalb(value, fractionBits));
  }

  /** The value of a sum. */
  double decode(long sum, int parties, int entry) {
    double value = Math.scalb((double) sum, -fractionBits);
    if (!(Math.abs(value) <= bound * parties + parties * resolution())) {
      throw new SecureSumException(
          "entry "
              + entry
              + ": the sum is beyond what "
              + parties
              + " values of up to "
              + bound
              + " can give");
    }
    return value;
  }
}
