package io.dualgrid.natives;

import io.dualgrid.ckks.seal.SealCkksBackend;
import io.dualgrid.qp.dense.jna.NativeDenseSolverFactory;
import io.dualgrid.qp.osqp.OsqpSolverFactory;
import java.io.IOException;

/** Loads every library, tells the outcomes, and waits for the end of its input. */
final class LoadingMain {
  private LoadingMain() {}

  public static void main(String[] args) throws IOException {
    for (NativeLibraryStatus status :
        new NativeLibraryStatus[] {
          new NativeDenseSolverFactory().status(),
          new OsqpSolverFactory().status(),
          new SealCkksBackend().status()
        }) {
      System.out.println(status.available() ? "available" : status.failure());
    }
    System.in.read();
  }
}
