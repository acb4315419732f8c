package io.dualgrid.steering;

import io.dualgrid.consensus.InfeasibleException;
import io.dualgrid.consensus.newton.FeederPaths;
import io.dualgrid.consensus.newton.Shortfall;
import io.dualgrid.consensus.newton.ShortfallReport;
import io.dualgrid.feeder.NetworkLimits;
import java.util.List;

/**
 * What is public of a feeder and its prices, and all that it takes to steer a run of newton.
 *
 * @param limits of the network
 * @param paths of the feeder
 * @param nodes ids in the order of the energy systems
 * @param stepHours length of a time step
 * @param moneyUnit currency that the parties count costs in
 * @param priceOfStep public buy price of the root times the step length, in that unit, length steps
 */
public record SteeredFeeder(
    NetworkLimits limits,
    FeederPaths paths,
    List<Integer> nodes,
    double stepHours,
    double moneyUnit,
    double[] priceOfStep) {
  /** Copies the list. */
  public SteeredFeeder {
    nodes = List.copyOf(nodes);
  }

  /** Number of time steps. */
  public int steps() {
    return priceOfStep.length;
  }

  /**
   * That no dispatch meets the limits, with what is short in words.
   *
   * @param proof why that is so
   * @param found what is short
   */
  public InfeasibleException infeasible(String proof, List<Shortfall> found) {
    ShortfallReport report = new ShortfallReport(limits, paths, nodes, stepHours);
    return new InfeasibleException(proof, found, report.problems(found, Double.NaN));
  }

  /** The energy system at the root. */
  public int root() {
    return paths.root();
  }
}
