package io.dualgrid.cli;

import io.dualgrid.cases.GridCase;
import io.dualgrid.parties.CentralResult;
import io.dualgrid.parties.PartyHooks;
import io.dualgrid.parties.RunResult;
import io.dualgrid.parties.RunSettings;
import io.dualgrid.results.ResultFiles;
import io.dualgrid.results.ResultFolder;
import io.dualgrid.results.report.Reports;
import io.dualgrid.results.report.RunFolder;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dualgrid run}. */
@Command(
    name = "run",
    description = "Runs a case: its energy systems agree on a dispatch without showing their data.",
    footer = {
      "",
      "Examples:",
      "  dualgrid run 6-bus",
      "  dualgrid run 6-bus --privacy none --algorithm published --stopping published",
      "  dualgrid run yingkou-60 --gap --out results/yingkou",
      "  dualgrid run path/to/my-case --steps 96 --qp java"
    })
final class RunCommand implements Callable<Integer> {
  private final Engine engine;
  private final Terminal terminal;

  @Spec private CommandLine.Model.CommandSpec spec;
  @Mixin private CaseArgument caseArgument;
  @Mixin private RunOptions options;

  @Option(
      names = "--gap",
      description = "Solve the case centrally, too, and tell how far from its optimum the run is.")
  private boolean gap;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder for the results: tables, a summary and a report to open in a browser; made if"
              + " need be.")
  private Path out;

  @Option(names = "--quiet", description = "No settings and no progress, only how the run ended.")
  private boolean quiet;

  @Option(
      names = "--print-fingerprints",
      description = {
        "Print the fingerprint of the key of each line end. Neighbours compare them out of band:",
        "an operator that hands out keys of its own could read everything."
      })
  private boolean printFingerprints;

  RunCommand(Engine engine, Terminal terminal) {
    this.engine = engine;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    RunSettings settings = settings();
    if (printFingerprints && !settings.privacy().encryptsMessages()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--print-fingerprints: there are no keys without encryption; use --privacy ckks or dual");
    }
    GridCase gridCase = caseArgument.read(terminal.err());
    caseArgument.requireDivides(gridCase, settings.steps());
    ResultFolder folder = out == null ? null : ResultFolder.open(out);
    if (!quiet) {
      RunReport.settings(gridCase, settings, folder).print(terminal.out());
      terminal.out().println();
    }
    try (Interruption interruption = Interruption.listen(terminal.err())) {
      Progress progress = Progress.on(terminal, quiet, settings.stopping(), interruption);
      progress.settingUp();
      RunResult result;
      try {
        result = engine.run(gridCase, settings, progress, hooks());
      } finally {
        progress.finish();
      }
      if (folder != null) {
        ResultFiles.write(folder, gridCase, result, Double.NaN);
      }
      double optimalCost = Double.NaN;
      if (gap && !interruption.requested()) {
        optimalCost = optimalCost(gridCase, settings);
        if (folder != null) {
          ResultFiles.write(folder, gridCase, result, optimalCost);
        }
      }
      if (folder != null) {
        folder.write(Map.of(Reports.NAME, Reports.report(RunFolder.read(folder.path()))));
      }
      result.notices().forEach(notice -> terminal.err().println("notice: " + notice));
      if (!quiet) {
        terminal.out().println();
      }
      RunReport.outcome(result, optimalCost, folder).print(terminal.out());
      return exitCode(result);
    }
  }

  private PartyHooks hooks() {
    if (!printFingerprints) {
      return PartyHooks.NONE;
    }
    return new PartyHooks() {
      @Override
      public void fingerprint(String lineEnd, String fingerprint) {
        terminal.out().println("key of line " + lineEnd + "  " + fingerprint);
      }
    };
  }

  private RunSettings settings() {
    try {
      return options.settings();
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(spec.commandLine(), "--" + e.getMessage());
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
