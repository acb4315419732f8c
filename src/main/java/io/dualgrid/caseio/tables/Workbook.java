package io.dualgrid.caseio.tables;

import io.dualgrid.caseio.format.CaseFiles;
import io.dualgrid.problem.CaseProblem;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import javax.xml.stream.XMLStreamException;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;

/** The sheets of an XLSX workbook as CSV files: the sheet p_load is the file p_load.csv. */
final class Workbook implements CaseFiles {
  /** With formats, which tell dates from numbers. */
  private static final ReadingOptions WITH_FORMATS = new ReadingOptions(true, false);

  private static final Pattern MISSING = Pattern.compile("/?(\\S+) not found");
  private static final Pattern NO_NUMBER = Pattern.compile("Cannot parse number ?: ?(.*)");

  private final String label;
  private final Map<String, byte[]> sheets;

  private Workbook(String label, Map<String, byte[]> sheets) {
    this.label = label;
    this.sheets = sheets;
  }

  /**
   * Reads a workbook.
   *
   * @param problems takes the reason when it is none, and every cell that is refused
   */
  static Optional<Workbook> open(Path path, Consumer<CaseProblem> problems) throws IOException {
    Map<String, byte[]> sheets = new LinkedHashMap<>();
    List<CaseProblem> refused = new ArrayList<>();
    try {
      WorkbookGuard.check(path);
      try (ReadableWorkbook workbook = new ReadableWorkbook(path.toFile(), WITH_FORMATS)) {
        for (Sheet sheet : (Iterable<Sheet>) workbook.getSheets()::iterator) {
          String file = sheet.getName().strip() + ".csv";
          sheets.put(file, csv(sheet, file, refused::add).getBytes(StandardCharsets.UTF_8));
        }
      }
    } catch (IOException | ExcelReaderException | IllegalArgumentException e) {
      problems.accept(unreadable(path, reason(e)));
      return Optional.empty();
    } catch (RuntimeException e) {
      // the reader follows whatever a damaged workbook says, to no end that can be named beforehand
      problems.accept(unreadable(path, "its parts do not fit together"));
      return Optional.empty();
    }
    refused.forEach(problems);
    return Optional.of(new Workbook(path.toString(), sheets));
  }

  /** In words of a workbook, where the reader's are those of its code. */
  private static String reason(Exception e) {
    if (e instanceof ZipException || e instanceof EOFException) {
      return "it is no archive, or half of one, which each .xlsx is";
    }
    if (e.getCause() instanceof XMLStreamException) {
      return "a part of it is no whole XML";
    }
    String text = String.valueOf(e.getMessage());
    Matcher missing = MISSING.matcher(text);
    if (missing.matches()) {
      return "its part " + missing.group(1) + " is missing";
    }
    Matcher noNumber = NO_NUMBER.matcher(text);
    return noNumber.matches() ? noNumber.group(1) + " stands there for a number" : text;
  }

  private static CaseProblem unreadable(Path path, String reason) {
    return new CaseProblem(
        path.toString(),
        "",
        "",
        "",
        "cannot be read as a workbook: " + reason,
        "save it again as .xlsx without a password, or save each sheet as CSV");
  }

  /** Rows keep their numbers, so that messages name the row of the sheet. */
  private static String csv(Sheet sheet, String file, Consumer<CaseProblem> problems)
      throws IOException {
    WorkbookCells cells = new WorkbookCells(file, problems);
    StringBuilder text = new StringBuilder();
    int written = 0;
    try (Stream<Row> rows = sheet.openStream()) {
      for (Row row : (Iterable<Row>) rows::iterator) {
        while (written < row.getRowNum() - 1) {
          text.append('\n');
          written++;
        }
        text.append(cells.line(row)).append('\n');
        written++;
        if (text.length() > WorkbookGuard.MOST_BYTES) {
          throw new IOException("the sheet " + sheet.getName() + " is too large");
        }
      }
    } catch (ExcelReaderException e) {
      throw new IOException(
          "sheet " + sheet.getName() + ", below row " + written + ": " + reason(e), e);
    }
    return text.toString();
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
