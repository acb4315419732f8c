package io.dualgrid.qp.nativeqp;

import io.dualgrid.backend.NativeBackend;
import io.dualgrid.natives.LoadedLibrary;
import io.dualgrid.qp.QpCapabilities;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QpSolverFactory;
import io.dualgrid.qp.QuadraticProgram;

/**
 * The solver of our own in C, the twin of the one in Java. The same program, updates and settings
 * give the same bits again, on any processor.
 */
public final class NativeQpSolverFactory implements QpSolverFactory, NativeBackend {
  @Override
  public String name() {
    return "native";
  }

  @Override
  public LoadedLibrary<?> library() {
    return NativeQpLibrary.load();
  }

  @Override
  public int precedence() {
    return 20;
  }

  @Override
  public QpCapabilities capabilities() {
    return new QpCapabilities(true, QpCapabilities.Ending.BELOW_TOLERANCE, false);
  }

  @Override
  public QpSolver setup(QuadraticProgram program, QpSettings settings) {
    return new NativeQpSolver(NativeQpLibrary.load().functions(), program, settings);
  }
}
