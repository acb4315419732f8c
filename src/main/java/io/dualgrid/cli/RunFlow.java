package io.dualgrid.cli;

import io.dualgrid.caseio.format.CaseReader;
import io.dualgrid.checkpoint.Checkpoint;
import io.dualgrid.checkpoint.CheckpointException;
import io.dualgrid.checkpoint.CheckpointFile;
import io.dualgrid.checkpoint.CheckpointWriter;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.powerflow.BrokenLimit;
import io.dualgrid.powerflow.FlowStudy;
import io.dualgrid.problem.CaseException;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.problem.InfeasibleCaseException;
import io.dualgrid.results.AcFigures;
import io.dualgrid.results.AssumedShares;
import io.dualgrid.results.MarginFigures;
import io.dualgrid.results.PeakMemory;
import io.dualgrid.results.ResultException;
import io.dualgrid.results.ResultFiles;
import io.dualgrid.results.ResultFolder;
import io.dualgrid.results.RunFigures;
import io.dualgrid.results.report.Reports;
import io.dualgrid.run.CentralResult;
import io.dualgrid.run.DispatchFlow;
import io.dualgrid.run.MarginSearch;
import io.dualgrid.run.RunHooks;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunSettings;
import io.dualgrid.run.RunState;
import io.dualgrid.run.RunStatus;
import io.dualgrid.run.StateKeeper;
import io.dualgrid.run.VoltageMargin;
import io.dualgrid.site.GridCase;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A run from its settings on the terminal to its results, new or taken up again. */
final class RunFlow {
  private final Engine engine;
  private final Terminal terminal;
  private final RunLog log;

  /** Runs for a terminal and a log, which is closed when the run is over. */
  RunFlow(Engine engine, Terminal terminal, RunLog log) {
    this.engine = engine;
    this.terminal = terminal;
    this.log = log;
  }

  /**
   * What to run.
   *
   * @param gridCase the case
   * @param settings of the run
   * @param hooks to the messages
   * @param gap whether to solve centrally, too
   * @param margin to plan within the voltage limits with
   * @param folder of the results, or null
   * @param display what of it is told
   * @param checkpoint where states are kept, or null
   * @param order what a checkpoint tells of the command, or null
   * @param from the state to go on from, or null
   */
  record Request(
      GridCase gridCase,
      RunSettings settings,
      RunHooks hooks,
      boolean gap,
      MarginChoice margin,
      ResultFolder folder,
      Display display,
      CheckpointFile checkpoint,
      Checkpoint.Order order,
      RunState from) {
    boolean quiet() {
      return display == Display.OUTCOME || display == Display.JSON;
    }
  }

  /** What is told of a run. */
  enum Display {
    /** Settings, each iteration and outcome. */
    VERBOSE,
    /** Settings, progress and outcome. */
    ALL,
    /** The outcome. */
    OUTCOME,
    /** The summary as JSON, and nothing else on standard output. */
    JSON;

    /** By the options of a command. */
    static Display of(boolean quiet, boolean json) {
      return json ? JSON : quiet ? OUTCOME : ALL;
    }
  }

  /** Runs and gives the exit code. */
  int execute(Request request) {
    try (log) {
      log.begin(request.gridCase(), request.settings());
      try {
        return executed(request);
      } catch (RuntimeException e) {
        log.failed(e.getMessage());
        throw e;
      }
    }
  }

  private int executed(Request request) {
    GridCase gridCase = request.gridCase();
    ResultFolder folder = request.folder();
    if (!request.quiet()) {
      announce(request);
    }
    try (Interruption interruption = Interruption.listen(terminal.err())) {
      GridCase planned = request.margin().first().tighten(gridCase);
      Planned plan = Planned.once(request, runOrProve(request, planned, interruption));
      // at once, for further runs and the central solve may take long or fail
      PeakMemory memory = PeakMemory.now();
      ResultException failure = keep(request, plan, Double.NaN, memory);
      if (request.margin().search()) {
        plan = searched(request, plan.result(), interruption);
        memory = PeakMemory.now();
        failure = failure == null ? keep(request, plan, Double.NaN, memory) : failure;
      }
      double optimalCost = Double.NaN;
      boolean proved = plan.result().status() == RunStatus.INFEASIBLE; // there is no optimum
      boolean named = proved && request.settings().algorithm() == Algorithm.NEWTON;
      if (request.gap() && !named && !interruption.requested()) {
        GridCase tightened = plan.margin().tighten(gridCase);
        if (proved) {
          plan = plan.infeasible(List.of(), engine.shortfalls(tightened, request.settings()));
        } else {
          CentralResult central = engine.central(tightened, request.settings());
          if (central.infeasible()) {
            plan =
                plan.infeasible(
                    List.of("no dispatch meets the limits: the central solve proves it"),
                    engine.shortfalls(tightened, request.settings()));
          } else if (central.solved()) {
            optimalCost = central.totalCost();
          } else {
            tell("no gap, the central solve ended as " + central.status());
          }
        }
        if (failure == null) {
          memory = PeakMemory.now();
          failure = keep(request, plan, optimalCost, memory);
        }
      }
      RunResult result = plan.result();
      Optional<FlowStudy> flow = plan.flow();
      result.notices().forEach(this::tell);
      plan.figures().map(MarginFigures::notices).ifPresent(told -> told.forEach(this::tell));
      flow.map(AcFigures::notices).ifPresent(told -> told.forEach(this::tell));
      AssumedShares.of(gridCase, result.costs(), request.settings().steps())
          .notice()
          .ifPresent(this::tell);
      if (!request.margin().isAsked() && breaksVoltages(flow)) {
        tell("to plan with room for that: --voltage-margin auto");
      }
      log.end(result);
      if (!request.quiet()) {
        terminal.out().println();
      }
      if (request.display() == Display.JSON) {
        JsonText.print(
            terminal,
            ResultFiles.summary(gridCase, result, plan.figuresOfRun(optimalCost, memory)));
      } else {
        RunReport.outcome(
                gridCase,
                result,
                optimalCost,
                memory,
                failure == null ? RunReport.place(folder) : "not kept")
            .add("in AC", flow.map(RunReport::flow).orElse(""))
            .add("checkpoint", wayOn(request, result))
            .print(terminal.out());
      }
      // only now: what the run has found is told even where it cannot be kept
      if (failure != null) {
        throw failure;
      }
      deleteCheckpoint(request, result);
      boolean vain = request.margin().search() && !plan.figures().orElseThrow().holds();
      return vain && result.status() == RunStatus.CONVERGED
          ? ExitCode.NOT_CONVERGED
          : exitCode(result.status());
    }
  }

  /**
   * The run. Where it is refused, as where its sums would show single sites, whoever asks for the
   * optimum of the whole case, which opens no message, still learns that there is none.
   *
   * @throws InfeasibleCaseException where there is none
   */
  private RunResult runOrProve(Request request, GridCase planned, Interruption interruption) {
    try {
      return run(request, planned, interruption);
    } catch (CaseException refused) {
      if (request.gap() && engine.central(planned, request.settings()).infeasible()) {
        List<CaseProblem> reasons = new ArrayList<>();
        reasons.add(
            new CaseProblem(
                CaseReader.CASE_FILE,
                "",
                "",
                "",
                "the central solve of --gap proves it",
                "change the limits, the loads or the devices, then run again"));
        reasons.addAll(engine.shortfalls(planned, request.settings()));
        throw new InfeasibleCaseException(planned.name(), reasons);
      }
      throw refused;
    }
  }

  private static boolean breaksVoltages(Optional<FlowStudy> flow) {
    return flow.isPresent()
        && BrokenLimit.of(flow.get()).stream()
            .anyMatch(limit -> limit.kind() != BrokenLimit.Kind.RATING);
  }

  /**
   * What a run, or the last of several, has found.
   *
   * @param result of it
   * @param flow in AC of its dispatch
   * @param margin that it was planned with
   * @param figures for the summary, where a margin was asked for
   */
  private record Planned(
      RunResult result,
      Optional<FlowStudy> flow,
      VoltageMargin margin,
      Optional<MarginFigures> figures) {
    static Planned once(Request request, RunResult result) {
      MarginChoice choice = request.margin();
      Optional<FlowStudy> flow = DispatchFlow.of(request.gridCase(), result.dispatch());
      return new Planned(
          result,
          flow,
          choice.first(),
          choice.isAsked()
              ? Optional.of(
                  new MarginFigures(choice.text(), choice.first(), 1, MarginSearch.holds(flow), ""))
              : Optional.empty());
    }

    /** The same where no dispatch meets the limits: how that is proved, and what is short. */
    Planned infeasible(List<String> proof, List<CaseProblem> shortfalls) {
      List<String> reasons = new ArrayList<>(proof);
      shortfalls.forEach(shortfall -> reasons.add(shortfall.toString()));
      return new Planned(result.infeasible(reasons), Optional.empty(), margin, figures);
    }

    RunFigures figuresOfRun(double optimalCost, PeakMemory memory) {
      return new RunFigures(optimalCost, memory, flow, figures);
    }
  }

  private Planned searched(Request request, RunResult first, Interruption interruption) {
    MarginSearch.Outcome outcome =
        MarginSearch.search(
            request.gridCase(),
            first,
            (tightened, margin) -> {
              RunSettings settings = request.settings();
              CaseArgument.requireFeasible(
                  settings.inForm(tightened), settings.steps(), settings.sampling());
              if (!request.quiet()) {
                terminal.out().println();
                terminal
                    .out()
                    .println(
                        "limits are broken in AC: again with " + margin.limits(request.gridCase()));
              }
              return run(request, tightened, interruption);
            });
    MarginFigures figures =
        new MarginFigures(
            request.margin().text(),
            outcome.margin(),
            outcome.runs(),
            outcome.holds(),
            outcome.obstacle());
    RunResult result = outcome.result();
    return new Planned(
        result,
        DispatchFlow.of(request.gridCase(), result.dispatch()),
        outcome.margin(),
        Optional.of(figures));
  }

  private void tell(String notice) {
    terminal.err().println("notice: " + notice);
    log.notice(notice);
  }

  /** Writes the files; the failure when the disk does not take them. */
  private static ResultException keep(
      Request request, Planned plan, double optimalCost, PeakMemory memory) {
    if (request.folder() == null) {
      return null;
    }
    try {
      ResultFiles.write(
          request.folder(),
          request.gridCase(),
          plan.result(),
          plan.figuresOfRun(optimalCost, memory),
          Reports.of(request.folder()));
      return null;
    } catch (ResultException e) {
      return e;
    }
  }

  private void announce(Request request) {
    FieldTable table = RunReport.settings(request.gridCase(), request.settings(), request.folder());
    table.add("margin", request.margin().text());
    if (request.checkpoint() != null) {
      table.add(
          "checkpoint", request.checkpoint().path() + ", every " + request.order().interval());
    }
    if (request.from() != null) {
      table.add("goes on", "after iteration " + request.from().iterations());
    }
    table.print(terminal.out());
    terminal.out().println();
  }

  private RunResult run(Request request, GridCase planned, Interruption interruption) {
    Progress progress =
        request.display() == Display.VERBOSE
            ? Progress.ofAll(terminal, request.settings(), interruption)
            : Progress.on(terminal, request.quiet(), request.settings(), interruption);
    progress.settingUp();
    try {
      if (request.checkpoint() == null) {
        return run(request, planned, progress, StateKeeper.NONE);
      }
      try (CheckpointWriter writer =
          new CheckpointWriter(
              request.checkpoint(),
              request.order(),
              warning -> terminal.err().println("warning: " + warning))) {
        return run(request, planned, progress, writer);
      }
    } finally {
      progress.finish();
    }
  }

  private RunResult run(Request request, GridCase planned, Progress progress, StateKeeper keeper) {
    return engine.run(
        planned,
        request.settings(),
        log.before(progress),
        request.hooks(),
        Optional.ofNullable(request.from()),
        keeper);
  }

  private static String wayOn(Request request, RunResult result) {
    boolean left =
        request.checkpoint() != null
            && result.status() != RunStatus.CONVERGED
            && result.status() != RunStatus.INFEASIBLE
            && Files.exists(request.checkpoint().path());
    return left ? "go on with: dualgrid resume " + request.checkpoint().path() : "";
  }

  /** A run that has converged, and whose results are kept, needs no checkpoint any more. */
  private void deleteCheckpoint(Request request, RunResult result) {
    if (request.checkpoint() != null && result.status() == RunStatus.CONVERGED) {
      try {
        request.checkpoint().delete();
      } catch (CheckpointException e) {
        terminal.err().println("warning: " + e.getMessage());
      }
    }
  }

  /** The exit code of a status. */
  static int exitCode(RunStatus status) {
    return switch (status) {
      case CONVERGED -> ExitCode.OK;
      case NOT_CONVERGED, INFEASIBLE -> ExitCode.NOT_CONVERGED;
      case INTERRUPTED -> ExitCode.INTERRUPTED;
      case FAILED -> ExitCode.FAILURE;
    };
  }
}
