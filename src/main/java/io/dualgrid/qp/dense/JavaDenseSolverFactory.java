package io.dualgrid.qp.dense;

import io.dualgrid.backend.Backend;
import io.dualgrid.qp.QpSettings;

/** The dense solver in Java, which is always there. */
public final class JavaDenseSolverFactory implements DenseSolverFactory {
  @Override
  public String name() {
    return "java";
  }

  @Override
  public String version() {
    return Backend.builtInVersion();
  }

  @Override
  public int precedence() {
    return 0;
  }

  @Override
  public DenseKernels kernels() {
    return new JavaDenseKernels();
  }

  @Override
  public DenseSolver setup(
      int dimension,
      double[] quadratic,
      double[] rows,
      double[] lower,
      double[] upper,
      QpSettings settings) {
    return new JavaDenseSolver(dimension, quadratic, rows, lower, upper, settings);
  }
}
