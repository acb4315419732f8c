package io.dualgrid.mask;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A {@link SecureRandom} read in blocks. Each call of SecureRandom costs about a microsecond
 * however few bits it returns, and a mask takes 10⁵ normal variates; so 8 kB are fetched at a time.
 * Bytes are erased as they are used. Not thread safe.
 */
final class SecureStream implements RandomGenerator {
  private static final int BLOCK_BYTES = 8192;

  private final SecureRandom random;
  private final byte[] block = new byte[BLOCK_BYTES];
  private final LongBuffer words =
      ByteBuffer.wrap(block).order(ByteOrder.nativeOrder()).asLongBuffer();

  SecureStream(SecureRandom random) {
    this.random = random;
    words.position(words.limit());
  }

  @Override
  public long nextLong() {
    if (!words.hasRemaining()) {
      random.nextBytes(block);
      words.rewind();
    }
    int position = words.position();
    long value = words.get();
    words.put(position, 0L);
    return value;
  }

  /** Forgets what was fetched and not yet used. */
  void discard() {
    Arrays.fill(block, (byte) 0);
    words.position(words.limit());
  }
}
