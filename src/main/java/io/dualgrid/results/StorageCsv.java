package io.dualgrid.results;

import io.dualgrid.results.ColumnsCsv.Column;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVPrinter;

/** How stores are used over the horizon: one row a store. */
final class StorageCsv implements FileContent {
  static final String NAME = "storage.csv";
  static final List<Column> COLUMNS =
      List.of(
          new Column("node", "", "number of the node"),
          new Column("device", "", "the store as in dispatch.csv"),
          new Column("size", "kWh", "the most that it can hold"),
          new Column("putIn", "kWh", "energy put in, at its connection"),
          new Column("takenOut", "kWh", "energy taken out, at its connection"),
          new Column("cycles", "1", "full cycles that move as much: (putIn + takenOut) / (2 size)"),
          new Column("lowest", "kWh", "the least that it holds between steps"),
          new Column("highest", "kWh", "the most that it holds between steps"));

  private final List<StorageUse> uses;
  private final RowEnds ends;

  /**
   * Of a run; without rows where it came to no dispatch.
   *
   * @param ends of the rows
   */
  StorageCsv(List<StorageUse> uses, RowEnds ends) {
    this.uses = uses;
    this.ends = ends;
  }

  @Override
  public void writeTo(Writer out) throws IOException {
    CSVPrinter printer = new CSVPrinter(out, Tables.FORMAT);
    printer.printRecord(ends.header(COLUMNS, false));
    for (StorageUse use : uses) {
      List<Object> row = new ArrayList<>(List.of(use.node(), use.device()));
      row.add(Tables.number(use.sizeKwh()));
      row.add(Tables.number(use.putInKwh()));
      row.add(Tables.number(use.takenOutKwh()));
      row.add(Tables.number(use.cycles()));
      row.add(Tables.number(use.lowestKwh()));
      row.add(Tables.number(use.highestKwh()));
      ends.end(row, use.node());
      printer.printRecord(row);
    }
    printer.flush();
  }
}
