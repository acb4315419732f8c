package io.dualgrid.qp.osqp;

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
 * One workspace of OSQP.
 *
 * <p>A solve is one native call: q, x, y and the figures of the solve lie in one block of memory
 * outside the heap that lives as long as the workspace.
 */
final class OsqpSolver implements QpSolver {
  /** {@code DUALGRID_OSQP_INFO_COUNT}. */
  static final int INFO_COUNT = 7;

  private static final int INFO_STATUS = 0;
  private static final int INFO_ITERATIONS = 1;
  private static final int INFO_PRIMAL_RESIDUAL = 2;
  private static final int INFO_DUAL_RESIDUAL = 3;

  private final OsqpFunctions functions;
  private final String name;
  private final int n;
  private final int m;
  private final OsqpTuning tuning;
  private final NativeWorkspace workspace;
  private final Memory memory;
  private final Pointer nativeX;
  private final Pointer nativeY;
  private final Pointer nativeInfo;
  private final double[] x;
  private final double[] y;
  private final double[] info = new double[INFO_COUNT];
  private final QpSettings settings;
  private boolean linearChanged;

  OsqpSolver(
      OsqpFunctions functions, QuadraticProgram program, QpSettings settings, OsqpTuning tuning) {
    this.functions = functions;
    this.name = program.name();
    this.n = program.variableCount();
    this.m = program.rowCount();
    this.tuning = tuning;
    this.settings = settings;
    this.x = new double[n];
    this.y = new double[m];
    Memory block = new Memory((2L * n + m + INFO_COUNT) * Double.BYTES);
    this.memory = block;
    this.nativeX = block.share((long) n * Double.BYTES);
    this.nativeY = block.share(2L * n * Double.BYTES);
    this.nativeInfo = block.share((2L * n + m) * Double.BYTES);
    this.workspace =
        new NativeWorkspace(
            name,
            created -> create(program, created),
            functions::dualgrid_osqp_error,
            pointer -> {
              functions.dualgrid_osqp_destroy(pointer);
              block.clear();
              block.close();
            },
            QpException::new);
  }

  private int create(QuadraticProgram program, PointerByReference created) {
    double[] values = tuning.toNative(settings);
    return functions.dualgrid_osqp_create(
        n,
        m,
        program.quadratic().columnPointers(),
        program.quadratic().rowIndices(),
        program.quadratic().values(),
        program.quadratic().values().length,
        program.linear(),
        program.constraints().columnPointers(),
        program.constraints().rowIndices(),
        program.constraints().values(),
        program.constraints().values().length,
        program.lower(),
        program.upper(),
        values,
        values.length,
        created);
  }

  @Override
  public void updateLinear(double[] linear) {
    QpArguments.requireFinite(name, "linear", linear, n);
    workspace.call(
        pointer -> {
          memory.write(0, linear, 0, n);
          return linearChanged = true;
        });
  }

  @Override
  public void updateQuadraticDiagonal(double[] diagonal) {
    QpArguments.requireDiagonal(name, diagonal, n);
    workspace.check(pointer -> functions.dualgrid_osqp_update_diagonal(pointer, diagonal, n));
  }

  @Override
  public void warmStart(double[] startX, double[] startY) {
    QpArguments.requireFinite(name, "x", startX, n);
    QpArguments.requireFinite(name, "y", startY, m);
    workspace.check(pointer -> functions.dualgrid_osqp_warm_start(pointer, startX, n, startY, m));
  }

  @Override
  public QpResult solve() {
    return workspace.call(this::solve);
  }

  private QpResult solve(Pointer pointer) {
    int code =
        functions.dualgrid_osqp_solve(
            pointer, linearChanged ? memory : null, n, nativeX, nativeY, m, nativeInfo, INFO_COUNT);
    if (code != 0) {
      String reason = functions.dualgrid_osqp_error(pointer);
      return new QpResult(QpStatus.ERROR, x, y, 0, name + ": " + reason);
    }
    linearChanged = false;
    nativeX.read(0, x, 0, n);
    nativeY.read(0, y, 0, m);
    nativeInfo.read(0, info, 0, INFO_COUNT);
    int iterations = (int) info[INFO_ITERATIONS];
    QpStatus status = statusOf((int) info[INFO_STATUS]);
    return new QpResult(status, x, y, iterations, message(status));
  }

  // The order of enum dualgrid_osqp_status.
  private static QpStatus statusOf(int status) {
    return switch (status) {
      case 0 -> QpStatus.SOLVED;
      case 1 -> QpStatus.ITERATION_LIMIT;
      case 2 -> QpStatus.PRIMAL_INFEASIBLE;
      case 3 -> QpStatus.DUAL_INFEASIBLE;
      default -> QpStatus.ERROR;
    };
  }

  private String message(QpStatus status) {
    return switch (status) {
      case SOLVED -> "";
      case ITERATION_LIMIT ->
          String.format(
              Locale.ROOT,
              "%s: not solved within %d iterations; row violation %.1e, dual residual %.1e",
              name,
              settings.maxIterations(),
              info[INFO_PRIMAL_RESIDUAL],
              info[INFO_DUAL_RESIDUAL]);
      case PRIMAL_INFEASIBLE -> name + ": no point meets the constraints";
      case DUAL_INFEASIBLE -> name + ": the objective has no lower bound";
      case ERROR -> name + ": the program is not convex";
    };
  }

  @Override
  public void close() {
    workspace.close();
  }
}
