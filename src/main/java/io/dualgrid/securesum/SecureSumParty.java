package io.dualgrid.securesum;

import io.dualgrid.keys.Hkdf;
import io.dualgrid.keys.KeyAccelerator;
import io.dualgrid.keys.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/**
 * One party of sums that the operator learns while it learns no summand (Bonawitz et al.,
 * "Practical secure aggregation for privacy-preserving machine learning", CCS 2017, without its
 * recovery of parties that drop out: here all must answer). Every pair of partners in {@link
 * SecureSumGraph} shares a key; in each round the one of lower index adds a mask that the other
 * subtracts, so that all masks cancel in the sum over everybody, modulo 2^128. Masks are AES-256 of
 * round and position, offset by the AES-256 of a hash of the round and of what the parties take for
 * common knowledge.
 *
 * <p><b>What is hidden.</b> Towards an operator that follows the protocol, every contribution is
 * uniform, and all of them together say no more than the sum. If the operator colludes with
 * parties, they learn the sum over the others, and nothing of a single one as long as the pairs
 * among the others remain connected: with up to {@link SecureSumGraph#DEGREE} − 1 = 15 colluders,
 * any 15, where there are more than 17 parties; with all but two of fewer parties. Sixteen partners
 * of one party that all collude unmask it. An operator that hands out public keys of its own
 * unmasks whom it likes; comparing fingerprints out of band finds that. A party can spoil a sum,
 * and its range is the only thing checked.
 *
 * <p>One thread at a time.
 */
public final class SecureSumParty implements AutoCloseable {
  private static final byte[] CONTEXT = "dualgrid sum 1".getBytes(StandardCharsets.US_ASCII);

  private final int party;
  private final int parties;
  private final KeyAccelerator.Masks masks;
  private final MessageDigest sha256 = Sha256.inJava();
  private KeyAccelerator.Masks witness; // null before the first
  private long lastRound = -1;
  private boolean closed;

  /**
   * Agrees on a key with every partner.
   *
   * @param party index of this party
   * @param keys its key pair
   * @param publicKeys of all parties, in order; only the partners' are read
   * @param session public bytes, the same for all parties, different for each run
   * @throws SecureSumException when a partner's key is not usable
   */
  public SecureSumParty(int party, SecureSumKeys keys, List<byte[]> publicKeys, byte[] session) {
    this.party = party;
    this.parties = publicKeys.size();
    masks = masks(keys, publicKeys, session);
  }

  /** Under the keys shared with the partners, of whom those of lower index add and come first. */
  private KeyAccelerator.Masks masks(SecureSumKeys keys, List<byte[]> publicKeys, byte[] session) {
    int[] partners = SecureSumGraph.partners(party, parties);
    int subtracted = (int) Arrays.stream(partners).filter(partner -> partner < party).count();
    byte[] shared = new byte[Hkdf.HASH_BYTES * partners.length];
    try {
      for (int i = 0; i < partners.length; i++) {
        byte[] other = publicKeys.get(partners[i]);
        if (Arrays.equals(other, keys.publicKey())) {
          throw new SecureSumException(
              "party " + partners[i] + " has the public key of party " + party);
        }
        byte[] key = keys.sharedKey(party, other, partners[i], session);
        System.arraycopy(key, 0, shared, Hkdf.HASH_BYTES * i, Hkdf.HASH_BYTES);
        Arrays.fill(key, (byte) 0);
      }
      return PairMasks.of(shared, subtracted);
    } finally {
      Arrays.fill(shared, (byte) 0);
    }
  }

  /**
   * Adds masks to all contributions from now on that cancel only where both of a pair have the same
   * key: so parties make sure of what they should know alike, such as sums that they were given and
   * keys are derived from. Where two differ, whatever is summed up afterwards is noise.
   *
   * @param subtracted keys of 32 bytes whose masks this party subtracts; the caller's to wipe
   * @param added keys whose masks it adds, too
   */
  public void witness(List<byte[]> subtracted, List<byte[]> added) {
    ByteBuffer keys = ByteBuffer.allocate(Hkdf.HASH_BYTES * (subtracted.size() + added.size()));
    subtracted.forEach(keys::put);
    added.forEach(keys::put);
    KeyAccelerator.Masks before = witness;
    witness = PairMasks.of(keys.array(), subtracted.size());
    Arrays.fill(keys.array(), (byte) 0);
    if (before != null) {
      before.close();
    }
  }

  /** Index of this party. */
  public int party() {
    return party;
  }

  /**
   * This party's part of a sum, told nothing in common with the others but the round.
   *
   * @param round higher than in any call before: masks are used once
   * @param values of any length; the same length for all parties
   * @param scales of the values, one for each, or one for all
   * @throws SecureSumException for a round that is not new, a value beyond its bound, or scales at
   *     which the sum could overflow; nothing has been given away then, and the round can be used
   */
  public SecureSumContribution mask(long round, double[] values, FixedPoint... scales) {
    return mask(round, new byte[0], values, scales);
  }

  /**
   * This party's part of a sum over those who have the same context. Where an operator has told two
   * parties different things (other prices to one than to the rest, say, to see what that one alone
   * answers), their contexts differ, their masks do not cancel, and the sum is noise.
   *
   * @param round higher than in any call before: masks are used once
   * @param context what this party takes for common knowledge, such as a hash of all broadcasts
   * @param values of any length; the same length for all parties
   * @param scales of the values, one for each, or one for all
   * @throws SecureSumException for a round that is not new, a value beyond its bound, or scales at
   *     which the sum could overflow; nothing has been given away then, and the round can be used
   */
  public SecureSumContribution mask(
      long round, byte[] context, double[] values, FixedPoint... scales) {
    if (closed) {
      throw new IllegalStateException("party " + party + " is closed");
    }
    if (round <= lastRound) {
      throw new SecureSumException(
          "party "
              + party
              + ": round "
              + round
              + " is not after round "
              + lastRound
              + "; a mask is used once");
    }
    // one number more, for zero: it cancels to zero only if every mask did
    long[] words = new long[SecureSumContribution.WORDS * (values.length + 1)];
    for (int i = 0; i < values.length; i++) {
      FixedPoint scale = FixedPoint.of(i, values.length, scales);
      scale.checkSum(parties);
      scale.encode(values[i], i, words, SecureSumContribution.WORDS * i);
    }
    lastRound = round;
    byte[] agreed = PairMasks.agreed(sha256, CONTEXT, round, context);
    masks.add(agreed, round, words);
    if (witness != null) {
      witness.add(agreed, round, words);
    }
    return new SecureSumContribution(party, round, words);
  }

  /** Wipes the keys; {@link #mask} fails afterwards. */
  @Override
  public void close() {
    closed = true;
    masks.close();
    if (witness != null) {
      witness.close();
    }
  }

  @Override
  public String toString() {
    return "SecureSumParty[" + party + " of " + parties + "]";
  }
}
