package io.dualgrid.cli;

import io.dualgrid.feeder.VoltageForm;
import io.dualgrid.powerflow.FlowStudy;
import io.dualgrid.results.AcFigures;
import io.dualgrid.results.AssumedShares;
import io.dualgrid.results.PeakMemory;
import io.dualgrid.results.ResultFiles;
import io.dualgrid.results.ResultFolder;
import io.dualgrid.results.report.Reports;
import io.dualgrid.run.CentralResult;
import io.dualgrid.run.DispatchFlow;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunSettings;
import io.dualgrid.site.GridCase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dualgrid central}. */
@Command(
    name = "central",
    description = "Solves a case as one program, by somebody who knows everything: the optimum.",
    footer = {
      "",
      "Examples:",
      "  dualgrid central 6-bus",
      "  dualgrid central yingkou-60 --steps 96 --out results/optimum",
      "  dualgrid central path/to/my-case --integers"
    })
final class CentralCommand implements Callable<Integer> {
  private final Engine engine;
  private final Terminal terminal;

  @Spec private CommandLine.Model.CommandSpec spec;
  @Mixin private CaseArgument caseArgument;

  @Mixin private StepOptions stepOptions;

  @Option(
      names = "--voltage-form",
      completionCandidates = Choices.VoltageForms.class,
      paramLabel = "FORM",
      defaultValue = "linear",
      description =
          "Form of LinDistFlow that voltages are planned by: ${COMPLETION-CANDIDATES} (default:"
              + " ${DEFAULT-VALUE}).")
  private VoltageForm form;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for the results; made if need be.")
  private Path out;

  @Mixin private JsonOption json;

  @Option(
      names = "--integers",
      description =
          "Find the states of devices with powerMinKw, too, by branch and bound, which can take"
              + " long; without this they are relaxed, and the cost is a lower bound.")
  private boolean integers;

  @Option(
      names = "--time-limit",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description =
          "How long to look for states with --integers; the best by then counts (default:"
              + " ${DEFAULT-VALUE}).")
  private int timeLimit;

  CentralCommand(Engine engine, Terminal terminal) {
    this.engine = engine;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (timeLimit < 1) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--time-limit must be at least 1 second, got " + timeLimit);
    }
    GridCase gridCase = caseArgument.read(terminal.err());
    RunSettings settings = settings();
    caseArgument.requireDivides(gridCase, settings.steps());
    CaseArgument.requireFeasible(settings.inForm(gridCase), settings.steps(), settings.sampling());
    ResultFolder folder = out == null ? null : ResultFolder.open(out);
    if (!json.asked()) {
      terminal.out().println(RunReport.describe(gridCase) + ", " + settings.steps() + " steps");
    }
    CentralResult result =
        integers
            ? engine.centralStates(gridCase, settings, Duration.ofSeconds(timeLimit))
            : engine.central(gridCase, settings);
    if (!integers && gridCase.switchesDevices()) {
      terminal
          .err()
          .println(
              "notice: the case has devices with powerMinKw, which are between on and off here: the"
                  + " cost is a lower bound; --integers finds the optimum with their states");
    }
    PeakMemory memory = PeakMemory.now();
    Optional<FlowStudy> flow = DispatchFlow.of(gridCase, result.dispatch());
    if (folder != null) {
      ResultFiles.write(
          folder,
          settings.inForm(gridCase),
          settings.sampling(),
          result,
          memory,
          flow,
          Reports.of(folder));
    }
    result.notices().forEach(notice -> terminal.err().println("notice: " + notice));
    flow.map(AcFigures::notices)
        .ifPresent(told -> told.forEach(notice -> terminal.err().println("notice: " + notice)));
    AssumedShares.of(gridCase, result.costs(), result.steps())
        .notice()
        .ifPresent(notice -> terminal.err().println("notice: " + notice));
    if (json.asked()) {
      JsonText.print(
          terminal,
          ResultFiles.summary(
              settings.inForm(gridCase), settings.sampling(), result, memory, flow));
    } else {
      RunReport.outcome(gridCase, result, memory, folder)
          .add("in AC", flow.map(RunReport::flow).orElse(""))
          .print(terminal.out());
    }
    if (result.infeasible() && !integers) {
      tellShortfalls(gridCase, settings);
      return ExitCode.NOT_CONVERGED;
    }
    if (result.infeasible() || result.unproved()) {
      return ExitCode.NOT_CONVERGED;
    }
    return result.solved() ? ExitCode.OK : ExitCode.FAILURE;
  }

  private void tellShortfalls(GridCase gridCase, RunSettings settings) {
    engine
        .shortfalls(gridCase, settings)
        .forEach(shortfall -> terminal.err().println("error: " + shortfall));
  }

  private RunSettings settings() {
    return RunSettings.builder()
        .privacy(Privacy.NONE)
        .steps(stepOptions.steps())
        .sampling(stepOptions.sampling(caseArgument.usualSampling()))
        .voltageForm(form)
        .build();
  }
}
