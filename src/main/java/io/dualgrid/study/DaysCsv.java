package io.dualgrid.study;

import io.dualgrid.results.FileContent;
import io.dualgrid.results.Tables;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * The days of a chain as a table, one row each; what is not known is empty.
 *
 * @param days in their order
 * @param begins when each begins; empty where nobody knows
 */
record DaysCsv(List<DayOutcome> days, List<String> begins) implements FileContent {
  static final String NAME = "days.csv";

  @Override
  public void writeTo(Writer out) throws IOException {
    CSVPrinter printer = new CSVPrinter(out, Tables.FORMAT);
    List<String> header = new ArrayList<>(List.of("day", "status"));
    DayColumn.ALL.forEach(column -> header.add(column.name()));
    header.addAll(List.of("iterations", "coldIterations", "reason"));
    if (!begins.isEmpty()) {
      header.add("time");
    }
    printer.printRecord(header);
    for (DayOutcome day : days) {
      printer.print(day.day());
      printer.print(day.status());
      for (DayColumn column : DayColumn.ALL) {
        printer.print(Tables.number(column.value().applyAsDouble(day)));
      }
      printer.print(day.iterations());
      printer.print(day.coldIterations() == 0 ? "" : day.coldIterations());
      printer.print(day.reason());
      if (!begins.isEmpty()) {
        printer.print(begins.get(day.day() - 1));
      }
      printer.println();
    }
    printer.flush();
  }

  /**
   * Reads days back, whenever they begin.
   *
   * @throws IOException also when it is none that was written here
   */
  static List<DayOutcome> read(Path file) throws IOException {
    CSVFormat withHeader = Tables.FORMAT.builder().setHeader().setSkipHeaderRecord(true).get();
    List<DayOutcome> days = new ArrayList<>();
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        CSVParser parser = CSVParser.parse(in, withHeader)) {
      for (CSVRecord row : parser) {
        String cold = row.get("coldIterations");
        days.add(
            new DayOutcome(
                Integer.parseInt(row.get("day")),
                row.get("status"),
                value(row, "cost"),
                value(row, "importKwh"),
                value(row, "exportKwh"),
                value(row, "peakImportKw"),
                value(row, "storedKwh"),
                value(row, "voltageMinPu"),
                value(row, "voltageMaxPu"),
                Integer.parseInt(row.get("iterations")),
                cold.isEmpty() ? 0 : Integer.parseInt(cold),
                row.get("reason")));
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("is no table of days: " + e.getMessage(), e);
    }
    return days;
  }

  private static double value(CSVRecord row, String column) {
    String text = row.get(column);
    return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
  }
}
