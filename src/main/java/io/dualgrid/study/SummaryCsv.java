package io.dualgrid.study;

import io.dualgrid.results.DayTables;
import io.dualgrid.results.FileContent;
import io.dualgrid.results.Tables;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVPrinter;

/**
 * Mean, extremes and quantiles of all samples, one row each.
 *
 * @param rows in their order
 * @param tables that units are named as in
 * @param begins when each day begins; empty where nobody knows
 */
record SummaryCsv(List<SampleTable.Row> rows, DayTables tables, List<String> begins)
    implements FileContent {
  @Override
  public void writeTo(Writer out) throws IOException {
    CSVPrinter printer = new CSVPrinter(out, Tables.FORMAT);
    List<String> header =
        new ArrayList<>(List.of("scenario", "day", "quantity", "unit", "values", "mean", "min"));
    for (double share : StudySummary.SHARES) {
      header.add(StudySummary.name(share));
    }
    header.add("max");
    if (!begins.isEmpty()) {
      header.add("time");
    }
    printer.printRecord(header);
    for (SampleTable.Row row : rows) {
      Quantiles of = row.quantiles();
      if (of == null) {
        continue;
      }
      printer.print(row.scenario());
      printer.print(row.day() == 0 ? "" : row.day());
      printer.print(row.column().name());
      printer.print(tables.unit(row.column().unit()));
      printer.print(of.count());
      printer.print(Tables.number(of.mean()));
      printer.print(Tables.number(of.at(0)));
      for (double share : StudySummary.SHARES) {
        printer.print(Tables.number(of.at(share)));
      }
      printer.print(Tables.number(of.at(1)));
      if (!begins.isEmpty()) {
        printer.print(row.day() == 0 ? "" : begins.get(row.day() - 1));
      }
      printer.println();
    }
    printer.flush();
  }
}
