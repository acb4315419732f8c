package io.dualgrid.ckks.seal;

import com.sun.jna.Library;
import com.sun.jna.ptr.LongByReference;

/**
 * The functions of native/seal/dualgrid_seal.h, under their own names; see there. All return a
 * status, 0 when they did what they say.
 */
interface SealLibrary extends Library {
  int OK = 0;
  int BAD_ARGUMENT = 1;
  int BAD_HANDLE = 2;
  int BAD_LENGTH = 3;
  int BAD_RESIDUE = 4;
  int NO_MEMORY = 5;
  int FAILED = 6;

  String dualgrid_seal_version();

  String dualgrid_seal_last_error();

  long dualgrid_seal_live_handles();

  int dualgrid_seal_context_create(
      long ringDegree, long[] moduli, long modulusCount, LongByReference context);

  int dualgrid_seal_free(long handle);

  int dualgrid_seal_generate_keys(
      long context, long[] publicKey, long publicKeyLength, LongByReference secretKey);

  int dualgrid_seal_encryptor_create(
      long context, long[] publicKey, long publicKeyLength, LongByReference encryptor);

  int dualgrid_seal_encrypt(
      long key, double[] values, long valueCount, double scale, long[] residues, long residueCount);

  int dualgrid_seal_encrypt_zero(long key, long[] residues, long residueCount);

  int dualgrid_seal_add_encoding(
      long context,
      double[] values,
      long valueCount,
      double scale,
      long[] residues,
      long residueCount);

  int dualgrid_seal_decrypt(
      long secretKey,
      long[] residues,
      long residueCount,
      double scale,
      double[] slots,
      long slotCount);

  int dualgrid_seal_combine(
      long context,
      long[] terms,
      long termsLength,
      long[] weights,
      long weightCount,
      long[] result,
      long residueCount);
}
