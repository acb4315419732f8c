package io.dualgrid.cli;

import io.dualgrid.caseio.tables.StarterFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dualgrid new}. */
@Command(
    name = "new",
    description =
        "Writes a folder of commented tables to fill in: the start of a case of your own.",
    footer = {"", "Example:", "  dualgrid new my-district"})
final class NewCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "DIR", description = "Folder to make.")
  private Path folder;

  @Option(
      names = "--force",
      description = "Replace a folder that is there already, with all that is in it.")
  private boolean force;

  NewCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<String> files;
    try {
      files = StarterFolder.write(folder, force);
    } catch (IOException e) {
      throw CaseOutput.unwritable(folder.toAbsolutePath().normalize(), e, "DIR");
    }
    terminal.out().println("written to " + folder.toAbsolutePath().normalize() + ":");
    files.forEach(file -> terminal.out().println("  " + file));
    terminal.out().println("fill in the tables, then: dualgrid build " + folder + " --out CASE");
    return ExitCode.OK;
  }
}
