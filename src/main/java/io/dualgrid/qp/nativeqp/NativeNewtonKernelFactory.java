package io.dualgrid.qp.nativeqp;

import io.dualgrid.backend.NativeBackend;
import io.dualgrid.natives.LoadedLibrary;
import io.dualgrid.qp.NewtonKernel;
import io.dualgrid.qp.NewtonKernelFactory;
import io.dualgrid.qp.QuadraticProgram;

/** The kernel in C. The same calls give the same bits again, on any processor. */
public final class NativeNewtonKernelFactory implements NewtonKernelFactory, NativeBackend {
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
  public NewtonKernel setup(QuadraticProgram program, int[] coupled) {
    return new NativeNewtonKernel(program, coupled);
  }
}
