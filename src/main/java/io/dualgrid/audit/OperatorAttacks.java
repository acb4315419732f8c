package io.dualgrid.audit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
  private static final int HEADER = 64;

  /**
   * Two residues below a modulus agree by chance once in so many, in bits: of the smallest modulus
   * of any parameter set. Of the compact set's (54 bits) they agree far more seldom.
   */
  private static final int RESIDUE_BITS = 40;

  /** Scales of fixed-point numbers that are looked for: the published one and the compact one. */
  private static final int[] FIXED_POINT_BITS = {36, 40};

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
   */
  public static Finding repetitions(List<byte[]> messages) {
    int total = 0;
    for (byte[] message : messages) {
      total += Math.max(0, (message.length - HEADER) / 8);
    }
    long[] words = new long[total];
    int at = 0;
    for (byte[] message : messages) {
      ByteBuffer buffer = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < (message.length - HEADER) / 8; i++) {
        words[at++] = buffer.getLong(HEADER + 8 * i);
      }
    }
    Arrays.sort(words);
    long found = 0;
    for (int i = 1; i < words.length; i++) {
      found += words[i] == words[i - 1] ? 1 : 0;
    }
    double expected = 0.5 * words.length * (words.length - 1.0) * Math.scalb(1.0, -RESIDUE_BITS);
    return new Finding(
        "repeated ciphertext words",
        "nothing but the messages",
        found,
        expected,
        poissonBound(expected),
        words.length + " words of 8 bytes in " + messages.size() + " messages");
  }

  /**
   * True values in any message, at any offset: as IEEE doubles in both byte orders, as decimal
   * text, as fixed-point numbers, each also halved (the weight of a line's end) and per unit.
   *
   * @param values in kW, kvar or per unit
   */
  public static Finding plaintexts(List<byte[]> messages, Collection<Double> values) {
    Set<Long> needles = new HashSet<>();
    values.forEach(value -> addNeedles(value, needles));
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
    double expected = windows * needles.size() * Math.scalb(1.0, -8 * 8 + 16);
    return new Finding(
        "plaintext in messages",
        "the true values",
        found,
        expected,
        poissonBound(expected),
        String.format(Locale.ROOT, "%,d encodings at %,.0f offsets", needles.size(), windows));
  }

  private static void addNeedles(double value, Set<Long> needles) {
    for (double factor : new double[] {1.0, 0.5, 1e-3, 5e-4}) {
      double scaled = factor * value;
      for (double near : new double[] {Math.nextDown(scaled), scaled, Math.nextUp(scaled)}) {
        long bits = Double.doubleToLongBits(near);
        if (isSpecific(bits)) {
          needles.add(bits);
          needles.add(Long.reverseBytes(bits));
        }
      }
      for (int shift : FIXED_POINT_BITS) {
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
