package io.dualgrid.ckks.seal;

import com.sun.jna.Pointer;
import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.ckks.Encryptor;
import io.dualgrid.ckks.Residues;
import io.dualgrid.natives.NativeBuffer;
import io.dualgrid.natives.NativeHandle;

/** Encryption under a public key, whose handle it owns, or under a secret key, whose it borrows. */
final class SealEncryptor extends Encryptor {
  private final SealContext context;
  private final NativeHandle<Long> key;
  private final boolean ownsKey;
  private final double scale;
  private final NativeBuffer buffer = new NativeBuffer("the encryptor");

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
  protected void encodeAndEncrypt(double[] values, Residues residues) {
    SealCalls calls = context.calls();
    long valueBytes = SealCalls.bytes(values.length);
    buffer.call(
        valueBytes,
        SealCalls.bytes(residues.length()),
        memory -> {
          Pointer out = memory.share(valueBytes);
          memory.write(0, values, 0, values.length);
          calls.check(
              key.call(
                  number ->
                      calls
                          .library()
                          .dualgrid_seal_encrypt(
                              number, memory, values.length, scale, out, residues.length())),
              "encryption");
          SealCalls.read(out, residues);
          return residues;
        });
  }

  @Override
  public void close() {
    buffer.close();
    if (ownsKey) {
      key.close();
    }
  }
}
