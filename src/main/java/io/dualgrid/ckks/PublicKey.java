package io.dualgrid.ckks;

import io.dualgrid.ckks.CkksException.Reason;
import io.dualgrid.keys.Sha256;
import java.nio.ByteBuffer;

/**
 * A public key: two polynomials (−a·s + e, a) over all moduli. Immutable; anybody may see it. It
 * comes from either backend and serves either.
 */
public final class PublicKey {
  private final CkksParameters parameters;
  private final long[] residues;
  private final KeyFingerprint fingerprint;

  private PublicKey(CkksParameters parameters, long[] residues) {
    this.parameters = parameters;
    this.residues = residues;
    this.fingerprint = new KeyFingerprint(Sha256.of(bytes(0)));
  }

  /**
   * For backends: a key they have just generated.
   *
   * @param residues length {@link CkksParameters#publicKeyLength()}, in the order and form of the
   *     wire; kept, not copied
   */
  public static PublicKey ofGenerated(CkksParameters parameters, long[] residues) {
    if (residues.length != parameters.publicKeyLength()) {
      throw new IllegalArgumentException(
          residues.length + " residues; " + parameters.publicKeyLength() + " expected");
    }
    return new PublicKey(parameters, residues);
  }

  /**
   * Reads a key that another party sent.
   *
   * @throws CkksException with the reason of the first check that fails
   */
  public static PublicKey fromBytes(byte[] bytes, CkksParameters parameters) {
    WireFormat.Parsed parsed =
        WireFormat.read(ByteBuffer.wrap(bytes), parameters, WireFormat.KIND_PUBLIC_KEY);
    PublicKey key = new PublicKey(parameters, parsed.residues().toArray());
    if (key.keyId() != parsed.header().keyId()) {
      throw new CkksException(
          Reason.WRONG_KEY, "the key is not the one that its label names: it was exchanged");
    }
    return key;
  }

  /** The key as other parties read it. */
  public byte[] toBytes() {
    return bytes(keyId());
  }

  private byte[] bytes(long keyId) {
    return WireFormat.write(
        parameters, new WireFormat.Header(WireFormat.KIND_PUBLIC_KEY, keyId, 0, 0, 0), residues);
  }

  /** The parameters it was made under. */
  public CkksParameters parameters() {
    return parameters;
  }

  /** To be compared with its owner, out of band. */
  public KeyFingerprint fingerprint() {
    return fingerprint;
  }

  /** The label that ciphertexts under this key carry. */
  public long keyId() {
    return fingerprint.keyId();
  }

  /** For backends: the residues themselves, not a copy; never to be changed. */
  public long[] sharedResidues() {
    return residues;
  }

  @Override
  public String toString() {
    return "PublicKey[" + parameters.name() + ", " + fingerprint + "]";
  }
}
