package io.dualgrid.cli;

import io.dualgrid.network.share.Gathering;
import io.dualgrid.results.ResultFolder;
import io.dualgrid.run.RunSettings;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dualgrid up}. */
@Command(
    name = "up",
    description = {
      "Runs a case as a district does: operator, cloud and sites in processes of their own "
          + "on this machine, each with its own certificate, over mutual TLS.",
      "For trying out."
    },
    footer = {
      "",
      "Examples:",
      "  dualgrid up 6-bus",
      "  dualgrid up yingkou-60 --privacy ckks --out results"
    })
final class UpCommand implements Callable<Integer> {
  private static final int MOST_PROCESSES = 16;

  private final Terminal terminal;

  @Spec private CommandSpec spec;
  @Mixin private CaseArgument caseArgument;
  @Mixin private RunOptions options;
  @Mixin private RecordOption record;

  @Option(names = "--out", paramLabel = "DIR", description = "Folder for the results.")
  private Path out;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "Keep the folders of all parties there, keys included.")
  private Path keep;

  @Option(
      names = "--site-processes",
      paramLabel = "N",
      description =
          "Processes for the sites; with fewer than sites, each runs several (default: one a site,"
              + " at most "
              + MOST_PROCESSES
              + ").")
  private Integer siteProcesses;

  @Option(
      names = "--relays",
      paramLabel = "N",
      description =
          "Have the sites connect to N relays, and these to the operator (default: none).")
  private Integer relays;

  UpCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    GridCase gridCase = caseArgument.read(terminal.err());
    RunSettings settings = settings();
    caseArgument.requireDivides(gridCase, settings.steps());
    CaseArgument.requireFeasible(gridCase, settings.steps(), settings.sampling());
    int sites = gridCase.nodes().size();
    int processes = siteProcesses == null ? Math.min(sites, MOST_PROCESSES) : siteProcesses;
    Counts.requirePositive(spec, "--site-processes", processes);
    int between = Counts.relays(spec, relays, sites);
    record.checkRelays(between);
    ResultFolder results = out == null ? null : ResultFolder.open(out);
    terminal
        .out()
        .println(
            "operator, "
                + (settings.privacy().masksPrograms() ? "cloud, " : "")
                + (between == 0 ? "" : between + " relays, ")
                + sites
                + " sites in "
                + Math.min(processes, sites)
                + " processes");
    try (District district =
        District.make(gridCase, settings.sampling(), keep, between, terminal)) {
      boolean ended = district.run(settings, Math.min(processes, sites), record.path());
      return ended
          ? GatherCommand.tell(
              gridCase, Gathering.gather(gridCase, district.folder()), results, terminal)
          : ExitCode.FAILURE;
    }
  }

  private RunSettings settings() {
    try {
      return options.settings(caseArgument);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(spec.commandLine(), "--" + e.getMessage());
    }
  }
}
