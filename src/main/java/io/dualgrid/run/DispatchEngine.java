package io.dualgrid.run;

import io.dualgrid.auth.CertificateAuthority;
import io.dualgrid.commitment.Relaxation;
import io.dualgrid.device.DesProgram;
import io.dualgrid.device.Horizon;
import io.dualgrid.operator.Network;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.runtime.WorkerPool;
import io.dualgrid.site.DesAssembler;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Runs a case: sets up the parties and lets them exchange messages until they agree. */
public final class DispatchEngine {
  private DispatchEngine() {}

  /**
   * Runs to convergence, to the limit of iterations, or until the observer cancels or the calling
   * thread is interrupted, which ends a run after its iteration as cancelling does and leaves the
   * interrupt for the caller to see. A solver that fails on the way is told by the status and the
   * notices of the result, not thrown.
   *
   * @param gridCase what to run
   * @param settings how; the threads of its pool end with the run
   * @param observer called on the calling thread
   * @return the outcome, whatever the status
   * @throws BackendMissingException when a backend that was asked for cannot be had
   * @throws io.dualgrid.problem.CaseException when the steps do not divide the rows of the profiles
   */
  public static RunResult run(GridCase gridCase, RunSettings settings, RunObserver observer) {
    return run(gridCase, settings, observer, RunHooks.NONE);
  }

  /**
   * Begins on a thread of its own what a run with these settings needs whatever its case is, so
   * that it is there when the case has been read. A run that finds nothing prepared does it itself.
   */
  public static void prepare(RunSettings settings) {
    if (settings.privacy().encryptsMessages()) {
      Thread thread = new Thread(CertificateAuthority::prepare, "dualgrid-prepare");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /**
   * The same, with access to the messages between the parties.
   *
   * @throws BackendMissingException when a backend that was asked for cannot be had
   */
  public static RunResult run(
      GridCase gridCase, RunSettings settings, RunObserver observer, RunHooks hooks) {
    return run(gridCase, settings, observer, hooks, Optional.empty(), StateKeeper.NONE);
  }

  /**
   * The same, going on from an earlier run and keeping states for a later one. Privacy, algorithm,
   * stopping rule, steps and sampling have to be those of the earlier run; the limits may differ.
   *
   * @param from the state of an earlier run of the same case
   * @throws BackendMissingException when a backend that was asked for cannot be had
   * @throws io.dualgrid.problem.CaseException when the case is beyond the encryption's range
   * @throws io.dualgrid.runtime.StateException when the state does not fit the case or the settings
   * @throws IllegalArgumentException when the earlier run has done all iterations allowed
   */
  public static RunResult run(
      GridCase asGiven,
      RunSettings settings,
      RunObserver observer,
      RunHooks hooks,
      Optional<RunState> from,
      StateKeeper keeper) {
    GridCase gridCase = settings.inForm(asGiven);
    from.ifPresent(
        state -> {
          if (state.iterations() >= settings.maxIterations()) {
            throw new IllegalArgumentException(
                "the run has done "
                    + state.iterations()
                    + " iterations, so max-iterations must be more than "
                    + settings.maxIterations());
          }
        });
    long begin = System.nanoTime();
    gridCase.checkSteps(settings.steps());
    OnOffSupport.require(gridCase, settings);
    if (settings.privacy().encryptsMessages()) {
      EncryptionRange.require(gridCase, settings);
      SumCompany.require(gridCase, settings);
    }
    Horizon horizon = gridCase.horizon(settings.steps(), settings.sampling());
    try (WorkerPool pool = new WorkerPool(settings.threads())) {
      PartyFactory factory = new PartyFactory(gridCase, settings, hooks, pool);
      List<DesProgram> programs = new DesAssembler(gridCase, horizon).assembleAll();
      if (settings.privacy().masksPrograms()) {
        MaskSize.require(gridCase, programs);
      }
      Network network =
          new Network(
              gridCase.tree(),
              gridCase.limits(),
              gridCase.nodes().stream().map(Node::id).toList(),
              gridCase.lines(),
              horizon.stepHours(),
              horizon.moneyUnit(),
              horizon.priceOfStep(gridCase.tariffPerKwh()));
      try (Parties parties = factory.create(programs, network)) {
        Simulation simulation = new Simulation(gridCase, settings, parties);
        simulation.start(hooks);
        from.ifPresent(simulation::restore);
        double setupSeconds = (System.nanoTime() - begin) * 1e-9;
        return simulation.run(setupSeconds, factory.backends(), observer, keeper);
      }
    }
  }

  /**
   * Solves the whole case as one program: the ground truth of every decentralised run. Devices that
   * are switched on and off are relaxed, and the optimum is a lower bound for any states.
   *
   * @param asGiven what to solve
   * @param settings of which steps, sampling and the form of voltages count
   * @return the optimum, or what kept the solver from it
   * @throws io.dualgrid.problem.CaseException when the steps do not divide the rows of the profiles
   */
  public static CentralResult central(GridCase asGiven, RunSettings settings) {
    GridCase gridCase = settings.inForm(asGiven);
    gridCase.checkSteps(settings.steps());
    Horizon horizon = gridCase.horizon(settings.steps(), settings.sampling());
    List<DesProgram> programs = new DesAssembler(gridCase, horizon).assembleAll();
    return CentralSolver.solve(
        gridCase.name(), gridCase.limits(), programs.stream().map(Relaxation::of).toList());
  }

  /**
   * Solves the whole case as one program with the states of devices that are switched on and off:
   * the ground truth of runs with these.
   *
   * @param asGiven what to solve
   * @param settings of which steps, sampling and the form of voltages count
   * @param limit of the search for states; the best found by then counts
   * @return the optimum, or what kept the solver from it
   * @throws io.dualgrid.problem.CaseException when the steps do not divide the rows of the profiles
   */
  public static CentralResult centralStates(
      GridCase asGiven, RunSettings settings, Duration limit) {
    GridCase gridCase = settings.inForm(asGiven);
    gridCase.checkSteps(settings.steps());
    Horizon horizon = gridCase.horizon(settings.steps(), settings.sampling());
    List<DesProgram> programs = new DesAssembler(gridCase, horizon).assembleAll();
    return CentralStates.solve(gridCase.name(), gridCase.limits(), programs, limit);
  }

  /**
   * Why no dispatch meets the limits of a case, for somebody who knows all of it: which limit of
   * voltage, flow or root is short by how much, where and when.
   *
   * @param asGiven of which it is known that none does
   * @param settings of which steps, sampling and the form of voltages count
   * @return the worst step of each kind of limit; empty where the cause is none of these
   * @throws io.dualgrid.problem.CaseException when the steps do not divide the rows of the profiles
   */
  public static List<CaseProblem> shortfalls(GridCase asGiven, RunSettings settings) {
    GridCase gridCase = settings.inForm(asGiven);
    gridCase.checkSteps(settings.steps());
    Horizon horizon = gridCase.horizon(settings.steps(), settings.sampling());
    return Shortfalls.of(gridCase, new DesAssembler(gridCase, horizon).assembleAll());
  }
}
