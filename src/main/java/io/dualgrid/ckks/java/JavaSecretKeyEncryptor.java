package io.dualgrid.ckks.java;

import io.dualgrid.ckks.Encryptor;
import io.dualgrid.ckks.Residues;
import io.dualgrid.ckks.UniformSeed;
import java.util.Arrays;

/** Encryption under one's own secret key: one transform and one product a modulus. */
final class JavaSecretKeyEncryptor extends Encryptor {
  private final JavaSecretKey key;
  private final RnsRing ring;
  private final SecureSampler sampler = new SecureSampler();
  private final SlotTransform.Scratch scratch;
  private final long[] message;
  private final long[] error;

  JavaSecretKeyEncryptor(JavaSecretKey key) {
    super(key.parameters(), key.keyId());
    this.key = key;
    this.ring = key.ring();
    this.scratch = new SlotTransform.Scratch(ring.degree);
    this.message = new long[ring.degree];
    this.error = new long[ring.degree];
  }

  @Override
  protected void encodeAndEncrypt(double[] values, Residues residues) {
    int length = ring.parameters.ciphertextLength();
    long[] numbers = new long[residues.length()];
    int chunks = numbers.length / length;
    byte[] seeds = new byte[chunks * ring.dataModuli * UniformSeed.BYTES]; // which nobody is told
    for (int chunk = 0; chunk < chunks; chunk++) {
      ring.encode(values, chunk, message, scratch);
      encryptMessage(message, numbers, chunk * length, seeds, chunk);
    }
    residues.put(numbers);
  }

  /**
   * Writes one chunk of an encoded message.
   *
   * @param encoded N coefficients; not modified
   * @param seeds of all chunks' second components; those of this chunk are written
   */
  void encryptMessage(long[] encoded, long[] residues, int offset, byte[] seeds, int chunk) {
    sampler.error(error);
    for (int i = 0; i < error.length; i++) {
      error[i] += encoded[i];
    }
    key.encrypt(error, sampler, residues, offset, seeds, chunk);
  }

  @Override
  public void close() {
    Arrays.fill(message, 0);
    Arrays.fill(error, 0);
    scratch.wipe();
    sampler.wipe();
  }
}
