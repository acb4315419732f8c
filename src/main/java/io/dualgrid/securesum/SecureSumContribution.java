package io.dualgrid.securesum;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * From a party to the operator: its values under the masks it shares with its partners. Each number
 * alone is uniform over 2^128. Immutable.
 */
public final class SecureSumContribution {
  /** Words of one number, low word first. */
  static final int WORDS = 2;

  private static final int HEADER_BYTES = Integer.BYTES + Long.BYTES;

  private final int party;
  private final long round;
  private final long[] words;

  /** Two words a value, then two that mask zero; kept, not copied. */
  SecureSumContribution(int party, long round, long[] words) {
    this.party = party;
    this.round = round;
    this.words = words;
  }

  /** Index of the sender. */
  public int party() {
    return party;
  }

  /** Number of the round it is for. */
  public long round() {
    return round;
  }

  /** Number of values in it. */
  public int valueCount() {
    return words.length / WORDS - 1;
  }

  long word(int i) {
    return words[i];
  }

  int wordCount() {
    return words.length;
  }

  /** As it goes over the wire, little endian: u32 party, u64 round, u64 for each word. */
  public byte[] toBytes() {
    ByteBuffer bytes =
        ByteBuffer.allocate(HEADER_BYTES + Long.BYTES * words.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(party).putLong(round);
    bytes.asLongBuffer().put(words);
    return bytes.array();
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws SecureSumException on a length that no contribution has
   */
  public static SecureSumContribution fromBytes(byte[] bytes) {
    int wordBytes = bytes.length - HEADER_BYTES;
    if (wordBytes < WORDS * Long.BYTES || wordBytes % (WORDS * Long.BYTES) != 0) {
      throw new SecureSumException(bytes.length + " bytes are no contribution to a secure sum");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int party = in.getInt();
    long round = in.getLong();
    long[] words = new long[wordBytes / Long.BYTES];
    in.asLongBuffer().get(words);
    return new SecureSumContribution(party, round, words);
  }

  @Override
  public String toString() {
    return "SecureSumContribution[party " + party + ", round " + round + "]";
  }
}
