package io.dualgrid.ckks;

import java.nio.ByteBuffer;

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
    return encrypt(
        values,
        Ciphertext.room(parameters, values.length),
        Ciphertext.room(parameters, values.length),
        new byte[seedLength(values.length)]);
  }

  /**
   * The same, into arrays of the caller's, who may have more to put around it.
   *
   * @param own what remains in a part of an array: {@link Ciphertext#lengthOf} bytes, overwritten,
   *     and not to be changed afterwards
   * @param other likewise
   * @param seeds {@link #seedLength} bytes; likewise
   * @throws IllegalArgumentException when one of these has another length
   */
  public final Pair encrypt(double[] values, ByteBuffer own, ByteBuffer other, byte[] seeds) {
    Encryptor.requireValues(parameters, values);
    if (seeds.length != seedLength(values.length)) {
      throw new IllegalArgumentException(
          seeds.length + " bytes for seeds of " + seedLength(values.length));
    }
    Ciphertext.Draft ownDraft = Ciphertext.Draft.fresh(parameters, ownKeyId, values.length, own);
    Ciphertext.Draft otherDraft =
        Ciphertext.Draft.fresh(parameters, otherKeyId, values.length, other);
    encodeAndEncrypt(values, ownDraft.residues(), otherDraft.residues(), seeds);
    return new Pair(ownDraft.done(seeds), otherDraft.done());
  }

  /** Bytes of the seeds of an encryption under one's own key; none where a backend has none. */
  public final int seedLength(int values) {
    return isSeeded()
        ? parameters.chunks(values) * parameters.dataModulusCount() * UniformSeed.BYTES
        : 0;
  }

  /** Whether second components under one's own key are drawn of a {@link UniformSeed}. */
  protected abstract boolean isSeeded();

  /**
   * Writes fresh encryptions of the values, chunk after chunk.
   *
   * @param values checked
   * @param own chunks · {@link CkksParameters#ciphertextLength()}, overwritten
   * @param other as long; overwritten
   * @param seeds {@link UniformSeed} of own's second components, [chunk][modulus]; overwritten;
   *     empty where they have none
   */
  protected abstract void encodeAndEncrypt(
      double[] values, Residues own, Residues other, byte[] seeds);

  /** Frees memory and wipes randomness; a second call does nothing. */
  @Override
  public abstract void close();
}
