package io.dualgrid.ckks.java;

import io.dualgrid.ckks.PairEncryptor;
import io.dualgrid.ckks.PublicKey;
import io.dualgrid.ckks.Residues;
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
  protected boolean isSeeded() {
    return true;
  }

  @Override
  protected void encodeAndEncrypt(
      double[] values, Residues ownOut, Residues otherOut, byte[] seeds) {
    int length = ring.parameters.ciphertextLength();
    long[] ownResidues = new long[ownOut.length()];
    long[] otherResidues = new long[otherOut.length()];
    for (int chunk = 0; chunk * length < ownResidues.length; chunk++) {
      ring.encode(values, chunk, message, scratch);
      own.encryptMessage(message, ownResidues, chunk * length, seeds, chunk);
      other.encryptMessage(message, otherResidues, chunk * length);
    }
    ownOut.put(ownResidues);
    otherOut.put(otherResidues);
  }

  @Override
  public void close() {
    Arrays.fill(message, 0);
    scratch.wipe();
    own.close();
    other.close();
  }
}
