package io.dualgrid.ckks;

import java.util.Arrays;
import java.util.Random;

/** Damage of all kinds to wire bytes, seeded. */
final class WireMutation {
  private static final long[] NASTY = {
    0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 0xffffffffL, 1L << 54, 1L << 60, 0x7ff8000000000000L
  };
  private static final int HEADER = 56;
  private static final int SMALLEST_SEALED = 44;

  private WireMutation() {}

  /** A changed copy; half of the copies have a checksum that fits. */
  static byte[] mutate(byte[] original, Random random) {
    byte[] bytes = original.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      bytes = change(bytes, random);
    }
    return random.nextBoolean() && bytes.length >= SMALLEST_SEALED
        ? WireBytes.of(bytes).sealed()
        : bytes;
  }

  private static byte[] change(byte[] bytes, Random random) {
    if (bytes.length < Long.BYTES) {
      return bytes;
    }
    // the header is small and matters most: every second change goes there
    int limit = random.nextBoolean() ? Math.min(HEADER, bytes.length) : bytes.length;
    int at = random.nextInt(limit);
    switch (random.nextInt(8)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt();
      case 2, 3, 4 -> putLong(bytes, at, NASTY[random.nextInt(NASTY.length)]);
      case 5 -> putLong(bytes, at, random.nextLong() >>> random.nextInt(64));
      case 6 -> {
        return Arrays.copyOf(bytes, random.nextInt(bytes.length + 64));
      }
      default -> {
        int from = random.nextInt(bytes.length);
        int length = Math.min(random.nextInt(256), bytes.length - Math.max(from, at));
        System.arraycopy(bytes, from, bytes, at, length);
      }
    }
    return bytes;
  }

  private static void putLong(byte[] bytes, int at, long value) {
    for (int i = 0; i < Long.BYTES && at + i < bytes.length; i++) {
      bytes[at + i] = (byte) (value >>> 8 * i);
    }
  }
}
