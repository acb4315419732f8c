package io.dualgrid.parties;

import io.dualgrid.consensus.LineWeights;
import io.dualgrid.device.Horizon;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.site.CostCeiling;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.InstalledCapacity;
import java.util.ArrayList;
import java.util.List;

/** Agrees on the weights of the accelerated consensus and puts its parties together. */
final class AcceleratedSetup {
  /** What every energy system counts for at least, as a part of all capacity. */
  private static final double CAPACITY_FLOOR = 1e-3;

  private AcceleratedSetup() {}

  /**
   * Weights of lines come from the topology; those of injections, σ_i = 1/(capacity_i + floor),
   * from each energy system's own capacity, of which the operator learns the sums over all, over
   * even and over odd depths; only that over all where there is no hub. It learns the sum of the
   * most they can cost, too, against which it holds its lower bounds.
   */
  static AcceleratedCoordinator coordinator(
      GridCase gridCase,
      Horizon horizon,
      List<EdgeSystem> systems,
      Exchange exchange,
      ScalarSums sums,
      Residuals residuals,
      double[] price,
      Stopping stopping) {
    FeederTree tree = gridCase.tree();
    LineWeights lineWeights =
        new LineWeights(tree, gridCase.limits().baseImpedanceOhm(), horizon.stepHours());
    boolean hub =
        !DepthHalves.of(tree, systems.stream().map(EdgeSystem::nodeId).toList()).exposeOne();
    List<double[]> capacities = new ArrayList<>();
    for (int i = 0; i < systems.size(); i++) {
      double capacity = InstalledCapacity.of(gridCase.nodes().get(i), horizon);
      boolean even = tree.hasEvenDepth(systems.get(i).nodeId());
      double ceiling = CostCeiling.of(gridCase.nodes().get(i), horizon, gridCase.limits(), price);
      // without a hub only the sum over all is needed, and a half's might be one system's
      capacities.add(
          new double[] {even || !hub ? capacity : 0.0, even || !hub ? 0.0 : capacity, ceiling});
    }
    double[] sum = sums.sum(capacities);
    double total = Math.max(sum[0] + sum[1], 1e-6);

    // an hour's injection weighs 1 / size
    double[] inverse = {0.0, 0.0};
    List<AcceleratedEdge> edges = new ArrayList<>();
    for (int i = 0; i < systems.size(); i++) {
      EdgeSystem system = systems.get(i);
      boolean even = tree.hasEvenDepth(system.nodeId());
      boolean root = system.nodeId() == tree.root();
      double[] own = capacities.get(i);
      // the root can serve everything, so it counts as much as all others together
      double size = root ? total : own[0] + own[1] + CAPACITY_FLOOR * total;
      double[][] penalties = new double[system.ends().size()][];
      for (int e = 0; e < penalties.length; e++) {
        Line line = system.ends().get(e).port.line();
        penalties[e] = new double[] {lineWeights.flow(line), lineWeights.voltage(line)};
      }
      inverse[even ? 0 : 1] += root ? total - own[0] - own[1] : CAPACITY_FLOOR * total;
      edges.add(
          new AcceleratedEdge(
              system,
              even,
              penalties,
              horizon.stepHours() / size,
              hub,
              price,
              AcceleratedCoordinator.MEMORY));
    }
    // the floors are public; the capacities enter as their sums
    inverse[0] += sum[0];
    inverse[1] += sum[1];
    double head =
        tree.childLines(tree.root()).stream().mapToDouble(lineWeights::flow).max().orElse(0.0);
    FeasibleSweep sweep = new FeasibleSweep(systems, exchange, sums, tree, gridCase.limits());
    return new AcceleratedCoordinator(
        edges,
        exchange,
        sums,
        residuals,
        sweep,
        hub,
        inverse[0] / horizon.stepHours(),
        inverse[1] / horizon.stepHours(),
        price,
        head / horizon.basePowerKw(),
        stopping == Stopping.STRICT,
        sum[2]);
  }
}
