package io.dualgrid.caseio.tables;

import io.dualgrid.caseio.format.CsvTable;
import io.dualgrid.files.BoundedFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Looks into a workbook before a library unfolds it: how much it is unpacked, how far its cells
 * reach, and that it defines no entities. A file of two kilobytes may otherwise take a gigabyte.
 */
final class WorkbookGuard {
  /** Unpacked, all parts together. */
  static final int MOST_BYTES = BoundedFiles.MOST_BYTES;

  static final int MOST_PARTS = 1000;
  static final int MOST_ROWS = CsvTable.MOST_ROWS;
  static final int MOST_COLUMNS = CsvTable.MOST_COLUMNS;
  static final int MOST_CELLS = CsvTable.MOST_CELLS;

  /** Of a row or cell with its prefix. */
  private static final int LONGEST_TAG = 40;

  private static final Pattern REFERENCE =
      Pattern.compile("\\br\\s*=\\s*[\"']([A-Za-z]*)(\\d*)[\"']");

  private WorkbookGuard() {}

  /**
   * Checks a workbook.
   *
   * @throws IOException saying what is too much
   */
  static void check(Path workbook) throws IOException {
    long total = 0;
    try (ZipFile zip = new ZipFile(workbook.toFile())) {
      if (zip.size() > MOST_PARTS) {
        throw new IOException("it has more than " + MOST_PARTS + " parts");
      }
      for (ZipEntry entry : Collections.list(zip.entries())) {
        byte[] content;
        try (InputStream part = zip.getInputStream(entry)) {
          // counted, as what an entry says of its size need not hold
          content = part.readNBytes((int) (MOST_BYTES - total + 1));
        }
        total += content.length;
        if (total > MOST_BYTES) {
          throw new IOException("unpacked it is larger than 32 MiB, the most that is read");
        }
        checkPart(entry.getName(), content);
      }
    }
  }

  private static void checkPart(String name, byte[] content) throws IOException {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!lower.endsWith(".xml") && !lower.endsWith(".rels")) {
      return;
    }
    String text = new String(content, StandardCharsets.ISO_8859_1);
    if (lower.equals("[content_types].xml") && !text.contains("spreadsheetml.styles+xml")) {
      throw new IOException("it has no styles, by which dates are told from numbers");
    }
    if (text.contains("<!DOCTYPE") || text.indexOf('\0') >= 0) {
      throw new IOException("its part " + name + " is not as spreadsheet programs write it");
    }
    if (lower.contains("worksheets/")) {
      checkCount(text);
      checkReach(text);
    }
  }

  /** Rows and cells need not say where they are. */
  private static void checkCount(String sheet) throws IOException {
    int rows = 0;
    int cells = 0;
    int inRow = 0;
    for (int at = sheet.indexOf('<'); at >= 0; at = sheet.indexOf('<', at + 1)) {
      if (isElement(sheet, at, "row")) {
        rows++;
        inRow = 0;
      } else if (isElement(sheet, at, "c")) {
        cells++;
        inRow++;
      }
      if (rows > MOST_ROWS || inRow > MOST_COLUMNS || cells > MOST_CELLS) {
        throw new IOException(
            "a sheet has more than "
                + MOST_ROWS
                + " rows, "
                + MOST_COLUMNS
                + " cells in a row or "
                + MOST_CELLS
                + " cells");
      }
    }
  }

  /** Whether an element begins, with a prefix of its name space or without. */
  private static boolean isElement(String sheet, int at, String name) {
    int local = at + 1;
    int end = local;
    while (end < sheet.length() && " \t\r\n/>".indexOf(sheet.charAt(end)) < 0) {
      local = sheet.charAt(end) == ':' ? end + 1 : local;
      end++;
      if (end - at > LONGEST_TAG) {
        return false;
      }
    }
    return end - local == name.length() && sheet.startsWith(name, local);
  }

  private static void checkReach(String sheet) throws IOException {
    Matcher matcher = REFERENCE.matcher(sheet);
    while (matcher.find()) {
      String row = matcher.group(2);
      if (row.length() > 7 || !row.isEmpty() && Integer.parseInt(row) > MOST_ROWS) {
        throw new IOException("a sheet reaches beyond row " + MOST_ROWS);
      }
      if (column(matcher.group(1)) > MOST_COLUMNS) {
        throw new IOException("a sheet reaches beyond column " + MOST_COLUMNS);
      }
    }
  }

  private static int column(String letters) {
    if (letters.length() > 4) {
      return Integer.MAX_VALUE;
    }
    int column = 0;
    for (char c : letters.toUpperCase(Locale.ROOT).toCharArray()) {
      column = 26 * column + c - 'A' + 1;
    }
    return column;
  }
}
