package io.dualgrid.cli;

import io.dualgrid.caseio.matpower.MatpowerImporter;
import io.dualgrid.caseio.pandapower.PandapowerImporter;
import io.dualgrid.caseio.published.PublishedImporter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dualgrid import}. */
@Command(
    name = "import",
    description =
        "Makes a case of a MATPOWER case file, a net of pandapower, or a folder in the "
            + "layout of the published study.",
    footer = {
      "",
      "Whatever had to be repaired, assumed or left out is told.",
      "",
      "Examples:",
      "  dualgrid import case33bw.m --out my-case",
      "  dualgrid import case33bw.m --devices tables --out my-case",
      "  dualgrid import net.json --out my-case",
      "  dualgrid import path/to/published --out my-case",
      "  dualgrid import path/to/published --out my-case --name village --force"
    })
final class ImportCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec spec;
  @Mixin private CaseOutput output;

  @Parameters(
      index = "0",
      paramLabel = "SOURCE",
      description =
          "MATPOWER case file (.m) of a radial feeder, net of pandapower (.json, by to_json), or "
              + "folder with network_config.json or .csv, des*_config.json and profiles.")
  private Path source;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the case (default: the name of CASE).")
  private String name;

  @Option(
      names = "--source-text",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Where the figures come from, kept in the case (default: the name of SOURCE).")
  private String sourceText;

  @Option(
      names = "--devices",
      paramLabel = "TABLES",
      description =
          "For a MATPOWER file: folder or workbook (.xlsx) with devices.csv, parameters.csv, "
              + "profiles and load_shape.csv, the course of the loads over the day.")
  private Path devices;

  @Option(
      names = "--leave-out",
      description =
          "For a MATPOWER file or a net of pandapower: leave out parts that the model does "
              + "not have (costs beyond linear, dc lines, ...), and say so, instead of refusing "
              + "them.")
  private boolean leaveOut;

  @Option(
      names = "--allow-unknown-keys",
      description =
          "For a published folder: leave out keys that are not known, and say so, instead of "
              + "refusing them.")
  private boolean allowUnknownKeys;

  ImportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    refuseOtherForms();
    String caseName = name == null ? String.valueOf(output.folder().getFileName()) : name;
    boolean matpower = endsWith(".m");
    boolean pandapower = endsWith(".json");
    refuse(
        allowUnknownKeys && (matpower || pandapower),
        "--allow-unknown-keys is for published folders, not for .m and .json files");
    refuse(devices != null && !matpower, "--devices is for MATPOWER case files (.m)");
    refuse(
        leaveOut && !matpower && !pandapower,
        "--leave-out is for MATPOWER case files (.m) and nets of pandapower (.json)");
    output.make(
        (folder, replace) ->
            matpower
                ? MatpowerImporter.importCase(
                    source,
                    folder,
                    caseName,
                    new MatpowerImporter.Options(
                        sourceText, Optional.ofNullable(devices), replace, leaveOut))
                : pandapower
                    ? PandapowerImporter.importCase(
                        source,
                        folder,
                        caseName,
                        new PandapowerImporter.Options(sourceText, replace, leaveOut))
                    : PublishedImporter.importCase(
                        source,
                        folder,
                        caseName,
                        new PublishedImporter.Options(sourceText, replace, allowUnknownKeys)),
        terminal.out());
    return ExitCode.OK;
  }

  /** Forms of the same data that need another program first. */
  private void refuseOtherForms() {
    refuse(
        endsWith(".mat"),
        source
            + " is in MATLAB's binary form (.mat), which is not read; in MATPOWER or Octave:"
            + " savecase('case.m', loadcase('case.mat')), then import case.m");
  }

  private boolean endsWith(String ending) {
    return source.toString().toLowerCase(Locale.ROOT).endsWith(ending);
  }

  private void refuse(boolean given, String message) {
    if (given) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
