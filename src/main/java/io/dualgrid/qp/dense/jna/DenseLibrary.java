package io.dualgrid.qp.dense.jna;

import io.dualgrid.natives.LoadedLibrary;
import io.dualgrid.natives.NativeLibraries;
import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpStatus;

/** The loaded library, or the reason it is missing. */
final class DenseLibrary {
  /**
   * {@code DUALGRID_DENSE_ABI_VERSION} of the header that {@link DenseFunctions} was written to.
   */
  static final int ABI_VERSION = 4;

  private DenseLibrary() {}

  static LoadedLibrary<DenseFunctions> load() {
    return NativeLibraries.load(
        "dense",
        new DenseFunctions(),
        ABI_VERSION,
        DenseFunctions::dualgrid_dense_version,
        DenseLibrary::probe);
  }

  /**
   * Minimises x² + y² − 6x over x + y = 1, 0 ≤ y ≤ 0.5. Without the last row the minimum is at x =
   * 2; y ≥ 0 moves it to x = 1, y = 0.
   */
  static void probe(DenseFunctions functions) {
    double[] quadratic = {2, 0, 0, 2};
    double[] rows = {1, 1, 0, 1};
    double[] lower = {1, 0};
    double[] upper = {1, 0.5};
    QpSettings settings = new QpSettings(1e-9, 0.0, 100);
    try (NativeDenseSolver solver =
        new NativeDenseSolver(functions, 2, quadratic, rows, lower, upper, settings)) {
      QpResult result = solver.solve(new double[] {-6, 0});
      double[] x = result.x();
      // The tolerance of 1e-9 on residuals of entries around 1 holds x to about 1e-9.
      if (result.status() != QpStatus.SOLVED
          || Math.abs(x[0] - 1) > 1e-6
          || Math.abs(x[1]) > 1e-6) {
        throw new IllegalStateException(
            "the probe gave (" + x[0] + ", " + x[1] + ") where (1, 0) is right");
      }
    }
  }
}
