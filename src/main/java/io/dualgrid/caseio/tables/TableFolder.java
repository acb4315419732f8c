package io.dualgrid.caseio.tables;

import io.dualgrid.caseio.ImportNotice;
import io.dualgrid.caseio.Notices;
import io.dualgrid.caseio.format.CaseFiles;
import io.dualgrid.caseio.format.CsvTable;
import io.dualgrid.caseio.format.CsvTable.Dialect;
import io.dualgrid.device.DeviceKinds;
import io.dualgrid.problem.CaseProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tables of a folder or of a workbook, under the names of our own and of the published
 * workflow. In a workbook the sheet devices stands for devices.csv, and so on.
 */
public final class TableFolder {
  /** Which devices stand at which node. */
  static final List<String> DEVICES = List.of("devices.csv", "des_config.csv");

  /** The lines of the network. */
  static final List<String> LINES = List.of("lines.csv", "network_config.csv");

  /** Limits, sizes and prices other than their defaults. */
  static final List<String> PARAMETERS = List.of("parameters.csv");

  private static final Pattern OTHER_WORKBOOK =
      Pattern.compile(".*\\.(xls|xlsm|xlsb|xltx|ods)", Pattern.CASE_INSENSITIVE);

  private final CaseFiles files;
  private final Set<String> names;
  private final Consumer<CaseProblem> problems;
  private final Set<String> used = new LinkedHashSet<>();

  private TableFolder(CaseFiles files, Set<String> names, Consumer<CaseProblem> problems) {
    this.files = files;
    this.names = names;
    this.problems = problems;
  }

  /**
   * Opens a folder of CSV files, or a workbook (.xlsx).
   *
   * @return empty when there is neither; told as a problem
   * @throws IOException when it cannot be read
   */
  public static Optional<TableFolder> open(Path path, Consumer<CaseProblem> problems)
      throws IOException {
    if (Files.isDirectory(path)) {
      try (Stream<Path> entries = Files.list(path)) {
        Set<String> names =
            entries.map(entry -> entry.getFileName().toString()).collect(Collectors.toSet());
        return Optional.of(new TableFolder(CaseFiles.folder(path), names, problems));
      }
    }
    if (Files.isRegularFile(path) && isWorkbook(path)) {
      return Workbook.open(path, problems)
          .map(workbook -> new TableFolder(workbook, workbook.names(), problems));
    }
    if (OTHER_WORKBOOK.matcher(path.toString()).matches()) {
      problems.accept(
          new CaseProblem(
              path.toString(),
              "",
              "",
              "",
              "is a workbook of another kind than .xlsx",
              "open it in a spreadsheet program and save it as .xlsx (without macros)"));
      return Optional.empty();
    }
    problems.accept(
        new CaseProblem(
            path.toString(),
            "",
            "",
            "",
            "there is no such folder or workbook (.xlsx)",
            "give the folder with the tables; make one with: dualgrid new"));
    return Optional.empty();
  }

  private static boolean isWorkbook(Path path) {
    return path.toString().toLowerCase(Locale.ROOT).endsWith(".xlsx");
  }

  /** Problems in the words of where the tables are: a workbook has sheets instead of files. */
  public static List<CaseProblem> inWordsOf(Path path, List<CaseProblem> problems) {
    if (!isWorkbook(path)) {
      return problems;
    }
    return problems.stream()
        .map(
            problem ->
                new CaseProblem(
                    sheets(problem.file()),
                    problem.place(),
                    problem.field(),
                    problem.value(),
                    sheets(problem.message()),
                    sheets(problem.remedy())))
        .toList();
  }

  /** Notices in the words of where the tables are. */
  static List<ImportNotice> noticesInWordsOf(Path path, List<ImportNotice> notices) {
    if (!isWorkbook(path)) {
      return notices;
    }
    return notices.stream()
        .map(
            notice ->
                new ImportNotice(
                    sheets(notice.message()),
                    notice.where().stream().map(TableFolder::sheets).toList()))
        .toList();
  }

  private static String sheets(String text) {
    return text.replaceAll("(?U)\\b([\\w-]+)\\.csv\\b", "sheet $1")
        .replace("no such file in", "no such sheet in");
  }

  /** The files, for profiles. */
  public CaseFiles files() {
    return files;
  }

  /** The first of some names that is there. */
  public Optional<String> find(List<String> candidates) {
    Optional<String> found = candidates.stream().filter(names::contains).findFirst();
    found.ifPresent(used::add);
    return found;
  }

  /** The profile files that are there. */
  List<String> profileFiles() {
    return DeviceKinds.all().stream()
        .flatMap(kind -> kind.profileFiles().stream())
        .filter(names::contains)
        .toList();
  }

  /** A table that may hold comments; problems are told. */
  Optional<CsvTable> read(String name) throws IOException {
    return CsvTable.parse(name, files.read(name), Dialect.COMMENTED, problems);
  }

  /** A table that must be there; problems are told. */
  Optional<CsvTable> require(List<String> candidates) throws IOException {
    Optional<String> name = find(candidates);
    if (name.isEmpty()) {
      problems.accept(
          new CaseProblem(
              candidates.get(0),
              "",
              "",
              "",
              "there is no such file in " + files.label(),
              "give the folder with the tables; make one with: dualgrid new"));
      return Optional.empty();
    }
    return read(name.get());
  }

  /** Names the CSV files that nothing has used. */
  public void nameLeftovers(Notices notices) {
    names.stream()
        .filter(name -> name.toLowerCase(Locale.ROOT).endsWith(".csv"))
        .filter(name -> !used.contains(name))
        .sorted()
        .forEach(name -> notices.add(name, "not used; left out"));
  }
}
