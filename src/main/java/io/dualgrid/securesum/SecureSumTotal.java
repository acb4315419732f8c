package io.dualgrid.securesum;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * All contributions of a round added up: the masks between parties have cancelled. Where one party
 * has hidden its own part with a {@link TotalPad}, each number is uniform over 2^128 to everybody
 * but that party. Immutable.
 */
public final class SecureSumTotal {
  private static final int HEADER_BYTES = Long.BYTES;

  private final long round;
  private final long[] words;

  /** Two words a value, then two of what masked zero; kept, not copied. */
  SecureSumTotal(long round, long[] words) {
    this.round = round;
    this.words = words;
  }

  /** Number of the round it is of. */
  public long round() {
    return round;
  }

  long[] words() {
    return words.clone();
  }

  /**
   * Both sums together: of two parts of the parties, each of which may still hold masks towards the
   * other.
   *
   * @throws SecureSumException when rounds or lengths differ
   */
  public SecureSumTotal plus(SecureSumTotal other) {
    other.of(round);
    if (other.words.length != words.length) {
      throw new SecureSumException(
          "round "
              + round
              + ": parts of "
              + words.length
              + " and "
              + other.words.length
              + " words");
    }
    long[] sum = words.clone();
    for (int i = 0; i < sum.length; i += SecureSumContribution.WORDS) {
      FixedPoint.add(sum, i, other.words[i], other.words[i + 1]);
    }
    return new SecureSumTotal(round, sum);
  }

  /**
   * This sum, if it is of a round.
   *
   * @throws SecureSumException else
   */
  public SecureSumTotal of(long expected) {
    if (round != expected) {
      throw new SecureSumException(this + " is not of round " + expected);
    }
    return this;
  }

  /**
   * Reads the sums.
   *
   * @param parties number of summands
   * @param scales as the parties used them
   * @return for each entry the sum over all parties, off by half a resolution a party at most
   * @throws SecureSumException when the masks do not cancel, or a sum is out of range
   */
  public double[] read(int parties, FixedPoint... scales) {
    long[] sum = words.clone();
    int last = sum.length - SecureSumContribution.WORDS;
    if (sum[last] != 0 || sum[last + 1] != 0) {
      throw new SecureSumException(
          "round "
              + round
              + ": the masks do not cancel; some party used another key, another"
              + " session or another list of parties, or was told something else");
    }
    double[] values = new double[last / SecureSumContribution.WORDS];
    for (int i = 0; i < values.length; i++) {
      FixedPoint scale = FixedPoint.of(i, values.length, scales);
      values[i] = scale.decode(sum, SecureSumContribution.WORDS * i, parties, i);
    }
    return values;
  }

  /** As it goes over the wire, little endian: u64 round, u64 for each word. */
  public byte[] toBytes() {
    ByteBuffer bytes =
        ByteBuffer.allocate(HEADER_BYTES + Long.BYTES * words.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(round);
    bytes.asLongBuffer().put(words);
    return bytes.array();
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws SecureSumException on a length that no total has
   */
  public static SecureSumTotal fromBytes(byte[] bytes) {
    int wordBytes = bytes.length - HEADER_BYTES;
    int numberBytes = SecureSumContribution.WORDS * Long.BYTES;
    if (wordBytes < numberBytes || wordBytes % numberBytes != 0) {
      throw new SecureSumException(bytes.length + " bytes are no total of a secure sum");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long round = in.getLong();
    long[] words = new long[wordBytes / Long.BYTES];
    in.asLongBuffer().get(words);
    return new SecureSumTotal(round, words);
  }

  @Override
  public String toString() {
    return "SecureSumTotal[round " + round + "]";
  }
}
