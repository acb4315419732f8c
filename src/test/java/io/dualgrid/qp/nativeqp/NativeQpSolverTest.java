package io.dualgrid.qp.nativeqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dualgrid.qp.QpSolverContractTest;
import io.dualgrid.qp.QpSolverFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NativeQpSolverTest extends QpSolverContractTest {
  @BeforeEach
  void needsTheLibrary() {
    assumeTrue(
        new NativeQpSolverFactory().status().available(),
        new NativeQpSolverFactory().status().failure());
  }

  @Override
  protected QpSolverFactory factory() {
    return new NativeQpSolverFactory();
  }

  @Test
  void isTheReleaseOfThisSource() {
    assertThat(factory().version()).isEqualTo("1.0");
  }
}
