package io.dualgrid.ckks.seal;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;

/**
 * The functions of native/seal/dualgrid_seal.h, under their own names; see there. All return a
 * status, 0 when they did what they say. Public keys go as arrays, which are copied on the way;
 * values and ciphertexts as pointers into memory of the caller's.
 */
interface SealLibrary extends Library {
  int OK = 0;
  int BAD_ARGUMENT = 1;
  int BAD_HANDLE = 2;
  int BAD_LENGTH = 3;
  int BAD_RESIDUE = 4;
  int NO_MEMORY = 5;
  int FAILED = 6;
  int NOT_HERE = 7;

  int AES = 0;
  int CHACHA = 1;

  int TERNARY = 0;
  int ERROR = 1;
  int UNIFORM = 2;

  String dualgrid_seal_version();

  String dualgrid_seal_source();

  String dualgrid_seal_random_stream();

  String dualgrid_seal_last_error();

  int dualgrid_seal_context_create(
      long ringDegree, long[] moduli, long modulusCount, LongByReference context);

  int dualgrid_seal_free(long handle);

  int dualgrid_seal_generate_keys(
      long context, long[] publicKey, long publicKeyLength, LongByReference secretKey);

  int dualgrid_seal_encryptor_create(
      long context, long[] publicKey, long publicKeyLength, LongByReference encryptor);

  int dualgrid_seal_encrypt(
      long key, Pointer values, long valueCount, double scale, Pointer residues, long residueCount);

  int dualgrid_seal_encrypt_pair(
      long firstKey,
      long secondKey,
      Pointer values,
      long valueCount,
      double scale,
      Pointer firstResidues,
      Pointer secondResidues,
      long residueCount);

  int dualgrid_seal_decrypt(
      long secretKey,
      Pointer residues,
      long residueCount,
      double scale,
      Pointer slots,
      long slotCount);

  int dualgrid_seal_combine(
      long context,
      Pointer terms,
      long termsLength,
      long[] weights,
      long weightCount,
      Pointer result,
      long residueCount);

  int dualgrid_seal_add_masks(
      Pointer keys,
      long keysLength,
      long subtracted,
      Pointer agreed,
      long round,
      Pointer words,
      long wordCount);

  int dualgrid_seal_hash_create(
      Pointer key,
      long[] moduli,
      int[] words,
      long modulusCount,
      long polynomials,
      long degree,
      LongByReference hash);

  int dualgrid_seal_hash(
      long hash, Pointer residues, Pointer less, long residueCount, Pointer words, long wordCount);

  int dualgrid_seal_sha256(Pointer bytes, long count, Pointer hash);

  int dualgrid_seal_stream(int kind, Pointer seed, long seedLength, Pointer bytes, long count);

  int dualgrid_seal_sample(int distribution, long modulus, long[] values, long count);
}
