package io.dualgrid.caseio.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualgrid.device.Profile;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.problem.ReadFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Profile columns of a case; each file is read once, and each problem told once. */
public final class ProfileLoader {
  private final CaseFiles files;
  private final CsvTable.Dialect dialect;
  private final String expectation;
  private final String alternative;
  private final Consumer<CaseProblem> problems;
  private final Map<String, Optional<CsvTable>> seen = new HashMap<>();
  private final Map<String, Optional<CsvTable>> tables = new HashMap<>();
  private final Map<String, Optional<double[]>> columns = new HashMap<>();

  /**
   * A loader.
   *
   * @param dialect of the files
   * @param expectation what says how many rows there must be, for messages
   * @param alternative what else than the file could be mended
   */
  public ProfileLoader(
      CaseFiles files,
      CsvTable.Dialect dialect,
      String expectation,
      String alternative,
      Consumer<CaseProblem> problems) {
    this.files = files;
    this.dialect = dialect;
    this.expectation = expectation;
    this.alternative = alternative;
    this.problems = problems;
  }

  /**
   * The profile that a reference names.
   *
   * @param reference with file, column and factor
   * @param rows the number of rows it must have; 0 for any
   * @param place the device, for messages
   */
  public Optional<Profile> load(JsonNode reference, int rows, String place) {
    String file = reference.get("file").textValue();
    String column = reference.get("column").textValue();
    double factor = reference.get("factor").doubleValue();
    return values(file, column, rows, place)
        .map(values -> new Profile(file, column, factor, values));
  }

  /** The numbers of a column, checked for their count when rows is positive. */
  public Optional<double[]> values(String file, String column, int rows, String place) {
    return columns.computeIfAbsent(
        file + "\n" + column,
        key ->
            table(file, place)
                .flatMap(table -> table.numbers(column, place, problems))
                .filter(values -> hasRows(file, column, values.length, rows, place)));
  }

  /**
   * The number of rows that most files have, the larger number where it is a draw; 0 when none can
   * be read. Problems are not told here.
   */
  public int commonRows(Collection<String> names) {
    Map<Integer, Integer> votes = new HashMap<>();
    for (String name : names) {
      peek(name)
          .map(table -> table.rows().size())
          .filter(rows -> rows > 0)
          .ifPresent(rows -> votes.merge(rows, 1, Integer::sum));
    }
    return votes.entrySet().stream()
        .max(
            Map.Entry.<Integer, Integer>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .orElse(0);
  }

  /** A file as it stands; empty when it cannot be read. Problems are not told here. */
  public Optional<CsvTable> peek(String name) {
    return seen.computeIfAbsent(
        name,
        unread -> {
          try {
            return CsvTable.parse(name, files.read(name), dialect, problem -> {});
          } catch (IOException e) {
            return Optional.empty(); // told when a device needs the file
          }
        });
  }

  /** The columns of a file; none when it cannot be read. */
  public List<String> header(String file) {
    return table(file, "").map(CsvTable::header).orElse(List.of());
  }

  private boolean hasRows(String file, String column, int found, int rows, String place) {
    if (rows <= 0 || found == rows) {
      return true;
    }
    problems.accept(
        new CaseProblem(
            file,
            place,
            "column",
            column,
            found + " rows of values, but " + expectation + " " + rows,
            (found < rows
                    ? "add the missing " + (rows - found) + " rows"
                    : "remove the last " + (found - rows) + " rows")
                + alternative));
    return false;
  }

  private Optional<CsvTable> table(String file, String place) {
    return tables.computeIfAbsent(file, name -> read(name, place));
  }

  private Optional<CsvTable> read(String file, String place) {
    if (!staysInside(file)) {
      problems.accept(
          new CaseProblem(
              CaseReader.CASE_FILE,
              place,
              "file",
              file,
              "is not inside the case folder",
              "copy the file into the folder and give its name alone, with forward slashes"));
      return Optional.empty();
    }
    Optional<CsvTable> known = seen.getOrDefault(file, Optional.empty());
    if (known.isPresent()) {
      return known;
    }
    try {
      return CsvTable.parse(file, files.read(file), dialect, problems);
    } catch (NoSuchFileException | FileNotFoundException e) {
      problems.accept(
          new CaseProblem(
              file,
              place,
              "",
              "",
              "there is no such file in " + files.label(),
              "put it there, or correct the name; upper and lower case count"));
    } catch (IOException e) {
      problems.accept(ReadFailure.of(file, place, e));
    }
    return Optional.empty();
  }

  private static boolean staysInside(String file) {
    return !file.startsWith("/")
        && file.indexOf('\\') < 0
        && file.indexOf(':') < 0
        && file.indexOf('\0') < 0
        && !("/" + file + "/").contains("/../")
        && !file.endsWith("/");
  }
}
