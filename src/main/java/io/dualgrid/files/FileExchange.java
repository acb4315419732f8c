package io.dualgrid.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Exchanges all files of a set in a folder for new ones: all or nothing. The new ones are made
 * whole in a folder of their own on the same disk, so that what can fail fails there. Then a folder
 * that is not there yet takes its name in one step; in one that is, the old files move aside and
 * the new ones into place, and all of it is taken back when a move fails. Other files of the folder
 * stay as they are.
 */
public final class FileExchange {
  private FileExchange() {}

  /** Makes the new files. */
  @FunctionalInterface
  public interface Filler {
    /**
     * Writes them.
     *
     * @param staged an empty folder
     * @throws IOException when the disk does not take them
     */
    void fill(Path staged) throws IOException;
  }

  /**
   * Exchanges them.
   *
   * @param folder made when there is none, for its owner only
   * @param members names of the old files that go, as far as they are there
   * @param filler of the new ones
   * @throws IOException when the disk does not take them; the folder is then as it was
   */
  public static void exchange(Path folder, Collection<String> members, Filler filler)
      throws IOException {
    if (Files.isDirectory(folder)) {
      intoExisting(folder, members, filler);
    } else {
      intoNew(folder, filler);
    }
  }

  private static void intoNew(Path folder, Filler filler) throws IOException {
    MadeFolders above = MadeFolders.make(folder.getParent());
    Path staged = aside(folder.getParent(), folder.getFileName().toString());
    boolean done = false;
    try {
      Files.createDirectory(staged, OwnerOnly.folder());
      filler.fill(staged);
      AtomicMove.move(staged, folder);
      AtomicFiles.forceFolder(folder.getParent());
      done = true;
    } finally {
      deleteQuietly(staged);
      if (!done) {
        above.unmake();
      }
    }
  }

  private static void intoExisting(Path folder, Collection<String> members, Filler filler)
      throws IOException {
    Path staged = aside(folder, "new");
    Path old = aside(folder, "old");
    try {
      Files.createDirectory(staged, OwnerOnly.folder());
      Files.createDirectory(old, OwnerOnly.folder());
      filler.fill(staged);
      Set<String> fresh = new LinkedHashSet<>(names(staged));
      Set<String> leaving = new LinkedHashSet<>(members);
      leaving.addAll(fresh);
      Deque<Step> taken = new ArrayDeque<>();
      try {
        for (String name : leaving) {
          if (Files.exists(folder.resolve(name))) {
            take(new Step(folder.resolve(name), old.resolve(name)), taken);
          }
        }
        for (String name : fresh) {
          take(new Step(staged.resolve(name), folder.resolve(name)), taken);
        }
      } catch (IOException e) {
        takeBack(taken, e);
        throw e;
      }
      AtomicFiles.forceFolder(folder);
    } finally {
      deleteQuietly(staged);
      deleteQuietly(old);
    }
  }

  private record Step(Path from, Path to) {}

  private static void take(Step step, Deque<Step> taken) throws IOException {
    AtomicMove.move(step.from, step.to);
    taken.push(step);
  }

  private static void takeBack(Deque<Step> taken, IOException reason) {
    for (Step step : taken) {
      try {
        AtomicMove.move(step.to, step.from);
      } catch (IOException e) {
        reason.addSuppressed(e);
      }
    }
  }

  private static Path aside(Path folder, String purpose) {
    return folder.resolve("." + purpose + "." + UUID.randomUUID() + AtomicFiles.SUFFIX);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private static void deleteQuietly(Path folder) {
    try {
      if (Files.isDirectory(folder)) {
        for (String name : names(folder)) {
          Files.delete(folder.resolve(name));
        }
        Files.delete(folder);
      }
    } catch (IOException e) {
      // Its name says that it is temporary; what failed before has been reported.
    }
  }
}
