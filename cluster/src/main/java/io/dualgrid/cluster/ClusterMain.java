package io.dualgrid.cluster;

import io.dualgrid.network.log.PartyLog;
import io.dualgrid.network.pki.FolderLock;
import io.dualgrid.network.pki.PartyFolder;
import io.dualgrid.network.pki.PkiException;
import io.dualgrid.network.pki.Watched;
import io.dualgrid.network.wire.CloudServer;
import io.dualgrid.network.wire.Endpoint;
import io.dualgrid.network.wire.WireException;
import io.dualgrid.run.BackendMissingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the cluster. */
@Command(
    name = "dualgrid-cluster",
    description = "Several machines as one cloud, which solves masked programs for sites.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class ClusterMain {
  private static final int BAD_INPUT = 2;
  private static final int BACKEND_MISSING = 4;

  private ClusterMain() {}

  /** Runs a command and exits with its code: those of dualgrid. */
  public static void main(String[] arguments) {
    CommandLine commands = new CommandLine(new ClusterMain());
    commands.setExecutionExceptionHandler(
        (e, line, result) -> {
          line.getErr().println("error: " + e.getMessage());
          if (e instanceof PkiException || e instanceof IllegalArgumentException) {
            return BAD_INPUT;
          }
          return e instanceof BackendMissingException ? BACKEND_MISSING : 1;
        });
    System.exit(commands.execute(arguments));
  }

  /** One machine. */
  @Command(
      name = "worker",
      description = {
        "One machine of the cloud: joins the others, solves for the masks that fall to it, "
            + "and serves sites, whose questions it carries to the machine that has their mask.",
        "Ends when told to, and with exit code 1 when the others have given it up: start it "
            + "again then."
      },
      mixinStandardHelpOptions = true)
  int worker(
      @Option(
              names = "--config",
              paramLabel = "FILE",
              required = true,
              description = "Its addresses, those of the others, and its folder.")
          Path file,
      @Option(
              names = "--log",
              paramLabel = "FILE",
              description = "Log there what happens and when, a JSON object a line; no figures.")
          Path log)
      throws IOException {
    WorkerConfig config = WorkerConfig.read(file);
    Endpoint sites =
        config
            .sites()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        file
                            + ": lacks sites, where sites connect; docs/cluster.md has an"
                            + " example"));
    PartyFolder folder = PartyFolder.of(config.folder());
    FolderLock lock = FolderLock.take(List.of(config.folder()));
    PartyLog logged =
        log == null
            ? PartyLog.none(new PrintWriter(System.err, true))
            : PartyLog.to(log, folder.credentials().name());
    try (ClusterWorker worker = new ClusterWorker(config)) {
      worker.joined().join();
      serve(sites, folder, worker);
    } finally {
      logged.close();
      lock.close();
    }
    throw new WireException("given up by the other machines; start it again");
  }

  private static void serve(Endpoint sites, PartyFolder folder, ClusterWorker worker) {
    try (CloudServer server =
        new CloudServer(
            sites, Watched.credentials(folder), folder.clientAuthority(), worker::ask)) {
      System.out.println(
          "one of "
              + worker.members()
              + " machines; listening on "
              + new Endpoint(sites.host(), server.port()));
      worker.ended().join();
    }
  }
}
