package io.dualgrid.results;

import io.dualgrid.results.ColumnsCsv.Column;
import io.dualgrid.run.IterationRecord;
import io.dualgrid.runtime.Step;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVPrinter;

/**
 * The table of iterations: one row each. Residuals and mismatches in per unit, the penalty in
 * currency per kW², costs in currency, times in seconds; a lower bound that is not known yet is
 * left empty.
 */
final class IterationsCsv implements FileContent {
  static final String NAME = "iterations.csv";
  static final List<Column> COLUMNS = columns();

  private final List<IterationRecord> history;

  IterationsCsv(List<IterationRecord> history) {
    this.history = history;
  }

  private static List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("iteration", "1", "number of the iteration, from 1"));
    columns.add(new Column("elapsedSeconds", "s", "since the first iteration began"));
    String norm = " norm over the horizon, as the stopping rule has it";
    columns.add(new Column("primalResidual", "p.u.", "largest mismatch of a copy," + norm));
    columns.add(new Column("dualResidual", "p.u.", "largest change of a copy," + norm));
    String mismatch = "largest over the lines: norm over the horizon of copy minus consensus, ";
    columns.add(new Column("mismatchP", "p.u.", mismatch + "active power"));
    columns.add(new Column("mismatchQ", "p.u.", mismatch + "reactive power"));
    columns.add(new Column("mismatchV", "p.u.", mismatch + "voltage"));
    columns.add(
        new Column("penalty", "currency/kW²", "penalty of active power on the line at the root"));
    columns.add(new Column("cost", "currency", "total cost of the present solutions"));
    columns.add(
        new Column(
            "lowerBound",
            "currency",
            "certified lower bound on the optimal cost, empty while there is none"));
    columns.add(
        new Column("aboveTolerance", "1", "number of line ends with a mismatch above 1e-5"));
    for (Step step : Step.values()) {
      columns.add(
          new Column(
              step.label() + "Seconds",
              "s",
              "time of the step " + step.label() + ", added over all energy systems"));
    }
    return List.copyOf(columns);
  }

  @Override
  public void writeTo(Writer out) throws IOException {
    CSVPrinter printer = new CSVPrinter(out, Tables.FORMAT);
    printer.printRecord(COLUMNS.stream().map(Column::name).toList());
    for (IterationRecord row : history) {
      List<Object> values = new ArrayList<>();
      values.add(row.iteration());
      values.add(Tables.number(row.elapsedSeconds()));
      values.add(Tables.number(row.primalResidual()));
      values.add(Tables.number(row.dualResidual()));
      values.add(Tables.number(row.mismatchP()));
      values.add(Tables.number(row.mismatchQ()));
      values.add(Tables.number(row.mismatchV()));
      values.add(Tables.number(row.penalty()));
      values.add(Tables.number(row.cost()));
      values.add(Tables.number(row.lowerBound()));
      values.add(row.aboveTolerance());
      for (Step step : Step.values()) {
        values.add(Tables.number(row.stepSeconds().getOrDefault(step, 0.0)));
      }
      printer.printRecord(values);
    }
    printer.flush();
  }
}
