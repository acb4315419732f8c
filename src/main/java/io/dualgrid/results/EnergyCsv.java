package io.dualgrid.results;

import io.dualgrid.results.ColumnsCsv.Column;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVPrinter;

/** What each device supplies and draws over the horizon: one row a device and carrier. */
final class EnergyCsv implements FileContent {
  static final String NAME = "energy.csv";
  static final List<Column> COLUMNS =
      List.of(
          new Column("node", "", "number of the node"),
          new Column("device", "", "the device as in dispatch.csv"),
          new Column("carrier", "", "power or heat"),
          new Column(
              "supplied",
              "kWh",
              "energy it supplies; of a store what is taken out, of the grid what is bought"),
          new Column(
              "drawn",
              "kWh",
              "energy it draws; of a store what is put in, of the grid what is sold"));

  private final List<EnergyUse> uses;
  private final RowEnds ends;

  /**
   * Of a run; without rows where it came to no dispatch.
   *
   * @param ends of the rows
   */
  EnergyCsv(List<EnergyUse> uses, RowEnds ends) {
    this.ends = ends;
    this.uses = uses;
  }

  @Override
  public void writeTo(Writer out) throws IOException {
    CSVPrinter printer = new CSVPrinter(out, Tables.FORMAT);
    printer.printRecord(ends.header(COLUMNS, false));
    for (EnergyUse use : uses) {
      List<Object> row = new ArrayList<>();
      row.add(use.node());
      row.add(use.device());
      row.add(use.carrier());
      row.add(Tables.number(use.suppliedKwh()));
      row.add(Tables.number(use.drawnKwh()));
      ends.end(row, use.node());
      printer.printRecord(row);
    }
    printer.flush();
  }
}
