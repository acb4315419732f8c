package io.dualgrid.cli;

import io.dualgrid.files.DiskFailure;
import io.dualgrid.network.agent.Onlookers;
import io.dualgrid.network.log.PartyLog;
import io.dualgrid.network.metrics.Metrics;
import io.dualgrid.network.metrics.MetricsServer;
import io.dualgrid.network.pki.FolderLock;
import io.dualgrid.network.pki.PartyFolder;
import io.dualgrid.network.pki.Validity;
import io.dualgrid.network.wire.Endpoint;
import io.dualgrid.recording.RecordingFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the processes of all parties have in common: their folders are theirs alone, and a log. */
final class ProcessOptions {
  private static final String STANDARD_ERROR = "-";
  private static final String LOOPBACK = "127.0.0.1:";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description =
          "Log there what happens and when, a JSON object a line, with party and run; - is standard"
              + " error. No figures of the run, no keys.")
  private Path log;

  @Option(
      names = "--metrics",
      paramLabel = "[HOST:]PORT",
      description =
          "Serve /metrics for Prometheus and /health there, on this machine only unless a host is"
              + " named; port 0 for any. Plain HTTP: what is told is when and how much.")
  private String metricsAt;

  private final Metrics metrics = new Metrics();

  /** What a process does. */
  interface Work {
    /** Does it; returns the exit code. */
    int run() throws InterruptedException;
  }

  /**
   * Does the work of a party, if its certificates hold; tells when they soon will not.
   *
   * @param party what the log calls the process
   * @param folders of the parties in it
   * @throws io.dualgrid.network.pki.PkiException when another process has one of them, or
   *     certificates do not hold
   */
  int run(Terminal terminal, String party, List<Path> folders, Work work)
      throws InterruptedException {
    FolderLock lock = FolderLock.take(folders);
    PartyLog opened = open(terminal, party);
    MetricsServer server = null;
    try {
      requireCertificates(terminal, folders);
      server = serve(terminal);
      return work.run();
    } catch (RuntimeException e) {
      LoggerFactory.getLogger(ProcessOptions.class).error("given up: {}", e.getMessage());
      throw e;
    } finally {
      if (server != null) {
        server.close();
      }
      opened.close();
      lock.close();
    }
  }

  private static void requireCertificates(Terminal terminal, List<Path> folders) {
    for (Path folder : folders) {
      Validity validity = PartyFolder.of(folder).validity();
      validity.require(Instant.now());
      validity
          .warning(Instant.now())
          .ifPresent(
              warning -> {
                LoggerFactory.getLogger(ProcessOptions.class).warn("{}", warning);
                terminal.err().println("warning: " + warning);
              });
    }
  }

  /** Figures of the process. */
  Metrics metrics() {
    return metrics;
  }

  /** Who looks on, with a folder for recordings. */
  Onlookers onlookers(RecordingFolder recordings) {
    return new Onlookers(recordings, metrics);
  }

  private MetricsServer serve(Terminal terminal) {
    if (metricsAt == null) {
      return null;
    }
    Endpoint listen =
        PartyOptions.endpoint(metricsAt.matches("\\d+") ? LOOPBACK + metricsAt : metricsAt);
    try {
      MetricsServer server = new MetricsServer(listen, metrics);
      terminal.out().println("metrics on " + new Endpoint(listen.host(), server.port()));
      terminal.out().flush();
      return server;
    } catch (IOException | IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "--metrics " + metricsAt + " cannot be served: " + e.getMessage());
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
