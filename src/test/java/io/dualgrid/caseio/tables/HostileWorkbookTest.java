package io.dualgrid.caseio.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.OneRound;
import io.dualgrid.problem.CaseProblem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Workbooks with cells that only look like numbers, and such as are made to do harm. */
@OneRound
class HostileWorkbookTest {
  @TempDir Path parent;

  private final List<CaseProblem> problems = new ArrayList<>();

  private List<String> told(Path book) throws IOException {
    TableFolder.open(book, problems::add);
    return TableFolder.inWordsOf(book, problems).stream().map(CaseProblem::toString).toList();
  }

  private Path zip(String name, byte[] content) throws IOException {
    Path book = parent.resolve("book.xlsx");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(book))) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    }
    return book;
  }

  @Test
  void cellsThatAreNoNumbersAreRefusedBySheetRowAndColumn() throws IOException {
    Path book = parent.resolve("book.xlsx");
    try (OutputStream stream = Files.newOutputStream(book)) {
      Workbook workbook = new Workbook(stream, "test", "1.0");
      Worksheet sheet = workbook.newWorksheet("prices");
      String[] header = {"buyPricePerKwh", "day", "clock", "tick", "sum", "plain"};
      for (int column = 0; column < header.length; column++) {
        sheet.value(0, column, header[column]);
      }
      // 45306 days after the start of 1900 are 2024-01-15
      sheet.value(1, 0, 45306);
      sheet.style(1, 0).format("yyyy-mm-dd").set();
      sheet.value(1, 1, LocalDateTime.of(2024, 1, 15, 6, 30));
      sheet.style(1, 1).format("dd.mm.yyyy hh:mm").set();
      sheet.value(1, 2, 0.6458333333333334);
      sheet.style(1, 2).format("[h]:mm").set();
      sheet.value(1, 3, true);
      sheet.formula(1, 4, "200*2");
      sheet.value(1, 5, 0.5);
      sheet.style(1, 5).format("[Red]0.00\" days\"").set();
      workbook.finish();
    }
    assertThat(told(book))
        .containsExactly(
            "sheet prices: row 2: column buyPricePerKwh = 2024-01-15: is a date or time, not a"
                + " number; format it as a number",
            "sheet prices: row 2: column day = 2024-01-15T06:30: is a date or time, not a number;"
                + " format it as a number",
            "sheet prices: row 2: column clock = 15:30: is a date or time, not a number; format it"
                + " as a number",
            "sheet prices: row 2: column tick = TRUE: is a boolean, not a number; write 1 or 0",
            "sheet prices: row 2: column sum = =200*2: is a formula without a stored result; open"
                + " and save the file in a spreadsheet program, or write the number");
  }

  @Test
  void aSmallFileThatUnpacksToMuchIsRefused() throws IOException {
    ByteArrayOutputStream sheet = new ByteArrayOutputStream();
    sheet.write("<worksheet>".getBytes(StandardCharsets.UTF_8));
    sheet.write(new byte[70_000_000]);
    Path book = zip("xl/worksheets/sheet1.xml", sheet.toByteArray());
    assertThat(Files.size(book)).isLessThan(100_000);
    assertThat(told(book)).singleElement().asString().contains("unpacked it is larger than 32 MiB");
  }

  /** Cells without a place stand behind the one before; a few kilobytes hold millions of them. */
  @ParameterizedTest
  @ValueSource(strings = {"<c/>", "<x:c t=\"s\">", "<row/>", "<row\n>"})
  void sheetsOfMoreRowsOrCellsThanAreReadAreRefused(String element) throws IOException {
    byte[] sheet = ("<worksheet><row>" + element.repeat(210_000)).getBytes(StandardCharsets.UTF_8);
    assertThat(told(zip("xl/worksheets/sheet1.xml", sheet)))
        .singleElement()
        .asString()
        .contains(
            "a sheet has more than 200000 rows, 10000 cells in a row or 1500000 cells; save it");
  }

  @Test
  void aWorkbookWithoutStylesIsRefusedByName() throws IOException {
    byte[] types = "<Types/>".getBytes(StandardCharsets.UTF_8);
    assertThat(told(zip("[Content_Types].xml", types)))
        .singleElement()
        .asString()
        .contains("it has no styles, by which dates are told from numbers");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row>",
        "<row r=\"99999999999\"/>",
        "<row><c r='XFD1'><v>1</v></c></row>",
        "<row><c r=\"ZZZZZZ1\"><v>1</v></c></row>",
        "<!DOCTYPE a [<!ENTITY b \"c\">]><row/>",
      })
  void sheetsThatReachTooFarOrDefineEntitiesAreRefused(String content) throws IOException {
    byte[] sheet = ("<worksheet>" + content).getBytes(StandardCharsets.UTF_8);
    Path book = zip("xl/worksheets/sheet1.xml", sheet);
    assertThatThrownBy(() -> WorkbookGuard.check(book)).isInstanceOf(IOException.class);
  }

  /** Those of a small workbook, by name. */
  private Map<String, String> parts() throws IOException {
    Path whole = parent.resolve("whole.xlsx");
    try (OutputStream stream = Files.newOutputStream(whole);
        Workbook workbook = new Workbook(stream, "test", "1.0")) {
      Worksheet sheet = workbook.newWorksheet("prices");
      sheet.value(0, 0, "buyPricePerKwh");
      sheet.value(1, 0, 0.5);
    }
    Map<String, String> parts = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(whole.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        byte[] content = zip.getInputStream(entry).readAllBytes();
        parts.put(entry.getName(), new String(content, StandardCharsets.UTF_8));
      }
    }
    return parts;
  }

  /** A damaged workbook is told in words of workbooks, with sheet and row where there are some. */
  @ParameterizedTest
  @CsvSource({
    "xl/styles.xml, '(?s).*', '', its part xl/styles.xml is missing",
    "xl/worksheets/sheet1.xml, '(?s).*', '', its part xl/worksheets/sheet1.xml is missing",
    "xl/worksheets/sheet1.xml, <v>0.5<, <v>NaN<, 'sheet prices, below row 1: NaN stands there'",
    "xl/worksheets/sheet1.xml, (?s)</row></sheetData>.*, '', 'below row 1: a part of it is no'",
    "xl/workbook.xml, (?s)</sheets>.*, '', a part of it is no whole XML",
  })
  void whatIsDamagedIsTold(String part, String old, String text, String told) throws IOException {
    Map<String, String> parts = parts();
    String damaged = parts.get(part).replaceFirst(old, text);
    assertThat(damaged).isNotEqualTo(parts.get(part));
    if (damaged.isEmpty()) {
      parts.remove(part);
    } else {
      parts.put(part, damaged);
    }
    assertThat(told(zip(parts)))
        .singleElement()
        .asString()
        .contains("book.xlsx: cannot be read as a workbook", told, "save each sheet as CSV")
        .doesNotContain("Exception");
  }

  @Test
  void whatIsNoArchiveIsTold() throws IOException {
    Path whole = zip(parts());
    byte[] bytes = Files.readAllBytes(whole);
    Files.write(whole, Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(told(whole)).singleElement().asString().contains("no archive, or half of one");
  }

  /** Parts of a workbook refer to each other by attributes, any of which may be lost. */
  @Test
  void aWorkbookThatLacksAnyAttributeIsReadOrNamed() throws IOException {
    Map<String, String> parts = parts();
    int refused = 0;
    for (Map.Entry<String, String> part : parts.entrySet()) {
      Matcher attribute = Pattern.compile(" \\w+=\"[^\"]*\"").matcher(part.getValue());
      while (attribute.find()) {
        StringBuilder damaged = new StringBuilder(part.getValue());
        damaged.delete(attribute.start(), attribute.end());
        Map<String, String> changed = new LinkedHashMap<>(parts);
        changed.put(part.getKey(), damaged.toString());
        problems.clear();
        List<String> told = told(zip(changed));
        told.forEach(problem -> assertThat(problem).contains("book.xlsx"));
        refused += told.size();
      }
    }
    assertThat(refused).isPositive();
  }

  private Path zip(Map<String, String> parts) throws IOException {
    Path book = parent.resolve("book.xlsx");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(book))) {
      for (Map.Entry<String, String> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return book;
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.xls", "a.XLSM", "a.ods"})
  void otherKindsOfWorkbooksAreNamed(String name) throws IOException {
    Path book = Files.writeString(parent.resolve(name), "x");
    assertThat(told(book))
        .singleElement()
        .asString()
        .contains("is a workbook of another kind than .xlsx");
  }
}
