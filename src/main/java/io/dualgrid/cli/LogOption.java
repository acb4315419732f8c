package io.dualgrid.cli;

import io.dualgrid.files.DiskFailure;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that has a run write down how it goes. */
final class LogOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description =
          "Add to FILE how the run goes, a JSON object a line: settings, each iteration with its"
              + " times, notices, the end. It has figures of the whole case, as results have.")
  private Path file;

  /** Opens the log, which nobody reads where none is asked for. */
  RunLog open(Terminal terminal) {
    if (file == null) {
      return RunLog.none();
    }
    try {
      return RunLog.to(file, warning -> terminal.err().println("warning: " + warning));
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), "--log " + file + " cannot be written: " + DiskFailure.reason(e));
    }
  }
}
