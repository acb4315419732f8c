package io.dualgrid.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads files that come from others: regular files only, up to a size, within their folder. */
public final class BoundedFiles {
  /** More than a table may have cells for, or a feeder of fifty thousand nodes takes. */
  public static final int MOST_BYTES = 32 * 1024 * 1024;

  private BoundedFiles() {}

  /**
   * Reads a file.
   *
   * @throws NoSuchFileException when there is none
   * @throws FileSystemException naming why it is not read: a folder, a pipe, a device, too large
   */
  public static byte[] read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "Is a directory");
    }
    // a pipe would wait for ever, a device never end
    if (!Files.isRegularFile(file)) {
      throw new FileSystemException(file.toString(), null, "it is no regular file");
    }
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] bytes = stream.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new FileSystemException(
            file.toString(), null, "it is larger than 32 MiB, the most that is read");
      }
      return bytes;
    }
  }

  /**
   * Reads a file of a folder, which a link must not lead out of.
   *
   * @param name relative to the folder
   * @throws FileSystemException as for {@link #read}, and when the file lies elsewhere
   */
  public static byte[] readWithin(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    if (Files.exists(file) && !file.toRealPath().startsWith(folder.toRealPath())) {
      throw new FileSystemException(
          file.toString(), null, "it is a link that leads out of the folder");
    }
    return read(file);
  }
}
