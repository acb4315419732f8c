package io.dualgrid.results;

import io.dualgrid.parties.DispatchSeries;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.apache.commons.csv.CSVPrinter;

/** The dispatch in tidy form: one row a value, steps counted from 0, the unit beside the value. */
final class DispatchCsv implements FileContent {
  static final String NAME = "dispatch.csv";

  private final List<DispatchSeries> dispatch;

  DispatchCsv(List<DispatchSeries> dispatch) {
    this.dispatch = dispatch;
  }

  @Override
  public void writeTo(Writer out) throws IOException {
    CSVPrinter printer = new CSVPrinter(out, Tables.FORMAT);
    printer.printRecord("node", "device", "quantity", "unit", "step", "value");
    for (DispatchSeries series : dispatch) {
      for (int step = 0; step < series.values().length; step++) {
        printer.printRecord(
            series.node(),
            series.device(),
            series.quantity(),
            series.unit(),
            step,
            Tables.number(series.values()[step]));
      }
    }
    printer.flush();
  }
}
