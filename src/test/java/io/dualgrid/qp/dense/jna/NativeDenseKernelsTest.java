package io.dualgrid.qp.dense.jna;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dualgrid.qp.dense.DenseKernels;
import io.dualgrid.qp.dense.DenseKernelsContractTest;
import org.junit.jupiter.api.BeforeEach;

class NativeDenseKernelsTest extends DenseKernelsContractTest {
  @BeforeEach
  void needsTheLibrary() {
    assumeTrue(
        new NativeDenseSolverFactory().status().available(),
        new NativeDenseSolverFactory().status().failure());
  }

  @Override
  protected DenseKernels kernels() {
    return new NativeDenseKernels();
  }
}
