package io.dualgrid.results;

import io.dualgrid.run.DispatchSeries;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVPrinter;

/**
 * Tables of days that follow one another, each a horizon of the same case: as those of a run, with
 * the number of the day in front.
 */
public final class DayTables {
  private static final String DAY = "day";

  private final GridCase gridCase;
  private final int steps;
  private final Noise noise;

  /**
   * Of a case.
   *
   * @param gridCase one day
   * @param steps of a day
   */
  public DayTables(GridCase gridCase, int steps) {
    this.gridCase = gridCase;
    this.steps = steps;
    noise = Noise.of(gridCase, steps);
  }

  /** A dispatch without the noise of solvers, as tables of runs have it; sums stay. */
  public List<DispatchSeries> clean(List<DispatchSeries> dispatch) {
    return noise.ofDispatch(dispatch);
  }

  /** A unit with the currency by its name, where the case states it. */
  public String unit(String unit) {
    return gridCase.facts().unit(unit);
  }

  /**
   * When days begin, ISO 8601; none where the case has no start.
   *
   * @param days how many
   */
  public List<String> begins(int days) {
    return gridCase.facts().times(days, gridCase.limits().horizonHours());
  }

  /**
   * The content of a table of the dispatch: the columns of dispatch.csv of a run behind the day,
   * which is counted from 1, and steps from 0 in each.
   *
   * @param days clean dispatches; empty for a day without one
   */
  public FileContent dispatch(List<List<DispatchSeries>> days) {
    return out -> write(days, out);
  }

  private void write(List<List<DispatchSeries>> days, Writer out) throws IOException {
    RowEnds all = RowEnds.of(gridCase, steps, steps * days.size());
    CSVPrinter printer = new CSVPrinter(out, Tables.FORMAT);
    List<String> header = new ArrayList<>(List.of(DAY));
    header.addAll(all.header(DispatchCsv.COLUMNS, true));
    printer.printRecord(header);
    for (int day = 0; day < days.size(); day++) {
      RowEnds ends = all.from(day * steps);
      for (DispatchSeries one : days.get(day)) {
        List<Object> labels = new ArrayList<>(List.of(day + 1));
        labels.addAll(Tables.labels(one, ends));
        Tables.printSteps(printer, labels, one.values(), one.node(), ends);
      }
    }
    printer.flush();
  }
}
