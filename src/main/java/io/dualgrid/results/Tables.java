package io.dualgrid.results;

import io.dualgrid.run.DispatchSeries;
import java.io.IOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** What the tables of results have in common. */
public final class Tables {
  /** Commas, and one line feed a row on every system. */
  public static final CSVFormat FORMAT = CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();

  private Tables() {}

  /** A number that reads back exactly, zero without a sign; empty when it is none. */
  public static String number(double value) {
    // minus zero plus zero is zero
    return Double.isFinite(value) ? Double.toString(value + 0.0) : "";
  }

  /**
   * Writes a series in tidy form: a row for each step, which is counted from 0, with its value and
   * its end.
   *
   * @param labels in front of the step
   * @param values one a step
   * @param node that rows are of
   */
  static void printSteps(
      CSVPrinter printer, List<?> labels, double[] values, String node, RowEnds ends)
      throws IOException {
    // What rows have in common is put in quotes once: tables of a year have millions of rows.
    String beginning = FORMAT.format(labels.toArray()) + ",";
    String ending = ends.name(node).map(Tables::behind).orElse("") + FORMAT.getRecordSeparator();
    Appendable out = printer.getOut();
    for (int step = 0; step < values.length; step++) {
      out.append(beginning).append(Integer.toString(step)).append(',');
      out.append(number(values[step]));
      // times in ISO 8601 need no quotes
      out.append(ends.time(step).map(time -> "," + time).orElse("")).append(ending);
    }
  }

  /** A cell behind others, with its comma. */
  private static String behind(String cell) {
    return FORMAT.format("0", cell).substring(1);
  }

  /** What a series of a device is told apart by, in the order of the tables. */
  static List<String> labels(DispatchSeries series, RowEnds ends) {
    return List.of(series.node(), series.device(), series.quantity(), ends.unit(series.unit()));
  }
}
