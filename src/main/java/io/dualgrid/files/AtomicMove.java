package io.dualgrid.files;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Gives a file or folder its name in one step. */
final class AtomicMove {
  private AtomicMove() {}

  /** Moves within one file system, replacing what is there. */
  static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      // Some network drives: a plain move is the best that there is.
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
