package io.dualgrid.steering;

import io.dualgrid.consensus.newton.FeederPaths;
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

  /** The energy system at the root. */
  public int root() {
    return paths.root();
  }
}
