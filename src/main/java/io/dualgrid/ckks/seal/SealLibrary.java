package io.dualgrid.ckks.seal;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;

/**
 * The functions of native/seal/dualgrid_seal.h, under their own names; see there. All return a
 * status, 0 when they did what they say. What is public goes as arrays, which are copied on the
 * way; values and ciphertexts as pointers into memory of the caller's.
 */
final class SealLibrary {
  static final int OK = 0;
  static final int BAD_ARGUMENT = 1;
  static final int BAD_HANDLE = 2;
  static final int BAD_LENGTH = 3;
  static final int BAD_RESIDUE = 4;
  static final int NO_MEMORY = 5;
  static final int FAILED = 6;
  static final int NOT_HERE = 7;

  static final int AES = 0;
  static final int CHACHA = 1;

  static final int TERNARY = 0;
  static final int ERROR = 1;
  static final int UNIFORM = 2;

  native String dualgrid_seal_version();

  native String dualgrid_seal_source();

  native String dualgrid_seal_random_stream();

  native String dualgrid_seal_vectors();

  native String dualgrid_seal_last_error();

  native int dualgrid_seal_context_create(
      long ringDegree, long[] moduli, long modulusCount, LongByReference context);

  native int dualgrid_seal_free(long handle);

  native int dualgrid_seal_generate_keys(
      long context, long[] publicKey, long publicKeyLength, LongByReference secretKey);

  native int dualgrid_seal_encryptor_create(
      long context, long[] publicKey, long publicKeyLength, LongByReference encryptor);

  native int dualgrid_seal_encrypt(
      long key, Pointer values, long valueCount, double scale, Pointer residues, long residueCount);

  native int dualgrid_seal_encrypt_pair(
      long firstKey,
      long secondKey,
      Pointer values,
      long valueCount,
      double scale,
      Pointer firstResidues,
      Pointer secondResidues,
      long residueCount,
      Pointer seeds,
      long seedBytes);

  native int dualgrid_seal_decrypt(
      long secretKey,
      Pointer residues,
      long residueCount,
      double scale,
      Pointer slots,
      long slotCount);

  native int dualgrid_seal_combine(
      long context,
      Pointer terms,
      long termsLength,
      long[] weights,
      long weightCount,
      Pointer result,
      long residueCount);

  native int dualgrid_seal_add_masks(
      Pointer keys,
      long keysLength,
      long subtracted,
      Pointer agreed,
      long round,
      Pointer words,
      long wordCount);

  native int dualgrid_seal_hash_create(
      Pointer key,
      long[] moduli,
      int[] words,
      long modulusCount,
      long polynomials,
      long degree,
      LongByReference hash);

  native int dualgrid_seal_hash(
      long hash, Pointer residues, long residueCount, Pointer words, long wordCount);

  native int dualgrid_seal_sha256(byte[] bytes, long count, byte[] hash);

  native int dualgrid_seal_stream(
      int kind, Pointer seed, long seedLength, Pointer bytes, long count);

  native int dualgrid_seal_sample(int distribution, long modulus, long[] values, long count);
}
