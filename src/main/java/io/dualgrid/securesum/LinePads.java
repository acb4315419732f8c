package io.dualgrid.securesum;

import io.dualgrid.keys.Hkdf;
import io.dualgrid.keys.KeyAccelerator;
import io.dualgrid.keys.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * What the two ends of a line share for sums along the tree: numbers that nobody else can draw, by
 * which such sums are hidden from whoever forms them, and a key that stays the same at both ends as
 * long as they are given the same, see {@link SecureSumParty#witness}. Pads are AES-256 of round
 * and position, offset by the AES-256 of a hash of direction, round and what the ends were told, so
 * they differ where that does. The key is replaced by the HKDF (RFC 5869) of itself and what is
 * given.
 *
 * <p>One thread at a time.
 */
public final class LinePads implements AutoCloseable {
  private static final byte[] PADS = label("dualgrid tree pads 1");
  private static final byte[] WITNESS = label("dualgrid tree witness 1");
  private static final byte[] UPWARDS = label("up");
  private static final byte[] DOWNWARDS = label("down");

  private final KeyAccelerator.Masks masks;
  private final MessageDigest sha256 = Sha256.inJava();
  private byte[] witness;

  /**
   * For one end.
   *
   * @param key 32 bytes that both ends share for this use in one epoch; not kept
   */
  public LinePads(byte[] key) {
    byte[] padKey = Hkdf.expand(key, Hkdf.HASH_BYTES, PADS);
    try {
      masks = PairMasks.of(padKey, 0);
    } finally {
      Arrays.fill(padKey, (byte) 0);
    }
    witness = Hkdf.expand(key, Hkdf.HASH_BYTES, WITNESS);
  }

  private static byte[] label(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * What hides a sum over all that is below the line.
   *
   * @param round used for one such sum only
   * @param told hash of what both ends were told so far
   */
  public WideNumbers upwards(long round, byte[] told, int count) {
    return drawn(UPWARDS, round, told, count);
  }

  /** The same for a sum along the path to the line's lower end. */
  public WideNumbers downwards(long round, byte[] told, int count) {
    return drawn(DOWNWARDS, round, told, count);
  }

  private WideNumbers drawn(byte[] direction, long round, byte[] told, int count) {
    long[] words = new long[SecureSumContribution.WORDS * count];
    masks.add(PairMasks.agreed(sha256, direction, round, told), round, words);
    return WideNumbers.ofWords(words);
  }

  /** Takes what the other end must have been given as well. */
  public void hold(byte[]... given) {
    for (byte[] part : given) {
      sha256.update(part);
    }
    byte[] before = witness;
    witness = Hkdf.expand(before, Hkdf.HASH_BYTES, WITNESS, sha256.digest());
    Arrays.fill(before, (byte) 0);
  }

  /**
   * The key that is the other end's as well where both have held the same: the caller's to wipe.
   */
  public byte[] witness() {
    return witness.clone();
  }

  /** Wipes the keys. */
  @Override
  public void close() {
    masks.close();
    Arrays.fill(witness, (byte) 0);
  }

  /** Nothing of the keys. */
  @Override
  public String toString() {
    return "LinePads";
  }
}
