package io.dualgrid.keys;

import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Work with keys over long arrays that a native library does in a tenth of the time: runs are over
 * before the virtual machine has compiled its own to the instructions that processors have for it.
 * What it gives is the same, bit by bit, as what Java gives where there is none. Thread safe.
 */
public interface KeyAccelerator {
  /** The masks of one party of secure sums. One thread at a time. */
  interface Masks extends AutoCloseable {
    /**
     * Adds the masks of a round to numbers of 128 bits.
     *
     * @param agreed 16 bytes of what the parties take for common knowledge
     * @param round number of the round
     * @param words two of each number, the low one first; changed
     * @throws IllegalStateException after {@link #close}
     */
    void add(byte[] agreed, long round, long[] words);

    /** Wipes the keys. */
    @Override
    void close();
  }

  /** A hash of residues: inner products with secret vectors. One thread at a time. */
  interface Products extends AutoCloseable {
    /**
     * The inner products of residues.
     *
     * @param residues bytes in which they lie, little endian, below their moduli
     * @param from of these bytes where they begin
     * @return as many as there are words
     * @throws IllegalStateException after {@link #close}
     */
    long[] of(byte[] residues, int from);

    /** Wipes the vectors. */
    @Override
    void close();
  }

  /**
   * Masks under keys.
   *
   * @param keys 32 bytes each, one after another; not modified, and the caller's to wipe
   * @param subtracted number of keys, the first ones, whose masks are subtracted
   */
  Masks masks(byte[] keys, int subtracted);

  /**
   * Draws vectors that are uniform modulo q: of AES-256 in counter mode numbers of as many bits as
   * q has, little endian, those below q. The vector of a word begins one number on from that of the
   * word before, and has one of its own at its end.
   *
   * @param key 32 bytes, not modified, and the caller's to wipe
   * @param moduli below 2^60
   * @param words of the hash under each modulus
   * @param polynomials of the residues to come, which are [polynomial][modulus][degree]
   * @param degree numbers of a polynomial
   */
  Products products(byte[] key, long[] moduli, int[] words, int polynomials, int degree);

  /**
   * AES-256 in counter mode, from counter 0, as numbers of 64 bits, little endian.
   *
   * @param key 32 bytes, not modified, and the caller's to wipe
   * @param words all overwritten; a multiple of 32
   */
  void expand(byte[] key, long[] words);

  /** SHA-256 of public bytes: 32 bytes. */
  byte[] sha256(byte[] bytes);

  /** Whether it can be used here; loads what it needs to know that, and never throws. */
  boolean isHere();

  /** The one that can be had here, if any; found by the service loader, once. */
  static Optional<KeyAccelerator> available() {
    return Holder.FOUND;
  }

  /** Found when first asked for. */
  final class Holder {
    private static final Optional<KeyAccelerator> FOUND =
        ServiceLoader.load(KeyAccelerator.class, KeyAccelerator.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .filter(KeyAccelerator::isHere)
            .findFirst();

    private Holder() {}
  }
}
