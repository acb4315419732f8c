package io.dualgrid.cli;

import com.sun.management.OperatingSystemMXBean;
import io.dualgrid.network.agent.CloudAgent;
import io.dualgrid.network.pki.Credentials;
import io.dualgrid.network.pki.Names;
import io.dualgrid.network.pki.PartyFolder;
import io.dualgrid.network.wire.Endpoint;
import io.dualgrid.run.RunSettings;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dualgrid cloud}. */
@Command(
    name = "cloud",
    description =
        "A cloud as a process of its own: solves masked programs for sites that it knows by "
            + "nothing but a certificate without a name, until it is told to end.",
    footer = {
      "",
      "Examples:",
      "  dualgrid cloud init cloud",
      "  dualgrid cloud cloud --listen 0.0.0.0:7500"
    })
final class CloudCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "DIR", description = "The cloud's folder.")
  private Path folder;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:7500",
      description = "Where sites connect; port 0 for any (default: ${DEFAULT-VALUE}).")
  private Endpoint listen;

  @Mixin private QpOption qp;
  @Mixin private RecordOption record;
  @Mixin private ProcessOptions process;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Programs solved at the same time (default: one per processor).")
  private Integer threads;

  @Option(
      names = "--memory",
      paramLabel = "MB",
      description =
          "Most memory for programs of sites (default: half of this machine's). A site "
              + "whose program finds no room solves it by itself.")
  private Integer megabytes;

  CloudCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(name = "init", description = "Makes the cloud's keys and its request.")
  int init(
      @Parameters(paramLabel = "DIR", description = "The cloud's folder.") Path own,
      @Option(
              names = "--name",
              paramLabel = "NAME",
              defaultValue = Credentials.CLOUD,
              description =
                  "cloud/MACHINE, such as cloud/1, for one of several machines that are a cloud"
                      + " together (default: ${DEFAULT-VALUE}).")
          String name) {
    if (!Names.role(name).equals(Credentials.CLOUD)) {
      throw new ParameterException(
          spec.commandLine(), "--name " + name + " is no cloud's; write cloud or cloud/MACHINE");
    }
    return SiteCommand.init(terminal, own, name);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (folder == null) {
      throw new ParameterException(spec.commandLine(), "name the cloud's folder, or say init");
    }
    return process.run(terminal, Credentials.CLOUD, List.of(folder), this::run);
  }

  private int run() {
    RunSettings.Builder settings = RunSettings.builder().qpBackend(qp.name());
    if (threads != null) {
      settings.threads(threads);
    }
    Ending ending = Ending.ofThisThread();
    try {
      CloudAgent.serve(
          listen,
          PartyFolder.of(folder),
          settings.build(),
          mostBytes(),
          process.onlookers(record.folder(terminal)),
          PartyOptions.listening(terminal, listen));
    } finally {
      ending.close();
    }
    return ExitCode.OK;
  }

  private long mostBytes() {
    if (megabytes != null && megabytes < 1) {
      throw new ParameterException(
          spec.commandLine(), "--memory " + megabytes + " must be at least 1 MB");
    }
    return megabytes == null
        ? ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize() / 2
        : (long) megabytes << 20;
  }
}
