package io.dualgrid.edge;

import io.dualgrid.consensus.newton.FeederPaths;
import io.dualgrid.consensus.newton.NewtonSettings;
import io.dualgrid.consensus.newton.NewtonStart;
import io.dualgrid.consensus.newton.RowPlace;
import io.dualgrid.qp.NewtonKernelFactory;
import io.dualgrid.steering.SteeredFeeder;
import java.util.Optional;
import java.util.Set;

/**
 * What an energy system needs for the coupled interior-point method besides its own site.
 *
 * @param feeder the public feeder, by which it knows its part in limits that enter; what the
 *     operator says of it is not taken
 * @param place number of its node in the feeder
 * @param full whether sensitivities between all steps may be asked for
 * @param kernels of its steps
 * @param kept its own limits that were near on the day that the run starts from
 * @param steering of the root, where it solves for prices; else empty
 */
public record NewtonConfig(
    FeederPaths feeder,
    int place,
    boolean full,
    NewtonKernelFactory kernels,
    Set<RowPlace> kept,
    Optional<Steering> steering) {
  /**
   * What solving for prices takes.
   *
   * @param feeder with its public prices
   * @param settings of the method
   * @param start the day before, at whose prices it begins, if any
   */
  public record Steering(
      SteeredFeeder feeder, NewtonSettings settings, Optional<NewtonStart> start) {}
}
