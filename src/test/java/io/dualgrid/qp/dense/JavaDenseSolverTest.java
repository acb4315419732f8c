package io.dualgrid.qp.dense;

import io.dualgrid.OneRound;

@OneRound
class JavaDenseSolverTest extends DenseSolverContractTest {
  @Override
  protected DenseSolverFactory factory() {
    return new JavaDenseSolverFactory();
  }
}
