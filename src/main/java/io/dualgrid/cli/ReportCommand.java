package io.dualgrid.cli;

import io.dualgrid.results.ResultFolder;
import io.dualgrid.results.report.Reports;
import io.dualgrid.results.report.RunFolder;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code dualgrid report}. */
@Command(
    name = "report",
    description = "Draws report.html anew from the result files of a run.",
    footer = {
      "",
      "The page holds all it needs and opens in any browser, without a network.",
      "",
      "Example:",
      "  dualgrid report results/yingkou"
    })
final class ReportCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "DIR", description = "Folder that run --out has written.")
  private Path folder;

  ReportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    RunFolder run = RunFolder.read(folder);
    ResultFolder target = ResultFolder.open(folder);
    target.write(Map.of(Reports.NAME, Reports.report(run)));
    terminal.out().println("written: " + target.path().resolve(Reports.NAME));
    return ExitCode.OK;
  }
}
