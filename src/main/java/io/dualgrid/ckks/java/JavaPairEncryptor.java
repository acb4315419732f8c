package io.dualgrid.ckks.java;

import io.dualgrid.ckks.PairEncryptor;
import io.dualgrid.ckks.PublicKey;
import java.util.Arrays;

/** One encoding, handed to the encryptors of both keys. */
final class JavaPairEncryptor extends PairEncryptor {
  private final RnsRing ring;
  private final JavaSecretKeyEncryptor own;
  private final JavaPublicKeyEncryptor other;
  private final SlotTransform.Scratch scratch;
  private final long[] message;

  JavaPairEncryptor(JavaSecretKey own, PublicKey other) {
    super(own, other);
    this.ring = own.ring();
    this.own = new JavaSecretKeyEncryptor(own);
    this.other = new JavaPublicKeyEncryptor(ring, other);
    this.scratch = new SlotTransform.Scratch(ring.degree);
    this.message = new long[ring.degree];
  }

  @Override
  protected void encodeAndEncrypt(double[] values, long[] ownResidues, long[] otherResidues) {
    int length = ring.parameters.ciphertextLength();
    for (int chunk = 0; chunk * length < ownResidues.length; chunk++) {
      ring.encode(values, chunk, message, scratch);
      own.encryptMessage(message, ownResidues, chunk * length);
      other.encryptMessage(message, otherResidues, chunk * length);
    }
  }

  @Override
  public void close() {
    Arrays.fill(message, 0);
    scratch.wipe();
    own.close();
    other.close();
  }
}
