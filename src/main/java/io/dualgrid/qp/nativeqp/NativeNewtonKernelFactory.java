package io.dualgrid.qp.nativeqp;

import io.dualgrid.natives.NativeLibraryStatus;
import io.dualgrid.qp.NewtonKernel;
import io.dualgrid.qp.NewtonKernelFactory;
import io.dualgrid.qp.QuadraticProgram;

/** The kernel in C. The same calls give the same bits again, on any processor. */
public final class NativeNewtonKernelFactory implements NewtonKernelFactory {
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
  public NewtonKernel setup(QuadraticProgram program, int[] coupled) {
    return new NativeNewtonKernel(program, coupled);
  }
}
