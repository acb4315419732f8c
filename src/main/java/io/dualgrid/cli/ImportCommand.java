package io.dualgrid.cli;

import io.dualgrid.cases.ImportReport;
import io.dualgrid.cases.PublishedImporter;
import io.dualgrid.results.ResultException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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

  @Parameters(
      index = "0",
      paramLabel = "SOURCE",
      description = "Folder with network_config.json or .csv, des*_config.json and profiles.")
  private Path source;

  @Option(
      names = "--out",
      paramLabel = "CASE",
      required = true,
      description = "Folder of the case to make.")
  private Path out;

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

  @Option(names = "--force", description = "Replace a folder that is there already.")
  private boolean force;

  @Option(
      names = "--allow-unknown-keys",
      description = "Leave out keys that are not known, and say so, instead of refusing them.")
  private boolean allowUnknownKeys;

  ImportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Path folder = out.toAbsolutePath().normalize();
    ImportReport report;
    try {
      report =
          PublishedImporter.importCase(
              source,
              out,
              name == null ? String.valueOf(folder.getFileName()) : name,
              new PublishedImporter.Options(sourceText, force, allowUnknownKeys));
    } catch (IOException e) {
      throw new ResultException(
          "cannot write the case to " + folder + ": " + e + "; choose another folder with --out",
          e);
    }
    PrintWriter text = terminal.out();
    report.notices().forEach(notice -> text.println("notice: " + notice));
    report.warnings().forEach(warning -> text.println("warning: " + warning));
    text.println(RunReport.describe(report.gridCase()));
    text.println("written to " + folder);
    text.flush();
    return ExitCode.OK;
  }
}
