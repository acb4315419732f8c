package io.dualgrid.natives;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/**
 * A temporary directory that only this user can enter, removed when the virtual machine ends. One
 * that was left behind by a virtual machine that was killed is removed by the next: a file in it is
 * locked for as long as its owner lives, and the system lets go of the lock when the owner dies of
 * whatever.
 */
final class PrivateDirectory {
  private static final String PREFIX = "dualgrid-natives-";
  private static final String LOCK = "in-use";

  private static Path directory;

  /** Never released: it says that this virtual machine lives. */
  @SuppressWarnings("unused")
  private static FileLock lock;

  private PrivateDirectory() {}

  /** The directory, made at the first call, and again when something else has removed it. */
  static synchronized Path path() throws IOException {
    if (directory == null || !Files.isDirectory(directory)) {
      Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
      removeLeftBehind(temporary);
      boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
      FileAttribute<?>[] ownerOnly =
          posix
              ? new FileAttribute<?>[] {
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
              }
              : new FileAttribute<?>[0];
      Path created = Files.createTempDirectory(temporary, PREFIX, ownerOnly);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(created), "natives-cleanup"));
      lock = lock(created);
      directory = created;
    }
    return directory;
  }

  /**
   * Locks a directory. The lock file gets its name only once it is locked, so that who looks for
   * directories left behind never finds one with a lock that is still to be taken.
   */
  static FileLock lock(Path created) throws IOException {
    Path unnamed = created.resolve(LOCK + ".new");
    FileChannel channel =
        FileChannel.open(unnamed, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    FileLock taken = channel.lock();
    Files.move(unnamed, created.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
    return taken;
  }

  /** Removes directories of this user whose owners are dead. */
  static void removeLeftBehind(Path temporary) {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(temporary, PREFIX + "*")) {
      for (Path candidate : found) {
        removeIfDead(candidate);
      }
    } catch (IOException e) {
      // What is left behind costs space, nothing else.
    }
  }

  private static void removeIfDead(Path candidate) {
    Path file = candidate.resolve(LOCK);
    if (Files.isSymbolicLink(candidate) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    boolean dead;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      dead = channel.tryLock() != null;
    } catch (IOException | RuntimeException e) {
      // another user's, or locked by this very virtual machine
      return;
    }
    if (dead) {
      remove(candidate);
    }
  }

  // Windows holds on to a library that is loaded, so there the directory stays behind until the
  // next start.
  static void remove(Path created) {
    try (Stream<Path> files = Files.list(created)) {
      files.filter(file -> !file.endsWith(LOCK)).forEach(PrivateDirectory::removeQuietly);
    } catch (IOException e) {
      return;
    }
    // last, so that what stops halfway is still found
    removeQuietly(created.resolve(LOCK));
    removeQuietly(created);
  }

  private static void removeQuietly(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // Nobody is left to tell at exit, and nothing depends on it.
    }
  }
}
