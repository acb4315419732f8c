package io.dualgrid.caseio.tables;

import io.dualgrid.problem.CaseProblem;
import io.dualgrid.problem.NumberText;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.Row;

/**
 * The cells of a sheet as those of a CSV file. Cells that look like numbers and are none are
 * refused: dates and times, which Excel keeps as numbers of days, booleans, and formulas whose
 * result was never stored, which would read as empty. Columns of times keep theirs as text.
 */
final class WorkbookCells {
  /** Days are kept as fractions, of which a second is known to far less than half. */
  private static final long HALF_A_SECOND = 500_000_000;

  private final String file;
  private final Consumer<CaseProblem> problems;
  private final List<String> header = new ArrayList<>();

  /**
   * For a sheet.
   *
   * @param file as which the sheet is read
   */
  WorkbookCells(String file, Consumer<CaseProblem> problems) {
    this.file = file;
    this.problems = problems;
  }

  /** A row as a line of CSV, without its end. */
  String line(Row row) {
    List<String> cells = new ArrayList<>();
    for (int column = 0; column < row.getCellCount(); column++) {
      Optional<Cell> cell = row.getOptionalCell(column);
      cells.add(cell.isPresent() ? text(cell.get(), row.getRowNum(), column) : "");
    }
    boolean written = cells.stream().anyMatch(cell -> !cell.isEmpty());
    if (header.isEmpty() && written && !cells.get(0).startsWith("\"#")) {
      cells.forEach(cell -> header.add(cell.replaceAll("^\"|\"$", "")));
    }
    StringJoiner line = new StringJoiner(",");
    cells.forEach(line::add);
    return line.toString();
  }

  private String text(Cell cell, int row, int column) {
    String raw = cell.getRawValue() == null ? "" : cell.getRawValue();
    boolean isFormula = cell.getFormula() != null || cell.getType() == CellType.FORMULA;
    if (isFormula && raw.isEmpty()) {
      refuse(
          row,
          column,
          "=" + (cell.getFormula() == null ? "" : cell.getFormula()),
          "is a formula without a stored result",
          "open and save the file in a spreadsheet program, or write the number");
      return "";
    }
    if (cell.getType() == CellType.BOOLEAN) {
      String shown = raw.equals("1") || raw.equalsIgnoreCase("true") ? "TRUE" : "FALSE";
      refuse(row, column, shown, "is a boolean, not a number", "write 1 or 0");
      return "";
    }
    if (cell.getType() == CellType.STRING) {
      return '"' + cell.asString().replace("\"", "\"\"") + '"';
    }
    OptionalDouble number = NumberText.parse(raw);
    if (number.isPresent() && isDate(cell)) {
      if (column < header.size() && TimeColumn.isName(header.get(column))) {
        return '"' + shown(cell) + '"';
      }
      refuse(row, column, shown(cell), "is a date or time, not a number", "format it as a number");
      return "";
    }
    return number.isPresent()
        ? NumberText.format(number.getAsDouble())
        : '"' + raw.replace("\"", "\"\"") + '"';
  }

  /** The date or time as people see it. */
  private static String shown(Cell cell) {
    try {
      LocalDateTime date = cell.asDate().plusNanos(HALF_A_SECOND).truncatedTo(ChronoUnit.SECONDS);
      double days = Double.parseDouble(cell.getRawValue());
      if (days < 1) {
        return date.toLocalTime().toString();
      }
      boolean midnight = date.toLocalTime().equals(LocalTime.MIDNIGHT);
      return midnight ? date.toLocalDate().toString() : date.toString();
    } catch (RuntimeException e) {
      return cell.getRawValue();
    }
  }

  /** By the number of a built-in format, or by the letters of one of its own. */
  private static boolean isDate(Cell cell) {
    Integer id = cell.getDataFormatId();
    boolean builtIn =
        id != null && (id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 58);
    String format = cell.getDataFormatString();
    if (builtIn || format == null) {
      return builtIn && id != 48 && id != 49;
    }
    String letters =
        format
            .toLowerCase(Locale.ROOT)
            .replaceAll("\"[^\"]*\"|\\\\.|_.|\\*.", "")
            .replaceAll("\\[(?!h+\\]|m+\\]|s+\\])[^\\]]*\\]", "")
            .replace("general", "");
    return letters.matches("(?s).*[ymdhs].*");
  }

  private void refuse(int row, int column, String value, String message, String remedy) {
    String name = column < header.size() && !header.get(column).isEmpty() ? header.get(column) : "";
    String where = name.isEmpty() ? Integer.toString(column + 1) : name;
    problems.accept(new CaseProblem(file, "row " + row, "column " + where, value, message, remedy));
  }
}
