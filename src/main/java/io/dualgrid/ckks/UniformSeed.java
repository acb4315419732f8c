package io.dualgrid.ckks;

import io.dualgrid.keys.KeyAccelerator;
import io.dualgrid.keys.KeyStream;
import java.util.Arrays;

/**
 * Seeds of uniform polynomials: half of a ciphertext under its sender's own key is such a one, and
 * public, so that 32 bytes can go in its place. Expanded by AES-256 in counter mode, under a seed
 * that all may know, as Kyber's and Frodo's variants with AES make their public matrices; drawn by
 * rejection, without bias.
 */
public final class UniformSeed {
  /** Bytes of the seed of one polynomial under one modulus. */
  public static final int BYTES = 32;

  private UniformSeed() {}

  /**
   * Fills a part of an array with what a seed stands for: words of 64 bits of the stream, little
   * endian, cut to as many bits as q has, those below q.
   *
   * @param seeds of which {@value #BYTES} bytes are taken
   * @param from of these where they begin
   * @param polynomial overwritten in [offset, offset + count)
   */
  public static void expand(
      byte[] seeds, int from, long q, long[] polynomial, int offset, int count) {
    long mask = -1L >>> Long.numberOfLeadingZeros(q);
    byte[] seed = Arrays.copyOfRange(seeds, from, from + BYTES);
    KeyStream stream = new KeyStream(seed, count, KeyAccelerator.available());
    for (int i = offset; i < offset + count; ) {
      long candidate = stream.next() & mask;
      polynomial[i] = candidate;
      i += candidate < q ? 1 : 0;
    }
  }
}
