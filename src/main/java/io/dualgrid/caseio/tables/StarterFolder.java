package io.dualgrid.caseio.tables;

import io.dualgrid.files.AtomicFolder;
import io.dualgrid.problem.CaseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes a commented starter folder: the tables of a small example district with all defaults and
 * units, from which {@link TableBuilder} builds a case as it stands.
 */
public final class StarterFolder {
  private static final List<String> FILES =
      List.of(
          "README.md",
          "devices.csv",
          "lines.csv",
          "parameters.csv",
          "p_load.csv",
          "q_load.csv",
          "h_load.csv",
          "pv.csv",
          "wp.csv",
          "prices.csv");

  private StarterFolder() {}

  /**
   * Writes the folder.
   *
   * @param target must not exist or be empty
   * @param replace whether a folder with content may be replaced
   * @return the names of the files
   * @throws CaseException when the target holds something and replace is false
   * @throws IOException when the disk does not take it; the target is then as it was
   */
  public static List<String> write(Path target, boolean replace) throws IOException {
    return AtomicFolder.write(
        target,
        replace,
        folder -> {
          for (String file : FILES) {
            copy(file, folder.resolve(file));
          }
          return FILES;
        });
  }

  private static void copy(String file, Path target) throws IOException {
    try (InputStream stream = StarterFolder.class.getResourceAsStream("starter/" + file)) {
      if (stream == null) {
        throw new IllegalStateException("resource starter/" + file + " is missing");
      }
      Files.copy(stream, target);
    }
  }
}
