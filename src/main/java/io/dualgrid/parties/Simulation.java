package io.dualgrid.parties;

import io.dualgrid.ckks.CkksException;
import io.dualgrid.securesum.SecureSumException;
import io.dualgrid.site.GridCase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs all parties of a case in this process: one iteration after the other until the stopping rule
 * holds. What it gathers for the user (exact residuals, the dispatch) is what each party knows of
 * itself; the operator's decisions use only what the protocol gives the operator.
 */
final class Simulation {
  private final GridCase gridCase;
  private final RunSettings settings;
  private final List<EdgeSystem> edges;
  private final Exchange exchange;
  private final Coordinator coordinator;
  private final Residuals residuals;
  private final List<IterationRecord> history = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private boolean infeasible;
  private double lowerBound = Double.NEGATIVE_INFINITY;
  private int resumedFrom;
  private double elapsedBefore;
  private long begin;

  Simulation(
      GridCase gridCase,
      RunSettings settings,
      List<EdgeSystem> edges,
      Exchange exchange,
      Coordinator coordinator) {
    this.gridCase = gridCase;
    this.settings = settings;
    this.edges = edges;
    this.exchange = exchange;
    this.coordinator = coordinator;
    this.residuals = new Residuals(settings.stopping());
  }

  /**
   * Takes up the state of an earlier run, before any iteration.
   *
   * @throws StateException when it does not fit the case or the settings
   */
  void restore(RunState state) {
    StateArchive.Restoring archive = new StateArchive.Restoring(state.values());
    coordinator.state(archive);
    archive.finish();
    history.addAll(state.history());
    notices.addAll(state.notices());
    resumedFrom = state.iterations();
    lowerBound = bound(history.get(resumedFrom - 1).lowerBound());
    elapsedBefore = state.elapsedSeconds();
  }

  /** Iterates to an end and gathers the result. */
  RunResult run(
      double setupSeconds,
      Map<String, RunResult.Backend> backends,
      RunObserver observer,
      StateKeeper keeper) {
    observer.started(setupSeconds);
    // what the set-up took is told as a whole
    drainClocks();
    begin = System.nanoTime();
    RunStatus status = RunStatus.NOT_CONVERGED;
    boolean kept = true; // so far the state is that of the earlier run, or the start
    for (int k = resumedFrom + 1; k <= settings.maxIterations(); k++) {
      Coordinator.Outcome outcome;
      try {
        outcome = coordinator.iterate();
      } catch (InfeasibleException e) {
        notices.add("iteration " + k + ": " + e.getMessage());
        status = RunStatus.FAILED;
        infeasible = true;
        break;
      } catch (SolveException | ProtocolException | CkksException | SecureSumException e) {
        notices.add("iteration " + k + ": " + e.getMessage());
        status = RunStatus.FAILED;
        break;
      }
      if (outcome.lowerBound() > lowerBound) {
        lowerBound = outcome.lowerBound();
      }
      IterationRecord record = record(k, elapsed(), outcome);
      history.add(record);
      observer.iteration(record);
      if (outcome.converged()) {
        status = RunStatus.CONVERGED;
        break;
      }
      kept = keeper.due(record);
      if (kept) {
        keeper.keep(state());
      }
      if (observer.cancelled() || Thread.currentThread().isInterrupted()) {
        status = RunStatus.INTERRUPTED;
        break;
      }
    }
    boolean canGoOn = status == RunStatus.NOT_CONVERGED || status == RunStatus.INTERRUPTED;
    if (canGoOn && !kept) {
      keeper.keep(state());
    }
    return result(status, setupSeconds, elapsed(), backends);
  }

  private double elapsed() {
    return elapsedBefore + (System.nanoTime() - begin) * 1e-9;
  }

  private static double bound(double known) {
    return Double.isNaN(known) ? Double.NEGATIVE_INFINITY : known;
  }

  /** Everything that a later run needs to go on. */
  private RunState state() {
    StateArchive.Saving archive = new StateArchive.Saving();
    coordinator.state(archive);
    List<String> soFar = new ArrayList<>(notices);
    addIncidents(soFar);
    return new RunState(history, soFar, archive.kept());
  }

  private IterationRecord record(int iteration, double elapsed, Coordinator.Outcome outcome) {
    double primal = 0.0;
    double dual = 0.0;
    double[] mismatch = new double[3];
    double cost = 0.0;
    int above = 0;
    for (EdgeSystem edge : edges) {
      primal = Math.max(primal, residuals.primal(edge));
      dual = Math.max(dual, residuals.dual(edge));
      cost += edge.cost();
      above += residuals.endsAbove(edge);
      for (LineEnd end : edge.ends()) {
        for (int quantity = 0; quantity < 3; quantity++) {
          mismatch[quantity] = Math.max(mismatch[quantity], end.mismatch(quantity));
        }
      }
    }
    long[] nanos = drainClocks();
    return new IterationRecord(
        iteration,
        elapsed,
        primal,
        dual,
        mismatch[0],
        mismatch[1],
        mismatch[2],
        outcome.penalty(),
        cost,
        lowerBound == Double.NEGATIVE_INFINITY ? Double.NaN : lowerBound,
        above,
        StepClock.seconds(nanos));
  }

  private long[] drainClocks() {
    long[] nanos = new long[Step.values().length];
    for (EdgeSystem edge : edges) {
      edge.clock().drainTo(nanos);
    }
    exchange.drainTo(nanos);
    return nanos;
  }

  private RunResult result(
      RunStatus status,
      double setupSeconds,
      double solveSeconds,
      Map<String, RunResult.Backend> backends) {
    List<DispatchSeries> dispatch = new ArrayList<>();
    double base = gridCase.limits().basePowerKw();
    double voltageMismatch = 0.0;
    double voltageMin = Double.POSITIVE_INFINITY;
    double voltageMax = Double.NEGATIVE_INFINITY;
    // Before the first iteration is whole, or where none can be, what the parties hold is no
    // dispatch.
    boolean meaningful = !infeasible && !history.isEmpty();
    for (EdgeSystem edge : meaningful ? edges : List.<EdgeSystem>of()) {
      List<DispatchSeries> ofNode = DispatchTable.ofNode(edge.program(), edge.solution());
      dispatch.addAll(ofNode);
      for (DispatchSeries series : ofNode) {
        if (series.quantity().equals("V")) {
          for (double voltage : series.values()) {
            voltageMin = Math.min(voltageMin, voltage);
            voltageMax = Math.max(voltageMax, voltage);
          }
        }
      }
      for (LineEnd end : edge.ends()) {
        voltageMismatch = Math.max(voltageMismatch, end.voltageMismatch());
        String copy = end.port.downstream() ? "downstream" : "upstream";
        dispatch.addAll(DispatchTable.ofLine(end.port, copy, end.x, base));
        if (end.port.downstream()) {
          dispatch.addAll(DispatchTable.ofLine(end.port, "z", end.z, base));
        }
      }
    }
    addIncidents(notices);
    addStanding(notices);
    IterationRecord last = history.isEmpty() ? null : history.get(history.size() - 1);
    return new RunResult(
        gridCase.name(),
        settings,
        status,
        meaningful ? last.cost() : Double.NaN,
        meaningful ? last.lowerBound() : Double.NaN,
        last == null ? Double.NaN : last.primalResidual(),
        last == null ? Double.NaN : last.dualResidual(),
        meaningful ? voltageMismatch : Double.NaN,
        meaningful ? voltageMin : Double.NaN,
        meaningful ? voltageMax : Double.NaN,
        resumedFrom,
        setupSeconds,
        solveSeconds,
        List.copyOf(history),
        List.copyOf(dispatch),
        new LinkedHashMap<>(backends),
        List.copyOf(notices),
        Visibility.of(settings));
  }

  /** What can be known of the protection before the run. */
  private void addStanding(List<String> texts) {
    if (Visibility.showsRows(settings)) {
      texts.add(
          "the published mask hides little from the cloud (see dualgrid audit): use it for"
              + " comparison only, and --mask hardened else");
    }
    if (settings.privacy().encryptsMessages()) {
      List<Integer> nodes = edges.stream().map(EdgeSystem::nodeId).toList();
      DepthHalves.of(gridCase.tree(), nodes).notice(settings.algorithm()).ifPresent(texts::add);
    }
  }

  private void addIncidents(List<String> texts) {
    Map<String, Integer> incidents = new TreeMap<>();
    Map<String, List<Integer>> where = new TreeMap<>();
    for (EdgeSystem edge : edges) {
      edge.incidents()
          .forEach(
              (what, count) -> {
                incidents.merge(what, count, Integer::sum);
                where.computeIfAbsent(what, key -> new ArrayList<>()).add(edge.nodeId());
              });
    }
    incidents.forEach(
        (what, count) -> texts.add(count + " " + what + "; nodes " + where.get(what)));
  }
}
