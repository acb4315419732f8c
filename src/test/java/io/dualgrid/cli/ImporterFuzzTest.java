package io.dualgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.OneRound;
import io.dualgrid.caseio.tables.StarterFolder;
import io.dualgrid.fuzz.Mutations;
import io.dualgrid.fuzz.TextMutations;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that were right, changed at random, through every importer as a person calls it: each ends
 * as a case or as a list of what is wrong with it. Input i is the same at every run; {@code
 * -Ddualgrid.fuzz.seconds=N} goes on for so long, and also holds each to ten seconds of a core;
 * {@code -Ddualgrid.fuzz.first=I} begins at input I.
 */
@OneRound
class ImporterFuzzTest {
  private static final int USUAL = 75;
  private static final long MOST_SECONDS = 10;

  @TempDir Path parent;

  private final List<Map<String, byte[]>> samples = new ArrayList<>();

  /** The sources of one kind, and how they are read. */
  private enum Kind {
    MATPOWER,
    MATPOWER_TABLES,
    TABLES,
    WORKBOOK,
    PUBLISHED,
    CASE,
    PANDAPOWER
  }

  @BeforeEach
  void collect() throws IOException {
    Path district = parent.resolve("district");
    StarterFolder.write(district, false);
    Path ieee33 = Path.of("examples", "ieee33");
    Map<String, byte[]> feeder = files(ieee33.resolve("devices"));
    feeder.put("feeder.m", Files.readAllBytes(ieee33.resolve("ieee33.m")));
    samples.add(Map.of("feeder.m", resource("/io/dualgrid/caseio/matpower/parts.m")));
    samples.add(feeder);
    samples.add(files(district));
    samples.add(samples.get(2));
    samples.add(files(Path.of("src", "test", "resources", "published", "harbour")));
    samples.add(files(Path.of("data", "6-bus")));
    samples.add(Map.of("net.json", resource("/io/dualgrid/caseio/pandapower/four-bus-taps.json")));
  }

  private static byte[] resource(String name) throws IOException {
    try (var stream = ImporterFuzzTest.class.getResourceAsStream(name)) {
      return stream.readAllBytes();
    }
  }

  private static Map<String, byte[]> files(Path folder) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.sorted().toList()) {
        files.put(entry.getFileName().toString(), Files.readAllBytes(entry));
      }
    }
    return files;
  }

  @Test
  void whateverIsReadEndsAsACaseOrAsProblems() throws IOException {
    long seconds = Long.getLong("dualgrid.fuzz.seconds", 0);
    int first = Integer.getInteger("dualgrid.fuzz.first", 0);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    int i = first;
    for (; seconds > 0 ? System.nanoTime() < end : i < first + USUAL; i++) {
      Path folder = Files.createDirectory(parent.resolve("input" + i));
      Kind kind = Kind.values()[i % Kind.values().length];
      try {
        read(kind, write(kind, new Random(i), folder), folder.resolve("out"), seconds > 0);
      } catch (AssertionError | RuntimeException | StackOverflowError | OutOfMemoryError e) {
        throw new AssertionError("input " + i + " (" + kind + "): " + e, e);
      }
      delete(folder);
    }
    if (seconds > 0) {
      System.out.println("inputs " + first + " to " + (i - 1) + " passed");
    }
  }

  /** Writes the sample of a kind with one file changed. */
  private Path write(Kind kind, Random random, Path folder) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>(samples.get(kind.ordinal()));
    List<String> names = files.keySet().stream().sorted().toList();
    String name = names.get(random.nextInt(names.size()));
    byte[] sample = files.get(name);
    files.put(
        name,
        random.nextBoolean()
            ? TextMutations.mutant(random, new String(sample, StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8)
            : Mutations.mutant(random, List.copyOf(files.values())));
    Path source = Files.createDirectory(folder.resolve("source"));
    if (kind == Kind.WORKBOOK) {
      return workbook(random, files, source.resolve("district.xlsx"));
    }
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(source.resolve(file.getKey()), file.getValue());
    }
    return source;
  }

  /** The tables as sheets, and now and then the bytes of the workbook changed, too. */
  private static Path workbook(Random random, Map<String, byte[]> files, Path book)
      throws IOException {
    try (OutputStream stream = Files.newOutputStream(book);
        Workbook workbook = new Workbook(stream, "test", "1.0")) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        if (file.getKey().endsWith(".csv")) {
          Worksheet sheet = workbook.newWorksheet(file.getKey().replace(".csv", ""));
          fill(random, sheet, new String(file.getValue(), StandardCharsets.UTF_8));
        }
      }
    }
    if (random.nextInt(4) == 0) {
      Files.write(book, Mutations.mutant(random, List.of(Files.readAllBytes(book))));
    }
    return book;
  }

  private static void fill(Random random, Worksheet sheet, String table) {
    String[] lines = table.split("\n", 500);
    for (int row = 0; row < lines.length; row++) {
      String[] cells = lines[row].split(",", 50);
      for (int column = 0; column < cells.length; column++) {
        String cell = cells[column].replaceAll("\\p{Cntrl}|[^\\x20-\\x7e]", "?");
        if (cell.matches("-?\\d{1,15}(\\.\\d+)?")) {
          sheet.value(row, column, Double.parseDouble(cell));
        } else {
          sheet.value(row, column, cell.substring(0, Math.min(cell.length(), 100)));
        }
        odd(random.nextInt(2000), sheet, row, column);
      }
    }
  }

  /** Cells that only look like numbers. */
  private static void odd(int kind, Worksheet sheet, int row, int column) {
    switch (kind) {
      case 0 -> sheet.value(row, column, Boolean.TRUE);
      case 1 -> sheet.formula(row, column, "1+1");
      case 2 -> sheet.style(row, column).format("yyyy-mm-dd").set();
      case 3 -> sheet.value(row, column, Double.MAX_VALUE);
      default -> {}
    }
  }

  private void read(Kind kind, Path source, Path out, boolean timed) throws IOException {
    String text = source.toString();
    switch (kind) {
      case MATPOWER -> expect(timed, "import", text + "/feeder.m", "--out", out.toString());
      case MATPOWER_TABLES -> {
        Path feeder = Files.move(source.resolve("feeder.m"), source.resolveSibling("feeder.m"));
        expect(timed, "import", feeder.toString(), "--devices", text, "--out", out.toString());
      }
      case TABLES, WORKBOOK -> expect(timed, "build", text, "--out", out.toString());
      case PANDAPOWER -> expect(timed, "import", text + "/net.json", "--out", out.toString());
      case PUBLISHED -> expect(timed, "import", text, "--out", out.toString());
      default -> expect(timed, "validate", text);
    }
    if (Files.exists(out)) {
      expect(timed, "validate", out.toString());
    }
  }

  private void expect(boolean timed, String... arguments) {
    StringWriter told = new StringWriter();
    PrintWriter writer = new PrintWriter(told, true);
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    int code =
        Dualgrid.commandLine(new FakeEngine(), Terminal.plain(writer, writer)).execute(arguments);
    long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    String text = told.toString();
    assertThat(code).as(text).isIn(ExitCode.OK, ExitCode.BAD_INPUT);
    assertThat(text).doesNotContain("\tat ", "\u0000", "\u001b");
    assertThat(code == ExitCode.OK || text.contains("error: ")).as(text).isTrue();
    if (timed) {
      assertThat(TimeUnit.NANOSECONDS.toSeconds(took)).isLessThan(MOST_SECONDS);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
