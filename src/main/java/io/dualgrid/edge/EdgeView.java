package io.dualgrid.edge;

import io.dualgrid.device.DesProgram;
import io.dualgrid.device.Port;
import java.util.List;

/**
 * What an energy system knows of itself, for its owner: no other party ever sees it.
 *
 * @param program its program
 * @param solution of its program, not to be modified
 * @param prices that belong to the solution
 * @param cost of the solution in currency
 * @param primal mismatch in the sense of the stopping rule
 * @param dual change in the sense of the stopping rule
 * @param endsAbove line ends with a mismatch above the tolerance
 * @param ends its line ends
 */
public record EdgeView(
    DesProgram program,
    double[] solution,
    NodePrices prices,
    double cost,
    double primal,
    double dual,
    int endsAbove,
    List<End> ends) {

  /**
   * One line end.
   *
   * @param port where it stands in the program
   * @param x own copy of P, Q, V; not to be modified
   * @param z consensus; not to be modified
   * @param mismatch ‖x − z‖₂ of P, of Q and of V over the horizon
   * @param voltageMismatch largest |x − z| of the voltage at any step
   */
  public record End(Port port, double[] x, double[] z, double[] mismatch, double voltageMismatch) {}

  /** The node only. */
  @Override
  public String toString() {
    return "EdgeView[node " + program.nodeId() + "]";
  }
}
