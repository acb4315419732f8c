package io.dualgrid.run;

import io.dualgrid.consensus.InfeasibleException;
import io.dualgrid.consensus.newton.FeederPaths;
import io.dualgrid.consensus.newton.NewtonStart;
import io.dualgrid.consensus.newton.Sensitivities;
import io.dualgrid.consensus.newton.Shortfall;
import io.dualgrid.consensus.newton.ShortfallReport;
import io.dualgrid.edge.EdgeNode;
import io.dualgrid.edge.EdgeView;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.operator.AbortedException;
import io.dualgrid.operator.Operator;
import io.dualgrid.runtime.InProcessTransport;
import io.dualgrid.runtime.StateArchive;
import io.dualgrid.runtime.StateException;
import io.dualgrid.runtime.Step;
import io.dualgrid.runtime.StepClock;
import io.dualgrid.site.GridCase;
import io.dualgrid.steering.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs all parties of a case in this process: one iteration after the other until the stopping rule
 * holds. What it gathers for the user (exact residuals, the dispatch) is what each party knows of
 * itself; the operator's decisions use only what the protocol gives the operator.
 */
final class Simulation {
  private final GridCase gridCase;
  private final RunSettings settings;
  private final List<EdgeNode> edges;
  private final Operator operator;
  private final InProcessTransport transport;
  private final RunProgress progress = new RunProgress();
  private int resumedFrom;

  Simulation(GridCase gridCase, RunSettings settings, Parties parties) {
    this.gridCase = gridCase;
    this.settings = settings;
    edges = parties.edges();
    operator = parties.operator();
    transport = parties.transport();
  }

  /**
   * Takes up the state of an earlier run, before any iteration.
   *
   * @throws StateException when it does not fit the case or the settings
   */
  void restore(RunState state) {
    StateArchive.Restoring archive = new StateArchive.Restoring(state.values());
    state(archive);
    archive.finish();
    progress.restore(state.history(), state.notices());
    resumedFrom = state.iterations();
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
    progress.continueFrom(resumedFrom);
    RunStatus status =
        new RunCourse(settings, operator, new Together()).run(progress, observer, keeper);
    return result(status, setupSeconds, backends);
  }

  /** All parties in this process. */
  private final class Together implements RunCourse.Surroundings {
    @Override
    public void settle() {
      transport.settle();
      requireAllWell();
    }

    @Override
    public Outcome known(Outcome outcome) {
      return steered().orElse(outcome);
    }

    @Override
    public IterationRecord record(int iteration, Outcome outcome) {
      return Simulation.this.record(iteration, outcome);
    }

    @Override
    public RuntimeException cause(RuntimeException e) {
      return rootCause(e);
    }

    @Override
    public List<String> waysOut(InfeasibleException e) {
      return Stream.of(powerFactor(e.shortfalls()), loadFactor(e.shortfalls()))
          .flatMap(Optional::stream)
          .toList();
    }

    @Override
    public RunState state() {
      return Simulation.this.state();
    }
  }

  /** What only the root knows of the way out: what it supplies. */
  private Optional<String> powerFactor(List<Shortfall> shortfalls) {
    if (!Shortfalls.hasPowerFactor(gridCase)) {
      return Optional.empty();
    }
    int root =
        gridCase.nodes().stream().map(GridCase.Node::id).toList().indexOf(gridCase.tree().root());
    return edges
        .get(root)
        .leastBroken()
        .map(injections -> PowerFactorRelief.factor(injections, shortfalls))
        .filter(factor -> factor > 0 && factor < 1)
        .map(factor -> ShortfallReport.powerFactor(gridCase.tree().root(), factor).toString());
  }

  /** What only the owner of a study knows of the way out: all loads. */
  private Optional<String> loadFactor(List<Shortfall> shortfalls) {
    List<Integer> ids = gridCase.nodes().stream().map(GridCase.Node::id).toList();
    double factor =
        LoadRelief.factor(
            edges.stream().map(edge -> edge.view().program()).toList(),
            new FeederPaths(gridCase.tree(), ids, gridCase.limits()),
            shortfalls);
    return factor < 1 ? Optional.of(ShortfallReport.loads(factor).toString()) : Optional.empty();
  }

  /** Each party keeps or takes up its own part, under its own name. */
  private void state(StateArchive archive) {
    for (EdgeNode edge : edges) {
      archive.within("node" + edge.nodeId(), () -> edge.state(archive));
    }
    archive.within("operator", () -> operator.state(archive));
  }

  /**
   * Enrols the energy systems and sets the algorithm up.
   *
   * @throws RuntimeException what kept a party from it
   */
  void start(RunHooks hooks) {
    try {
      operator.start();
      transport.settle();
      requireAllWell();
    } catch (RuntimeException e) {
      throw rootCause(e);
    }
    for (EdgeNode edge : edges) {
      edge.fingerprints()
          .forEach(told -> hooks.fingerprint(told.key(), told.holder(), told.fingerprint()));
    }
  }

  private void requireAllWell() {
    for (EdgeNode edge : edges) {
      edge.failure()
          .ifPresent(
              e -> {
                throw e;
              });
    }
  }

  /** What the party itself knows of its failure, where the operator was told a code only. */
  private RuntimeException rootCause(RuntimeException e) {
    if (e instanceof InfeasibleException told) {
      return edges.stream().flatMap(edge -> edge.proof().stream()).findFirst().orElse(told);
    }
    return e instanceof AbortedException aborted
        ? edges.get(aborted.edge()).failure().orElse(e)
        : e;
  }

  /** What the root knows where it solves for prices, and the operator does not. */
  private Optional<Outcome> steered() {
    return edges.stream().flatMap(edge -> edge.steered().stream()).findFirst();
  }

  private Optional<NewtonStart> keptStart() {
    return settings.sensitivities() == Sensitivities.ROOT
        ? edges.stream().flatMap(edge -> edge.keptStart().stream()).findFirst()
        : operator.keptStart();
  }

  /** Everything that a later run needs to go on. */
  private RunState state() {
    StateArchive.Saving archive = new StateArchive.Saving();
    state(archive);
    List<String> soFar = new ArrayList<>(progress.notices());
    RunAssembly.addIncidents(sites(false), soFar);
    return new RunState(progress.history(), soFar, archive.kept());
  }

  private IterationRecord record(int iteration, Outcome outcome) {
    double primal = 0.0;
    double dual = 0.0;
    double[] mismatch = new double[3];
    double cost = 0.0;
    int above = 0;
    for (EdgeNode edge : edges) {
      EdgeView view = edge.view();
      primal = Math.max(primal, view.primal());
      dual = Math.max(dual, view.dual());
      cost += view.cost();
      above += view.endsAbove();
      for (EdgeView.End end : view.ends()) {
        for (int quantity = 0; quantity < 3; quantity++) {
          mismatch[quantity] = Math.max(mismatch[quantity], end.mismatch()[quantity]);
        }
      }
    }
    if (!Double.isNaN(outcome.imbalance())) {
      primal = outcome.imbalance();
      dual = Double.NaN;
      cost = outcome.cost();
    }
    long[] nanos = drainClocks();
    return new IterationRecord(
        iteration,
        progress.elapsedSeconds(),
        primal,
        dual,
        mismatch[0],
        mismatch[1],
        mismatch[2],
        outcome.penalty(),
        cost,
        progress.lowerBound(),
        above,
        StepClock.seconds(nanos));
  }

  private long[] drainClocks() {
    long[] nanos = new long[Step.values().length];
    for (EdgeNode edge : edges) {
      edge.clock().drainTo(nanos);
    }
    operator.drainTo(nanos);
    return nanos;
  }

  private RunResult result(
      RunStatus status, double setupSeconds, Map<String, RunResult.Backend> backends) {
    List<IterationRecord> history = progress.history();
    IterationRecord last = history.isEmpty() ? null : history.get(history.size() - 1);
    // Before the first iteration is whole or the first point is found, or where none can be, what
    // the parties hold is no dispatch.
    boolean infeasible = status == RunStatus.INFEASIBLE;
    boolean meaningful =
        !infeasible && !progress.pointless() && last != null && !Double.isNaN(last.cost());
    List<String> told = new ArrayList<>(progress.notices());
    addStanding(told);
    return new RunAssembly(
            gridCase.name(),
            settings,
            gridCase.horizon(settings.steps(), settings.sampling()).moneyUnit(),
            status,
            resumedFrom,
            setupSeconds,
            progress.elapsedSeconds(),
            history,
            backends,
            told)
        .with(
            meaningful && status != RunStatus.FAILED ? last.cost() : Double.NaN,
            !infeasible && last != null ? last.lowerBound() : Double.NaN,
            infeasible ? Double.NaN : progress.statesBound(),
            sites(meaningful),
            meaningful ? keptStart() : Optional.empty());
  }

  private List<SiteOutcome> sites(boolean meaningful) {
    NetworkLimits limits = gridCase.limits();
    return edges.stream().map(edge -> SiteOutcome.of(edge, limits, meaningful)).toList();
  }

  /** What can be known of the protection before the run. */
  private void addStanding(List<String> texts) {
    if (Visibility.showsRows(settings)) {
      texts.add(
          "the published mask hides little from the cloud (see dualgrid audit): use it for"
              + " comparison only, and --mask hardened else");
    }
    if (settings.privacy().encryptsMessages()) {
      SumCompany.notice(gridCase, settings).ifPresent(texts::add);
    }
  }
}
