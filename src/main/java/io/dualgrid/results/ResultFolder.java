package io.dualgrid.results;

import io.dualgrid.files.OwnerOnly;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A folder that result files are written to, all or nothing: every file is first written whole
 * beside its place and forced to the disk, and only when all of them stand do they take their names
 * in one atomic move each. A full disk or a killed process so leaves the files of an earlier run as
 * they were. Dispatches tell how people live: files, and folders made here, are for their owner
 * only.
 */
public final class ResultFolder {
  private static final Set<StandardOpenOption> NEW_FILE =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private final Path folder;

  private ResultFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Opens a folder, made when there is none, and tries it with a file, so that a run does not end
   * in results that cannot be kept.
   *
   * @throws ResultException when nothing can be written there
   */
  public static ResultFolder open(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    try {
      Files.createDirectories(absolute, OwnerOnly.folder());
      Path trial = temporary(absolute, "trial");
      Files.write(trial, new byte[] {0}, StandardOpenOption.CREATE_NEW);
      Files.delete(trial);
    } catch (IOException e) {
      throw failure(absolute, e);
    }
    return new ResultFolder(absolute);
  }

  /** Where it is. */
  public Path path() {
    return folder;
  }

  /**
   * Writes files, in UTF-8, replacing those of the same names.
   *
   * @param contents by file name, moved into place in this order
   * @throws ResultException when one cannot be written; then none has been replaced, unless it was
   *     a move itself that failed
   */
  public void write(Map<String, FileContent> contents) {
    Map<Path, Path> finished = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, FileContent> entry : contents.entrySet()) {
        Path temporary = temporary(folder, entry.getKey());
        finished.put(temporary, folder.resolve(entry.getKey()));
        writeForced(temporary, entry.getValue());
      }
      for (Map.Entry<Path, Path> entry : finished.entrySet()) {
        move(entry.getKey(), entry.getValue());
      }
      forceFolder();
    } catch (IOException e) {
      throw failure(folder, e);
    } finally {
      finished.keySet().forEach(ResultFolder::deleteQuietly);
    }
  }

  /**
   * Writes one file of bytes, such as a picture, replacing one of the same name.
   *
   * @param name of the file
   * @param content all of it, not modified
   * @throws ResultException when it cannot be written; the old one is then as it was
   */
  public void write(String name, byte[] content) {
    Path temporary = temporary(folder, name);
    try {
      try (FileChannel channel = FileChannel.open(temporary, NEW_FILE, OwnerOnly.file())) {
        ByteBuffer rest = ByteBuffer.wrap(content);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        channel.force(true);
      }
      move(temporary, folder.resolve(name));
      forceFolder();
    } catch (IOException e) {
      throw failure(folder, e);
    } finally {
      deleteQuietly(temporary);
    }
  }

  private static Path temporary(Path folder, String name) {
    return folder.resolve("." + name + "." + UUID.randomUUID() + ".tmp");
  }

  private static void writeForced(Path file, FileContent content) throws IOException {
    try (FileChannel channel = FileChannel.open(file, NEW_FILE, OwnerOnly.file())) {
      Writer writer =
          new BufferedWriter(
              new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.UTF_8));
      content.writeTo(writer);
      writer.flush();
      channel.force(true);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      // Some network drives: a plain move is the best that there is.
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  // The new names themselves live in the folder, which POSIX systems force like a file; Windows
  // does not open folders and needs no such thing.
  private void forceFolder() {
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

  private static ResultException failure(Path folder, IOException e) {
    return new ResultException(
        "cannot write results to "
            + folder
            + ": "
            + reason(e)
            + "; free or choose another folder with --out",
        e);
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException denied) {
      return "no permission for " + denied.getFile();
    }
    if (e instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + " is a file, not a folder";
    }
    if (e instanceof NoSuchFileException missing) {
      return missing.getFile() + " cannot be made there";
    }
    if (e instanceof FileSystemException other && other.getReason() != null) {
      return other.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
