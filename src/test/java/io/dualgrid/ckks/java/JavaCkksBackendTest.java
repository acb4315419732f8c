package io.dualgrid.ckks.java;

import io.dualgrid.ckks.CkksBackend;
import io.dualgrid.ckks.CkksBackendContract;

class JavaCkksBackendTest extends CkksBackendContract {
  private static final CkksBackend BACKEND = new JavaCkksBackend();

  @Override
  protected CkksBackend backend() {
    return BACKEND;
  }
}
