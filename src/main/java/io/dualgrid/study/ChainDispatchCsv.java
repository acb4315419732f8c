package io.dualgrid.study;

import io.dualgrid.results.FileContent;
import io.dualgrid.run.DispatchSeries;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.apache.commons.csv.CSVPrinter;

/**
 * The dispatch of a chain in tidy form, one row a value.
 *
 * @param days of each day; empty for one that failed
 */
record ChainDispatchCsv(List<List<DispatchSeries>> days) implements FileContent {
  static final String NAME = "dispatch.csv";

  @Override
  public void writeTo(Writer out) throws IOException {
    CSVPrinter printer = new CSVPrinter(out, DaysCsv.FORMAT);
    printer.printRecord("day", "node", "device", "quantity", "unit", "step", "value");
    for (int day = 0; day < days.size(); day++) {
      for (DispatchSeries series : days.get(day)) {
        for (int step = 0; step < series.values().length; step++) {
          printer.printRecord(
              day + 1,
              series.node(),
              series.device(),
              series.quantity(),
              series.unit(),
              step,
              DaysCsv.number(series.values()[step]));
        }
      }
    }
    printer.flush();
  }
}
