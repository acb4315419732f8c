package io.dualgrid.results.report;

import io.dualgrid.device.DeviceKind;
import io.dualgrid.device.DeviceKinds;
import io.dualgrid.run.DispatchSeries;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * The balance of one medium, electricity or heat, of one node or of all together: what supplies it,
 * what takes from it, and the load that is left between the two. Powers in kW, by names as in the
 * report.
 */
final class DispatchStack {
  private static final double SHOWN_KW = 1e-3;

  private final boolean heat;
  private final boolean oneNode;
  private final Map<String, Part> supply = new LinkedHashMap<>();
  private final Map<String, Part> demand = new LinkedHashMap<>();
  private double[] load;

  /**
   * What one kind of device gives or takes.
   *
   * @param kind of device
   * @param values in kW, one a step; negative for what takes
   */
  record Part(String kind, double[] values) {}

  private DispatchStack(boolean heat, boolean oneNode) {
    this.heat = heat;
    this.oneNode = oneNode;
  }

  /** The kind of device that a series is of. */
  static String kind(DispatchSeries series) {
    return series.device().split("#")[0];
  }

  /** A kind of device in words. */
  static String word(String kind) {
    return kind.equals("bus")
        ? "network"
        : DeviceKinds.find(kind).map(DeviceKind::label).orElse(kind);
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
    stack.supply.values().removeIf(part -> isNothing(part.values()));
    stack.demand.values().removeIf(part -> isNothing(part.values()));
    if (stack.load != null && isNothing(stack.load)) {
      stack.load = null;
    }
    return stack;
  }

  private void add(DispatchSeries series) {
    String kind = kind(series);
    String quantity = series.quantity();
    double[] values = series.values();
    if (kind.equals("bus")) {
      // What one node gives to the network another takes, so of all together nothing is left.
      if (!heat && oneNode && quantity.equals("P")) {
        sum(supply, kind, ": taken", values, value -> Math.max(0.0, -value));
        sum(demand, kind, ": given", values, value -> Math.min(0.0, -value));
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
        boolean consumer = kind.equals("EHP") || kind.equals("AHP") || kind.equals("EH");
        sum(supply, kind, "", values, value -> Math.max(0.0, value));
        sum(demand, kind, consumer ? "" : " taken", values, value -> Math.min(0.0, value));
      }
    } else if (quantity.equals(heat ? "H_rel" : "P_discharge")) {
      sum(supply, kind, heat ? ": release" : ": discharge", values, value -> value);
    } else if (quantity.equals(heat ? "H_sto" : "P_charge")) {
      sum(demand, kind, heat ? ": store" : ": charge", values, value -> -value);
    } else if (!heat && quantity.equals("P_buy")) {
      sum(supply, kind, ": bought", values, value -> value);
    } else if (!heat && quantity.equals("P_sell")) {
      sum(demand, kind, ": sold", values, value -> -value);
    }
  }

  private static void sum(
      Map<String, Part> map,
      String kind,
      String suffix,
      double[] values,
      DoubleUnaryOperator change) {
    String name = word(kind) + suffix;
    Part old = map.get(name);
    map.put(name, new Part(kind, plus(old == null ? null : old.values(), values, change)));
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

  /** What supplies, at least zero each, by name. */
  Map<String, Part> supply() {
    return supply;
  }

  /** What takes, at most zero each, by name. */
  Map<String, Part> demand() {
    return demand;
  }

  /** The fixed load, or null when there is none. */
  double[] load() {
    return load;
  }
}
