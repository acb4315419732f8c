package io.dualgrid.cli;

import io.dualgrid.caseio.tables.TableBuilder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code dualgrid build}. */
@Command(
    name = "build",
    description = "Makes a case of a folder of tables, such as new writes.",
    footer = {
      "",
      "Every value comes from a table or is a default; each default that is used is told.",
      "",
      "Examples:",
      "  dualgrid new my-district",
      "  dualgrid build my-district --out my-case"
    })
final class BuildCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private CaseOutput output;

  @Parameters(
      index = "0",
      paramLabel = "DIR",
      description = "Folder with devices.csv, lines.csv, parameters.csv and profiles.")
  private Path tables;

  BuildCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    output.make((folder, replace) -> TableBuilder.build(tables, folder, replace), terminal.out());
    return ExitCode.OK;
  }
}
