package io.dualgrid.qp.dense;

import io.dualgrid.qp.QpSettings;

/** The dense solver in Java, which is always there. */
public final class JavaDenseSolverFactory implements DenseSolverFactory {
  @Override
  public String name() {
    return "dense (java)";
  }

  @Override
  public String version() {
    String version = getClass().getPackage().getImplementationVersion();
    return version == null ? "development" : version;
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
