package io.dualgrid.problem;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Files that are there but cannot be read, as problems for people. */
public final class ReadFailure {
  private ReadFailure() {}

  /**
   * The problem of a file.
   *
   * @param place what needs the file; empty when nothing in particular does
   */
  public static CaseProblem of(String file, String place, IOException e) {
    if (e instanceof AccessDeniedException) {
      return new CaseProblem(
          file,
          place,
          "",
          "",
          "cannot be read: no permission",
          "allow reading it, such as chmod u+r");
    }
    // Java has no exception of its own for this; the text is that of the system
    if (e.getMessage() != null && e.getMessage().contains("Is a directory")) {
      return new CaseProblem(
          file, place, "", "", "is a folder, not a file", "put the file in its place");
    }
    String reason = reason(e);
    return new CaseProblem(
        file, place, "", "", "cannot be read: " + reason, "check that it is a readable file");
  }

  /** The reason without the path, which the problem names already. */
  private static String reason(IOException e) {
    if (e instanceof FileSystemException named && named.getReason() != null) {
      return named.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** The problem of whatever file of a folder an exception names, else of the folder. */
  public static CaseProblem within(Path source, IOException e) {
    String file = source.toString();
    if (e instanceof FileSystemException named && named.getFile() != null) {
      Path path = Path.of(named.getFile());
      file = path.startsWith(source) ? source.relativize(path).toString() : named.getFile();
      if (file.isEmpty()) {
        file = source.toString();
      }
    }
    return of(file, "", e);
  }
}
