package io.dualgrid.cli;

import io.dualgrid.checkpoint.Checkpoint;
import io.dualgrid.checkpoint.CheckpointException;
import io.dualgrid.checkpoint.CheckpointFile;
import io.dualgrid.checkpoint.CheckpointWriter;
import io.dualgrid.powerflow.FlowStudy;
import io.dualgrid.results.AcFigures;
import io.dualgrid.results.PeakMemory;
import io.dualgrid.results.ResultException;
import io.dualgrid.results.ResultFiles;
import io.dualgrid.results.ResultFolder;
import io.dualgrid.results.report.Reports;
import io.dualgrid.results.report.RunFolder;
import io.dualgrid.run.CentralResult;
import io.dualgrid.run.DispatchFlow;
import io.dualgrid.run.RunHooks;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunSettings;
import io.dualgrid.run.RunState;
import io.dualgrid.run.RunStatus;
import io.dualgrid.run.StateKeeper;
import io.dualgrid.site.GridCase;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;

/** A run from its settings on the terminal to its results, new or taken up again. */
final class RunFlow {
  private final Engine engine;
  private final Terminal terminal;

  RunFlow(Engine engine, Terminal terminal) {
    this.engine = engine;
    this.terminal = terminal;
  }

  /**
   * What to run.
   *
   * @param gridCase the case
   * @param settings of the run
   * @param hooks to the messages
   * @param gap whether to solve centrally, too
   * @param folder of the results, or null
   * @param quiet whether to tell the end only
   * @param checkpoint where states are kept, or null
   * @param order what a checkpoint tells of the command, or null
   * @param from the state to go on from, or null
   */
  record Request(
      GridCase gridCase,
      RunSettings settings,
      RunHooks hooks,
      boolean gap,
      ResultFolder folder,
      boolean quiet,
      CheckpointFile checkpoint,
      Checkpoint.Order order,
      RunState from) {}

  /** Runs and gives the exit code. */
  int execute(Request request) {
    GridCase gridCase = request.gridCase();
    RunSettings settings = request.settings();
    ResultFolder folder = request.folder();
    if (!request.quiet()) {
      announce(request);
    }
    try (Interruption interruption = Interruption.listen(terminal.err())) {
      RunResult result = run(request, interruption);
      // at once, for the central solve may take long or fail
      PeakMemory memory = PeakMemory.now();
      ResultException failure = keep(request, result, Double.NaN, memory);
      double optimalCost = Double.NaN;
      if (request.gap() && !interruption.requested()) {
        optimalCost = optimalCost(gridCase, settings);
        if (failure == null) {
          memory = PeakMemory.now();
          failure = keep(request, result, optimalCost, memory);
        }
      }
      if (failure == null) {
        failure = keepReport(folder);
      }
      Optional<FlowStudy> flow = DispatchFlow.of(gridCase, result.dispatch());
      result.notices().forEach(this::tell);
      flow.map(AcFigures::notices).ifPresent(told -> told.forEach(this::tell));
      if (!request.quiet()) {
        terminal.out().println();
      }
      RunReport.outcome(
              result, optimalCost, memory, failure == null ? RunReport.place(folder) : "not kept")
          .add("in AC", flow.map(RunReport::flow).orElse(""))
          .add("checkpoint", wayOn(request, result))
          .print(terminal.out());
      // only now: what the run has found is told even where it cannot be kept
      if (failure != null) {
        throw failure;
      }
      deleteCheckpoint(request, result);
      return exitCode(result);
    }
  }

  private void tell(String notice) {
    terminal.err().println("notice: " + notice);
  }

  /** Writes the files; the failure when the disk does not take them. */
  private static ResultException keep(
      Request request, RunResult result, double optimalCost, PeakMemory memory) {
    if (request.folder() == null) {
      return null;
    }
    try {
      ResultFiles.write(request.folder(), request.gridCase(), result, optimalCost, memory);
      return null;
    } catch (ResultException e) {
      return e;
    }
  }

  private static ResultException keepReport(ResultFolder folder) {
    if (folder == null) {
      return null;
    }
    try {
      folder.write(Map.of(Reports.NAME, Reports.report(RunFolder.read(folder.path()))));
      return null;
    } catch (ResultException e) {
      return e;
    }
  }

  private void announce(Request request) {
    FieldTable table = RunReport.settings(request.gridCase(), request.settings(), request.folder());
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

  private RunResult run(Request request, Interruption interruption) {
    Progress progress = Progress.on(terminal, request.quiet(), request.settings(), interruption);
    progress.settingUp();
    try {
      if (request.checkpoint() == null) {
        return run(request, progress, StateKeeper.NONE);
      }
      try (CheckpointWriter writer =
          new CheckpointWriter(
              request.checkpoint(),
              request.order(),
              warning -> terminal.err().println("warning: " + warning))) {
        return run(request, progress, writer);
      }
    } finally {
      progress.finish();
    }
  }

  private RunResult run(Request request, Progress progress, StateKeeper keeper) {
    return engine.run(
        request.gridCase(),
        request.settings(),
        progress,
        request.hooks(),
        Optional.ofNullable(request.from()),
        keeper);
  }

  private static String wayOn(Request request, RunResult result) {
    boolean left =
        request.checkpoint() != null
            && result.status() != RunStatus.CONVERGED
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

  private double optimalCost(GridCase gridCase, RunSettings settings) {
    CentralResult central = engine.central(gridCase, settings);
    if (!central.solved()) {
      terminal.err().println("notice: no gap, the central solve ended as " + central.status());
      return Double.NaN;
    }
    return central.totalCost();
  }

  private static int exitCode(RunResult result) {
    return switch (result.status()) {
      case CONVERGED -> ExitCode.OK;
      case NOT_CONVERGED -> ExitCode.NOT_CONVERGED;
      case INTERRUPTED -> ExitCode.INTERRUPTED;
      case FAILED -> ExitCode.FAILURE;
    };
  }
}
