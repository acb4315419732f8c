package io.dualgrid.qp.dense;

import io.dualgrid.OneRound;

@OneRound
class JavaDenseKernelsTest extends DenseKernelsContractTest {
  @Override
  protected DenseKernels kernels() {
    return new JavaDenseKernels();
  }
}
