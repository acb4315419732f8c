package io.dualgrid.qp.dense;

class JavaDenseSolverTest extends DenseSolverContractTest {
  @Override
  protected DenseSolverFactory factory() {
    return new JavaDenseSolverFactory();
  }
}
