package io.dualgrid.results;

import io.dualgrid.parties.CentralResult;
import io.dualgrid.parties.RunResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of a run: {@code summary.json}, {@code iterations.csv} and {@code dispatch.csv}.
 *
 * <p>The summary takes its place last, so it never stands beside tables of an earlier run.
 */
public final class ResultFiles {
  private ResultFiles() {}

  /**
   * Writes the results of a decentralised run.
   *
   * @param folder where to
   * @param result of the run
   * @param objectiveGap (cost − optimum)/|optimum|, NaN when the optimum is not known
   * @throws ResultException when they cannot be written
   */
  public static void write(ResultFolder folder, RunResult result, double objectiveGap) {
    Map<String, FileContent> files = new LinkedHashMap<>();
    files.put(IterationsCsv.NAME, new IterationsCsv(result.history()));
    files.put(DispatchCsv.NAME, new DispatchCsv(result.dispatch()));
    files.put(Summary.NAME, Summary.of(result, objectiveGap, PeakMemory.now()));
    folder.write(files);
  }

  /**
   * Writes the results of a central solve, which has no table of iterations.
   *
   * @param folder where to
   * @param result of the solve
   * @throws ResultException when they cannot be written
   */
  public static void write(ResultFolder folder, CentralResult result) {
    Map<String, FileContent> files = new LinkedHashMap<>();
    files.put(DispatchCsv.NAME, new DispatchCsv(result.dispatch()));
    files.put(Summary.NAME, Summary.of(result, PeakMemory.now()));
    folder.write(files);
  }

  /** Names of all files that a run may leave, for messages. */
  public static List<String> names() {
    return List.of(Summary.NAME, IterationsCsv.NAME, DispatchCsv.NAME);
  }
}
