package io.dualgrid.device;

import io.dualgrid.qp.QuadraticProgram;
import java.util.List;

/**
 * The program of one energy system without any penalty: its own linear cost over its own
 * constraints, in per unit.
 *
 * @param nodeId the node
 * @param horizon time grid and bases
 * @param program the quadratic program; P is zero, all n diagonal entries stored; the objective is
 *     cost in the unit of money of the horizon divided by the base power in kW
 * @param ports line ends, parent line first, then the children in the order of the case
 * @param activeInjection variable of the node's net active injection at each step
 * @param reactiveInjection the same for reactive power
 * @param nodeVoltage variable of the node's own voltage at each step
 * @param quantities the series that make up the dispatch table
 * @param costs which variables cost money, and what for
 * @param opposed powers of devices that undo each other
 * @param activeLoad the sum of its loads of active power at each step, per unit
 * @param reactiveLoad the same for reactive power
 * @param switchings on/off operation of its devices, relaxed in the program
 */
public record DesProgram(
    int nodeId,
    Horizon horizon,
    QuadraticProgram program,
    List<Port> ports,
    int[] activeInjection,
    int[] reactiveInjection,
    int[] nodeVoltage,
    List<DispatchQuantity> quantities,
    List<CostItem> costs,
    List<OpposedPair> opposed,
    double[] activeLoad,
    double[] reactiveLoad,
    List<Switching> switchings) {

  /** Copies the lists. */
  public DesProgram {
    ports = List.copyOf(ports);
    quantities = List.copyOf(quantities);
    costs = List.copyOf(costs);
    opposed = List.copyOf(opposed);
    switchings = List.copyOf(switchings);
  }

  /** The same system with other rows or bounds over the same variables. */
  public DesProgram with(QuadraticProgram other) {
    return new DesProgram(
        nodeId,
        horizon,
        other,
        ports,
        activeInjection,
        reactiveInjection,
        nodeVoltage,
        quantities,
        costs,
        opposed,
        activeLoad,
        reactiveLoad,
        switchings);
  }

  /** Cost in currency of a solution: devices and network charge, no penalty. */
  public double costOf(double[] x) {
    return horizon.moneyUnit() * moneyOf(x);
  }

  /**
   * What the variables of an item cost at each step, in currency; the items of a program add up to
   * {@link #costOf}.
   */
  public double[] costOf(CostItem item, double[] x) {
    double[] linear = program.linear();
    double[] cost = new double[item.variables().length];
    for (int t = 0; t < cost.length; t++) {
      int variable = item.variables()[t];
      cost[t] = horizon.moneyUnit() * horizon.basePowerKw() * linear[variable] * x[variable];
    }
    return cost;
  }

  /** The same in the unit of money of the horizon, as messages carry it. */
  public double moneyOf(double[] x) {
    double[] linear = program.linear();
    double cost = 0.0;
    for (int j = 0; j < linear.length; j++) {
      cost += linear[j] * x[j];
    }
    return cost * horizon.basePowerKw();
  }
}
