package io.dualgrid.cli;

import io.dualgrid.network.share.Gathering;
import io.dualgrid.powerflow.FlowStudy;
import io.dualgrid.protocol.RunId;
import io.dualgrid.results.AssumedShares;
import io.dualgrid.results.PeakMemory;
import io.dualgrid.results.ResultFiles;
import io.dualgrid.results.ResultFolder;
import io.dualgrid.results.RunFigures;
import io.dualgrid.results.report.Reports;
import io.dualgrid.run.DispatchFlow;
import io.dualgrid.run.RunResult;
import io.dualgrid.site.GridCase;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dualgrid gather}. */
@Command(
    name = "gather",
    description =
        "Puts the results of all parties together, for the person to whom they have handed "
            + "them: the folders of split, with the result of the operator and of each site in "
            + "them.",
    footer = {"", "Examples:", "  dualgrid gather 6-bus district --out results"})
final class GatherCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec spec;
  @Mixin private CaseArgument caseArgument;

  @Parameters(
      index = "1",
      paramLabel = "DIR",
      description = "Folder with one folder for each party.")
  private Path folder;

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description = "Of parties that do several: the run, a folder's name in runs of each.")
  private String run;

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "For the results.")
  private Path out;

  GatherCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (run != null && !RunId.isName(run)) {
      throw new ParameterException(
          spec.commandLine(),
          "--run "
              + run
              + " is no name of a run; give that of a folder in runs of the operator, 32 digits of"
              + " 0 to 9 and a to f");
    }
    GridCase gridCase = caseArgument.read(terminal.err());
    return tell(gridCase, results(gridCase), ResultFolder.open(out), terminal);
  }

  private RunResult results(GridCase gridCase) {
    return run == null
        ? Gathering.gather(gridCase, folder)
        : Gathering.gather(gridCase, folder, run);
  }

  /** Keeps a result, prints how the run ended, and gives the exit code. */
  static int tell(GridCase gridCase, RunResult result, ResultFolder out, Terminal terminal) {
    PeakMemory memory = PeakMemory.now();
    if (out != null) {
      Optional<FlowStudy> flow = DispatchFlow.of(gridCase, result.dispatch());
      RunFigures figures = new RunFigures(Double.NaN, memory, flow, Optional.empty());
      ResultFiles.write(out, gridCase, result, figures, Reports.of(out));
    }
    result.notices().forEach(notice -> terminal.err().println("notice: " + notice));
    AssumedShares.of(gridCase, result.costs(), result.settings().steps())
        .notice()
        .ifPresent(notice -> terminal.err().println("notice: " + notice));
    RunReport.outcome(gridCase, result, Double.NaN, memory, RunReport.place(out))
        .print(terminal.out());
    return RunFlow.exitCode(result.status());
  }
}
