package io.dualgrid.cli;

import io.dualgrid.results.Labels;
import io.dualgrid.results.ResultFolder;
import io.dualgrid.results.export.Exports;
import io.dualgrid.results.report.RunFolder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dualgrid export}. */
@Command(
    name = "export",
    description = "Writes the feeder and the dispatch of a run for another program.",
    footer = {
      "",
      "pandapower gets net.json and the time series p_mw.csv and q_mvar.csv, PyPSA a CSV folder.",
      "",
      "Examples:",
      "  dualgrid export results/yingkou --to pandapower",
      "  dualgrid export results/yingkou --to pypsa --out yingkou-pypsa"
    })
final class ExportCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      index = "0",
      paramLabel = "DIR",
      description = "Folder that run --out or central --out has written.")
  private Path folder;

  @Option(
      names = "--to",
      paramLabel = "PROGRAM",
      required = true,
      completionCandidates = Choices.ExportFormats.class,
      description = "${COMPLETION-CANDIDATES}.")
  private Exports.Format format;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for the files; made if need be (default: PROGRAM within DIR).")
  private Path out;

  ExportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    RunFolder run = RunFolder.read(folder);
    Path place = out == null ? folder.resolve(Labels.of(format)) : out;
    ResultFolder target = ResultFolder.open(place);
    target.write(Exports.files(run, format));
    terminal.out().println("written to " + target.path());
    return ExitCode.OK;
  }
}
