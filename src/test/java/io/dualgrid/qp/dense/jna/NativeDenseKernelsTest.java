package io.dualgrid.qp.dense.jna;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dualgrid.qp.dense.DenseKernels;
import io.dualgrid.qp.dense.DenseKernelsContractTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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

  @Test
  void lengthsThatDisagreeAreRefused() {
    double[] one = {1};
    assertThatThrownBy(() -> kernels().reflect(new double[2], 1, one, one, one, false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> kernels().symmetricProduct(one, new double[2], 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
