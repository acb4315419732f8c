package io.dualgrid.qp.dense.jna;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.dualgrid.natives.NativeWorkspace;
import io.dualgrid.qp.QpException;
import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpStatus;
import io.dualgrid.qp.dense.DenseSolver;

/**
 * One native workspace. A solve is one native call: c, y, the multipliers and the figures of the
 * solve lie in one block of memory outside the heap that lives as long as the workspace.
 */
final class NativeDenseSolver implements DenseSolver {
  /** {@code DUALGRID_DENSE_INFO_COUNT}. */
  static final int INFO_COUNT = 2;

  private final DenseFunctions functions;
  private final int k;
  private final int m;
  private final NativeWorkspace workspace;
  private final Memory memory;
  private final Pointer nativeY;
  private final Pointer nativeMultipliers;
  private final Pointer nativeInfo;
  private final double[] y;
  private final double[] multipliers;
  private final double[] info = new double[INFO_COUNT];

  NativeDenseSolver(
      DenseFunctions functions,
      int dimension,
      double[] quadratic,
      double[] rows,
      double[] lower,
      double[] upper,
      QpSettings settings) {
    this.functions = functions;
    k = dimension;
    m = lower.length;
    y = new double[k];
    multipliers = new double[m];
    Memory block = new Memory((2L * k + m + INFO_COUNT) * Double.BYTES);
    memory = block;
    nativeY = block.share((long) k * Double.BYTES);
    nativeMultipliers = block.share(2L * k * Double.BYTES);
    nativeInfo = block.share((2L * k + m) * Double.BYTES);
    workspace =
        new NativeWorkspace(
            "dense program of " + k + " variables and " + m + " rows",
            created ->
                functions.dualgrid_dense_create(
                    k,
                    m,
                    quadratic,
                    rows,
                    lower,
                    upper,
                    settings.absoluteTolerance(),
                    settings.relativeTolerance(),
                    settings.maxIterations(),
                    created),
            functions::dualgrid_dense_error,
            pointer -> {
              functions.dualgrid_dense_destroy(pointer);
              block.clear();
              block.close();
            },
            QpException::new);
  }

  @Override
  public QpResult solve(double[] linear) {
    return workspace.call(pointer -> solve(pointer, linear));
  }

  private QpResult solve(Pointer pointer, double[] linear) {
    if (linear.length != k) {
      return failed("linear term of length " + linear.length + ", not " + k);
    }
    memory.write(0, linear, 0, k);
    int code =
        functions.dualgrid_dense_solve(
            pointer, memory, nativeY, k, nativeMultipliers, m, nativeInfo, INFO_COUNT);
    if (code != 0) {
      return failed(functions.dualgrid_dense_error(pointer));
    }
    nativeY.read(0, y, 0, k);
    nativeMultipliers.read(0, multipliers, 0, m);
    nativeInfo.read(0, info, 0, INFO_COUNT);
    // The order of enum dualgrid_dense_status.
    return switch ((int) info[0]) {
      case 0 -> new QpResult(QpStatus.SOLVED, y, multipliers, (int) info[1], "");
      case 1 ->
          new QpResult(
              QpStatus.ITERATION_LIMIT, y, multipliers, (int) info[1], "out of iterations");
      default -> failed("matrix is not positive definite");
    };
  }

  private QpResult failed(String message) {
    return new QpResult(QpStatus.ERROR, y, multipliers, 0, message);
  }

  @Override
  public void start(double[] point, double[] rowMultipliers) {
    String failure =
        workspace.call(
            pointer ->
                functions.dualgrid_dense_start(
                            pointer, point, point.length, rowMultipliers, rowMultipliers.length)
                        == 0
                    ? null
                    : functions.dualgrid_dense_error(pointer));
    if (failure != null) {
      throw new IllegalArgumentException("dense program: " + failure);
    }
  }

  @Override
  public void close() {
    workspace.close();
  }
}
