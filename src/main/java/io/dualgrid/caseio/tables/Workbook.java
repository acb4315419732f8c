package io.dualgrid.caseio.tables;

import io.dualgrid.caseio.format.CaseFiles;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.problem.NumberText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;

/** The sheets of an XLSX workbook as CSV files: the sheet p_load is the file p_load.csv. */
final class Workbook implements CaseFiles {
  private final String label;
  private final Map<String, byte[]> sheets;

  private Workbook(String label, Map<String, byte[]> sheets) {
    this.label = label;
    this.sheets = sheets;
  }

  /**
   * Reads a workbook.
   *
   * @param problems takes the reason when it is none
   */
  static Optional<Workbook> open(Path path, Consumer<CaseProblem> problems) throws IOException {
    Map<String, byte[]> sheets = new LinkedHashMap<>();
    byte[] bytes = Files.readAllBytes(path);
    try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(bytes))) {
      for (Sheet sheet : (Iterable<Sheet>) workbook.getSheets()::iterator) {
        sheets.put(sheet.getName().strip() + ".csv", csv(sheet).getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException | ExcelReaderException e) {
      problems.accept(
          new CaseProblem(
              path.toString(),
              "",
              "",
              "",
              "cannot be read as a workbook: " + e.getMessage(),
              "save it again as .xlsx without a password, or save each sheet as CSV"));
      return Optional.empty();
    }
    return Optional.of(new Workbook(path.toString(), sheets));
  }

  /** Rows keep their numbers, so that messages name the row of the sheet. */
  private static String csv(Sheet sheet) throws IOException {
    StringBuilder text = new StringBuilder();
    int written = 0;
    try (Stream<Row> rows = sheet.openStream()) {
      for (Row row : (Iterable<Row>) rows::iterator) {
        while (written < row.getRowNum() - 1) {
          text.append('\n');
          written++;
        }
        StringJoiner line = new StringJoiner(",", "", "\n");
        for (int column = 0; column < row.getCellCount(); column++) {
          line.add(row.getOptionalCell(column).map(Workbook::cell).orElse(""));
        }
        text.append(line);
        written++;
      }
    }
    return text.toString();
  }

  private static String cell(Cell cell) {
    if (cell.getType() == CellType.STRING) {
      return '"' + cell.asString().replace("\"", "\"\"") + '"';
    }
    String raw = cell.getRawValue() == null ? "" : cell.getRawValue();
    OptionalDouble number = NumberText.parse(raw);
    return number.isPresent()
        ? NumberText.format(number.getAsDouble())
        : '"' + raw.replace("\"", "\"\"") + '"';
  }

  /** The names of the files. */
  Set<String> names() {
    return sheets.keySet();
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public byte[] read(String name) throws IOException {
    byte[] bytes = sheets.get(name);
    if (bytes == null) {
      throw new NoSuchFileException(name);
    }
    return bytes.clone();
  }
}
