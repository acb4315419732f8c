package io.dualgrid.checkpoint;

import io.dualgrid.files.AtomicFiles;
import io.dualgrid.files.DiskFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The place of a checkpoint and its key. At any moment there is the latest checkpoint or the one
 * before it, whole; never less. Not for two runs at a time.
 */
public final class CheckpointFile {
  private final Path file;
  private final Path keyFile;
  private final boolean ownKeyFile;
  private final CheckpointKey key;

  private CheckpointFile(Path file, Path keyFile, boolean ownKeyFile, CheckpointKey key) {
    this.file = file;
    this.keyFile = keyFile;
    this.ownKeyFile = ownKeyFile;
    this.key = key;
  }

  /**
   * A place for the checkpoints of a new run; draws a key when there is none.
   *
   * @param file must not exist: it may be all that is left of a long run
   * @param keyFile of the key, or null for the file's name with {@code .key} added
   * @throws CheckpointException when the file exists or the place cannot be written to
   */
  public static CheckpointFile create(Path file, Path keyFile) {
    Path absolute = file.toAbsolutePath().normalize();
    if (Files.exists(absolute)) {
      throw new CheckpointException(
          file
              + " exists; go on from it with: dualgrid resume "
              + file
              + ", or delete it to start anew");
    }
    Path keyPlace = keyPlace(absolute, keyFile);
    tidy(absolute);
    CheckpointKey key = CheckpointKey.readOrCreate(keyPlace);
    return new CheckpointFile(absolute, keyPlace, keyFile == null, key);
  }

  /**
   * The place of the checkpoint of a run that was broken off.
   *
   * @param keyFile as for {@link #create}
   * @throws CheckpointException when there is no such file, or no key
   */
  public static CheckpointFile open(Path file, Path keyFile) {
    Path absolute = file.toAbsolutePath().normalize();
    if (!Files.isRegularFile(absolute)) {
      throw new CheckpointException("there is no checkpoint " + file);
    }
    Path keyPlace = keyPlace(absolute, keyFile);
    CheckpointKey key = CheckpointKey.read(keyPlace);
    tidy(absolute);
    return new CheckpointFile(absolute, keyPlace, keyFile == null, key);
  }

  /**
   * The place of what a party keeps of runs, whether there is anything yet or not; draws a key when
   * there is none.
   *
   * @throws CheckpointException when the place cannot be written to
   */
  public static CheckpointFile at(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    tidy(absolute);
    Path keyPlace = keyPlace(absolute, null);
    return new CheckpointFile(absolute, keyPlace, true, CheckpointKey.readOrCreate(keyPlace));
  }

  /** Whether there is a checkpoint. */
  public boolean exists() {
    return Files.isRegularFile(file);
  }

  private static Path keyPlace(Path file, Path keyFile) {
    return keyFile == null
        ? file.resolveSibling(file.getFileName() + ".key")
        : keyFile.toAbsolutePath().normalize();
  }

  private static void tidy(Path file) {
    try {
      Files.createDirectories(file.getParent());
      AtomicFiles.deleteLeftovers(file);
    } catch (IOException e) {
      throw new CheckpointException(
          "cannot keep checkpoints in " + file.getParent() + ": " + DiskFailure.reason(e), e);
    }
  }

  /** Where it is. */
  public Path path() {
    return file;
  }

  /**
   * Reads the checkpoint.
   *
   * @throws CheckpointException when it cannot be read, see the messages
   */
  public Checkpoint read() {
    return CheckpointCodec.decode(readContent(), file.toString());
  }

  /**
   * Reads what {@link #writeContent} wrote.
   *
   * @throws CheckpointException when it cannot be read, see the messages
   */
  public byte[] readContent() {
    try {
      return CheckpointSeal.open(Files.readAllBytes(file), key, file.toString());
    } catch (IOException e) {
      throw new CheckpointException("cannot read " + file + ": " + DiskFailure.reason(e), e);
    }
  }

  /**
   * Writes a checkpoint in the place of the one before.
   *
   * @throws CheckpointException when the disk does not take it; the one before is then as it was
   */
  public void write(Checkpoint checkpoint) {
    writeContent(CheckpointCodec.encode(checkpoint));
  }

  /**
   * Writes a content, encrypted, in the place of the one before.
   *
   * @throws CheckpointException when the disk does not take it; the one before is then as it was
   */
  public void writeContent(byte[] content) {
    try {
      byte[] sealed = CheckpointSeal.seal(content, key);
      AtomicFiles.replace(file, sealed);
    } catch (IOException e) {
      throw new CheckpointException(
          "cannot write the checkpoint " + file + ": " + DiskFailure.reason(e), e);
    }
  }

  /**
   * Deletes the checkpoint but not its key, for the next run of the same party.
   *
   * @throws CheckpointException when it cannot be deleted
   */
  public void deleteContent() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new CheckpointException("cannot delete " + file + ": " + DiskFailure.reason(e), e);
    }
  }

  /**
   * Deletes the checkpoint, and its key unless that was put in a place of its own: the run is
   * complete.
   *
   * @throws CheckpointException when it cannot be deleted
   */
  public void delete() {
    try {
      Files.deleteIfExists(file);
      if (ownKeyFile) {
        Files.deleteIfExists(keyFile);
      }
    } catch (IOException e) {
      throw new CheckpointException("cannot delete " + file + ": " + DiskFailure.reason(e), e);
    }
  }
}
