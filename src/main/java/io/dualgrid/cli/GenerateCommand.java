package io.dualgrid.cli;

import io.dualgrid.caseio.generate.FeederGenerator;
import io.dualgrid.caseio.generate.FeederShape;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dualgrid generate}. */
@Command(
    name = "generate",
    description =
        "Makes up a radial feeder with a mix of devices, feasible by construction, for sweeps over"
            + " sizes and shapes.",
    footer = {
      "",
      "The same nodes, shape and seed give the same case everywhere.",
      "",
      "Examples:",
      "  dualgrid generate --nodes 250 --out feeder-250",
      "  dualgrid generate --nodes 200 --shape bushy --seed 7 --out bushy-200"
    })
final class GenerateCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec spec;
  @Mixin private CaseOutput output;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      required = true,
      description = "Number of nodes, the root included; 2 to 50000.")
  private int nodes;

  @Option(
      names = "--shape",
      paramLabel = "SHAPE",
      defaultValue = "yingkou-like",
      completionCandidates = Choices.Shapes.class,
      description = "Shape of the tree: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private FeederShape shape;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      defaultValue = "1",
      description = "Seed of all that is drawn, a whole number (default: ${DEFAULT-VALUE}).")
  private long seed;

  GenerateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    FeederGenerator.Options options = options();
    output.make(
        (folder, replace) -> FeederGenerator.write(options, folder, replace), terminal.out());
    return ExitCode.OK;
  }

  private FeederGenerator.Options options() {
    try {
      return new FeederGenerator.Options(nodes, shape, seed);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage());
    }
  }
}
