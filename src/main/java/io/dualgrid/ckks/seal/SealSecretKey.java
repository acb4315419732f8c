package io.dualgrid.ckks.seal;

import io.dualgrid.ckks.PublicKey;
import io.dualgrid.ckks.SecretKey;

/** A secret key in SEAL's own memory, which it clears when the key is closed; never in Java's. */
final class SealSecretKey extends SecretKey {
  private final SealContext context;
  private final SealHandle handle;

  SealSecretKey(PublicKey publicKey, SealContext context, SealHandle handle) {
    super(publicKey);
    this.context = context;
    this.handle = handle;
  }

  SealContext context() {
    return context;
  }

  SealHandle handle() {
    return handle;
  }

  @Override
  public void close() {
    handle.close();
  }
}
