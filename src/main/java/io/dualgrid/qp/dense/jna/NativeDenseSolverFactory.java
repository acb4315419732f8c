package io.dualgrid.qp.dense.jna;

import io.dualgrid.backend.NativeBackend;
import io.dualgrid.natives.LoadedLibrary;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.dense.DenseArguments;
import io.dualgrid.qp.dense.DenseKernels;
import io.dualgrid.qp.dense.DenseSolver;
import io.dualgrid.qp.dense.DenseSolverFactory;

/** The dense solver in C. The same calls give the same bits again, on any processor. */
public final class NativeDenseSolverFactory implements DenseSolverFactory, NativeBackend {
  @Override
  public String name() {
    return "native";
  }

  @Override
  public LoadedLibrary<?> library() {
    return DenseLibrary.load();
  }

  @Override
  public int precedence() {
    return 20;
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
