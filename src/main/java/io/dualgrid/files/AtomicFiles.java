package io.dualgrid.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Replaces files of a folder all or nothing: every file is first written whole beside its place and
 * forced to the disk, and only when all of them stand do they take their names in one atomic move
 * each. A full disk or a killed process so leaves the earlier files as they were. What is written
 * is for its owner only, where systems have that.
 */
public final class AtomicFiles {
  static final String SUFFIX = ".tmp";
  private static final int UUID_LENGTH = 36;
  private static final String TRIAL = "trial";

  private AtomicFiles() {}

  /** Writes the content of one file. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything and flushes what it wraps around; the caller closes. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes or replaces files.
   *
   * @param folder must exist
   * @param contents by file name, moved into place in this order
   * @throws IOException when the disk does not take one; then none has been replaced, unless it was
   *     a move itself that failed
   */
  public static void replace(Path folder, Map<String, ? extends Content> contents)
      throws IOException {
    Map<Path, Path> finished = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, ? extends Content> entry : contents.entrySet()) {
        Path place = folder.resolve(entry.getKey());
        Path fresh = fresh(place);
        finished.put(fresh, place);
        writeForced(fresh, entry.getValue());
      }
      for (Map.Entry<Path, Path> entry : finished.entrySet()) {
        AtomicMove.move(entry.getKey(), entry.getValue());
      }
      forceFolder(folder);
    } finally {
      finished.keySet().forEach(AtomicFiles::deleteQuietly);
    }
  }

  /**
   * Writes or replaces one file.
   *
   * @param content all of it, not modified
   * @throws IOException when the disk does not take it; the old one is then as it was
   */
  public static void replace(Path file, byte[] content) throws IOException {
    Path absolute = file.toAbsolutePath();
    Content all = out -> out.write(content);
    replace(absolute.getParent(), Map.of(absolute.getFileName().toString(), all));
  }

  /**
   * Tries whether a folder takes files, by one that is deleted at once.
   *
   * @throws IOException when it does not
   */
  public static void tryFolder(Path folder) throws IOException {
    Path trial = fresh(folder.resolve(TRIAL));
    try {
      Files.write(trial, new byte[] {0}, StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      // a full disk still takes an empty file
      deleteQuietly(trial);
      throw e;
    }
    Files.delete(trial);
  }

  /**
   * Deletes what writes of a file have left that were killed half-way.
   *
   * @throws IOException when its folder cannot be read, or a file not deleted
   */
  public static void deleteLeftovers(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(
            absolute.getParent(), entry -> isLeftover(entry.getFileName().toString(), absolute))) {
      for (Path entry : entries) {
        Files.deleteIfExists(entry);
      }
    }
  }

  /**
   * Deletes what {@link #tryFolder} has left that was killed half-way.
   *
   * @throws IOException when the folder cannot be read, or a file not deleted
   */
  public static void deleteTrials(Path folder) throws IOException {
    deleteLeftovers(folder.resolve(TRIAL));
  }

  private static Path fresh(Path place) {
    return place.resolveSibling(prefix(place) + UUID.randomUUID() + SUFFIX);
  }

  private static boolean isLeftover(String name, Path file) {
    return name.startsWith(prefix(file))
        && name.endsWith(SUFFIX)
        && name.length() == prefix(file).length() + UUID_LENGTH + SUFFIX.length();
  }

  private static String prefix(Path file) {
    return "." + file.getFileName() + ".";
  }

  /** Writes a new file and forces it to the disk; it must not exist. */
  public static void writeForced(Path file, Content content) throws IOException {
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(file, options, OwnerOnly.file())) {
      content.writeTo(Channels.newOutputStream(channel));
      channel.force(true);
    }
  }

  // The new names themselves live in the folder, which POSIX systems force like a file; Windows
  // does not open folders and needs no such thing.
  static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // The files are in place; only their safety against a loss of power is less.
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // Its own failure has been reported already, and the name says that it is temporary.
    }
  }
}
