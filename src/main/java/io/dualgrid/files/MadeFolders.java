package io.dualgrid.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;

/** Folders that were made on the way to one, and can be unmade while they are empty. */
public final class MadeFolders {
  private static final int MOST_ATTEMPTS = 100;

  private final Deque<Path> made;

  private MadeFolders(Deque<Path> made) {
    this.made = made;
  }

  /**
   * Makes a folder and those above it, as far as they are missing; for their owner only.
   *
   * @param folder absolute
   * @throws IOException when the disk does not take one, or a file is in the way; then those made
   *     before are gone again
   */
  public static MadeFolders make(Path folder) throws IOException {
    MadeFolders folders = new MadeFolders(new ArrayDeque<>());
    try {
      for (int attempt = 1; !Files.isDirectory(folder); attempt++) {
        try {
          folders.makeMissing(folder);
        } catch (NoSuchFileException e) {
          // somebody has unmade one above it just now
          if (attempt == MOST_ATTEMPTS) {
            throw e;
          }
        }
      }
    } catch (IOException e) {
      folders.unmake();
      throw e;
    }
    return folders;
  }

  private void makeMissing(Path folder) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path path = folder; path != null && !Files.isDirectory(path); path = path.getParent()) {
      missing.push(path);
    }
    for (Path path : missing) {
      try {
        Files.createDirectory(path, OwnerOnly.folder());
        made.push(path);
      } catch (FileAlreadyExistsException e) {
        // another thread or process may have been faster, and may have unmade it since; asked once,
        // so that what is gone is not taken for a file
        if (!Files.readAttributes(path, BasicFileAttributes.class).isDirectory()) {
          throw e;
        }
      }
    }
  }

  /** Deletes them as far as nothing lies in them. */
  public void unmake() {
    try {
      for (Path path : made) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // somebody has put something there: it stays
    }
  }
}
