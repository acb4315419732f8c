package io.dualgrid.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Bytes that were right, changed in the ways that readers fail on: bits, bytes, lengths and counts
 * of odd sizes, parts left out, twice or taken from another sample.
 *
 * <p>The same at every run: mutant i of a format is drawn from a seed of its own. {@code
 * -Ddualgrid.fuzz.mutants=N} asks for so many of them, {@code -Ddualgrid.fuzz.seconds=N} goes on
 * for so long, and {@code -Ddualgrid.fuzz.first=I} begins at mutant I.
 */
public final class Mutations {
  private static final int[] ODD = {
    0,
    1,
    -1,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    0x7f,
    0x80,
    0xff,
    0x100,
    0xffff,
    1 << 20,
    1 << 28
  };
  private static final int MOST_CHANGES = 4;

  private Mutations() {}

  /**
   * Gives a reader mutants of samples; it must throw nothing but what fails the test.
   *
   * @param usual number of mutants, where no property asks for another
   * @param samples bytes that can be read
   */
  public static void each(int usual, List<byte[]> samples, Consumer<byte[]> reader) {
    long seconds = Long.getLong("dualgrid.fuzz.seconds", 0);
    int first = Integer.getInteger("dualgrid.fuzz.first", 0);
    int last = first + Integer.getInteger("dualgrid.fuzz.mutants", usual);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    int i = first;
    for (; seconds > 0 ? System.nanoTime() < end : i < last; i++) {
      byte[] mutant = mutant(new Random(i), samples);
      try {
        reader.accept(mutant);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("mutant " + i + ", " + mutant.length + " bytes: " + e, e);
      }
    }
    if (seconds > 0) {
      System.out.println("mutants " + first + " to " + (i - 1) + " passed");
    }
  }

  /** Some sample with a few changes. */
  public static byte[] mutant(Random random, List<byte[]> samples) {
    byte[] bytes = samples.get(random.nextInt(samples.size())).clone();
    for (int left = 1 + random.nextInt(MOST_CHANGES); left > 0; left--) {
      bytes = changed(bytes, random, samples);
    }
    return bytes;
  }

  private static byte[] changed(byte[] bytes, Random random, List<byte[]> samples) {
    int at = random.nextInt(bytes.length + 1);
    int some = Math.min(bytes.length - at, 1 + random.nextInt(16));
    switch (random.nextInt(7)) {
      case 0:
        return joined(bytes, at, bytes, at + some); // left out
      case 1:
        return joined(bytes, at + some, bytes, at); // twice
      case 2:
        return Arrays.copyOf(bytes, at);
      case 3:
        byte[] other = samples.get(random.nextInt(samples.size()));
        return joined(bytes, at, other, Math.min(at, other.length));
      case 4:
        if (some > 0) {
          bytes[at] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
      case 5:
        int value = ODD[random.nextInt(ODD.length)];
        boolean bigEndian = random.nextBoolean();
        for (int i = 0; i < Math.min(some, Integer.BYTES); i++) {
          bytes[at + i] = (byte) (value >> 8 * (bigEndian ? Integer.BYTES - 1 - i : i));
        }
        return bytes;
      default:
        for (int i = at; i < at + some; i++) {
          bytes[i] = (byte) random.nextInt();
        }
        return bytes;
    }
  }

  private static byte[] joined(byte[] first, int until, byte[] second, int from) {
    byte[] joined = Arrays.copyOf(first, until + second.length - from);
    System.arraycopy(second, from, joined, until, second.length - from);
    return joined;
  }
}
