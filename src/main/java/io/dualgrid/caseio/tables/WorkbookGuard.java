package io.dualgrid.caseio.tables;

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
  static final int MOST_BYTES = 64 * 1024 * 1024;

  static final int MOST_PARTS = 1000;
  static final int MOST_ROWS = 200_000;
  static final int MOST_COLUMNS = 10_000;

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
          throw new IOException("unpacked it is larger than 64 MiB, the most that is read");
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
    if (text.contains("<!DOCTYPE") || text.indexOf('\0') >= 0) {
      throw new IOException("its part " + name + " is not as spreadsheet programs write it");
    }
    if (lower.contains("worksheets/")) {
      checkReach(text);
    }
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
