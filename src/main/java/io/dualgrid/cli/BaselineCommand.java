package io.dualgrid.cli;

import io.dualgrid.results.AssumedShares;
import io.dualgrid.results.BaselineFiles;
import io.dualgrid.results.ResultFolder;
import io.dualgrid.run.Baseline;
import io.dualgrid.run.CentralResult;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunSettings;
import io.dualgrid.site.GridCase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dualgrid baseline}. */
@Command(
    name = "baseline",
    description = {
      "Solves every site for itself, as if it traded with the grid above alone, and all sites"
          + " together: what coordination is worth, and where that comes from.",
      ""
    },
    footer = {
      "",
      "Sites for themselves buy and sell at the prices of the root and pay the network charge on",
      "what they feed in. Limits of voltages and flows and of reactive power count only for the",
      "sites together.",
      "",
      "Examples:",
      "  dualgrid baseline yingkou-60",
      "  dualgrid baseline path/to/my-case --steps 96 --out results/baseline"
    })
final class BaselineCommand implements Callable<Integer> {
  private final Engine engine;
  private final Terminal terminal;

  @Mixin private CaseArgument caseArgument;

  @Mixin private StepOptions stepOptions;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for the results; made if need be.")
  private Path out;

  BaselineCommand(Engine engine, Terminal terminal) {
    this.engine = engine;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    GridCase gridCase = caseArgument.read(terminal.err());
    caseArgument.requireDivides(gridCase, stepOptions.steps());
    RunSettings settings =
        RunSettings.builder()
            .privacy(Privacy.NONE)
            .steps(stepOptions.steps())
            .sampling(stepOptions.sampling(caseArgument.usualSampling()))
            .build();
    ResultFolder folder = out == null ? null : ResultFolder.open(out);
    terminal.out().println(RunReport.describe(gridCase) + ", " + settings.steps() + " steps");
    Baseline alone = Baseline.of(gridCase, settings);
    CentralResult together = engine.central(gridCase, settings);
    if (!alone.unserved().isEmpty() || !together.solved()) {
      return refuse(alone, together);
    }
    List<String> notices = new ArrayList<>();
    if (gridCase.switchesDevices()) {
      notices.add(
          "the case has devices with powerMinKw, which are between on and off here: both costs are"
              + " lower bounds");
    }
    AssumedShares.of(gridCase, together.costs(), together.steps()).notice().ifPresent(notices::add);
    BaselineFiles files = new BaselineFiles(alone, together, gridCase);
    if (folder != null) {
      files.write(folder, notices);
    }
    notices.forEach(notice -> terminal.err().println("notice: " + notice));
    tell(gridCase, alone, together, files, folder);
    return ExitCode.OK;
  }

  private int refuse(Baseline alone, CentralResult together) {
    if (!together.solved()) {
      terminal
          .err()
          .println(
              "error: together: "
                  + together.status()
                  + "; dualgrid validate CASE --solve names what is short");
    }
    if (!alone.unserved().isEmpty()) {
      terminal
          .err()
          .println(
              "error: for themselves the sites of these nodes find no dispatch, so there is nothing"
                  + " to compare with: "
                  + alone.unserved().stream()
                      .map(node -> node + " (" + alone.sites().get(node).status() + ")")
                      .collect(Collectors.joining(", ")));
    }
    return ExitCode.NOT_CONVERGED;
  }

  private void tell(
      GridCase gridCase,
      Baseline alone,
      CentralResult together,
      BaselineFiles files,
      ResultFolder folder) {
    double value = alone.totalCost() - together.totalCost();
    FieldTable table =
        new FieldTable()
            .add("each for itself", RunReport.money(gridCase, alone.totalCost()))
            .add(
                "together",
                RunReport.money(gridCase, together.totalCost()) + ", the central optimum")
            .add(
                "value of coordination",
                RunReport.money(gridCase, value) + share(value, alone.totalCost()));
    files.costs().forEach((part, both) -> table.add("  " + part.replace('_', ' '), pair(both)));
    Map<String, double[]> energy = files.energy();
    table
        .add("bought in kWh", pair(energy.get("boughtKwh")))
        .add("sold in kWh", pair(energy.get("soldKwh")))
        .add("most bought in kW", pair(energy.get("peakBoughtKw")))
        .add("results", RunReport.place(folder))
        .print(terminal.out());
  }

  private static String pair(double[] both) {
    return Numbers.money(both[0]) + " alone, " + Numbers.money(both[1]) + " together";
  }

  private static String share(double value, double whole) {
    return whole > 0
        ? ", "
            + String.format(Locale.ROOT, "%.1f %%", 100 * value / whole)
            + " of what it costs alone"
        : "";
  }
}
