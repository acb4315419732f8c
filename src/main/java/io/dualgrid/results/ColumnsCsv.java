package io.dualgrid.results;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVPrinter;

/**
 * What the columns of the other tables hold: one row a column, with its unit. It keeps their names
 * short and stable, and lets a program label an axis.
 */
final class ColumnsCsv implements FileContent {
  static final String NAME = "columns.csv";

  /**
   * A column of a table.
   *
   * @param name in the header
   * @param unit of its numbers; 1 for counts, empty for texts
   * @param meaning for people
   */
  record Column(String name, String unit, String meaning) {}

  private final Map<String, List<Column>> tables;

  /**
   * Of some tables.
   *
   * @param tables columns by file name, in the order to write them in
   */
  ColumnsCsv(Map<String, List<Column>> tables) {
    this.tables = tables;
  }

  @Override
  public void writeTo(Writer out) throws IOException {
    CSVPrinter printer = new CSVPrinter(out, Tables.FORMAT);
    printer.printRecord("file", "column", "unit", "meaning");
    for (Map.Entry<String, List<Column>> table : tables.entrySet()) {
      for (Column column : table.getValue()) {
        printer.printRecord(table.getKey(), column.name(), column.unit(), column.meaning());
      }
    }
    printer.flush();
  }
}
