package io.dualgrid.results;

import io.dualgrid.device.Sampling;
import io.dualgrid.powerflow.FlowStudy;
import io.dualgrid.results.ColumnsCsv.Column;
import io.dualgrid.run.CentralResult;
import io.dualgrid.run.DispatchFlow;
import io.dualgrid.run.DispatchSeries;
import io.dualgrid.run.RunResult;
import io.dualgrid.site.GridCase;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a run: {@code summary.json}, {@code iterations.csv}, {@code dispatch.csv}, {@code
 * costs.csv}, {@code energy.csv}, {@code storage.csv}, {@code ac.csv}, {@code prices.csv}, {@code
 * start.json}, {@code columns.csv} and {@code network.json}.
 *
 * <p>A folder takes them as a whole, so none ever stands beside those of an earlier run.
 */
public final class ResultFiles {
  /** The page drawn of the others. */
  public static final String REPORT = "report.html";

  private static final Drawing NOTHING_MORE = (files, tables) -> Map.of();

  private ResultFiles() {}

  /** Makes files of the others, such as the report. */
  @FunctionalInterface
  public interface Drawing {
    /**
     * Gives their contents by name; they are asked for beside the others, not after them.
     *
     * @param files the others by name
     * @param tables what the large ones among them hold
     */
    Map<String, FileContent> from(Map<String, FileContent> files, RunTables tables);
  }

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
    Optional<FlowStudy> flow = DispatchFlow.of(gridCase, result.dispatch());
    RunFigures figures = new RunFigures(optimalCost, PeakMemory.now(), flow, Optional.empty());
    write(folder, gridCase, result, figures, NOTHING_MORE);
  }

  /**
   * Writes the results of a decentralised run.
   *
   * @param folder where to
   * @param gridCase what was run
   * @param result of the run
   * @param figures told besides
   * @param drawing of further files, such as the report
   * @throws ResultException when they cannot be written; the folder is then as it was
   */
  public static void write(
      ResultFolder folder,
      GridCase gridCase,
      RunResult result,
      RunFigures figures,
      Drawing drawing) {
    int steps = result.settings().steps();
    RowEnds ends = RowEnds.of(gridCase, steps);
    Map<String, FileContent> files = new LinkedHashMap<>();
    files.put(
        NetworkFile.NAME,
        new NetworkFile(result.settings().inForm(gridCase), steps, result.settings().sampling()));
    files.put(IterationsCsv.NAME, new IterationsCsv(result.history()));
    Answers answers = answers(gridCase, result);
    DispatchCsv dispatch =
        result.settings().privacy().encryptsMessages()
            ? DispatchCsv.rounded(answers.dispatch(), gridCase.limits().basePowerKw(), ends)
            : DispatchCsv.exact(answers.dispatch(), ends);
    SortedMap<String, List<Column>> columns =
        putTables(files, dispatch, answers, figures.flow(), ends);
    columns.put(IterationsCsv.NAME, IterationsCsv.COLUMNS);
    List<DispatchSeries> prices = Noise.of(gridCase, steps).ofPrices(result.prices());
    files.put(PricesCsv.NAME, new PricesCsv(prices, ends));
    columns.put(PricesCsv.NAME, ends.columns(PricesCsv.COLUMNS, true));
    files.put(ColumnsCsv.NAME, new ColumnsCsv(columns));
    files.put(StartFile.NAME, new StartFile(gridCase, result.start()));
    files.put(Summary.NAME, Summary.of(result, figures, answers));
    RunTables tables = RunTables.of(dispatch, prices, answers.costSeries(), figures.flow());
    exchange(folder, files, drawing.from(files, tables));
  }

  /**
   * The content of {@code summary.json} of a decentralised run.
   *
   * @param gridCase what was run
   * @param result of the run
   * @param figures told besides
   */
  public static FileContent summary(GridCase gridCase, RunResult result, RunFigures figures) {
    return Summary.of(result, figures, answers(gridCase, result));
  }

  /** Puts the tables that every dispatch has among the files; their columns by name. */
  private static SortedMap<String, List<Column>> putTables(
      Map<String, FileContent> files,
      DispatchCsv dispatch,
      Answers answers,
      Optional<FlowStudy> flow,
      RowEnds ends) {
    files.put(DispatchCsv.NAME, dispatch);
    files.put(CostsCsv.NAME, new CostsCsv(answers.costSeries(), ends));
    files.put(EnergyCsv.NAME, new EnergyCsv(answers.uses(), ends));
    files.put(StorageCsv.NAME, new StorageCsv(answers.stores(), ends));
    files.put(AcCsv.NAME, new AcCsv(flow, ends));
    return new TreeMap<>(
        Map.of(
            DispatchCsv.NAME, ends.columns(DispatchCsv.COLUMNS, true),
            CostsCsv.NAME, ends.columns(CostsCsv.COLUMNS, true),
            EnergyCsv.NAME, ends.columns(EnergyCsv.COLUMNS, false),
            StorageCsv.NAME, ends.columns(StorageCsv.COLUMNS, false),
            AcCsv.NAME, ends.columns(AcCsv.COLUMNS, true)));
  }

  private static void exchange(
      ResultFolder folder, Map<String, FileContent> files, Map<String, FileContent> drawn) {
    Map<String, FileContent> all = new LinkedHashMap<>(drawn);
    all.putAll(files);
    folder.exchange(all);
  }

  private static Answers answers(GridCase gridCase, RunResult result) {
    return new Answers(result.dispatch(), result.costs(), gridCase, result.settings().steps());
  }

  /** The same, with the memory measured now. */
  public static void write(
      ResultFolder folder, GridCase gridCase, Sampling sampling, CentralResult result) {
    Optional<FlowStudy> flow = DispatchFlow.of(gridCase, result.dispatch());
    write(folder, gridCase, sampling, result, PeakMemory.now(), flow, NOTHING_MORE);
  }

  /**
   * Writes the results of a central solve, which has no table of iterations.
   *
   * @param folder where to
   * @param gridCase what was solved
   * @param sampling how a step stood for its profile rows
   * @param result of the solve
   * @param memory of the process, as it is told elsewhere
   * @param flow in AC of the dispatch
   * @param drawing of further files, such as the report
   * @throws ResultException when they cannot be written; the folder is then as it was
   */
  public static void write(
      ResultFolder folder,
      GridCase gridCase,
      Sampling sampling,
      CentralResult result,
      PeakMemory memory,
      Optional<FlowStudy> flow,
      Drawing drawing) {
    RowEnds ends = RowEnds.of(gridCase, result.steps());
    Map<String, FileContent> files = new LinkedHashMap<>();
    files.put(NetworkFile.NAME, new NetworkFile(gridCase, result.steps(), sampling));
    Answers answers = answers(gridCase, result);
    DispatchCsv dispatch = DispatchCsv.exact(answers.dispatch(), ends);
    files.put(ColumnsCsv.NAME, new ColumnsCsv(putTables(files, dispatch, answers, flow, ends)));
    files.put(Summary.NAME, Summary.of(result, sampling, memory, flow, answers));
    RunTables tables = RunTables.of(dispatch, List.of(), answers.costSeries(), flow);
    exchange(folder, files, drawing.from(files, tables));
  }

  /**
   * The content of {@code summary.json} of a central solve.
   *
   * @param gridCase what was solved
   * @param sampling how a step stood for its profile rows
   * @param result of the solve
   * @param memory of the process, as it is told elsewhere
   * @param flow in AC of the dispatch
   */
  public static FileContent summary(
      GridCase gridCase,
      Sampling sampling,
      CentralResult result,
      PeakMemory memory,
      Optional<FlowStudy> flow) {
    return Summary.of(result, sampling, memory, flow, answers(gridCase, result));
  }

  private static Answers answers(GridCase gridCase, CentralResult result) {
    return new Answers(result.dispatch(), result.costs(), gridCase, result.steps());
  }

  /** Names of all files that a result folder may hold, whatever it is of. */
  static Set<String> everyName() {
    Set<String> names = new LinkedHashSet<>(names());
    names.addAll(List.of(BaselineFiles.NAME, REPORT));
    return names;
  }

  /** Names of all files that a run leaves, but for the report. */
  public static List<String> names() {
    return List.of(
        Summary.NAME,
        IterationsCsv.NAME,
        DispatchCsv.NAME,
        CostsCsv.NAME,
        EnergyCsv.NAME,
        StorageCsv.NAME,
        AcCsv.NAME,
        PricesCsv.NAME,
        StartFile.NAME,
        ColumnsCsv.NAME,
        NetworkFile.NAME);
  }
}
