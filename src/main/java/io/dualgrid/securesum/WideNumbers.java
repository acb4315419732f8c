package io.dualgrid.securesum;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Integers modulo 2^128, most of them {@link FixedPoint} numbers: sums are the same in whatever
 * order they are formed, to the last bit, and a uniform number that is added hides what it is added
 * to. Immutable. Not printed.
 */
public final class WideNumbers {
  /** Bytes of each. */
  public static final int BYTES = SecureSumContribution.WORDS * Long.BYTES;

  private final long[] words; // low word first

  private WideNumbers(long[] words) {
    this.words = words;
  }

  /** Of two words each, low word first; kept, not copied. */
  static WideNumbers ofWords(long[] words) {
    return new WideNumbers(words);
  }

  /** So many zeros. */
  public static WideNumbers zeros(int count) {
    return new WideNumbers(new long[SecureSumContribution.WORDS * count]);
  }

  /**
   * The integers of values.
   *
   * @throws SumRangeException for a value that is not finite or beyond the bound
   */
  public static WideNumbers of(double[] values, FixedPoint scale) {
    WideNumbers numbers = zeros(values.length);
    for (int i = 0; i < values.length; i++) {
      scale.encode(values[i], i, numbers.words, SecureSumContribution.WORDS * i);
    }
    return numbers;
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws SecureSumException on a length that no such numbers have
   */
  public static WideNumbers fromBytes(byte[] bytes) {
    if (bytes.length % BYTES != 0) {
      throw new SecureSumException(bytes.length + " bytes are no numbers of " + BYTES + " each");
    }
    long[] words = new long[bytes.length / Long.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(words);
    return new WideNumbers(words);
  }

  /** As they go over the wire: 16 bytes each, little endian. */
  public byte[] toBytes() {
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES * words.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(words);
    return bytes.array();
  }

  /** How many. */
  public int count() {
    return words.length / SecureSumContribution.WORDS;
  }

  /** The sums, one by one. */
  public WideNumbers plus(WideNumbers other) {
    requireAsMany(other);
    long[] sum = words.clone();
    FixedPoint.addAll(sum, other.words);
    return new WideNumbers(sum);
  }

  /** The differences, one by one. */
  public WideNumbers minus(WideNumbers other) {
    requireAsMany(other);
    long[] rest = words.clone();
    FixedPoint.subtractAll(rest, other.words);
    return new WideNumbers(rest);
  }

  private void requireAsMany(WideNumbers other) {
    if (other.words.length != words.length) {
      throw new SecureSumException(
          "parts of " + count() + " and of " + other.count() + " numbers cannot be added");
    }
  }

  /** Whether these are the same numbers; how long that takes tells nothing of them. */
  public boolean same(WideNumbers other) {
    long different = other.words.length ^ words.length;
    for (int i = 0; i < words.length && i < other.words.length; i++) {
      different |= words[i] ^ other.words[i];
    }
    return different == 0;
  }

  /**
   * The values of sums.
   *
   * @param parties number of summands, at most
   * @throws SecureSumException when one is beyond what so many values can give, as numbers are
   *     whose masks have not cancelled
   */
  public double[] values(FixedPoint scale, int parties) {
    long[] sums = words.clone();
    double[] values = new double[count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = scale.decode(sums, SecureSumContribution.WORDS * i, parties, i);
    }
    Arrays.fill(sums, 0L);
    return values;
  }

  /** How many only. */
  @Override
  public String toString() {
    return "WideNumbers[" + count() + "]";
  }
}
