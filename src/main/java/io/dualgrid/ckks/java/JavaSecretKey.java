package io.dualgrid.ckks.java;

import io.dualgrid.ckks.KeyPair;
import io.dualgrid.ckks.PublicKey;
import io.dualgrid.ckks.SecretKey;
import io.dualgrid.ckks.UniformSeed;
import java.util.Arrays;

/**
 * A uniform ternary secret, kept as values at all moduli. Whoever uses it holds its monitor, so
 * that closing cannot wipe it in the middle of a decryption.
 */
final class JavaSecretKey extends SecretKey {
  private final RnsRing ring;
  private final long[] values;
  private final long[] shoup;
  private boolean closed;

  private JavaSecretKey(RnsRing ring, PublicKey publicKey, long[] values, long[] shoup) {
    super(publicKey);
    this.ring = ring;
    this.values = values;
    this.shoup = shoup;
  }

  static KeyPair generate(RnsRing ring) {
    int degree = ring.degree;
    int moduli = ring.transforms.length;
    SecureSampler sampler = new SecureSampler();
    long[] small = new long[degree];
    long[] secret = new long[moduli * degree];
    long[] shoup = new long[moduli * degree];
    sampler.ternary(small);
    for (int i = 0; i < moduli; i++) {
      ring.spread(small, i, secret, i * degree);
      ring.transforms[i].forward(secret, i * degree);
      for (int j = i * degree; j < (i + 1) * degree; j++) {
        shoup[j] = ring.modulus(i).shoup(secret[j]);
      }
    }
    // the public key is an encryption of zero over all moduli: (e - a·s, a)
    sampler.error(small);
    long[] key = new long[2 * moduli * degree];
    for (int i = 0; i < moduli; i++) {
      int c1 = (moduli + i) * degree;
      sampler.uniform(key, c1, degree, ring.modulus(i).q);
      symmetric(ring, i, small, secret, shoup, key, i * degree, c1);
    }
    Arrays.fill(small, 0);
    sampler.wipe();
    PublicKey publicKey = PublicKey.ofGenerated(ring.parameters, key);
    return new KeyPair(publicKey, new JavaSecretKey(ring, publicKey, secret, shoup));
  }

  /**
   * One modulus of an encryption under a secret key: c0 = small − c1·s, for a uniform c1.
   *
   * @param small error, or error plus message; below 2^62 in magnitude
   * @param c0 offset of the first component in out
   * @param c1 offset of the second, which is there
   */
  private static void symmetric(
      RnsRing ring,
      int modulusIndex,
      long[] small,
      long[] secret,
      long[] shoup,
      long[] out,
      int c0,
      int c1) {
    int degree = ring.degree;
    int s = modulusIndex * degree;
    long q = ring.modulus(modulusIndex).q;
    ring.reduce(small, modulusIndex, out, c0);
    ring.transforms[modulusIndex].forward(out, c0);
    for (int j = 0; j < degree; j++) {
      long product = ring.modulus(modulusIndex).multiply(out[c1 + j], secret[s + j], shoup[s + j]);
      long difference = out[c0 + j] - product;
      out[c0 + j] = difference + (q & (difference >> 63));
    }
  }

  RnsRing ring() {
    return ring;
  }

  /**
   * Writes an encryption of a message with its error added, one chunk at offset.
   *
   * @param seeds of all chunks' second components; those of this chunk are written
   */
  synchronized void encrypt(
      long[] noisyMessage, SecureSampler sampler, long[] out, int offset, byte[] seeds, int chunk) {
    requireOpen();
    int degree = ring.degree;
    for (int i = 0; i < ring.dataModuli; i++) {
      int c0 = offset + i * degree;
      int c1 = c0 + ring.dataModuli * degree;
      int seed = (chunk * ring.dataModuli + i) * UniformSeed.BYTES;
      sampler.bytes(seeds, seed, UniformSeed.BYTES);
      UniformSeed.expand(seeds, seed, ring.modulus(i).q, out, c1, degree);
      symmetric(ring, i, noisyMessage, values, shoup, out, c0, c1);
    }
  }

  /** Writes c0 + c1·s of the chunk at offset, all data moduli, in coefficient form. */
  synchronized void decrypt(long[] ciphertext, int offset, long[] message) {
    requireOpen();
    int degree = ring.degree;
    for (int i = 0; i < ring.dataModuli; i++) {
      long q = ring.modulus(i).q;
      int m = i * degree;
      int c0 = offset + m;
      int c1 = c0 + ring.dataModuli * degree;
      for (int j = 0; j < degree; j++) {
        long product = Modulus.multiplyLazy(ciphertext[c1 + j], values[m + j], shoup[m + j], q);
        message[m + j] = Modulus.reduceOnce(ciphertext[c0 + j] + product, 2 * q);
      }
      ring.transforms[i].inverse(message, m);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(this + " is closed");
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    Arrays.fill(values, 0);
    Arrays.fill(shoup, 0);
  }
}
