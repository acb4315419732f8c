package io.dualgrid.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The samples of a study: of each scenario each day over its repetitions, and whole chains. Days
 * that failed are left out, and so are the sums of chains with one.
 */
final class SampleTable {
  private SampleTable() {}

  /**
   * A figure.
   *
   * @param scenario of it
   * @param day from 1; 0 for whole chains
   * @param column of days; of a whole chain their sum, or all of its days where they do not add up
   * @param quantiles of the values; null where there is none
   */
  record Row(String scenario, int day, DayColumn column, Quantiles quantiles) {}

  /**
   * All samples.
   *
   * @param chains by scenario
   * @param days of a chain
   */
  static List<Row> of(Map<String, List<List<DayOutcome>>> chains, int days) {
    List<Row> rows = new ArrayList<>();
    chains.forEach(
        (scenario, ofScenario) -> {
          for (DayColumn column : DayColumn.ALL) {
            rows.add(new Row(scenario, 0, column, whole(ofScenario, column)));
          }
          for (int day = 1; day <= days; day++) {
            int at = day - 1;
            for (DayColumn column : DayColumn.ALL) {
              rows.add(
                  new Row(
                      scenario,
                      day,
                      column,
                      values(ofScenario.stream().map(chain -> chain.get(at)), column)));
            }
          }
        });
    return rows;
  }

  private static Quantiles whole(List<List<DayOutcome>> chains, DayColumn column) {
    if (!column.adds()) {
      return values(chains.stream().flatMap(List::stream), column);
    }
    return quantiles(
        chains.stream()
            .filter(chain -> chain.stream().noneMatch(DayOutcome::failed))
            .mapToDouble(chain -> chain.stream().mapToDouble(column.value()).sum())
            .toArray());
  }

  private static Quantiles values(Stream<DayOutcome> days, DayColumn column) {
    return quantiles(days.filter(day -> !day.failed()).mapToDouble(column.value()).toArray());
  }

  private static Quantiles quantiles(double[] values) {
    return values.length == 0 ? null : new Quantiles(values);
  }
}
