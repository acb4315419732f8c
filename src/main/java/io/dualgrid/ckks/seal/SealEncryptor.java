package io.dualgrid.ckks.seal;

import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.ckks.Encryptor;
import io.dualgrid.natives.NativeHandle;

/** Encryption under a public key, whose handle it owns, or under a secret key, whose it borrows. */
final class SealEncryptor extends Encryptor {
  private final SealContext context;
  private final NativeHandle<Long> key;
  private final boolean ownsKey;
  private final double scale;

  SealEncryptor(
      CkksParameters parameters,
      long keyId,
      SealContext context,
      NativeHandle<Long> key,
      boolean ownsKey) {
    super(parameters, keyId);
    this.context = context;
    this.key = key;
    this.ownsKey = ownsKey;
    this.scale = Math.scalb(1.0, parameters.log2Scale());
  }

  @Override
  protected void encodeAndEncrypt(double[] values, long[] residues) {
    SealCalls calls = context.calls();
    calls.check(
        key.call(
            number ->
                calls
                    .library()
                    .dualgrid_seal_encrypt(
                        number, values, values.length, scale, residues, residues.length)),
        "encryption");
  }

  @Override
  protected void encryptZero(long[] residues) {
    SealCalls calls = context.calls();
    calls.check(
        key.call(
            number ->
                calls.library().dualgrid_seal_encrypt_zero(number, residues, residues.length)),
        "encryption of zero");
  }

  @Override
  protected void addEncoding(double[] values, long[] residues) {
    SealCalls calls = context.calls();
    calls.check(
        context
            .handle()
            .call(
                number ->
                    calls
                        .library()
                        .dualgrid_seal_add_encoding(
                            number, values, values.length, scale, residues, residues.length)),
        "adding values to an encryption of zero");
  }

  @Override
  public void close() {
    if (ownsKey) {
      key.close();
    }
  }
}
