package io.dualgrid.qp.dense;

class JavaDenseKernelsTest extends DenseKernelsContractTest {
  @Override
  protected DenseKernels kernels() {
    return new JavaDenseKernels();
  }
}
