package io.dualgrid.qp.nativeqp;

import com.sun.jna.ptr.PointerByReference;
import io.dualgrid.natives.NativeWorkspace;
import io.dualgrid.qp.QpArguments;
import io.dualgrid.qp.QpException;
import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QpStatus;
import io.dualgrid.qp.QuadraticProgram;
import java.util.function.Supplier;

/**
 * The interior-point method in C. Where it does not end within the tolerances, the one in Java
 * solves the same program anew: it regularises more where rounding asks for it, and proves that
 * there is no solution.
 */
final class NativeInteriorPoint implements QpSolver {
  /** {@code DUALGRID_QP_INTERIOR_COUNT}. */
  private static final int INFO_COUNT = 3;

  private static final int INFO_SOLVED = 0;
  private static final int INFO_ITERATIONS = 1;
  private static final int INFO_DUAL_OBJECTIVE = 2;

  /** What programs with a solution take at most; the rest is for the method in Java. */
  private static final int MOST_ITERATIONS = 60;

  private final NativeQpFunctions functions;
  private final String name;
  private final QpSettings settings;
  private final Supplier<QpSolver> javaTwin;
  private final NativeWorkspace workspace;
  private final double[] linear;
  private final double[] x;
  private final double[] y;
  private final double[] info = new double[INFO_COUNT];
  private double[] diagonal; // null as long as it is the program's
  private QpSolver twin; // null until it is needed

  /**
   * Analyses.
   *
   * @param javaTwin sets the method in Java up for the same program and settings
   */
  NativeInteriorPoint(
      NativeQpFunctions functions,
      QuadraticProgram program,
      QpSettings settings,
      Supplier<QpSolver> javaTwin) {
    this.functions = functions;
    this.settings = settings;
    this.javaTwin = javaTwin;
    name = program.name();
    linear = program.linear().clone();
    x = new double[program.variableCount()];
    y = new double[program.rowCount()];
    workspace =
        new NativeWorkspace(
            name,
            created -> create(program, created),
            functions::dualgrid_qp_interior_error,
            functions::dualgrid_qp_interior_destroy,
            QpException::new);
  }

  private int create(QuadraticProgram program, PointerByReference created) {
    return functions.dualgrid_qp_interior_create(
        program.variableCount(),
        program.rowCount(),
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
        created);
  }

  @Override
  public void updateLinear(double[] newLinear) {
    QpArguments.requireFinite(name, "linear", newLinear, linear.length);
    workspace.call(
        open -> {
          System.arraycopy(newLinear, 0, linear, 0, linear.length);
          return open;
        });
  }

  @Override
  public void updateQuadraticDiagonal(double[] newDiagonal) {
    QpArguments.requireDiagonal(name, newDiagonal, linear.length);
    workspace.check(
        pointer ->
            functions.dualgrid_qp_interior_update_diagonal(
                pointer, newDiagonal, newDiagonal.length));
    diagonal = newDiagonal.clone();
  }

  /** Checks only: each solve starts anew. */
  @Override
  public void warmStart(double[] startX, double[] startY) {
    QpArguments.requireFinite(name, "x", startX, x.length);
    QpArguments.requireFinite(name, "y", startY, y.length);
    workspace.call(open -> open);
  }

  @Override
  public QpResult solve() {
    workspace.check(
        pointer ->
            functions.dualgrid_qp_interior_solve(
                pointer,
                linear,
                linear.length,
                settings.absoluteTolerance(),
                settings.relativeTolerance(),
                Math.min(MOST_ITERATIONS, settings.maxIterations()),
                x,
                y,
                y.length,
                info,
                INFO_COUNT));
    return info[INFO_SOLVED] == 1
        ? new QpResult(
            QpStatus.SOLVED, x, y, (int) info[INFO_ITERATIONS], "", info[INFO_DUAL_OBJECTIVE])
        : solveInJava();
  }

  private QpResult solveInJava() {
    if (twin == null) {
      twin = javaTwin.get();
    }
    if (diagonal != null) {
      twin.updateQuadraticDiagonal(diagonal);
    }
    twin.updateLinear(linear);
    return twin.solve();
  }

  @Override
  public void close() {
    workspace.close();
    if (twin != null) {
      twin.close();
    }
  }
}
