package io.dualgrid.caseio.format;

import io.dualgrid.caseio.check.CaseCheck;
import io.dualgrid.problem.CaseException;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.problem.Spelling;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds a case by what a user typed: the name of a bundled case, or a folder. */
public final class CaseLocator {
  private static final String PREFIX = "/io/dualgrid/bundled/";

  private CaseLocator() {}

  /** Names of the cases that travel inside the program. */
  public static List<String> bundledNames() {
    // a jar cannot be listed, so data/bundled.txt names the folders
    try (InputStream stream = CaseLocator.class.getResourceAsStream(PREFIX + "bundled.txt")) {
      if (stream == null) {
        throw new IllegalStateException("resource bundled.txt is missing");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read bundled.txt", e);
    }
  }

  /**
   * Reads a case.
   *
   * @param nameOrFolder a bundled name, a folder with case.json, or that file; a bundled name wins
   *     over a folder of the same name, which ./name reaches
   * @throws CaseException when there is no such case or it has errors
   */
  public static GridCase read(String nameOrFolder) {
    return check(nameOrFolder).orThrow();
  }

  /**
   * Reads and checks a case.
   *
   * @param nameOrFolder as for {@link #read}
   * @return the case or its errors, and warnings
   */
  public static CaseCheck check(String nameOrFolder) {
    if (bundledNames().contains(nameOrFolder)) {
      return checkBundled(nameOrFolder);
    }
    try {
      Path path = Path.of(nameOrFolder);
      if (path.endsWith(CaseReader.CASE_FILE) && Files.isRegularFile(path)) {
        return CaseReader.check(path.toAbsolutePath().getParent());
      }
      if (!nameOrFolder.isEmpty() && Files.exists(path)) {
        return CaseReader.check(path);
      }
    } catch (InvalidPathException e) {
      // neither a name nor a path; told below
    }
    return unknown(nameOrFolder);
  }

  static CaseCheck checkBundled(String name) {
    return bundledNames().contains(name)
        ? CaseReader.check(CaseFiles.classPath(name, PREFIX + name + "/"))
        : unknown(name);
  }

  private static CaseCheck unknown(String name) {
    String question = Spelling.question(name, bundledNames());
    CaseProblem problem =
        new CaseProblem(
            name.isEmpty() ? "case" : name,
            "",
            "",
            "",
            "there is neither a bundled case nor a folder of this name",
            (question.isEmpty() ? "" : question + " ")
                + "give one of "
                + String.join(", ", bundledNames())
                + ", or a folder with case.json");
    return new CaseCheck("case " + name, Optional.empty(), List.of(problem), List.of());
  }
}
