package io.dualgrid.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Folders that were made on the way to one, and can be unmade while they are empty. */
public final class MadeFolders {
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
    Deque<Path> missing = new ArrayDeque<>();
    for (Path path = folder; path != null && !Files.isDirectory(path); path = path.getParent()) {
      missing.push(path);
    }
    try {
      for (Path path : missing) {
        // another process may have been faster
        if (!Files.isDirectory(path)) {
          Files.createDirectory(path, OwnerOnly.folder());
          folders.made.push(path);
        }
      }
    } catch (IOException e) {
      folders.unmake();
      throw e;
    }
    return folders;
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
