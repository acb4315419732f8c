package io.dualgrid.natives;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** A temporary directory that only this user can enter, removed when the virtual machine ends. */
final class PrivateDirectory {
  private static Path directory;

  private PrivateDirectory() {}

  /** The directory, made at the first call. */
  static synchronized Path path() throws IOException {
    if (directory == null) {
      boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
      FileAttribute<?>[] ownerOnly =
          posix
              ? new FileAttribute<?>[] {
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
              }
              : new FileAttribute<?>[0];
      Path created = Files.createTempDirectory("dualgrid-", ownerOnly);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(created), "natives-cleanup"));
      directory = created;
    }
    return directory;
  }

  // Windows holds on to a library that is loaded, so there the directory may stay behind; it is in
  // the temporary directory, where the system's own cleaning finds it.
  static void remove(Path created) {
    try (Stream<Path> files = Files.list(created)) {
      files.forEach(PrivateDirectory::removeQuietly);
    } catch (IOException e) {
      return;
    }
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
