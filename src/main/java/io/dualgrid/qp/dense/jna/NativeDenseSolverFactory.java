package io.dualgrid.qp.dense.jna;

import io.dualgrid.natives.NativeLibraryStatus;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.dense.DenseArguments;
import io.dualgrid.qp.dense.DenseKernels;
import io.dualgrid.qp.dense.DenseSolver;
import io.dualgrid.qp.dense.DenseSolverFactory;

/** The dense solver in C. The same calls give the same bits again, on any processor. */
public final class NativeDenseSolverFactory implements DenseSolverFactory {
  @Override
  public String name() {
    return "native";
  }

  @Override
  public String version() {
    return status().version();
  }

  @Override
  public int precedence() {
    return 20;
  }

  @Override
  public NativeLibraryStatus status() {
    return DenseLibrary.load().status();
  }

  @Override
  public void require() {
    DenseLibrary.load().functions();
  }

  @Override
  public DenseKernels kernels() {
    return new NativeDenseKernels();
  }

  @Override
  public DenseSolver setup(
      int dimension,
      double[] quadratic,
      double[] rows,
      double[] lower,
      double[] upper,
      QpSettings settings) {
    DenseArguments.require(dimension, quadratic, rows, lower, upper);
    return new NativeDenseSolver(
        DenseLibrary.load().functions(), dimension, quadratic, rows, lower, upper, settings);
  }
}
