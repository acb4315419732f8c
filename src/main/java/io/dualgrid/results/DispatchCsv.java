package io.dualgrid.results;

import io.dualgrid.results.ColumnsCsv.Column;
import io.dualgrid.run.DispatchSeries;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVPrinter;

/** The dispatch in tidy form: one row a value, steps counted from 0, the unit beside the value. */
final class DispatchCsv implements FileContent {
  static final String NAME = "dispatch.csv";
  static final List<Column> COLUMNS =
      List.of(
          new Column("node", "", "number of the node; for a line FROM-TO"),
          new Column(
              "device",
              "",
              "kind of the device, with #2, #3 … for further ones of a node; bus for the node; line"),
          new Column("quantity", "", "what the value is, see docs/results.md"),
          new Column("unit", "", "unit of the value: kW, kvar, kWh or p.u."),
          new Column("step", "1", "number of the step, from 0; step t begins t times stepHours in"),
          new Column("value", "as in unit", "positive when a device supplies"));

  /** The tolerance of both stopping rules, per unit. */
  private static final double TOLERANCE = 1e-5;

  private final List<DispatchSeries> series;
  private final RowEnds ends;

  private DispatchCsv(List<DispatchSeries> series, RowEnds ends) {
    this.series = series;
    this.ends = ends;
  }

  /** With all values as they are. */
  static DispatchCsv exact(List<DispatchSeries> dispatch, RowEnds ends) {
    return new DispatchCsv(dispatch, ends);
  }

  /**
   * With the values of lines, which were decrypted, rounded to the stopping tolerance: beside its
   * ciphertext, a decrypted value at full precision helps to attack the key (Li and Micciancio,
   * EUROCRYPT 2021).
   */
  static DispatchCsv rounded(List<DispatchSeries> dispatch, double basePowerKw, RowEnds ends) {
    return new DispatchCsv(
        dispatch.stream()
            .map(one -> one.device().equals("line") ? rounded(one, basePowerKw) : one)
            .toList(),
        ends);
  }

  /** What is written. */
  List<DispatchSeries> series() {
    return series;
  }

  private static DispatchSeries rounded(DispatchSeries one, double basePowerKw) {
    double unit = one.unit().equals("p.u.") ? TOLERANCE : TOLERANCE * basePowerKw;
    double[] values = Arrays.stream(one.values()).map(value -> rounded(value, unit)).toArray();
    return new DispatchSeries(one.node(), one.device(), one.quantity(), one.unit(), values);
  }

  private static double rounded(double value, double unit) {
    if (!Double.isFinite(value)) {
      return value;
    }
    return BigDecimal.valueOf(Math.rint(value / unit))
        .multiply(BigDecimal.valueOf(unit))
        .doubleValue();
  }

  @Override
  public void writeTo(Writer out) throws IOException {
    CSVPrinter printer = new CSVPrinter(out, Tables.FORMAT);
    printer.printRecord(ends.header(COLUMNS, true));
    for (DispatchSeries one : series) {
      Tables.printSteps(printer, Tables.labels(one, ends), one.values(), one.node(), ends);
    }
    printer.flush();
  }
}
