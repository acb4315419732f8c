package io.dualgrid.cli;

import io.dualgrid.results.Labels;
import io.dualgrid.results.ResultFolder;
import io.dualgrid.results.report.Plots;
import io.dualgrid.results.report.RunFolder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dualgrid plot}. */
@Command(
    name = "plot",
    description = "Draws a chart of a run as a PNG picture, for a paper or a slide.",
    footer = {
      "",
      "Examples:",
      "  dualgrid plot results/yingkou --kind convergence",
      "  dualgrid plot results/yingkou --kind dispatch --node 25 --out node25.png"
    })
final class PlotCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DIR", description = "Folder that run --out has written.")
  private Path folder;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      required = true,
      completionCandidates = Choices.PlotKinds.class,
      description = "What to draw: ${COMPLETION-CANDIDATES}.")
  private Plots.Kind kind;

  @Option(
      names = "--node",
      paramLabel = "ID",
      defaultValue = "",
      description = "Node for dispatch, heat, storage and price (default: all together).")
  private String node;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Picture to write (default: KIND.png in the folder of the run).")
  private Path out;

  @Option(
      names = "--width",
      paramLabel = "PIXELS",
      defaultValue = "1600",
      description =
          "Width, 600 to 6000; the height is nine sixteenths of it (default: ${DEFAULT-VALUE}).")
  private int width;

  PlotCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (width < Plots.LEAST_WIDTH || width > Plots.MOST_WIDTH) {
      throw new ParameterException(
          spec.commandLine(),
          "--width "
              + width
              + ": choose "
              + Plots.LEAST_WIDTH
              + " to "
              + Plots.MOST_WIDTH
              + " pixels; text and strokes grow with the width");
    }
    // Java otherwise looks for a display even when it only draws into memory.
    System.setProperty("java.awt.headless", "true");
    Path file =
        (out == null ? folder.resolve(Labels.of(kind) + ".png") : out).toAbsolutePath().normalize();
    byte[] picture = Plots.png(RunFolder.read(folder), kind, node, width, width * 9 / 16);
    ResultFolder.open(file.getParent()).write(file.getFileName().toString(), picture);
    terminal.out().println("written: " + file);
    return ExitCode.OK;
  }
}
