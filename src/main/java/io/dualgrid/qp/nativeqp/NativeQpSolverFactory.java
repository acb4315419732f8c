package io.dualgrid.qp.nativeqp;

import io.dualgrid.natives.NativeLibraryStatus;
import io.dualgrid.qp.QpCapabilities;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QpSolverFactory;
import io.dualgrid.qp.QuadraticProgram;

/**
 * The solver of our own in C, the twin of the one in Java. The same program, updates and settings
 * give the same bits again, on any processor.
 */
public final class NativeQpSolverFactory implements QpSolverFactory {
  @Override
  public String name() {
    return "native";
  }

  @Override
  public String version() {
    return status().version();
  }

  @Override
  public int precedence() {
    return 20;
  }

  @Override
  public NativeLibraryStatus status() {
    return NativeQpLibrary.load().status();
  }

  @Override
  public void require() {
    NativeQpLibrary.load().functions();
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
