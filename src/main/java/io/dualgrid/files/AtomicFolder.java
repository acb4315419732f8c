package io.dualgrid.files;

import io.dualgrid.problem.CaseException;
import io.dualgrid.problem.CaseProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Writes a whole folder or nothing: the content is made in a folder beside the target, which then
 * takes its name.
 */
public final class AtomicFolder {
  private AtomicFolder() {}

  /** Fills a folder. */
  public interface Filler<T> {
    /**
     * Writes the content.
     *
     * @param folder empty
     */
    T fill(Path folder) throws IOException;
  }

  /**
   * Makes a folder.
   *
   * @param target must not exist, be empty, or be replaceable
   * @param replace whether a folder with content may be replaced
   * @throws CaseException when the target holds something and replace is false
   * @throws IOException when the disk does not take it; the target is then as it was
   */
  public static <T> T write(Path target, boolean replace, Filler<T> filler) throws IOException {
    Path absolute = target.toAbsolutePath().normalize();
    boolean occupied = isOccupied(absolute);
    if (occupied && !replace) {
      throw new CaseException(
          target.toString(),
          List.of(
              new CaseProblem(
                  target.toString(),
                  "",
                  "",
                  "",
                  "is there already and not empty",
                  "give another folder, or allow replacing it (--force)")));
    }
    Files.createDirectories(absolute.getParent());
    Path fresh = sibling(absolute, "new");
    try {
      T result = filler.fill(fresh);
      Path old = null;
      if (Files.exists(absolute)) {
        old = sibling(absolute, "old");
        move(absolute, old);
      }
      try {
        move(fresh, absolute);
      } catch (IOException e) {
        if (old != null) {
          move(old, absolute);
        }
        throw e;
      }
      if (old != null) {
        delete(old);
      }
      return result;
    } finally {
      delete(fresh);
    }
  }

  /**
   * Refuses a target that is the source, holds it, or lies in it: replacing it would destroy what
   * the case is made of.
   *
   * @throws CaseException when it is so
   */
  public static void requireApart(Path source, Path target) throws IOException {
    if (!Files.exists(source)) {
      return; // told by who reads it
    }
    Path from = source.toRealPath();
    Path to = real(target.toAbsolutePath().normalize());
    boolean same = from.equals(to);
    if (same || from.startsWith(to) || Files.isDirectory(from) && to.startsWith(from)) {
      throw new CaseException(
          target.toString(),
          List.of(
              new CaseProblem(
                  target.toString(),
                  "",
                  "",
                  "",
                  same
                      ? "is the source itself"
                      : from.startsWith(to)
                          ? "holds the source " + source
                          : "lies inside the source " + source,
                  "give a folder outside of the source (--out)")));
    }
  }

  /** Where a path leads, through the links of as much of it as there is. */
  private static Path real(Path path) throws IOException {
    if (Files.exists(path) || path.getParent() == null) {
      return path.toRealPath();
    }
    return real(path.getParent()).resolve(path.getFileName());
  }

  /** An empty folder beside another, with the usual permissions, unlike a temporary folder. */
  private static Path sibling(Path folder, String purpose) throws IOException {
    String name = "." + folder.getFileName() + "." + purpose + "-" + UUID.randomUUID();
    return Files.createDirectory(folder.resolveSibling(name));
  }

  private static boolean isOccupied(Path target) throws IOException {
    if (!Files.exists(target)) {
      return false;
    }
    if (!Files.isDirectory(target)) {
      return true;
    }
    try (Stream<Path> entries = Files.list(target)) {
      return entries.findAny().isPresent();
    }
  }

  /** Moves a folder onto an empty one or onto nothing. */
  private static void move(Path from, Path to) throws IOException {
    if (Files.exists(to)) {
      Files.delete(to);
    }
    AtomicMove.move(from, to);
  }

  /** Deletes a folder with all that is in it, if it is there; links in it are not followed. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> entries = Files.walk(folder)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    }
  }
}
