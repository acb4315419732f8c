package io.dualgrid.qp.dense.jna;

import io.dualgrid.qp.dense.DenseKernels;
import io.dualgrid.qp.dense.SquareMatrix;

/** In C, outside the heap. */
public final class NativeDenseKernels implements DenseKernels {
  private final DenseFunctions functions;

  /**
   * Loads the library when nothing has yet.
   *
   * @throws io.dualgrid.natives.NativeLibraryException when it is missing; the message says why
   */
  public NativeDenseKernels() {
    functions = DenseLibrary.load().functions();
  }

  @Override
  public SquareMatrix diagonal(double[] values) {
    return new NativeSquareMatrix(functions, values);
  }
}
