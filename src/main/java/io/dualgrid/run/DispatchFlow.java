package io.dualgrid.run;

import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.grid.Shunt;
import io.dualgrid.powerflow.FlowSolution;
import io.dualgrid.powerflow.FlowStudy;
import io.dualgrid.powerflow.NodePowers;
import io.dualgrid.powerflow.RadialFlow;
import io.dualgrid.site.GridCase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The AC power flow of a dispatch. It takes the injections of all nodes at once, which no party of
 * a run has: it is for whoever holds the case and its results.
 */
public final class DispatchFlow {
  private static final String BUS = "bus";

  private DispatchFlow() {}

  /**
   * Solves the flow of every step.
   *
   * @param gridCase the case, with the limits that the dispatch should hold
   * @param dispatch of the case
   * @return nothing when the dispatch does not give P, Q and V of every node
   */
  public static Optional<FlowStudy> of(GridCase gridCase, List<DispatchSeries> dispatch) {
    RadialFlow feeder = new RadialFlow(gridCase.tree(), gridCase.limits());
    Map<String, double[]> bus = new HashMap<>();
    for (DispatchSeries series : dispatch) {
      if (series.device().equals(BUS)) {
        bus.put(series.node() + " " + series.quantity(), series.values());
      }
    }
    int n = feeder.nodes().size();
    double[][] active = new double[n][];
    double[][] reactive = new double[n][];
    double[][] voltage = new double[n][];
    for (int j = 0; j < n; j++) {
      int id = feeder.nodes().get(j);
      active[j] = bus.get(id + " P");
      reactive[j] = bus.get(id + " Q");
      voltage[j] = bus.get(id + " V");
      if (active[j] == null || reactive[j] == null || voltage[j] == null) {
        return Optional.empty();
      }
    }
    double[] conductance = new double[n];
    double[] susceptance = new double[n];
    Map<Integer, GridCase.Node> nodes = new HashMap<>();
    gridCase.nodes().forEach(node -> nodes.put(node.id(), node));
    for (int j = 0; j < n; j++) {
      for (DeviceSpec device : nodes.get(feeder.nodes().get(j)).devices()) {
        if (device instanceof Shunt shunt) {
          conductance[j] += shunt.conductanceKw();
          susceptance[j] += shunt.susceptanceKvar();
        }
      }
    }
    int steps = active[0].length;
    List<FlowSolution> flows = new ArrayList<>();
    double[][] planned = new double[steps][n];
    for (int t = 0; t < steps; t++) {
      double[] supplyKw = new double[n];
      double[] supplyKvar = new double[n];
      for (int j = 0; j < n; j++) {
        // the injection of the dispatch has the shunts in it, at nominal voltage
        supplyKw[j] = active[j][t] + conductance[j];
        supplyKvar[j] = reactive[j][t] - susceptance[j];
        planned[t][j] = voltage[j][t];
      }
      flows.add(feeder.solve(new NodePowers(supplyKw, supplyKvar, conductance, susceptance)));
    }
    double stepHours = gridCase.limits().horizonHours() / steps;
    return Optional.of(
        new FlowStudy(gridCase.tree(), gridCase.limits(), stepHours, planned, flows));
  }
}
