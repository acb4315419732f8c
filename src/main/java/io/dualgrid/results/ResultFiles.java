package io.dualgrid.results;

import io.dualgrid.device.Sampling;
import io.dualgrid.powerflow.FlowStudy;
import io.dualgrid.run.CentralResult;
import io.dualgrid.run.DispatchFlow;
import io.dualgrid.run.RunResult;
import io.dualgrid.site.GridCase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files of a run: {@code summary.json}, {@code iterations.csv}, {@code dispatch.csv}, {@code
 * costs.csv}, {@code energy.csv}, {@code ac.csv}, {@code prices.csv}, {@code start.json}, {@code
 * columns.csv} and {@code network.json}.
 *
 * <p>The summary takes its place last, so it never stands beside tables of an earlier run.
 */
public final class ResultFiles {
  private ResultFiles() {}

  /**
   * Writes the results of a decentralised run.
   *
   * @param folder where to
   * @param gridCase what was run
   * @param result of the run
   * @param optimalCost of a central solve, NaN when there was none
   * @throws ResultException when they cannot be written
   */
  public static void write(
      ResultFolder folder, GridCase gridCase, RunResult result, double optimalCost) {
    write(folder, gridCase, result, optimalCost, PeakMemory.now(), Optional.empty());
  }

  /**
   * Writes the results of a decentralised run.
   *
   * @param folder where to
   * @param gridCase what was run
   * @param result of the run
   * @param optimalCost of a central solve, NaN when there was none
   * @param memory of the process, as it is told elsewhere
   * @param margin that the dispatch was planned with, where one was asked for
   * @throws ResultException when they cannot be written
   */
  public static void write(
      ResultFolder folder,
      GridCase gridCase,
      RunResult result,
      double optimalCost,
      PeakMemory memory,
      Optional<MarginFigures> margin) {
    Map<String, FileContent> files = new LinkedHashMap<>();
    files.put(
        NetworkFile.NAME,
        new NetworkFile(
            result.settings().inForm(gridCase),
            result.settings().steps(),
            result.settings().sampling()));
    files.put(
        ColumnsCsv.NAME,
        new ColumnsCsv(
            new TreeMap<>(
                Map.of(
                    IterationsCsv.NAME, IterationsCsv.COLUMNS,
                    AcCsv.NAME, AcCsv.COLUMNS,
                    PricesCsv.NAME, PricesCsv.COLUMNS,
                    CostsCsv.NAME, CostsCsv.COLUMNS,
                    EnergyCsv.NAME, EnergyCsv.COLUMNS,
                    DispatchCsv.NAME, DispatchCsv.COLUMNS))));
    files.put(IterationsCsv.NAME, new IterationsCsv(result.history()));
    files.put(
        DispatchCsv.NAME,
        result.settings().privacy().encryptsMessages()
            ? DispatchCsv.rounded(result.dispatch(), gridCase.limits().basePowerKw())
            : DispatchCsv.exact(result.dispatch()));
    Answers answers =
        new Answers(
            result.dispatch(),
            result.costs(),
            gridCase.limits().horizonHours() / result.settings().steps());
    files.put(CostsCsv.NAME, new CostsCsv(result.costs()));
    files.put(EnergyCsv.NAME, new EnergyCsv(answers.uses()));
    files.put(PricesCsv.NAME, new PricesCsv(result.prices()));
    files.put(StartFile.NAME, new StartFile(gridCase, result.start()));
    Optional<FlowStudy> flow = DispatchFlow.of(gridCase, result.dispatch());
    files.put(AcCsv.NAME, new AcCsv(flow));
    files.put(Summary.NAME, Summary.of(result, optimalCost, memory, flow, margin, answers));
    folder.write(files);
  }

  /** The same, with the memory measured now. */
  public static void write(
      ResultFolder folder, GridCase gridCase, Sampling sampling, CentralResult result) {
    write(folder, gridCase, sampling, result, PeakMemory.now());
  }

  /**
   * Writes the results of a central solve, which has no table of iterations.
   *
   * @param folder where to
   * @param gridCase what was solved
   * @param sampling how a step stood for its profile rows
   * @param result of the solve
   * @param memory of the process, as it is told elsewhere
   * @throws ResultException when they cannot be written
   */
  public static void write(
      ResultFolder folder,
      GridCase gridCase,
      Sampling sampling,
      CentralResult result,
      PeakMemory memory) {
    Map<String, FileContent> files = new LinkedHashMap<>();
    files.put(NetworkFile.NAME, new NetworkFile(gridCase, result.steps(), sampling));
    files.put(
        ColumnsCsv.NAME,
        new ColumnsCsv(
            new TreeMap<>(
                Map.of(
                    AcCsv.NAME, AcCsv.COLUMNS,
                    CostsCsv.NAME, CostsCsv.COLUMNS,
                    EnergyCsv.NAME, EnergyCsv.COLUMNS,
                    DispatchCsv.NAME, DispatchCsv.COLUMNS))));
    files.put(DispatchCsv.NAME, DispatchCsv.exact(result.dispatch()));
    Answers answers =
        new Answers(
            result.dispatch(), result.costs(), gridCase.limits().horizonHours() / result.steps());
    files.put(CostsCsv.NAME, new CostsCsv(result.costs()));
    files.put(EnergyCsv.NAME, new EnergyCsv(answers.uses()));
    Optional<FlowStudy> flow = DispatchFlow.of(gridCase, result.dispatch());
    files.put(AcCsv.NAME, new AcCsv(flow));
    files.put(Summary.NAME, Summary.of(result, sampling, memory, flow, answers));
    folder.write(files);
  }

  /** Names of all files that a run leaves. */
  public static List<String> names() {
    return List.of(
        Summary.NAME,
        IterationsCsv.NAME,
        DispatchCsv.NAME,
        CostsCsv.NAME,
        EnergyCsv.NAME,
        AcCsv.NAME,
        PricesCsv.NAME,
        StartFile.NAME,
        ColumnsCsv.NAME,
        NetworkFile.NAME);
  }
}
