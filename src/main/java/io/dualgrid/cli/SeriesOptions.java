package io.dualgrid.cli;

import io.dualgrid.network.share.CaseSplitter;
import io.dualgrid.results.ResultFolder;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How many runs a process takes part in, one after the other, and where their results go. */
final class SeriesOptions {
  /** From one attempt to the next of who serves: what is refused does not mend by itself. */
  static final long RETRY_SECONDS = 5;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description =
          "Take part in N runs, one after the other (default: in one). Each has new keys, "
              + "begins with what the folder holds by then, and has its result in runs/RUN within "
              + "the folder.")
  private Integer runs;

  @Option(
      names = "--serve",
      description =
          "The same without an end: run after run until told to end by SIGTERM or Ctrl-C.")
  private boolean serve;

  /** Refuses what makes no sense. */
  void check() {
    if (runs != null) {
      Counts.requirePositive(spec, "--runs", runs);
    }
    if (runs != null && serve) {
      throw new ParameterException(
          spec.commandLine(), "--runs and --serve say how many runs; take one of them");
    }
  }

  /** Whether others that do not come, or a run that is given up, are no reason to end. */
  boolean serves() {
    return serve;
  }

  /** Whether there is another run after so many. */
  boolean another(int done) {
    return serve || done < (runs == null ? 1 : runs);
  }

  /** Where the result of a run goes. */
  ResultFolder place(ResultFolder folder, String run) {
    return serve || runs != null ? folder.within(Path.of(CaseSplitter.RUNS).resolve(run)) : folder;
  }
}
