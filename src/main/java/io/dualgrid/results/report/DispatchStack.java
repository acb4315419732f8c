package io.dualgrid.results.report;

import io.dualgrid.parties.DispatchSeries;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * The balance of one medium, electricity or heat, of one node or of all together: what supplies it,
 * what takes from it, and the load that is left between the two. Powers in kW.
 */
final class DispatchStack {
  private static final double SHOWN_KW = 1e-3;

  private final boolean heat;
  private final boolean oneNode;
  private final Map<String, double[]> supply = new LinkedHashMap<>();
  private final Map<String, double[]> demand = new LinkedHashMap<>();
  private double[] load;

  private DispatchStack(boolean heat, boolean oneNode) {
    this.heat = heat;
    this.oneNode = oneNode;
  }

  /**
   * Adds up the series of a dispatch.
   *
   * @param dispatch of a run
   * @param node id of the node, or empty for all together
   * @param heat whether heat is meant, else electricity
   */
  static DispatchStack of(List<DispatchSeries> dispatch, String node, boolean heat) {
    DispatchStack stack = new DispatchStack(heat, !node.isEmpty());
    for (DispatchSeries series : dispatch) {
      if (node.isEmpty() || series.node().equals(node)) {
        stack.add(series);
      }
    }
    stack.supply.values().removeIf(DispatchStack::isNothing);
    stack.demand.values().removeIf(DispatchStack::isNothing);
    return stack;
  }

  private void add(DispatchSeries series) {
    String kind = series.device().split("#")[0];
    String quantity = series.quantity();
    double[] values = series.values();
    if (kind.equals("bus")) {
      // What one node gives to the network another takes, so of all together nothing is left.
      if (!heat && oneNode && quantity.equals("P")) {
        sum(supply, "from the network", values, value -> Math.max(0.0, -value));
        sum(demand, "to the network", values, value -> Math.min(0.0, -value));
      }
    } else if (!kind.equals("line")) {
      addDevice(kind, quantity, values);
    }
  }

  private void addDevice(String kind, String quantity, double[] values) {
    if (quantity.equals(heat ? "H" : "P")) {
      if (kind.equals(heat ? "H_load" : "P_load")) {
        load = plus(load, values, value -> -value);
      } else {
        sum(supply, kind, values, value -> Math.max(0.0, value));
        sum(demand, kind, values, value -> Math.min(0.0, value));
      }
    } else if (quantity.equals(heat ? "H_rel" : "P_discharge")) {
      sum(supply, kind + " discharge", values, value -> value);
    } else if (quantity.equals(heat ? "H_sto" : "P_charge")) {
      sum(demand, kind + " charge", values, value -> -value);
    } else if (!heat && quantity.equals("P_buy")) {
      sum(supply, "grid purchase", values, value -> value);
    } else if (!heat && quantity.equals("P_sell")) {
      sum(demand, "grid sale", values, value -> -value);
    }
  }

  private static void sum(
      Map<String, double[]> map, String name, double[] values, DoubleUnaryOperator part) {
    map.put(name, plus(map.get(name), values, part));
  }

  private static double[] plus(double[] sum, double[] values, DoubleUnaryOperator part) {
    double[] result = sum == null ? new double[values.length] : sum;
    for (int t = 0; t < values.length; t++) {
      result[t] += part.applyAsDouble(values[t]);
    }
    return result;
  }

  private static boolean isNothing(double[] values) {
    for (double value : values) {
      if (Math.abs(value) > SHOWN_KW) {
        return false;
      }
    }
    return true;
  }

  /** What supplies, at least zero each, by device kind. */
  Map<String, double[]> supply() {
    return supply;
  }

  /** What takes, at most zero each, by device kind. */
  Map<String, double[]> demand() {
    return demand;
  }

  /** The fixed load, or null when there is none. */
  double[] load() {
    return load;
  }
}
