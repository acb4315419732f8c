package io.dualgrid.ckks.seal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dualgrid.ckks.CkksBackend;
import io.dualgrid.ckks.CkksBackendContract;
import org.junit.jupiter.api.BeforeAll;

class SealCkksBackendTest extends CkksBackendContract {
  private static CkksBackend backend;

  @BeforeAll
  static void load() {
    assumeTrue(
        new SealCkksBackend().status().available(), () -> new SealCkksBackend().status().failure());
    backend = new SealCkksBackend();
  }

  @Override
  protected CkksBackend backend() {
    return backend;
  }
}
