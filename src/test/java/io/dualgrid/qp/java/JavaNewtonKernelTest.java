package io.dualgrid.qp.java;

import io.dualgrid.qp.NewtonKernel;
import io.dualgrid.qp.NewtonKernelContract;
import io.dualgrid.qp.QuadraticProgram;

class JavaNewtonKernelTest extends NewtonKernelContract {
  @Override
  protected NewtonKernel kernel(QuadraticProgram program, int[] coupled) {
    return new JavaNewtonKernel(program, coupled);
  }
}
