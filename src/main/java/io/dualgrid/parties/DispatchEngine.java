package io.dualgrid.parties;

import io.dualgrid.cases.DeviceSpec;
import io.dualgrid.cases.DeviceSpec.GridInterface;
import io.dualgrid.cases.GridCase;
import io.dualgrid.cases.GridCase.Node;
import io.dualgrid.devices.DesAssembler;
import io.dualgrid.devices.DesProgram;
import io.dualgrid.devices.Horizon;
import io.dualgrid.natives.NativeLibraryException;
import io.dualgrid.qp.QpBackends;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpSolverFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a case: sets up the parties and lets them exchange messages until they agree. */
public final class DispatchEngine {
  private DispatchEngine() {}

  /**
   * Runs to convergence, to the limit of iterations, or until the observer cancels.
   *
   * @throws BackendMissingException when a backend that was asked for cannot be had
   */
  public static RunResult run(GridCase gridCase, RunSettings settings, RunObserver observer) {
    long begin = System.nanoTime();
    if (settings.privacy() != Privacy.NONE) {
      throw new BackendMissingException(
          "privacy mode " + settings.privacy() + " has not landed yet; use --privacy none");
    }
    QpSolverFactory solvers = solverFactory(settings.qpBackend());
    Horizon horizon = Horizon.of(gridCase.limits(), settings.steps(), settings.sampling());
    List<DesProgram> programs = new DesAssembler(gridCase, horizon).assembleAll();
    PartyFactory parties = new PartyFactory(gridCase, solvers, QpSettings.DEFAULT);
    Map<String, RunResult.Backend> backends = new LinkedHashMap<>();
    backends.put("qp", new RunResult.Backend(solvers.name(), solvers.version()));

    List<EdgeSystem> edges = parties.edges(programs);
    try (WorkerPool pool = new WorkerPool(settings.threads())) {
      Exchange exchange = new Exchange(parties.operator(), pool);
      Coordinator coordinator =
          coordinator(gridCase, settings, horizon, edges, exchange, ScalarSums.PLAIN);
      double setupSeconds = (System.nanoTime() - begin) * 1e-9;
      return new Simulation(gridCase, settings, edges, exchange, coordinator)
          .run(setupSeconds, backends, observer);
    } finally {
      edges.forEach(EdgeSystem::close);
    }
  }

  /** Solves the whole case as one program: the ground truth of every decentralised run. */
  public static CentralResult central(GridCase gridCase, RunSettings settings) {
    Horizon horizon = Horizon.of(gridCase.limits(), settings.steps(), settings.sampling());
    List<DesProgram> programs = new DesAssembler(gridCase, horizon).assembleAll();
    return CentralSolver.solve(gridCase.name(), programs);
  }

  private static Coordinator coordinator(
      GridCase gridCase,
      RunSettings settings,
      Horizon horizon,
      List<EdgeSystem> edges,
      Exchange exchange,
      ScalarSums sums) {
    Residuals residuals = new Residuals(settings.stopping());
    double[] price = priceOfStep(gridCase, horizon);
    if (settings.algorithm() == Algorithm.PUBLISHED) {
      return new PublishedCoordinator(
          edges,
          exchange,
          sums,
          residuals,
          price,
          horizon.basePowerKw(),
          !settings.privacy().encryptsMessages());
    }
    return AcceleratedSetup.coordinator(
        gridCase, horizon, edges, exchange, sums, residuals, price, settings.stopping());
  }

  private static QpSolverFactory solverFactory(String name) {
    try {
      return QpBackends.named(name);
    } catch (NativeLibraryException e) {
      throw new BackendMissingException(e.getMessage());
    }
  }

  /** Buy price of the root's grid interface times the step length: public, the first multiplier. */
  private static double[] priceOfStep(GridCase gridCase, Horizon horizon) {
    for (Node node : gridCase.nodes()) {
      for (DeviceSpec device : node.devices()) {
        if (device instanceof GridInterface grid) {
          double[] price = grid.buyPricePerKwh().sample(horizon.steps(), horizon.sampling());
          for (int t = 0; t < price.length; t++) {
            price[t] *= horizon.stepHours();
          }
          return price;
        }
      }
    }
    return new double[horizon.steps()];
  }
}
