package io.dualgrid.qp.nativeqp;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import io.dualgrid.natives.NativeWorkspace;
import io.dualgrid.qp.QpArguments;
import io.dualgrid.qp.QpException;
import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QpStatus;
import io.dualgrid.qp.QuadraticProgram;
import java.util.Locale;

/**
 * One workspace of {@code dualgrid_qp}.
 *
 * <p>A solve is one native call: q, x, y and the figures of the solve lie in one block of memory
 * outside the heap that lives as long as the workspace.
 */
final class NativeQpSolver implements QpSolver {
  /** {@code DUALGRID_QP_INFO_COUNT}. */
  static final int INFO_COUNT = 4;

  private static final int INFO_STATUS = 0;
  private static final int INFO_ITERATIONS = 1;
  private static final int INFO_ROW_RESIDUAL = 2;
  private static final int INFO_DUAL_RESIDUAL = 3;

  private final NativeQpFunctions functions;
  private final String name;
  private final int n;
  private final int m;
  private final NativeWorkspace workspace;
  private final Memory memory;
  private final Pointer nativeX;
  private final Pointer nativeY;
  private final Pointer nativeInfo;
  private final double[] x;
  private final double[] y;
  private final double[] info = new double[INFO_COUNT];
  private boolean linearChanged;

  NativeQpSolver(NativeQpFunctions functions, QuadraticProgram program, QpSettings settings) {
    this.functions = functions;
    name = program.name();
    n = program.variableCount();
    m = program.rowCount();
    x = new double[n];
    y = new double[m];
    Memory block = new Memory((2L * n + m + INFO_COUNT) * Double.BYTES);
    memory = block;
    nativeX = block.share((long) n * Double.BYTES);
    nativeY = block.share(2L * n * Double.BYTES);
    nativeInfo = block.share((2L * n + m) * Double.BYTES);
    workspace =
        new NativeWorkspace(
            name,
            created -> create(program, settings, created),
            functions::dualgrid_qp_error,
            pointer -> {
              functions.dualgrid_qp_destroy(pointer);
              block.close();
            },
            QpException::new);
  }

  private int create(QuadraticProgram program, QpSettings settings, PointerByReference created) {
    return functions.dualgrid_qp_create(
        n,
        m,
        program.quadratic().columnPointers(),
        program.quadratic().rowIndices(),
        program.quadratic().values(),
        program.quadratic().nonZeros(),
        program.linear(),
        program.constraints().columnPointers(),
        program.constraints().rowIndices(),
        program.constraints().values(),
        program.constraints().nonZeros(),
        program.lower(),
        program.upper(),
        settings.absoluteTolerance(),
        settings.relativeTolerance(),
        settings.maxIterations(),
        created);
  }

  @Override
  public void updateLinear(double[] linear) {
    QpArguments.requireFinite(name, "linear", linear, n);
    workspace.call(
        pointer -> {
          memory.write(0, linear, 0, n);
          linearChanged = true;
          return pointer;
        });
  }

  @Override
  public void updateQuadraticDiagonal(double[] diagonal) {
    QpArguments.requireDiagonal(name, diagonal, n);
    workspace.check(
        pointer -> {
          // the scaling follows from the linear term, too
          if (linearChanged) {
            functions.dualgrid_qp_update_linear(pointer, memory, n);
            linearChanged = false;
          }
          return functions.dualgrid_qp_update_diagonal(pointer, diagonal, n);
        });
  }

  @Override
  public void warmStart(double[] startX, double[] startY) {
    QpArguments.requireFinite(name, "x", startX, n);
    QpArguments.requireFinite(name, "y", startY, m);
    workspace.check(pointer -> functions.dualgrid_qp_warm_start(pointer, startX, n, startY, m));
  }

  @Override
  public QpResult solve() {
    return workspace.call(this::solve);
  }

  private QpResult solve(Pointer pointer) {
    int code =
        functions.dualgrid_qp_solve(
            pointer, linearChanged ? memory : null, n, nativeX, nativeY, m, nativeInfo, INFO_COUNT);
    if (code != 0) {
      String reason = functions.dualgrid_qp_error(pointer);
      return new QpResult(QpStatus.ERROR, x, y, 0, name + ": " + reason);
    }
    linearChanged = false;
    nativeX.read(0, x, 0, n);
    nativeY.read(0, y, 0, m);
    nativeInfo.read(0, info, 0, INFO_COUNT);
    int iterations = (int) info[INFO_ITERATIONS];
    // The order of enum dualgrid_qp_status.
    return switch ((int) info[INFO_STATUS]) {
      case 0 -> result(QpStatus.SOLVED, iterations, "");
      case 1 ->
          result(
              QpStatus.ITERATION_LIMIT,
              iterations,
              String.format(
                  Locale.ROOT,
                  "%s: not solved within %d iterations; row violation %.1e, dual residual %.1e",
                  name,
                  iterations,
                  info[INFO_ROW_RESIDUAL],
                  info[INFO_DUAL_RESIDUAL]));
      case 2 ->
          result(QpStatus.PRIMAL_INFEASIBLE, iterations, name + ": no point meets the constraints");
      default ->
          result(QpStatus.DUAL_INFEASIBLE, iterations, name + ": the objective has no lower bound");
    };
  }

  private QpResult result(QpStatus status, int iterations, String message) {
    return new QpResult(status, x, y, iterations, message);
  }

  @Override
  public void close() {
    workspace.close();
  }
}
