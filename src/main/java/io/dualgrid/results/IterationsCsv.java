package io.dualgrid.results;

import io.dualgrid.parties.IterationRecord;
import io.dualgrid.parties.Step;
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
  private static final List<String> COLUMNS =
      List.of(
          "iteration",
          "elapsedSeconds",
          "primalResidual",
          "dualResidual",
          "mismatchP",
          "mismatchQ",
          "mismatchV",
          "penalty",
          "cost",
          "lowerBound",
          "aboveTolerance");

  private final List<IterationRecord> history;

  IterationsCsv(List<IterationRecord> history) {
    this.history = history;
  }

  @Override
  public void writeTo(Writer out) throws IOException {
    CSVPrinter printer = new CSVPrinter(out, Tables.FORMAT);
    List<Object> header = new ArrayList<>(COLUMNS);
    for (Step step : Step.values()) {
      header.add(step.label() + "Seconds");
    }
    printer.printRecord(header);
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
