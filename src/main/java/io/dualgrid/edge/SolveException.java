package io.dualgrid.edge;

import io.dualgrid.consensus.InfeasibleException;
import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpStatus;

/** The program of an energy system could not be solved; the message names the node. */
public final class SolveException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the reason. */
  public SolveException(String message) {
    super(message);
  }

  /** For the result of a solve that is of no use; the message names the program. */
  static RuntimeException of(QpResult result) {
    return result.status() == QpStatus.PRIMAL_INFEASIBLE
        ? new InfeasibleException(
            "no dispatch meets the limits: "
                + result.message()
                + "; look at the devices of that node, its loads and exchangeMaxKw")
        : new SolveException(result.message());
  }
}
