package io.dualgrid.qp.dense.jna;

import io.dualgrid.natives.LoadedLibrary;
import io.dualgrid.natives.NativeLibraryException;
import io.dualgrid.natives.NativeLibraryStatus;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.dense.DenseArguments;
import io.dualgrid.qp.dense.DenseSolver;
import io.dualgrid.qp.dense.DenseSolverFactory;

/** The dense solver in C. The same calls give the same bits again, on any processor. */
public final class NativeDenseSolverFactory implements DenseSolverFactory {
  private final LoadedLibrary<DenseFunctions> library;

  /**
   * Loads the library when nothing has yet.
   *
   * @throws NativeLibraryException when it is missing; the message says why
   */
  public NativeDenseSolverFactory() {
    library = DenseLibrary.load();
    library.functions();
  }

  /** What is known of the library, loaded when nothing has yet; never throws. */
  public static NativeLibraryStatus status() {
    return DenseLibrary.load().status();
  }

  @Override
  public String name() {
    return "dense (native)";
  }

  @Override
  public String version() {
    return library.status().version();
  }

  @Override
  public DenseSolver setup(
      int dimension,
      double[] quadratic,
      double[] rows,
      double[] lower,
      double[] upper,
      QpSettings settings) {
    DenseArguments.require(dimension, quadratic, rows, lower, upper);
    return new NativeDenseSolver(
        library.functions(), dimension, quadratic, rows, lower, upper, settings);
  }
}
