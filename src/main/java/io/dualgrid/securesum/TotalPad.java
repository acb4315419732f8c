package io.dualgrid.securesum;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * What one party hides the totals of secure sums with, so that it alone can read them: it adds a
 * pad to its own contribution, and takes it off the total. The pad of number i of a round is the
 * AES-256 of round and i under a key that never leaves the party, one number a block; to whoever
 * adds the contributions up, the total is uniform over 2^128, the number that tells whether masks
 * cancel included. One thread at a time.
 */
public final class TotalPad implements AutoCloseable {
  private static final int KEY_BYTES = 32;

  private final int parties;
  private Cipher cipher;
  private long lastRound = -1;

  /**
   * With a fresh key.
   *
   * @param parties number of summands
   */
  public TotalPad(int parties) {
    this.parties = parties;
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    try {
      cipher = Cipher.getInstance("AES_256/ECB/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES is not available", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /**
   * Adds the pad to its own contribution.
   *
   * @throws SecureSumException for a round that is not after the last one: a pad is used once
   */
  public SecureSumContribution hide(SecureSumContribution own) {
    if (own.round() <= lastRound) {
      throw new SecureSumException(
          "round " + own.round() + " is not after round " + lastRound + "; a pad is used once");
    }
    lastRound = own.round();
    long[] words = pad(own.round(), own.wordCount());
    for (int i = 0; i < words.length; i += SecureSumContribution.WORDS) {
      FixedPoint.add(words, i, own.word(i), own.word(i + 1));
    }
    return new SecureSumContribution(own.party(), own.round(), words);
  }

  /**
   * Takes the pad off a total and reads it.
   *
   * @param round that the total must be of, the last one
   * @param scales as the parties used them
   * @throws SecureSumException when it is of another round, when masks do not cancel, or when a sum
   *     is out of range
   */
  public double[] open(long round, SecureSumTotal total, FixedPoint... scales) {
    if (total.round() != round || round != lastRound) {
      throw new SecureSumException(total + " is not that of round " + round);
    }
    long[] words = total.words();
    FixedPoint.subtractAll(words, pad(round, words.length));
    return new SecureSumTotal(round, words).read(parties, scales);
  }

  private long[] pad(long round, int count) {
    if (cipher == null) {
      throw new IllegalStateException("the pad is closed");
    }
    ByteBuffer counters = ByteBuffer.allocate(Long.BYTES * count);
    for (int i = 0; i < count; i += SecureSumContribution.WORDS) {
      counters.putLong(round).putLong(i);
    }
    byte[] stream = cipher.update(counters.array());
    long[] words = new long[count];
    ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(words);
    Arrays.fill(stream, (byte) 0);
    return words;
  }

  /** Drops the key; nothing can be hidden or opened afterwards. */
  @Override
  public void close() {
    cipher = null;
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "TotalPad[" + parties + " parties]";
  }
}
