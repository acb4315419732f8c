package io.dualgrid.ckks.seal;

import com.sun.jna.Pointer;
import io.dualgrid.ckks.Decryptor;
import io.dualgrid.ckks.Residues;
import io.dualgrid.natives.NativeBuffer;
import io.dualgrid.natives.NativeHandle;

/** Decryption and decoding, by the secret key of SEAL's. */
final class SealDecryptor extends Decryptor {
  private final SealContext context;
  private final NativeHandle<Long> key;
  private final NativeBuffer buffer = new NativeBuffer("the decryptor");

  SealDecryptor(SealSecretKey key) {
    super(key);
    this.context = key.context();
    this.key = key.handle();
  }

  @Override
  protected void decryptSlots(Residues residues, int log2Scale, double[] slots) {
    SealCalls calls = context.calls();
    int chunks = residues.length() / parameters().ciphertextLength();
    int count = Math.multiplyExact(chunks, parameters().slotCount());
    long slotBytes = SealCalls.bytes(count);
    buffer.call(
        slotBytes,
        SealCalls.bytes(residues.length()),
        memory -> {
          Pointer in = memory.share(slotBytes);
          SealCalls.write(residues, in);
          calls.check(
              key.call(
                  number ->
                      calls
                          .library()
                          .dualgrid_seal_decrypt(
                              number,
                              in,
                              residues.length(),
                              Math.scalb(1.0, log2Scale),
                              memory,
                              count)),
              "decryption");
          memory.read(0, slots, 0, count);
          return slots;
        });
  }

  @Override
  public void close() {
    buffer.close();
  }
}
