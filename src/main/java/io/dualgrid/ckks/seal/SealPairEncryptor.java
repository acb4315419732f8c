package io.dualgrid.ckks.seal;

import com.sun.jna.Pointer;
import io.dualgrid.ckks.PairEncryptor;
import io.dualgrid.ckks.PublicKey;
import io.dualgrid.ckks.Residues;
import io.dualgrid.natives.NativeBuffer;
import io.dualgrid.natives.NativeHandle;

/** Both encryptions in one native call. It owns the public key's handle and borrows the other. */
final class SealPairEncryptor extends PairEncryptor {
  private final SealCalls calls;
  private final NativeHandle<Long> ownKey;
  private final NativeHandle<Long> otherKey;
  private final double scale;
  private final boolean seeded; // without instructions for AES nothing has a seed
  private final NativeBuffer buffer = new NativeBuffer("the encryptor");

  SealPairEncryptor(SealSecretKey own, PublicKey other, NativeHandle<Long> otherKey) {
    super(own, other);
    this.calls = own.context().calls();
    this.ownKey = own.handle();
    this.otherKey = otherKey;
    this.seeded = SealCkksBackend.hasAes(calls.library());
    this.scale = Math.scalb(1.0, parameters().log2Scale());
  }

  @Override
  protected boolean isSeeded() {
    return seeded;
  }

  @Override
  protected void encodeAndEncrypt(double[] values, Residues own, Residues other, byte[] seeds) {
    long valueBytes = NativeBuffer.wholeLines(SealCalls.bytes(values.length));
    long residueBytes = SealCalls.bytes(own.length());
    buffer.call(
        valueBytes,
        2 * residueBytes + seeds.length,
        memory -> {
          Pointer ownOut = memory.share(valueBytes);
          Pointer otherOut = memory.share(valueBytes + residueBytes);
          Pointer seedsOut = seeded ? memory.share(valueBytes + 2 * residueBytes) : null;
          memory.write(0, values, 0, values.length);
          int status =
              ownKey.call(
                  first ->
                      otherKey.call(
                          second ->
                              calls
                                  .library()
                                  .dualgrid_seal_encrypt_pair(
                                      first,
                                      second,
                                      memory,
                                      values.length,
                                      scale,
                                      ownOut,
                                      otherOut,
                                      own.length(),
                                      seedsOut,
                                      seeds.length)));
          calls.check(status, "encryption");
          SealCalls.read(ownOut, own);
          SealCalls.read(otherOut, other);
          if (seeded) {
            seedsOut.read(0, seeds, 0, seeds.length);
          }
          return null;
        });
  }

  @Override
  public void close() {
    buffer.close();
    otherKey.close();
  }
}
