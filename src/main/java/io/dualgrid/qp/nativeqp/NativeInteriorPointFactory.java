package io.dualgrid.qp.nativeqp;

import io.dualgrid.backend.NativeBackend;
import io.dualgrid.natives.LoadedLibrary;
import io.dualgrid.qp.QpCapabilities;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QpSolverFactory;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.java.InteriorPointFactory;

/**
 * The interior-point method in C, for single accurate solves and lower bounds of linear programs
 * and of those with a diagonal quadratic term; others, and those that have no solution, are for the
 * one in Java. The same program, updates and settings give the same bits again.
 */
public final class NativeInteriorPointFactory implements QpSolverFactory, NativeBackend {
  private final InteriorPointFactory java = new InteriorPointFactory();

  @Override
  public String name() {
    return "native-interior-point";
  }

  @Override
  public LoadedLibrary<?> library() {
    return NativeQpLibrary.load();
  }

  @Override
  public int precedence() {
    return java.precedence() + 1;
  }

  @Override
  public QpCapabilities capabilities() {
    return java.capabilities();
  }

  @Override
  public QpSolver setup(QuadraticProgram program, QpSettings settings) {
    NativeQpFunctions functions = NativeQpLibrary.load().functions();
    return isForIt(program)
        ? new NativeInteriorPoint(functions, program, settings, () -> java.setup(program, settings))
        : java.setup(program, settings);
  }

  /** Convex at a glance, and no row without any bound, for which a barrier has no weight. */
  private static boolean isForIt(QuadraticProgram program) {
    boolean fits = program.quadratic().nonZeros() == program.variableCount();
    for (double value : program.quadratic().values()) {
      fits &= value >= 0.0;
    }
    for (int i = 0; i < program.rowCount(); i++) {
      fits &= !Double.isInfinite(program.lower()[i]) || !Double.isInfinite(program.upper()[i]);
    }
    return fits;
  }
}
