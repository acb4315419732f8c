package io.dualgrid.ckks.seal;

import com.sun.jna.ptr.LongByReference;
import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.natives.NativeHandle;

/** SEAL's tables for one parameter set. Thread safe. */
final class SealContext implements AutoCloseable {
  private final SealCalls calls;
  private final CkksParameters parameters;
  private final NativeHandle<Long> handle;

  SealContext(SealCalls calls, CkksParameters parameters) {
    if (parameters.keyModulusCount() > 1 && !parameters.hasSpecialModulus()) {
      throw new IllegalArgumentException(
          parameters + ": SEAL takes the last of several moduli for the special one; name one");
    }
    this.calls = calls;
    this.parameters = parameters;
    LongByReference created = new LongByReference();
    long[] moduli = parameters.moduli();
    calls.check(
        calls
            .library()
            .dualgrid_seal_context_create(parameters.ringDegree(), moduli, moduli.length, created),
        "context of " + parameters);
    this.handle = calls.own(created.getValue(), "context");
  }

  SealCalls calls() {
    return calls;
  }

  CkksParameters parameters() {
    return parameters;
  }

  NativeHandle<Long> handle() {
    return handle;
  }

  @Override
  public void close() {
    handle.close();
  }
}
