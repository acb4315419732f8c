package io.dualgrid.ckks.java;

import io.dualgrid.ckks.Decryptor;
import io.dualgrid.ckks.Residues;
import java.util.Arrays;

/** c0 + c1·s, back to coefficients, back to slots. */
final class JavaDecryptor extends Decryptor {
  private final JavaSecretKey key;
  private final RnsRing ring;
  private final SlotTransform.Scratch scratch;
  private final long[] message;
  private final double[] coefficients;

  JavaDecryptor(JavaSecretKey key) {
    super(key);
    this.key = key;
    this.ring = key.ring();
    this.scratch = new SlotTransform.Scratch(ring.degree);
    this.message = new long[ring.dataModuli * ring.degree];
    this.coefficients = new double[ring.degree];
  }

  @Override
  protected void decryptSlots(Residues ciphertext, int log2Scale, double[] slots) {
    long[] residues = ciphertext.toArray();
    int length = ring.parameters.ciphertextLength();
    double scale = Math.scalb(1.0, log2Scale);
    for (int chunk = 0; chunk * length < residues.length; chunk++) {
      key.decrypt(residues, chunk * length, message);
      ring.compose(message, coefficients);
      ring.slots.decode(coefficients, scale, slots, chunk * ring.parameters.slotCount(), scratch);
    }
  }

  @Override
  public void close() {
    Arrays.fill(message, 0);
    Arrays.fill(coefficients, 0);
    scratch.wipe();
  }
}
