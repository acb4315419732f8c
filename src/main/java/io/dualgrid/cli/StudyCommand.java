package io.dualgrid.cli;

import io.dualgrid.study.Study;
import io.dualgrid.study.StudyFile;
import io.dualgrid.study.StudyFolder;
import io.dualgrid.study.StudyRun;
import io.dualgrid.study.StudySummary;
import io.dualgrid.study.WarmStarts;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dualgrid study}. */
@Command(
    name = "study",
    description = {
      "Runs a study: many days, one after another or in many scenarios, from one file. The same",
      "command goes on with a study that was ended, however that happened."
    },
    footer = {
      "",
      "Examples:",
      "  dualgrid study examples/studies/year.yaml --out results/year",
      "  dualgrid study examples/studies/weather.yaml --out results/weather --threads 4"
    })
final class StudyCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "YAML file of a study; docs/studies.md says what is in it.")
  private Path file;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the results, new or of the same study; made if need be.")
  private Path out;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Chains of days run at the same time (default: all processors).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--quiet", description = "No progress, only how the study ended.")
  private boolean quiet;

  StudyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Counts.requirePositive(spec, "--threads", threads);
    Study study = StudyFile.read(file);
    StudyFolder folder = StudyFolder.open(out, study);
    if (!quiet) {
      terminal
          .out()
          .println(
              RunReport.describe(study.gridCase())
                  + "; "
                  + study.chains()
                  + (study.chains() == 1 ? " chain" : " chains")
                  + " of "
                  + study.days()
                  + " days, without privacy");
    }
    try (Interruption interruption = Interruption.listen(terminal.err())) {
      StudyProgress progress =
          new StudyProgress(terminal, quiet, interruption, study.allDays(), System::nanoTime);
      StudySummary summary = StudyRun.run(study, folder, threads, progress);
      progress.end();
      if (summary == null) {
        terminal.err().println("chains that are done are kept; the same command goes on");
        return ExitCode.INTERRUPTED;
      }
      report(study, summary, progress, folder);
      return summary.failedDays() == 0 ? ExitCode.OK : ExitCode.NOT_CONVERGED;
    }
  }

  private void report(
      Study study, StudySummary summary, StudyProgress progress, StudyFolder folder) {
    WarmStarts warm = summary.warmStarts();
    new FieldTable()
        .add(
            "days",
            study.allDays()
                + (progress.done() == study.allDays()
                    ? ""
                    : ", " + progress.done() + " of them now"))
        .add(
            "failed",
            summary.failedDays() == 0
                ? "none"
                : summary.failedDays() + "; " + summary.firstFailure())
        .add(
            "mean cost",
            Double.isNaN(summary.meanCost()) ? "" : Numbers.money(summary.meanCost()) + " a chain")
        .add("iterations", text(warm))
        .add(
            "time",
            progress.done() == 0
                ? ""
                : Numbers.seconds(progress.seconds())
                    + ", "
                    + String.format(
                        Locale.ROOT, "%.3f s a day", progress.seconds() / progress.done()))
        .add("results", folder.path().toString())
        .print(terminal.out());
  }

  private static String text(WarmStarts warm) {
    String mean = String.format(Locale.ROOT, "%.1f a day", warm.mean());
    return warm.days() == 0
        ? mean
        : mean
            + String.format(
                Locale.ROOT,
                "; on %d days run both ways %.1f from the day before, %.1f from nothing: %.0f %% saved",
                warm.days(),
                warm.warm(),
                warm.cold(),
                100 * warm.saved());
  }
}
