package io.dualgrid.qp.nativeqp;

import io.dualgrid.natives.LoadedLibrary;
import io.dualgrid.natives.NativeLibraries;
import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpStatus;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;

/** The loaded library, or the reason it is missing. */
final class NativeQpLibrary {
  /** {@code DUALGRID_QP_ABI_VERSION} of the header that the functions were written to. */
  static final int ABI_VERSION = 3;

  private NativeQpLibrary() {}

  static LoadedLibrary<NativeQpFunctions> load() {
    return NativeLibraries.load(
        "qp",
        new NativeQpFunctions(),
        ABI_VERSION,
        NativeQpFunctions::dualgrid_qp_version,
        NativeQpLibrary::probe);
  }

  /**
   * Minimises 2x² + xy + y² + x + y over x + y = 1, 0 ≤ x, y ≤ 0.7. Without the upper bounds the
   * minimum is at x = 1/4; y ≤ 0.7 moves it to x = 0.3, y = 0.7.
   */
  static void probe(NativeQpFunctions functions) {
    QuadraticProgram program =
        new QuadraticProgram(
            "probe",
            SparseMatrix.builder(2, 2).add(0, 0, 4).add(0, 1, 1).add(1, 1, 2).build(),
            new double[] {1, 1},
            SparseMatrix.builder(3, 2).add(0, 0, 1).add(0, 1, 1).add(1, 0, 1).add(2, 1, 1).build(),
            new double[] {1, 0, 0},
            new double[] {1, 0.7, 0.7});
    try (NativeQpSolver solver =
        new NativeQpSolver(functions, program, new QpSettings(1e-9, 0.0, 1000))) {
      QpResult result = solver.solve();
      double[] x = result.x();
      // The tolerance of 1e-9 on residuals of entries around 1 holds x to about 1e-9.
      if (result.status() != QpStatus.SOLVED
          || Math.abs(x[0] - 0.3) > 1e-6
          || Math.abs(x[1] - 0.7) > 1e-6) {
        throw new IllegalStateException(
            "the probe gave (" + x[0] + ", " + x[1] + ") where (0.3, 0.7) is right");
      }
    }
  }
}
