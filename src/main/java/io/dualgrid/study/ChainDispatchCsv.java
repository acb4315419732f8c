package io.dualgrid.study;

import io.dualgrid.results.FileContent;
import io.dualgrid.results.Tables;
import io.dualgrid.run.DispatchSeries;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
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
    CSVPrinter printer = new CSVPrinter(out, Tables.FORMAT);
    printer.printRecord("day", "node", "device", "quantity", "unit", "step", "value");
    for (int day = 0; day < days.size(); day++) {
      for (DispatchSeries series : days.get(day)) {
        List<Object> labels = new ArrayList<>(List.of(day + 1));
        labels.addAll(Tables.labels(series));
        Tables.printSteps(printer, labels, series.values());
      }
    }
    printer.flush();
  }
}
