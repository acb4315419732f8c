package io.dualgrid.qp.java;

import io.dualgrid.backend.Backend;
import io.dualgrid.qp.NewtonKernel;
import io.dualgrid.qp.NewtonKernelFactory;
import io.dualgrid.qp.QuadraticProgram;

/** The kernel in Java, which is always there. */
public final class JavaNewtonKernelFactory implements NewtonKernelFactory {
  @Override
  public String name() {
    return "java";
  }

  @Override
  public String version() {
    return Backend.builtInVersion();
  }

  @Override
  public int precedence() {
    return 0;
  }

  @Override
  public NewtonKernel setup(QuadraticProgram program, int[] coupled) {
    return new JavaNewtonKernel(program, coupled);
  }
}
