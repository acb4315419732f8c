package io.dualgrid.cli;

import io.dualgrid.checkpoint.Checkpoint;
import io.dualgrid.checkpoint.CheckpointFile;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.newton.NewtonStart;
import io.dualgrid.feeder.VoltageForm;
import io.dualgrid.results.DayBefore;
import io.dualgrid.results.Labels;
import io.dualgrid.results.ResultFolder;
import io.dualgrid.results.ResultInputException;
import io.dualgrid.run.RunHooks;
import io.dualgrid.run.RunSettings;
import io.dualgrid.site.GridCase;
import java.nio.file.Path;
import java.util.Optional;
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
      "  dualgrid run path/to/my-case --steps 96 --qp java",
      "  dualgrid run path/to/my-case --voltage-margin auto",
      "  dualgrid run tomorrow --privacy ckks --start-from results/today",
      "  dualgrid run yingkou-60 --checkpoint night.ckpt --out results/yingkou",
      "  dualgrid run --config night.yaml --threads 2"
    },
    preprocessor = RunFileOption.Expansion.class)
final class RunCommand implements Callable<Integer> {
  private final Engine engine;
  private final Terminal terminal;

  @Spec private CommandLine.Model.CommandSpec spec;
  @Mixin private CaseArgument caseArgument;
  @Mixin private RunFileOption runFile;
  @Mixin private RunOptions options;
  @Mixin private CheckpointOptions checkpointOptions;

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

  @Option(
      names = "--voltage-margin",
      paramLabel = "auto|X",
      converter = MarginChoice.Reader.class,
      description =
          "Plan inside of the voltage limits, as AC voltages differ from those planned. X "
              + "is by how much in p.u.; auto runs again with limits tightened by what the AC "
              + "power flow showed, until the dispatch holds in AC (default: the limits as they "
              + "are).")
  private MarginChoice margin = MarginChoice.NONE;

  @Option(
      names = "--voltage-form",
      completionCandidates = Choices.VoltageForms.class,
      paramLabel = "FORM",
      defaultValue = "linear",
      description =
          "Form of LinDistFlow that voltages are planned by: ${COMPLETION-CANDIDATES}. linear "
              + "takes drops at 1 p.u., as published; squared is exact but for losses "
              + "(default: ${DEFAULT-VALUE}).")
  private VoltageForm form;

  @Option(
      names = "--start-from",
      paramLabel = "DIR",
      description =
          "With newton, begin at the prices of another day: DIR is what a run of newton on "
              + "the same feeder, with as many steps, has written. Profiles, prices and devices "
              + "may differ.")
  private Path dayBefore;

  @Option(names = "--quiet", description = "No settings and no progress, only how the run ended.")
  private boolean quiet;

  @Option(
      names = "--verbose",
      description = "A line for each iteration, in place of one that is redrawn or one in 2 s.")
  private boolean verbose;

  @Mixin private LogOption log;
  @Mixin private JsonOption json;

  @Option(
      names = "--print-fingerprints",
      description =
          "Print the fingerprint of the key of each line end, and of each key for secure "
              + "sums, as its owner has it and as others received it. They compare them out of "
              + "band: an operator that hands out keys of its own could read everything.")
  private boolean printFingerprints;

  RunCommand(Engine engine, Terminal terminal) {
    this.engine = engine;
    this.terminal = terminal;
  }

  /** Where options may come from. */
  RunFileOption runFile() {
    return runFile;
  }

  @Override
  public Integer call() {
    if (verbose && (quiet || json.asked())) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--verbose and " + (quiet ? "--quiet" : "--json") + " are opposites: leave one out");
    }
    RunSettings settings = settings();
    if (printFingerprints && !settings.privacy().encryptsMessages()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--print-fingerprints: there are no keys without encryption; use --privacy ckks or dual");
    }
    engine.prepare(settings);
    GridCase gridCase = caseArgument.read(terminal.err());
    caseArgument.requireDivides(gridCase, settings.steps());
    requireRoom(gridCase);
    if (settings.algorithm() != Algorithm.NEWTON) { // which finds out by itself, and why
      CaseArgument.requireFeasible(
          settings.inForm(margin.first().tighten(gridCase)), settings.steps(), settings.sampling());
    }
    requireCompany(gridCase, settings);
    Optional<NewtonStart> start = start(gridCase, settings);
    ResultFolder folder = out == null ? null : ResultFolder.open(out);
    CheckpointFile checkpoint = checkpointOptions.open();
    Checkpoint.Order order =
        checkpoint == null
            ? null
            : checkpointOptions.order(caseArgument.text(), gridCase, settings, gap, folder);
    if (checkpoint != null && settings.algorithm() == Algorithm.NEWTON) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--checkpoint keeps states of runs that take long; newton takes some twenty iterations,"
              + " and is run again instead: leave --checkpoint out, or take --algorithm"
              + " accelerated");
    }
    if (checkpoint != null && (margin.isAsked() || form != VoltageForm.LINEAR)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          (margin.isAsked() ? "--voltage-margin" : "--voltage-form squared")
              + " changes the case that a checkpoint is of: leave --checkpoint out");
    }
    if (options.untouched() && !quiet && !json.asked()) {
      terminal
          .err()
          .println(
              "notice: a site that can solve its own program is better protected, and faster, with"
                  + " --privacy ckks: no masked program leaves it");
    }
    return new RunFlow(engine, terminal, log.open(terminal))
        .execute(
            new RunFlow.Request(
                gridCase,
                settings,
                hooks(start),
                gap,
                margin,
                folder,
                verbose ? RunFlow.Display.VERBOSE : RunFlow.Display.of(quiet, json.asked()),
                checkpoint,
                order,
                null));
  }

  // A sum over one party is that party's figure, so encryption would promise what it cannot keep.
  private void requireCompany(GridCase gridCase, RunSettings settings) {
    if (settings.privacy().encryptsMessages() && gridCase.nodes().size() < 2) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--privacy "
              + Labels.of(settings.privacy())
              + ": "
              + gridCase.name()
              + " has one node, so there is nobody to exchange messages with and no sum to hide a"
              + " figure in; use --privacy none");
    }
  }

  private void requireRoom(GridCase gridCase) {
    if (!margin.first().leavesRoom(gridCase)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--voltage-margin "
              + margin.text()
              + ": limits of "
              + margin.first().limits(gridCase)
              + " leave no room for the root at "
              + gridCase.limits().rootVoltagePu()
              + " p.u.; take a smaller margin, or auto");
    }
  }

  private Optional<NewtonStart> start(GridCase gridCase, RunSettings settings) {
    if (dayBefore == null) {
      return Optional.empty();
    }
    if (settings.algorithm() != Algorithm.NEWTON) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--start-from is for newton, and this run is of "
              + Labels.of(settings.algorithm())
              + ": leave it out, or take --algorithm newton with --privacy ckks or none");
    }
    try {
      return Optional.of(DayBefore.read(dayBefore, gridCase, settings.steps()));
    } catch (ResultInputException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--start-from: " + e.getMessage(), e);
    }
  }

  private RunHooks hooks(Optional<NewtonStart> start) {
    return new RunHooks() {
      @Override
      public Optional<NewtonStart> start() {
        return start;
      }

      @Override
      public void fingerprint(String key, String holder, String fingerprint) {
        if (!printFingerprints) {
          return;
        }
        terminal.out().println(fingerprint + "  " + key + ", as held by " + holder);
      }
    };
  }

  private RunSettings settings() {
    try {
      return options.settings(caseArgument).toBuilder().voltageForm(form).build();
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(spec.commandLine(), "--" + e.getMessage());
    }
  }
}
