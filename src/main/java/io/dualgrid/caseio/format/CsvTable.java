package io.dualgrid.caseio.format;

import io.dualgrid.problem.CaseProblem;
import io.dualgrid.problem.NumberText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A table with a header, in UTF-8 with or without a byte-order mark, with any line ends; empty
 * columns at the right and empty lines at the end are dropped. Rows are numbered as a spreadsheet
 * numbers them.
 */
public final class CsvTable {
  /** What Excel understands as the separator of the columns, in front of the header. */
  private static final Pattern SEPARATOR_LINE = Pattern.compile("\"?sep=([,;\\t])\"?\\R");

  /** Rows that are read; a year of five minutes is half of this. */
  public static final int MOST_ROWS = 200_000;

  /** Columns that are read. */
  public static final int MOST_COLUMNS = 10_000;

  /** Cells that are read; guards memory and time. */
  public static final int MOST_CELLS = 1_500_000;

  private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?\\d*,\\d+([eE][+-]?\\d+)?");
  private static final Pattern DECIMAL_POINT = Pattern.compile("[+-]?\\d*\\.\\d+([eE][+-]?\\d+)?");
  private static final Pattern THREE_AFTER_POINT = Pattern.compile("[+-]?[1-9]\\d{0,2}\\.\\d{3}");

  private final String file;
  private final List<String> header;
  private final Map<String, Integer> columns = new HashMap<>();
  private final Set<String> twice = new HashSet<>();
  private final List<Row> rows;
  private final boolean decimalCommas;

  private CsvTable(String file, List<String> header, List<Row> rows, boolean decimalCommas) {
    this.file = file;
    this.header = header;
    this.rows = rows;
    this.decimalCommas = decimalCommas;
    for (int k = 0; k < header.size(); k++) {
      if (columns.putIfAbsent(header.get(k), k) != null) {
        twice.add(header.get(k));
      }
    }
  }

  /** Name of the file, for messages. */
  public String file() {
    return file;
  }

  /** Names of the columns. */
  public List<String> header() {
    return header;
  }

  /** The rows below the header. */
  public List<Row> rows() {
    return rows;
  }

  /** Whether numbers have decimal commas instead of points. */
  public boolean decimalCommas() {
    return decimalCommas;
  }

  /** What kind of table is understood. */
  public enum Dialect {
    /** Commas between columns and decimal points, nothing else: the files of a case. */
    STRICT,
    /**
     * As spreadsheets write in any locale: commas, semicolons or tabs between the columns, decimal
     * commas where the columns are not separated by commas.
     */
    SPREADSHEET,
    /** As SPREADSHEET; rows that start with # are comments. */
    COMMENTED
  }

  /**
   * One row.
   *
   * @param number of the row in a spreadsheet
   * @param cells one per column of the header, white space stripped
   */
  public record Row(int number, List<String> cells) {}

  /**
   * Reads a table.
   *
   * @param problems takes what is wrong
   * @return empty when something is wrong
   */
  public static Optional<CsvTable> parse(
      String file, byte[] bytes, Dialect dialect, Consumer<CaseProblem> problems) {
    return decode(file, bytes, problems).flatMap(text -> parseText(file, text, dialect, problems));
  }

  /** The text of a UTF-8 file without its byte-order mark, or a problem. */
  public static Optional<String> decode(String file, byte[] bytes, Consumer<CaseProblem> problems) {
    String remedy =
        "save it again as UTF-8"
            + (!file.endsWith(".csv") ? "" : " (in Excel: CSV UTF-8, comma delimited)");
    if (isUtf16(bytes)) {
      problems.accept(new CaseProblem(file, "", "", "", "is encoded as UTF-16", remedy));
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    boolean mark =
        bytes.length >= 3
            && bytes[0] == (byte) 0xEF
            && bytes[1] == (byte) 0xBB
            && bytes[2] == (byte) 0xBF;
    if (mark) {
      buffer.position(3);
    }
    if (isAscii(bytes)) { // without characters of twice the size on the way
      return Optional.of(new String(bytes, StandardCharsets.US_ASCII));
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(buffer)
              .toString());
    } catch (CharacterCodingException e) {
      int line = 1;
      for (int k = 0; k < buffer.position(); k++) {
        line += bytes[k] == '\n' ? 1 : 0;
      }
      String value = String.format("byte 0x%02X", bytes[buffer.position()]);
      problems.accept(
          new CaseProblem(file, "row " + line, "", value, "is not valid in UTF-8", remedy));
      return Optional.empty();
    }
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  /** By its byte-order mark, or without one by the other half of a plain first character. */
  private static boolean isUtf16(byte[] bytes) {
    if (bytes.length < 2) {
      return false;
    }
    int first = (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
    return first == 0xFFFE || first == 0xFEFF || bytes[0] == 0 || bytes[1] == 0;
  }

  private static Optional<CsvTable> parseText(
      String file, String text, Dialect dialect, Consumer<CaseProblem> problems) {
    List<List<String>> lines = new ArrayList<>();
    boolean separatorStated;
    char separator = dialect == Dialect.STRICT ? ',' : separator(text);
    CSVFormat format =
        CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(false).setDelimiter(separator).get();
    try (CSVParser parser = CSVParser.parse(text, format)) {
      long cells = 0;
      for (CSVRecord line : parser) {
        cells += line.size();
        if (lines.size() == MOST_ROWS || line.size() > MOST_COLUMNS || cells > MOST_CELLS) {
          problems.accept(tooLarge(file, lines.size() + 1));
          return Optional.empty();
        }
        lines.add(stripped(line));
      }
      separatorStated = dialect != Dialect.STRICT && SEPARATOR_LINE.matcher(text).lookingAt();
    } catch (IOException | UncheckedIOException e) {
      problems.accept(
          new CaseProblem(
              file,
              "row " + (lines.size() + 1),
              "",
              "",
              "cannot be read as comma-separated values: "
                  + (e instanceof UncheckedIOException ? e.getCause() : e).getMessage(),
              "close every double quote, or write the cells without quotes"));
      return Optional.empty();
    }
    while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    if (lines.isEmpty()) {
      problems.accept(
          new CaseProblem(
              file, "", "", "", "is empty", "write a header row and one row per profile value"));
      return Optional.empty();
    }
    int headerIndex = separatorStated && lines.size() > 1 ? 1 : 0;
    while (dialect == Dialect.COMMENTED
        && headerIndex < lines.size() - 1
        && isSkipped(lines.get(headerIndex))) {
      headerIndex++;
    }
    List<String> header = lines.get(headerIndex);
    if (dialect == Dialect.STRICT) {
      Optional<CaseProblem> wrong = wrongSeparator(file, header, lines);
      if (wrong.isPresent()) {
        problems.accept(wrong.get());
        return Optional.empty();
      }
    }
    return shape(file, headerIndex, lines, dialect, problems)
        .map(rows -> new CsvTable(file, header, rows, separator != ','))
        .filter(table -> !table.mixesDecimals(problems))
        .filter(table -> separator != ';' || !table.isAmbiguous(problems));
  }

  /** Without white space around the cells, and without empty cells at the right. */
  private static List<String> stripped(CSVRecord line) {
    String[] cells = new String[line.size()];
    int length = 0;
    for (int k = 0; k < cells.length; k++) {
      cells[k] = line.get(k).strip();
      length = cells[k].isEmpty() ? length : k + 1;
    }
    return List.of(length == cells.length ? cells : Arrays.copyOf(cells, length));
  }

  private static CaseProblem tooLarge(String file, int row) {
    return new CaseProblem(
        file,
        "row " + row,
        "",
        "",
        "the table is larger than "
            + MOST_ROWS
            + " rows, "
            + MOST_COLUMNS
            + " columns or "
            + MOST_CELLS
            + " cells",
        "split it, or take longer steps");
  }

  private static boolean isSkipped(List<String> line) {
    return line.isEmpty() || line.get(0).startsWith("#");
  }

  /** The separator of the header, the first line that is neither empty nor a comment. */
  private static char separator(String text) {
    Matcher stated = SEPARATOR_LINE.matcher(text);
    if (stated.lookingAt()) {
      return stated.group(1).charAt(0);
    }
    String header =
        text.lines()
            .filter(line -> !line.matches("[;,\t\\s]*") && !line.matches("\"?#.*"))
            .findFirst()
            .orElse("")
            .replaceAll("\"[^\"]*\"", "");
    if (header.indexOf(';') >= 0) {
      return ';';
    }
    if (header.indexOf('\t') >= 0) {
      return '\t';
    }
    // a single column: a comma below it can only be a decimal comma
    return header.indexOf(',') >= 0 ? ',' : ';';
  }

  /** 1.234 beside 5,6 could be a thousands separator, so nothing is guessed. */
  private boolean mixesDecimals(Consumer<CaseProblem> problems) {
    if (!decimalCommas) {
      return false;
    }
    boolean commas = anyCell(DECIMAL_COMMA);
    boolean points = anyCell(DECIMAL_POINT);
    if (commas && points) {
      problems.accept(
          new CaseProblem(
              file,
              "",
              "",
              "",
              "has numbers with decimal commas and numbers with points",
              "use one of them throughout, and no thousands separators"));
    }
    return commas && points;
  }

  /** 1.240 between semicolons, and no decimal comma anywhere: 1.24, or 1240? */
  private boolean isAmbiguous(Consumer<CaseProblem> problems) {
    List<String> points =
        rows.stream()
            .flatMap(row -> row.cells().stream())
            .filter(DECIMAL_POINT.asMatchPredicate())
            .toList();
    boolean ambiguous =
        header.size() > 1
            && !points.isEmpty()
            && points.stream().allMatch(THREE_AFTER_POINT.asMatchPredicate());
    if (ambiguous) {
      String cell = points.get(0);
      String thousands = cell.replace(".", "");
      String decimal = cell.replace('.', ',').replaceFirst(",?0+$", "");
      problems.accept(
          new CaseProblem(
              file,
              "",
              "",
              cell,
              "could be " + thousands + " or " + decimal.replace(',', '.'),
              "write it as "
                  + thousands
                  + " without thousands separators, or as "
                  + decimal
                  + " with a decimal comma, and so all numbers"));
    }
    return ambiguous;
  }

  private boolean anyCell(Pattern pattern) {
    return rows.stream().flatMap(row -> row.cells().stream()).anyMatch(pattern.asMatchPredicate());
  }

  private static Optional<CaseProblem> wrongSeparator(
      String file, List<String> header, List<List<String>> lines) {
    String first = String.join(",", header);
    String kind = null;
    String cell = "";
    if (first.indexOf(';') >= 0) {
      kind = "semicolons";
      cell = first;
    } else if (first.indexOf('\t') >= 0) {
      kind = "tabs";
      cell = first;
    }
    if (kind == null) {
      return Optional.empty();
    }
    boolean decimalCommas =
        lines.stream().skip(1).anyMatch(line -> String.join(",", line).matches(".*\\d,\\d.*"));
    String message =
        "the columns are separated by "
            + kind
            + (decimalCommas ? " and the numbers have decimal commas" : "");
    return Optional.of(
        new CaseProblem(
            file,
            "row 1, column 1",
            "",
            cell,
            message,
            "save it with commas between the columns and points in the numbers (in Excel: CSV"
                + " UTF-8 under an English regional setting)"));
  }

  private static Optional<List<Row>> shape(
      String file,
      int headerIndex,
      List<List<String>> lines,
      Dialect dialect,
      Consumer<CaseProblem> problems) {
    int columns = lines.get(headerIndex).size();
    List<Row> rows = new ArrayList<>();
    for (int k = headerIndex + 1; k < lines.size(); k++) {
      List<String> cells = lines.get(k);
      int number = k + 1;
      if (dialect == Dialect.COMMENTED && !cells.isEmpty() && cells.get(0).startsWith("#")) {
        continue;
      }
      if (cells.size() > columns) {
        problems.accept(
            new CaseProblem(
                file,
                "row " + number,
                "",
                String.join(",", cells),
                cells.size() + " values for " + columns + " columns",
                columns == 1
                    ? "if the comma is a decimal comma, write a decimal point"
                    : "give every column a header; write numbers with a decimal point"));
        return Optional.empty();
      }
      rows.add(new Row(number, padded(cells, columns)));
    }
    return Optional.of(List.copyOf(rows));
  }

  private static List<String> padded(List<String> cells, int columns) {
    if (cells.size() == columns) {
      return cells;
    }
    List<String> padded = new ArrayList<>(cells);
    while (padded.size() < columns) {
      padded.add("");
    }
    return List.copyOf(padded);
  }

  /**
   * The numbers of a column.
   *
   * @param place what needs them, for messages
   * @param problems takes what is wrong
   * @return empty when something is wrong
   */
  public Optional<double[]> numbers(String column, String place, Consumer<CaseProblem> problems) {
    Integer index = columns.get(column);
    if (index == null) {
      problems.accept(
          new CaseProblem(
              file,
              place,
              "column",
              column,
              "there is no such column",
              "name one of: " + String.join(", ", header)));
      return Optional.empty();
    }
    if (twice.contains(column)) {
      problems.accept(
          new CaseProblem(
              file, place, "column", column, "the column is there twice", "rename one of them"));
      return Optional.empty();
    }
    if (rows.isEmpty()) {
      problems.accept(
          new CaseProblem(
              file, place, "column", column, "has no rows of values", "add one row per value"));
      return Optional.empty();
    }
    double[] values = new double[rows.size()];
    List<Row> bad = new ArrayList<>();
    for (int k = 0; k < values.length; k++) {
      OptionalDouble value = number(rows.get(k).cells().get(index));
      if (value.isEmpty()) {
        bad.add(rows.get(k));
      }
      values[k] = value.orElse(Double.NaN);
    }
    if (!bad.isEmpty()) {
      String text = bad.get(0).cells().get(index);
      String more = bad.size() == 1 ? "" : " (and " + (bad.size() - 1) + " more in this column)";
      problems.accept(
          new CaseProblem(
              file,
              place,
              "row " + bad.get(0).number() + ", column " + column,
              text,
              NumberText.complaint(text) + more,
              NumberText.remedy(text)));
      return Optional.empty();
    }
    return Optional.of(values);
  }

  /** The value of a cell; empty when it is no number. */
  public OptionalDouble number(String cell) {
    return NumberText.parse(decimalCommas ? cell.replace(',', '.') : cell);
  }

  /** The cell of a row in a column of the header, or empty text when there is no such column. */
  public String cell(Row row, String column) {
    Integer index = columns.get(column);
    return index == null ? "" : row.cells().get(index);
  }
}
