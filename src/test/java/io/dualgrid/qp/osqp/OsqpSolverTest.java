package io.dualgrid.qp.osqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dualgrid.qp.QpSolverContractTest;
import io.dualgrid.qp.QpSolverFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OsqpSolverTest extends QpSolverContractTest {
  @BeforeEach
  void needsTheLibrary() {
    assumeTrue(
        new OsqpSolverFactory().status().available(), new OsqpSolverFactory().status().failure());
  }

  @Override
  protected QpSolverFactory factory() {
    return new OsqpSolverFactory();
  }

  // Operator splitting is slow on linear programs and where multipliers are large.
  @Override
  protected int iterationLimit() {
    return 200_000;
  }

  @Test
  void isTheReleaseThatIsPinned() {
    assertThat(factory().version()).isEqualTo("1.0.0");
  }
}
