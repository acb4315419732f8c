package io.dualgrid.cli;

import io.dualgrid.network.share.CaseSplitter;
import io.dualgrid.network.share.PublicFeeder;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dualgrid split}. */
@Command(
    name = "split",
    description = {
      "Cuts a case into what each party has of it: a public feeder for the operator, and "
          + "for each site a folder with its own devices and lines.",
      "In no folder is what is another's."
    },
    footer = {"", "Examples:", "  dualgrid split 6-bus --out district"})
final class SplitCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec spec;
  @Mixin private CaseArgument caseArgument;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder to make, with one folder for each party.")
  private Path out;

  @Option(
      names = "--relays",
      paramLabel = "N",
      description =
          "Make folders for N relays, too, between which the sites are divided (default: none).")
  private Integer relays;

  @Option(
      names = "--force",
      description = "Replace a folder that is there already, with all that is in it.")
  private boolean force;

  SplitCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    GridCase gridCase = caseArgument.read(terminal.err());
    int count = Counts.relays(spec, relays, gridCase.nodes().size());
    try {
      CaseSplitter.split(gridCase, caseArgument.usualSampling(), out, force, count);
    } catch (IOException e) {
      throw CaseOutput.unwritable(out, e, "--out");
    }
    terminal
        .out()
        .println(
            out.resolve(CaseSplitter.OPERATOR).resolve(PublicFeeder.NAME)
                + " for the operator, "
                + out.resolve(CaseSplitter.folderOf(gridCase.nodes().get(0).id()))
                + " and "
                + (gridCase.nodes().size() - 1)
                + " more for the sites"
                + relaysIn(count));
    return ExitCode.OK;
  }

  private String relaysIn(int count) {
    return count == 0
        ? ""
        : ", " + out.resolve(CaseSplitter.relayFolder(1)) + " and so on for the relays";
  }
}
