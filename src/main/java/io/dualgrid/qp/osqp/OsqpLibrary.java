package io.dualgrid.qp.osqp;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import io.dualgrid.natives.LoadedLibrary;
import io.dualgrid.natives.NativeLibraries;
import io.dualgrid.qp.QpSettings;

/** The loaded library, or the reason it is missing. */
final class OsqpLibrary {
  /** {@code DUALGRID_OSQP_ABI_VERSION} of the header that {@link OsqpFunctions} was written to. */
  static final int ABI_VERSION = 2;

  private OsqpLibrary() {}

  static LoadedLibrary<OsqpFunctions> load() {
    return NativeLibraries.load(
        "osqp",
        new OsqpFunctions(),
        ABI_VERSION,
        OsqpFunctions::dualgrid_osqp_version,
        OsqpLibrary::probe);
  }

  /**
   * Minimises 2x² + xy + y² + x + y over x + y = 1, 0 ≤ x, y ≤ 0.7. Without the upper bounds the
   * minimum is at x = 1/4; y ≤ 0.7 moves it to x = 0.3, y = 0.7.
   */
  static void probe(OsqpFunctions functions) {
    PointerByReference workspace = new PointerByReference();
    double[] settings = OsqpTuning.EVEN.toNative(new QpSettings(1e-9, 0.0, 1000));
    try {
      int code =
          functions.dualgrid_osqp_create(
              2,
              3,
              new int[] {0, 1, 3},
              new int[] {0, 0, 1},
              new double[] {4, 1, 2},
              3,
              new double[] {1, 1},
              new int[] {0, 2, 4},
              new int[] {0, 1, 0, 2},
              new double[] {1, 1, 1, 1},
              4,
              new double[] {1, 0, 0},
              new double[] {1, 0.7, 0.7},
              settings,
              settings.length,
              workspace);
      try (Memory memory = new Memory((2 + 3 + OsqpSolver.INFO_COUNT) * (long) Double.BYTES)) {
        Pointer y = memory.share(2 * Double.BYTES);
        Pointer info = memory.share(5 * Double.BYTES);
        if (code == 0) {
          code =
              functions.dualgrid_osqp_solve(
                  workspace.getValue(), null, 2, memory, y, 3, info, OsqpSolver.INFO_COUNT);
        }
        if (code != 0) {
          throw new IllegalStateException(
              "the probe failed: " + functions.dualgrid_osqp_error(workspace.getValue()));
        }
        double[] x = memory.getDoubleArray(0, 2);
        // The tolerance of 1e-9 on residuals of entries around 1 holds x to about 1e-9.
        if (info.getDouble(0) != 0 || Math.abs(x[0] - 0.3) > 1e-6 || Math.abs(x[1] - 0.7) > 1e-6) {
          throw new IllegalStateException(
              "the probe gave (" + x[0] + ", " + x[1] + ") where (0.3, 0.7) is right");
        }
      }
    } finally {
      functions.dualgrid_osqp_destroy(workspace.getValue());
    }
  }
}
