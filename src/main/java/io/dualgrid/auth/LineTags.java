package io.dualgrid.auth;

import io.dualgrid.ckks.Ciphertext;
import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.ckks.Residues;
import io.dualgrid.keys.Hmac;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.Mac;

/**
 * Authenticates the encrypted sums of one line, at one of its ends: a linearly homomorphic one-time
 * authenticator after Wegman and Carter ("New hash functions and their use in authentication and
 * set equality", JCSS 22, 1981), with pads from a pseudorandom function.
 *
 * <p>A ciphertext c for the other end gets the tag t = ⟨r, c⟩ + pad mod q. The vectors r come from
 * the {@link LineSecret}, once an epoch. A pad is HMAC-SHA256 of direction, iteration, phase and
 * transcript, and masks one tag, so that tags tell nothing of r. The operator returns the sum z of
 * c and of the ciphertext o that the receiver itself has sent, with the tag of c; the receiver
 * takes its own away and compares ⟨r, z⟩ − ⟨r, o⟩ with t − pad (where the operator weights, ⟨r, z⟩
 * − w·⟨r, o⟩ with w'·(t − pad)). A sum of anything but o and the ciphertext of the round that is
 * due, under the transcript that the receiver knows, passes with probability below 2^−104. Nothing
 * of a sum may be used, let alone decrypted, before {@link #check}.
 *
 * <p>One thread at a time.
 */
public final class LineTags implements AutoCloseable {
  private static final int PAD_BYTES = 16; // 75 bits more than any q: uniform but for 2^-68

  private final int line;
  private final boolean downstream;
  private final CkksParameters parameters;
  private final ResidueHash hash;
  private final Mac pads;
  private Round last;
  private long[] ownLast; // the hash of what this end has last sent under its own key

  /**
   * For one end.
   *
   * @param key shared with the other end; may be closed afterwards
   * @param line index of the line, for messages
   * @param downstream whether this end is the node the line ends in
   * @param valueCount of the messages: those of another length are refused
   */
  public LineTags(
      LineSecret key, int line, boolean downstream, CkksParameters parameters, int valueCount) {
    this.line = line;
    this.downstream = downstream;
    this.parameters = parameters;
    byte[] hashKey = key.derive("hash");
    byte[] padKey = key.derive("pad");
    try {
      hash = ResidueHash.drawn(hashKey, parameters, parameters.chunks(valueCount));
      pads = Hmac.sha256(padKey);
    } finally {
      Arrays.fill(hashKey, (byte) 0);
      Arrays.fill(padKey, (byte) 0);
    }
  }

  /**
   * Tags a boundary message, and remembers what of it comes back.
   *
   * @param round later than that of any message before: a pad masks one tag
   * @param transcript {@link Transcript#hash} at the start of that round
   * @param underOwnKey what goes into this end's own consensus
   * @param underNeighbourKey what goes into the other end's
   * @return the tag of the latter
   * @throws IllegalStateException for a round that is not new; what was sent then can be sent again
   */
  public Tag tag(
      Round round, byte[] transcript, Ciphertext underOwnKey, Ciphertext underNeighbourKey) {
    if (last != null && round.compareTo(last) <= 0) {
      throw new IllegalStateException(
          "line " + line + ": a message of " + last + " was tagged before one of " + round);
    }
    last = round;
    ownLast = hash.of(underOwnKey.sharedResidues());
    long[] words = hash.of(underNeighbourKey.sharedResidues());
    long[] pad = pad(downstream, round, transcript);
    int i = 0;
    for (int m = 0; m < parameters.dataModulusCount(); m++) {
      for (int k = 0; k < Tag.wordsOf(parameters, m); k++, i++) {
        words[i] = (words[i] + pad[i]) % parameters.modulus(m); // both below 2^60
      }
    }
    return new Tag(parameters, words);
  }

  /**
   * Checks a consensus before it is decrypted: that it is the sum of what this end sent last and of
   * what the other end sent in a round.
   *
   * @param tag of the other end's part
   * @param neighbourRound when the other end sent, by the protocol
   * @param neighbourTranscript the transcript at the start of that round, as this end knows it
   * @param ownWeight of this end's copy, where the operator weights; without effect else
   * @param neighbourWeight of the other's
   * @throws AuthenticationException when it is anything else
   */
  public void check(
      Ciphertext sum,
      Tag tag,
      Round neighbourRound,
      byte[] neighbourTranscript,
      double ownWeight,
      double neighbourWeight) {
    if (ownLast == null) {
      throw new AuthenticationException(
          "line " + line + ": a consensus before this end has sent its copy");
    }
    long ownFactor = factor(ownWeight);
    long neighbourFactor = factor(neighbourWeight);
    long[] rest = hashWithoutOwn(sum.sharedResidues(), ownFactor);
    long[] pad = pad(!downstream, neighbourRound, neighbourTranscript);
    long wrong = 0;
    int i = 0;
    for (int m = 0; m < parameters.dataModulusCount(); m++) {
      long q = parameters.modulus(m);
      for (int k = 0; k < Tag.wordsOf(parameters, m); k++, i++) {
        // all words are looked at, and no branch depends on one
        wrong |= rest[i] ^ product(Math.floorMod(tag.word(i) - pad[i], q), neighbourFactor, q);
      }
    }
    if (wrong != 0) {
      throw new AuthenticationException(
          "line "
              + line
              + ": the consensus for its "
              + (downstream ? "lower" : "upper")
              + " end is not the sum of the copies of "
              + last
              + " (its own) and "
              + neighbourRound
              + " (the neighbour's), or the two were told different things; it was not decrypted");
    }
  }

  /** The hash of z less that of the own part. */
  private long[] hashWithoutOwn(Residues sum, long ownFactor) {
    long[] words = hash.of(sum);
    int i = 0;
    for (int m = 0; m < parameters.dataModulusCount(); m++) {
      long q = parameters.modulus(m);
      for (int k = 0; k < Tag.wordsOf(parameters, m); k++, i++) {
        words[i] = Math.floorMod(words[i] - product(ownLast[i], ownFactor, q), q);
      }
    }
    return words;
  }

  /**
   * By what the operator multiplies a ciphertext: a weight is the constant polynomial round(weight
   * · 2^log2WeightScale), see {@link io.dualgrid.ckks.Evaluator#weightedSum}.
   */
  private long factor(double weight) {
    return parameters.operatorWeights()
        ? Math.round(weight * Math.scalb(1.0, parameters.log2WeightScale()))
        : 1;
  }

  private static long product(long word, long factor, long q) {
    return factor == 1
        ? word
        : BigInteger.valueOf(word)
            .multiply(BigInteger.valueOf(factor))
            .mod(BigInteger.valueOf(q))
            .longValueExact();
  }

  private long[] pad(boolean fromDownstream, Round at, byte[] transcript) {
    byte[] label =
        ByteBuffer.allocate(2 + 2 * Integer.BYTES + transcript.length)
            .put((byte) (fromDownstream ? 1 : 0))
            .putInt(at.iteration())
            .putInt(at.phase())
            .put(transcript)
            .array();
    long[] words = new long[Tag.length(parameters)];
    byte[] block = new byte[0];
    int used = 0;
    int i = 0;
    for (int m = 0; m < parameters.dataModulusCount(); m++) {
      long q = parameters.modulus(m);
      for (int k = 0; k < Tag.wordsOf(parameters, m); k++, i++) {
        if (used == block.length) {
          label[label.length - 1] = (byte) (i + 1);
          block = pads.doFinal(label);
          used = 0;
        }
        words[i] = residue(block, used, q);
        used += PAD_BYTES;
      }
    }
    return words;
  }

  /** Of {@link #PAD_BYTES} bytes, big endian; q is below 2^60, so that three bits more fit. */
  private static long residue(byte[] bytes, int from, long q) {
    long rest = 0;
    for (int i = from; i < from + PAD_BYTES; i++) {
      int value = bytes[i] & 0xff;
      rest = (rest << 3 | value >>> 5) % q;
      rest = (rest << 3 | value >>> 2 & 7) % q;
      rest = (rest << 2 | value & 3) % q;
    }
    return rest;
  }

  /** Wipes the vectors, and what was hashed. The pads' key is dropped: Java cannot wipe it. */
  @Override
  public void close() {
    if (ownLast != null) {
      Arrays.fill(ownLast, 0);
    }
    hash.close();
  }
}
