package io.dualgrid.qp.nativeqp;

import io.dualgrid.natives.LoadedLibrary;
import io.dualgrid.natives.NativeLibraryException;
import io.dualgrid.natives.NativeLibraryStatus;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QpSolverFactory;
import io.dualgrid.qp.QuadraticProgram;

/**
 * The solver of our own in C, the twin of the one in Java. The same program, updates and settings
 * give the same bits again, on any processor.
 */
public final class NativeQpSolverFactory implements QpSolverFactory {
  private final LoadedLibrary<NativeQpFunctions> library;

  /**
   * Loads the library when nothing has yet.
   *
   * @throws NativeLibraryException when it is missing; the message says why
   */
  public NativeQpSolverFactory() {
    library = NativeQpLibrary.load();
    library.functions();
  }

  /** What is known of the library, loaded when nothing has yet; never throws. */
  public static NativeLibraryStatus status() {
    return NativeQpLibrary.load().status();
  }

  @Override
  public String name() {
    return "native";
  }

  @Override
  public String version() {
    return library.status().version();
  }

  @Override
  public QpSolver setup(QuadraticProgram program, QpSettings settings) {
    return new NativeQpSolver(library.functions(), program, settings);
  }
}
