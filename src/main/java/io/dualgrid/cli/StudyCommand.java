package io.dualgrid.cli;

import io.dualgrid.study.ChainJob;
import io.dualgrid.study.Study;
import io.dualgrid.study.StudyCluster;
import io.dualgrid.study.StudyFile;
import io.dualgrid.study.StudyFolder;
import io.dualgrid.study.StudyRun;
import io.dualgrid.study.StudySummary;
import io.dualgrid.study.WarmStarts;
import java.nio.file.Path;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dualgrid study}. */
@Command(
    name = "study",
    description = {
      "Runs a study: many days, one after another or in many scenarios, from one file.",
      "The same command goes on with a study that was ended, however that happened."
    },
    footer = {
      "",
      "Examples:",
      "  dualgrid study examples/studies/year.yaml --out results/year",
      "  dualgrid study examples/studies/weather.yaml --out results/weather --threads 4",
      "  dualgrid study examples/studies/weather.yaml --out results/weather --cluster"
          + " machine-1.conf",
      "  dualgrid study examples/studies/weather.yaml --cluster machine-2.conf"
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
      paramLabel = "DIR",
      description = "Folder for the results, new or of the same study; made if need be.")
  private Path out;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Chains of days run at the same time (default: all processors).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--cluster",
      paramLabel = "FILE",
      description =
          "Run on several machines, of which FILE describes this one (docs/studies.md). The "
              + "one with --out gives out the chains and keeps them; the others, without, run "
              + "chains for it.")
  private Path cluster;

  @Option(names = "--quiet", description = "No progress, only how the study ended.")
  private boolean quiet;

  StudyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Counts.requirePositive(spec, "--threads", threads);
    if (out == null && cluster == null) {
      throw new ParameterException(
          spec.commandLine(), "Missing required option: '--out=DIR', a folder for the results");
    }
    StudyCluster machines = cluster == null ? null : machines();
    Study study = StudyFile.read(file);
    return out == null ? help(study, machines) : run(study, machines);
  }

  /** The jar of the cluster has it, which {@code scripts/dualgrid} takes with this option. */
  private StudyCluster machines() {
    return ServiceLoader.load(StudyCluster.class, StudyCluster.class.getClassLoader())
        .findFirst()
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "--cluster: this jar is for one machine; scripts/dualgrid builds and runs that"
                        + " of the cluster (cluster/target/dualgrid-cluster.jar)"));
  }

  private int help(Study study, StudyCluster machines) {
    try (Interruption interruption = Interruption.listen(terminal.err())) {
      machines.help(cluster, threads, study, terminal.out(), interruption::requested);
      return interruption.requested() ? ExitCode.INTERRUPTED : ExitCode.OK;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--cluster: " + e.getMessage(), e);
    }
  }

  private int run(Study study, StudyCluster machines) {
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
      StudySummary summary =
          machines == null
              ? StudyRun.run(study, folder, threads, progress)
              : StudyRun.run(study, folder, job -> lead(machines, job), progress);
      progress.end();
      if (summary == null) {
        terminal.err().println("chains that are done are kept; the same command goes on");
        return ExitCode.INTERRUPTED;
      }
      report(study, summary, progress, folder);
      return summary.failedDays() == 0 ? ExitCode.OK : ExitCode.NOT_CONVERGED;
    }
  }

  private void lead(StudyCluster machines, ChainJob job) {
    try {
      machines.lead(cluster, threads, job);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--cluster: " + e.getMessage(), e);
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
                "; on %d days run both ways %.1f from the day before, %.1f from nothing: %.0f %%"
                    + " saved",
                warm.days(),
                warm.warm(),
                warm.cold(),
                100 * warm.saved());
  }
}
