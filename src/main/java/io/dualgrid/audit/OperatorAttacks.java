package io.dualgrid.audit;

import io.dualgrid.ckks.CkksParameters;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Attacks on the bytes that the operator receives. */
public final class OperatorAttacks {
  /** Bytes before the residues that say the same in every message, and a few more. */
  private static final int CIPHERTEXT_HEADER = 64;

  /** Party and round, before the masked numbers. */
  private static final int CONTRIBUTION_HEADER = 12;

  /** Bits below the sign that are all like it in any number that a sum has room for. */
  private static final int READABLE_BITS = 8;

  private OperatorAttacks() {}

  /**
   * What was found.
   *
   * @param attack name
   * @param assumed what the attacker knows
   * @param found matches
   * @param expected matches by chance
   * @param bound that chance stays below but for one case in a million
   * @param detail what was searched
   */
  public record Finding(
      String attack, String assumed, long found, double expected, long bound, String detail) {
    /** Whether there are more matches than chance explains. */
    public boolean leaks() {
      return found > bound;
    }
  }

  /**
   * Words of eight bytes that occur twice, within or between messages: a key stream or an
   * encryption's randomness used again. Only words that a residue could be and that are not in
   * every message's head are counted.
   *
   * @param parameters whose moduli say how often two residues agree by chance
   */
  public static Finding repetitions(List<byte[]> messages, CkksParameters parameters) {
    return repetitions(
        "repeated ciphertext words", messages, CIPHERTEXT_HEADER, residueBits(parameters));
  }

  /** The same for contributions to secure sums, whose words are uniform: a mask used again. */
  public static Finding repeatedContributions(List<byte[]> messages) {
    return repetitions(
        "repeated words in contributions to sums", messages, CONTRIBUTION_HEADER, Long.SIZE);
  }

  /**
   * Parts of sums along the tree, and the sums that the operator forms of them, whose numbers are
   * all as small as numbers are that nothing hides: of uniform ones one in 2^{@value
   * #READABLE_BITS} is.
   *
   * @param messages numbers of 16 bytes each, little endian
   */
  public static Finding readableSums(List<byte[]> messages) {
    long found = 0;
    double expected = 0;
    for (byte[] message : messages) {
      LongBuffer words = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
      boolean readable = true;
      for (int i = 1; i < words.limit(); i += 2) {
        long high = words.get(i);
        readable &= high >> Long.SIZE - 1 - READABLE_BITS == high >> Long.SIZE - 1;
      }
      found += readable ? 1 : 0;
      expected += Math.scalb(1.0, -READABLE_BITS * words.limit() / 2);
    }
    return new Finding(
        "sums along the tree that nothing hides",
        "nothing but the messages",
        found,
        expected,
        poissonBound(expected),
        messages.size() + " parts and sums");
  }

  /** Whole bits of the smallest modulus of a ciphertext. */
  private static int residueBits(CkksParameters parameters) {
    int bits = Long.SIZE;
    for (int i = 0; i < parameters.dataModulusCount(); i++) {
      bits = Math.min(bits, Long.SIZE - 1 - Long.numberOfLeadingZeros(parameters.modulus(i)));
    }
    return bits;
  }

  private static Finding repetitions(
      String attack, List<byte[]> messages, int header, int wordBits) {
    int total = 0;
    for (byte[] message : messages) {
      total += Math.max(0, (message.length - header) / 8);
    }
    long[] words = new long[total];
    int at = 0;
    for (byte[] message : messages) {
      ByteBuffer buffer = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < (message.length - header) / 8; i++) {
        words[at++] = buffer.getLong(header + 8 * i);
      }
    }
    Arrays.sort(words);
    long found = 0;
    for (int i = 1; i < words.length; i++) {
      found += words[i] == words[i - 1] ? 1 : 0;
    }
    double expected = 0.5 * words.length * (words.length - 1.0) * Math.scalb(1.0, -wordBits);
    return new Finding(
        attack,
        "nothing but the messages",
        found,
        expected,
        poissonBound(expected),
        words.length + " words of 8 bytes in " + messages.size() + " messages");
  }

  /**
   * True values in any message, at any offset: as IEEE doubles in both byte orders, as decimal
   * text, as fixed-point numbers at the scales of the encryption, each also halved (the weight of a
   * line's end) and per unit.
   *
   * @param values in kW, kvar or per unit
   */
  public static Finding plaintexts(
      List<byte[]> messages, Collection<Double> values, CkksParameters parameters) {
    int[] fixedPointBits = {
      parameters.log2Scale(), parameters.log2Scale() + parameters.log2WeightScale()
    };
    Set<Long> needles = new HashSet<>();
    values.forEach(value -> addNeedles(value, fixedPointBits, needles));
    long found = 0;
    double windows = 0;
    for (byte[] message : messages) {
      ByteBuffer buffer = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i + 8 <= message.length; i++) {
        found += needles.contains(buffer.getLong(i)) ? 1 : 0;
        windows++;
      }
    }
    // the upper bytes of a residue are zero, so that a match need only hit the rest
    double expected = windows * needles.size() * Math.scalb(1.0, -residueBits(parameters));
    return new Finding(
        "plaintext in messages",
        "the true values",
        found,
        expected,
        poissonBound(expected),
        String.format(Locale.ROOT, "%,d encodings at %,.0f offsets", needles.size(), windows));
  }

  private static void addNeedles(double value, int[] fixedPointBits, Set<Long> needles) {
    for (double factor : new double[] {1.0, 0.5, 1e-3, 5e-4}) {
      double scaled = factor * value;
      for (double near : new double[] {Math.nextDown(scaled), scaled, Math.nextUp(scaled)}) {
        long bits = Double.doubleToLongBits(near);
        if (isSpecific(bits)) {
          needles.add(bits);
          needles.add(Long.reverseBytes(bits));
        }
      }
      for (int shift : fixedPointBits) {
        long fixed = Math.round(Math.scalb(scaled, shift));
        if (isSpecific(fixed)) {
          needles.add(fixed);
          needles.add(Long.reverseBytes(fixed));
        }
      }
      byte[] text = String.format(Locale.ROOT, "%.9f", scaled).getBytes(StandardCharsets.US_ASCII);
      if (text.length >= 8 && Math.abs(scaled) > 1e-3) {
        needles.add(ByteBuffer.wrap(text).order(ByteOrder.LITTLE_ENDIAN).getLong());
      }
    }
  }

  /** Round numbers, whose bytes are mostly zero, prove nothing. */
  private static boolean isSpecific(long bits) {
    Map<Byte, Integer> seen = new HashMap<>();
    for (int i = 0; i < 8; i++) {
      seen.merge((byte) (bits >>> 8 * i), 1, Integer::sum);
    }
    return seen.size() >= 5;
  }

  /** Least count that a Poisson variable exceeds with a probability of at most 1e-6. */
  static long poissonBound(double mean) {
    double term = Math.exp(-mean);
    double below = term;
    long count = 0;
    while (1.0 - below > 1e-6 && count < 10_000) {
      count++;
      term *= mean / count;
      below += term;
    }
    return count;
  }
}
