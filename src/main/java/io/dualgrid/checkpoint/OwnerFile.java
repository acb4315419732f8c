package io.dualgrid.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * Files that only their owner may read, replaced whole or not at all: the new content is written
 * beside the old one and forced to the disk before it takes its name in one move.
 */
final class OwnerFile {
  /** Whether the permissions of files are those of POSIX; elsewhere those of the folder hold. */
  static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private static final FileAttribute<?>[] OWNER_ONLY =
      POSIX
          ? new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
          }
          : new FileAttribute<?>[0];

  private static final String SUFFIX = ".tmp";

  private OwnerFile() {}

  /**
   * Writes or replaces a file.
   *
   * @throws IOException when the disk does not take it; the old one is then as it was
   */
  static void replace(Path file, byte[] content) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path fresh = absolute.resolveSibling(prefix(absolute) + UUID.randomUUID() + SUFFIX);
    try {
      Set<StandardOpenOption> options =
          Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      try (FileChannel channel = FileChannel.open(fresh, options, OWNER_ONLY)) {
        ByteBuffer rest = ByteBuffer.wrap(content);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        channel.force(true);
      }
      move(fresh, absolute);
      forceFolder(absolute.getParent());
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** Deletes what writes of a file have left that were killed half-way. */
  static void deleteLeftovers(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(
            absolute.getParent(), entry -> isLeftover(entry.getFileName().toString(), absolute))) {
      for (Path entry : entries) {
        Files.deleteIfExists(entry);
      }
    }
  }

  private static boolean isLeftover(String name, Path file) {
    int uuid = 36;
    return name.startsWith(prefix(file))
        && name.endsWith(SUFFIX)
        && name.length() == prefix(file).length() + uuid + SUFFIX.length();
  }

  private static String prefix(Path file) {
    return "." + file.getFileName() + ".";
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      // Some network drives: a plain move is the best that there is.
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  // The name lives in the folder, which POSIX systems force like a file.
  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows does not open folders; elsewhere only safety against a loss of power is less.
    }
  }

  /** Why a file could not be read or written, for people. */
  static String reason(IOException e) {
    if (e instanceof AccessDeniedException denied) {
      return "no permission for " + denied.getFile();
    }
    if (e instanceof NoSuchFileException missing) {
      return "there is no " + missing.getFile();
    }
    if (e instanceof FileSystemException other && other.getReason() != null) {
      return other.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
