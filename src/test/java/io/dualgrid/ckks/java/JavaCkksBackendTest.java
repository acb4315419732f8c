package io.dualgrid.ckks.java;

import io.dualgrid.OneRound;
import io.dualgrid.ckks.CkksBackend;
import io.dualgrid.ckks.CkksBackendContract;

@OneRound
class JavaCkksBackendTest extends CkksBackendContract {
  private static final CkksBackend BACKEND = new JavaCkksBackend();

  @Override
  protected CkksBackend backend() {
    return BACKEND;
  }
}
