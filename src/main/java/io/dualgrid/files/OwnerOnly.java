package io.dualgrid.files;

import java.nio.file.FileSystems;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Attributes of files and folders that nobody but their owner may read, where systems have them.
 */
public final class OwnerOnly {
  /** Whether the permissions of files are those of POSIX; elsewhere those of the folder hold. */
  public static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private OwnerOnly() {}

  /** For a file to be made. */
  public static FileAttribute<?>[] file() {
    return attributes("rw-------");
  }

  /** For a folder to be made. */
  public static FileAttribute<?>[] folder() {
    return attributes("rwx------");
  }

  private static FileAttribute<?>[] attributes(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
