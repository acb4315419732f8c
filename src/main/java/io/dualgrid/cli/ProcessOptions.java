package io.dualgrid.cli;

import io.dualgrid.files.DiskFailure;
import io.dualgrid.network.log.PartyLog;
import io.dualgrid.network.pki.FolderLock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the processes of all parties have in common: their folders are theirs alone, and a log. */
final class ProcessOptions {
  private static final String STANDARD_ERROR = "-";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description =
          "Log there what happens and when, a JSON object a line, with party and run; - is standard"
              + " error. No figures of the run, no keys.")
  private Path log;

  /** What a process does. */
  interface Work {
    /** Does it; returns the exit code. */
    int run() throws InterruptedException;
  }

  /**
   * Does the work of a party.
   *
   * @param party what the log calls the process
   * @param folders of the parties in it
   * @throws io.dualgrid.network.pki.PkiException when another process has one of them
   */
  int run(Terminal terminal, String party, List<Path> folders, Work work)
      throws InterruptedException {
    FolderLock lock = FolderLock.take(folders);
    PartyLog opened = open(terminal, party);
    try {
      return work.run();
    } catch (RuntimeException e) {
      LoggerFactory.getLogger(ProcessOptions.class).error("given up: {}", e.getMessage());
      throw e;
    } finally {
      opened.close();
      lock.close();
    }
  }

  private PartyLog open(Terminal terminal, String party) {
    if (log == null) {
      return PartyLog.none(terminal.err());
    }
    if (log.toString().equals(STANDARD_ERROR)) {
      return PartyLog.to(System.err, party);
    }
    try {
      return PartyLog.to(log, party);
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), "--log " + log + " cannot be written: " + DiskFailure.reason(e));
    }
  }
}
