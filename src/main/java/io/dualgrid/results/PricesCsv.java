package io.dualgrid.results;

import io.dualgrid.results.ColumnsCsv.Column;
import io.dualgrid.run.DispatchSeries;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.apache.commons.csv.CSVPrinter;

/** The prices at the nodes in tidy form: one row a value, steps counted from 0. */
final class PricesCsv implements FileContent {
  static final String NAME = "prices.csv";
  static final List<Column> COLUMNS =
      List.of(
          new Column("node", "", "number of the node"),
          new Column(
              "quantity",
              "",
              "P or Q for the price of active or reactive power; _energy for the part of it that is"
                  + " the same at all nodes, _voltage and _flow for what limits of voltages and of"
                  + " flows add"),
          new Column("unit", "", "unit of the value: currency/kWh or currency/kvarh"),
          new Column("step", "1", "number of the step, from 0; step t begins t times stepHours in"),
          new Column("value", "as in unit", "what one more unit supplied there would save"));

  private final List<DispatchSeries> prices;
  private final RowEnds ends;

  /**
   * Of a run; without rows where its algorithm has no prices.
   *
   * @param ends of the rows
   */
  PricesCsv(List<DispatchSeries> prices, RowEnds ends) {
    this.ends = ends;
    this.prices = prices;
  }

  @Override
  public void writeTo(Writer out) throws IOException {
    CSVPrinter printer = new CSVPrinter(out, Tables.FORMAT);
    printer.printRecord(ends.header(COLUMNS, true));
    for (DispatchSeries series : prices) {
      List<String> labels = List.of(series.node(), series.quantity(), ends.unit(series.unit()));
      Tables.printSteps(printer, labels, series.values(), series.node(), ends);
    }
    printer.flush();
  }
}
