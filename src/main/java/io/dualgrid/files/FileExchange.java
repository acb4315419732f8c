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
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Exchanges all files of a set in a folder for new ones: all or nothing. The new ones are made
 * whole in a folder of their own on the same disk, so that what can fail fails there. Then a folder
 * that is not there yet takes its name in one step; in one that is, the old files move aside and
 * the new ones into place, and all of it is taken back when a move fails. What a process that is
 * killed meanwhile leaves, {@link #recover} completes or takes back. Other files of the folder stay
 * as they are.
 */
public final class FileExchange {
  private static final String UUID_PATTERN = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final String NEW = "new";
  private static final String OLD = "old";

  /** New files of which some may have moved, after all old ones have. */
  private static final String DUE = "due";

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

  /**
   * Puts a folder right that a killed exchange has left half-way: with the new files where all old
   * ones had moved, else with the old ones.
   *
   * @param folder that no exchange is going on in; it need not be there
   * @throws IOException when the disk does not take a move
   */
  public static void recover(Path folder) throws IOException {
    Path parent = folder.getParent();
    if (parent != null && Files.isDirectory(parent)) {
      for (Path staged : asides(parent, folder.getFileName().toString())) {
        AtomicFolder.delete(staged);
      }
    }
    if (!Files.isDirectory(folder)) {
      return;
    }
    for (Path due : asides(folder, DUE)) {
      moveAll(due, folder);
      AtomicFolder.delete(due);
    }
    for (Path staged : asides(folder, NEW)) {
      Path old =
          folder.resolve("." + OLD + staged.getFileName().toString().substring(1 + NEW.length()));
      if (Files.isDirectory(old)) {
        moveAll(old, folder);
      }
      AtomicFolder.delete(staged);
    }
    for (Path old : asides(folder, OLD)) {
      AtomicFolder.delete(old);
    }
  }

  private static void moveAll(Path from, Path to) throws IOException {
    for (String name : names(from)) {
      AtomicMove.move(from.resolve(name), to.resolve(name));
    }
  }

  private static void intoNew(Path folder, Filler filler) throws IOException {
    MadeFolders above = MadeFolders.make(folder.getParent());
    Path staged = aside(folder.getParent(), folder.getFileName().toString(), UUID.randomUUID());
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
    UUID exchange = UUID.randomUUID();
    Path staged = aside(folder, NEW, exchange);
    Path due = aside(folder, DUE, exchange);
    Path old = aside(folder, OLD, exchange);
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
        take(new Step(staged, due), taken);
        for (String name : fresh) {
          take(new Step(due.resolve(name), folder.resolve(name)), taken);
        }
      } catch (IOException e) {
        takeBack(taken, e);
        throw e;
      }
      AtomicFiles.forceFolder(folder);
    } finally {
      // the old files last: beside new ones they are what was there before
      deleteQuietly(staged);
      deleteQuietly(due);
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

  private static Path aside(Path folder, String purpose, UUID exchange) {
    return folder.resolve("." + purpose + "." + exchange + AtomicFiles.SUFFIX);
  }

  /** The folders aside of a purpose that are there. */
  private static List<Path> asides(Path folder, String purpose) throws IOException {
    Pattern pattern =
        Pattern.compile(
            Pattern.quote("." + purpose + ".") + UUID_PATTERN + Pattern.quote(AtomicFiles.SUFFIX));
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(path -> pattern.matcher(path.getFileName().toString()).matches())
          .filter(Files::isDirectory)
          .toList();
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private static void deleteQuietly(Path folder) {
    try {
      AtomicFolder.delete(folder);
    } catch (IOException e) {
      // Its name says that it is temporary; what failed before has been reported.
    }
  }
}
