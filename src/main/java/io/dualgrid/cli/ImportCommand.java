package io.dualgrid.cli;

import io.dualgrid.cases.PublishedImporter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dualgrid import}. */
@Command(
    name = "import",
    description = "Makes a case of a folder in the layout of the published study.",
    footer = {
      "",
      "Whatever had to be repaired, assumed or left out is told.",
      "",
      "Examples:",
      "  dualgrid import path/to/published --out my-case",
      "  dualgrid import path/to/published --out my-case --name village --force"
    })
final class ImportCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private CaseOutput output;

  @Parameters(
      index = "0",
      paramLabel = "SOURCE",
      description = "Folder with network_config.json or .csv, des*_config.json and profiles.")
  private Path source;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the case (default: the name of the folder).")
  private String name;

  @Option(
      names = "--source-text",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Where the figures come from, kept in the case (default: the source folder).")
  private String sourceText;

  @Option(
      names = "--allow-unknown-keys",
      description = "Leave out keys that are not known, and say so, instead of refusing them.")
  private boolean allowUnknownKeys;

  ImportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    String caseName = name == null ? String.valueOf(output.folder().getFileName()) : name;
    output.make(
        (folder, replace) ->
            PublishedImporter.importCase(
                source,
                folder,
                caseName,
                new PublishedImporter.Options(sourceText, replace, allowUnknownKeys)),
        terminal.out());
    return ExitCode.OK;
  }
}
