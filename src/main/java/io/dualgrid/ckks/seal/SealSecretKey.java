package io.dualgrid.ckks.seal;

import io.dualgrid.ckks.PublicKey;
import io.dualgrid.ckks.SecretKey;
import io.dualgrid.natives.NativeHandle;

/** A secret key in SEAL's own memory, which it clears when the key is closed; never in Java's. */
final class SealSecretKey extends SecretKey {
  private final SealContext context;
  private final NativeHandle<Long> handle;

  SealSecretKey(PublicKey publicKey, SealContext context, NativeHandle<Long> handle) {
    super(publicKey);
    this.context = context;
    this.handle = handle;
  }

  SealContext context() {
    return context;
  }

  NativeHandle<Long> handle() {
    return handle;
  }

  @Override
  public void close() {
    handle.close();
  }
}
