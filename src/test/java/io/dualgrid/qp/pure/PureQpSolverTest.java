package io.dualgrid.qp.pure;

import io.dualgrid.qp.QpSolverContractTest;
import io.dualgrid.qp.QpSolverFactory;

class PureQpSolverTest extends QpSolverContractTest {
  @Override
  protected QpSolverFactory factory() {
    return new PureQpSolverFactory();
  }
}
