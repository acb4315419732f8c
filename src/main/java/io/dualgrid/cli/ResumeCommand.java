package io.dualgrid.cli;

import io.dualgrid.caseio.check.CaseCheck;
import io.dualgrid.caseio.format.CaseFingerprint;
import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.checkpoint.Checkpoint;
import io.dualgrid.checkpoint.CheckpointException;
import io.dualgrid.checkpoint.CheckpointFile;
import io.dualgrid.results.ResultFolder;
import io.dualgrid.run.RunHooks;
import io.dualgrid.run.RunSettings;
import io.dualgrid.site.GridCase;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dualgrid resume}. */
@Command(
    name = "resume",
    description = {
      "Goes on with a run from its checkpoint, with the settings of that run and fresh keys and"
          + " masks.",
      "Needs the case as it was and the key of the checkpoint, and keeps the checkpoint going."
    },
    footer = {
      "",
      "Examples:",
      "  dualgrid run yingkou-60 --checkpoint night.ckpt --out results/yingkou",
      "  dualgrid resume night.ckpt",
      "  dualgrid resume night.ckpt --max-iterations 20000 --quiet"
    })
final class ResumeCommand implements Callable<Integer> {
  private final Engine engine;
  private final Terminal terminal;

  @Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FILE", description = "A checkpoint.")
  private Path file;

  @Option(
      names = "--checkpoint-key",
      paramLabel = "FILE",
      description = "Key of the checkpoint (default: FILE.key beside it).")
  private Path keyFile;

  @Option(
      names = "--max-iterations",
      paramLabel = "N",
      description =
          "End as not converged after so many, those already done included (default: as the run"
              + " was started).")
  private Integer maxIterations;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for the results (default: as the run was started).")
  private Path out;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Energy systems solved at the same time; does not change the result (default: one per"
              + " processor).")
  private Integer threads;

  @Option(names = "--quiet", description = "No settings and no progress, only how the run ended.")
  private boolean quiet;

  @Mixin private LogOption log;

  ResumeCommand(Engine engine, Terminal terminal) {
    this.engine = engine;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    CheckpointFile checkpointFile = CheckpointFile.open(file, keyFile);
    Checkpoint checkpoint = checkpointFile.read();
    Checkpoint.Order order = checkpoint.order();
    RunSettings settings = settings(checkpoint);
    GridCase gridCase = gridCase(order);
    Path place = out != null || order.out() == null ? out : Path.of(order.out());
    ResultFolder folder = place == null ? null : ResultFolder.open(place);
    Checkpoint.Order onwards =
        new Checkpoint.Order(
            order.caseName(),
            order.caseFingerprint(),
            settings,
            order.gap(),
            folder == null ? null : folder.path().toString(),
            order.interval());
    return new RunFlow(engine, terminal, log.open(terminal))
        .execute(
            new RunFlow.Request(
                gridCase,
                settings,
                RunHooks.NONE,
                order.gap(),
                MarginChoice.NONE,
                folder,
                RunFlow.Display.of(quiet, false),
                checkpointFile,
                onwards,
                checkpoint.state()));
  }

  private RunSettings settings(Checkpoint checkpoint) {
    RunSettings earlier = checkpoint.order().settings();
    int done = checkpoint.state().iterations();
    int limit = maxIterations == null ? earlier.maxIterations() : maxIterations;
    if (limit <= done) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "the run has done "
              + done
              + " iterations and may do "
              + limit
              + "; allow more with --max-iterations");
    }
    try {
      return earlier.toBuilder()
          .maxIterations(limit)
          .threads(threads == null ? RunSettings.defaults().threads() : threads)
          .build();
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(spec.commandLine(), "--" + e.getMessage());
    }
  }

  private GridCase gridCase(Checkpoint.Order order) {
    CaseCheck check = CaseLocator.check(order.caseName());
    GridCase gridCase = check.orThrow();
    check.warnings().forEach(warning -> terminal.err().println("warning: " + warning));
    if (!CaseFingerprint.of(gridCase).equals(order.caseFingerprint())) {
      throw new CheckpointException(
          "the case "
              + order.caseName()
              + " has changed since "
              + file
              + " was written; put it back as it was, or start anew with: dualgrid run");
    }
    return gridCase;
  }
}
