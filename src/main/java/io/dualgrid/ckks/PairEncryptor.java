package io.dualgrid.ckks;

/**
 * Encrypts a vector twice, under one's own secret key and under another's public key, and encodes
 * it once: what each end of a line sends. Every value is checked here, before any backend sees it.
 * One thread at a time. The caller closes it; the secret key stays with its owner.
 */
public abstract class PairEncryptor implements AutoCloseable {
  private final CkksParameters parameters;
  private final long ownKeyId;
  private final long otherKeyId;

  /**
   * For backends.
   *
   * @throws CkksException {@link CkksException.Reason#FOREIGN_PARAMETERS} when the keys are of
   *     different parameters
   */
  protected PairEncryptor(SecretKey own, PublicKey other) {
    if (own.parameters().id() != other.parameters().id()) {
      throw new CkksException(
          CkksException.Reason.FOREIGN_PARAMETERS,
          "the other key was made under " + other.parameters() + ", ours " + own.parameters());
    }
    parameters = own.parameters();
    ownKeyId = own.keyId();
    otherKeyId = other.keyId();
  }

  /**
   * The same values under both keys, each encryption with randomness of its own.
   *
   * @param own opened by the owner of this encryptor
   * @param other opened by the owner of the public key
   */
  public record Pair(Ciphertext own, Ciphertext other) {}

  /** The parameters in force. */
  public final CkksParameters parameters() {
    return parameters;
  }

  /**
   * Encrypts a vector under fresh randomness.
   *
   * @param values as {@link Encryptor#encrypt} takes them
   * @throws CkksException {@link CkksException.Reason#VALUE_OUT_OF_RANGE}
   */
  public final Pair encrypt(double[] values) {
    Encryptor.requireValues(parameters, values);
    Ciphertext.Draft own = Ciphertext.Draft.fresh(parameters, ownKeyId, values.length);
    Ciphertext.Draft other = Ciphertext.Draft.fresh(parameters, otherKeyId, values.length);
    int polynomials = parameters.chunks(values.length) * parameters.dataModulusCount();
    byte[] seeds = new byte[polynomials * UniformSeed.BYTES];
    boolean seeded = encodeAndEncrypt(values, own.residues(), other.residues(), seeds);
    return new Pair(own.done(seeded ? seeds : Ciphertext.UNSEEDED), other.done());
  }

  /**
   * Writes fresh encryptions of the values, chunk after chunk.
   *
   * @param values checked
   * @param own chunks · {@link CkksParameters#ciphertextLength()}, overwritten
   * @param other as long; overwritten
   * @param seeds {@link UniformSeed} of own's second components, [chunk][modulus]; overwritten
   * @return whether they have any
   */
  protected abstract boolean encodeAndEncrypt(
      double[] values, Residues own, Residues other, byte[] seeds);

  /** Frees memory and wipes randomness; a second call does nothing. */
  @Override
  public abstract void close();
}
