package io.dualgrid.ckks.seal;

import io.dualgrid.ckks.Decryptor;
import io.dualgrid.natives.NativeHandle;

/** Decryption and decoding by SEAL. */
final class SealDecryptor extends Decryptor {
  private final SealContext context;
  private final NativeHandle<Long> key;

  SealDecryptor(SealSecretKey key) {
    super(key);
    this.context = key.context();
    this.key = key.handle();
  }

  @Override
  protected void decryptSlots(long[] residues, int log2Scale, double[] slots) {
    SealCalls calls = context.calls();
    int chunks = residues.length / parameters().ciphertextLength();
    calls.check(
        key.call(
            number ->
                calls
                    .library()
                    .dualgrid_seal_decrypt(
                        number,
                        residues,
                        residues.length,
                        Math.scalb(1.0, log2Scale),
                        slots,
                        (long) chunks * parameters().slotCount())),
        "decryption");
  }
}
