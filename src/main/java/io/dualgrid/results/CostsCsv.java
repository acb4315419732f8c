package io.dualgrid.results;

import io.dualgrid.device.CostPart;
import io.dualgrid.results.ColumnsCsv.Column;
import io.dualgrid.run.DispatchSeries;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVPrinter;

/** What the dispatch costs in tidy form: one row a value, steps counted from 0. */
final class CostsCsv implements FileContent {
  static final String NAME = "costs.csv";
  static final List<Column> COLUMNS =
      List.of(
          new Column("node", "", "number of the node"),
          new Column("device", "", "the device as in dispatch.csv; bus for the node as a whole"),
          new Column(
              "part",
              "",
              "what it costs for: "
                  + Arrays.stream(CostPart.values())
                      .map(part -> part.id() + " (" + part.meaning() + ")")
                      .collect(Collectors.joining(", "))),
          new Column("unit", "", "unit of the value: currency"),
          new Column("step", "1", "number of the step, from 0; step t begins t times stepHours in"),
          new Column("value", "as in unit", "cost of the step, negative for a gain"));

  private final List<DispatchSeries> costs;
  private final RowEnds ends;

  /**
   * Of a run; without rows where it came to no dispatch.
   *
   * @param ends of the rows
   */
  CostsCsv(List<DispatchSeries> costs, RowEnds ends) {
    this.ends = ends;
    this.costs = costs;
  }

  @Override
  public void writeTo(Writer out) throws IOException {
    CSVPrinter printer = new CSVPrinter(out, Tables.FORMAT);
    printer.printRecord(ends.header(COLUMNS, true));
    for (DispatchSeries series : costs) {
      Tables.printSteps(printer, Tables.labels(series, ends), series.values(), series.node(), ends);
    }
    printer.flush();
  }
}
