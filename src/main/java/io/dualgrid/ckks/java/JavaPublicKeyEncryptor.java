package io.dualgrid.ckks.java;

import io.dualgrid.ckks.Encryptor;
import io.dualgrid.ckks.PublicKey;
import io.dualgrid.ckks.Residues;
import java.util.Arrays;

/**
 * Encryption under a public key (b, a): (b·u + e0 + m, a·u + e1), u ternary. With a special modulus
 * P the sum is formed over all moduli and then divided by P and rounded, which takes most of the
 * noise away; the message comes afterwards.
 */
final class JavaPublicKeyEncryptor extends Encryptor {
  private final RnsRing ring;
  private final long[] key;
  private final long[] shoup;
  private final SecureSampler sampler = new SecureSampler();
  private final SlotTransform.Scratch scratch;
  private final long[] message;
  private final long[] mask;
  private final long[] error;
  private final long[] transformed;
  private final long[] special;

  JavaPublicKeyEncryptor(RnsRing ring, PublicKey publicKey) {
    super(publicKey.parameters(), publicKey.keyId());
    int degree = ring.degree;
    this.ring = ring;
    this.key = publicKey.sharedResidues();
    this.shoup = new long[key.length];
    for (int i = 0; i < key.length; i++) {
      shoup[i] = ring.modulus(i / degree % ring.transforms.length).shoup(key[i]);
    }
    this.scratch = new SlotTransform.Scratch(degree);
    this.message = new long[degree];
    this.error = new long[degree];
    this.mask = new long[ring.transforms.length * degree];
    this.transformed = new long[degree];
    this.special = new long[degree];
  }

  @Override
  protected void encodeAndEncrypt(double[] values, Residues residues) {
    int length = ring.parameters.ciphertextLength();
    long[] numbers = new long[residues.length()];
    for (int chunk = 0; chunk * length < numbers.length; chunk++) {
      ring.encode(values, chunk, message, scratch);
      encryptMessage(message, numbers, chunk * length);
    }
    residues.put(numbers);
  }

  /**
   * Writes one chunk of an encoded message.
   *
   * @param encoded N coefficients; not modified
   */
  void encryptMessage(long[] encoded, long[] residues, int offset) {
    if (ring.parameters.hasSpecialModulus()) {
      encryptZero(residues, offset, null);
      ring.addPolynomial(encoded, residues, offset, transformed);
    } else {
      encryptZero(residues, offset, encoded);
    }
  }

  /** Zero, or zero plus a message that rides on the first error. */
  private void encryptZero(long[] out, int offset, long[] ridingMessage) {
    int degree = ring.degree;
    sampler.ternary(error);
    for (int i = 0; i < ring.transforms.length; i++) {
      ring.spread(error, i, mask, i * degree);
      ring.transforms[i].forwardLazy(mask, i * degree);
    }
    for (int component = 0; component < 2; component++) {
      sampler.error(error);
      if (component == 0 && ridingMessage != null) {
        for (int i = 0; i < degree; i++) {
          error[i] += ridingMessage[i];
        }
      }
      int c = offset + component * ring.dataModuli * degree;
      if (ring.parameters.hasSpecialModulus()) {
        maskedKey(component, ring.dataModuli, special, 0);
        ring.transforms[ring.dataModuli].inverse(special, 0);
      }
      for (int i = 0; i < ring.dataModuli; i++) {
        maskedKey(component, i, out, c + i * degree);
        if (ring.parameters.hasSpecialModulus()) {
          ring.divideBySpecial(i, special, transformed, out, c + i * degree);
        }
      }
    }
  }

  /** key·u + error of one component and modulus, as values in [0, q). */
  private void maskedKey(int component, int modulusIndex, long[] out, int offset) {
    int degree = ring.degree;
    long q = ring.modulus(modulusIndex).q;
    int k = (component * ring.transforms.length + modulusIndex) * degree;
    int u = modulusIndex * degree;
    ring.reduce(error, modulusIndex, transformed, 0);
    ring.transforms[modulusIndex].forwardLazy(transformed, 0);
    for (int j = 0; j < degree; j++) {
      long product = Modulus.multiplyLazy(mask[u + j], key[k + j], shoup[k + j], q);
      // below 2q + 4q
      long sum = Modulus.reduceOnce(product + transformed[j], 4 * q);
      out[offset + j] = Modulus.reduceOnce(Modulus.reduceOnce(sum, 2 * q), q);
    }
  }

  @Override
  public void close() {
    for (long[] secret : new long[][] {message, mask, error, transformed, special}) {
      Arrays.fill(secret, 0);
    }
    scratch.wipe();
    sampler.wipe();
  }
}
