package io.dualgrid.network.pki;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.dualgrid.files.DiskFailure;
import io.dualgrid.files.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Holds a party's folder for one process: two with the same keys and the same states of a run would
 * spoil both. The system takes the lock back when the process ends, however it ends, so a file that
 * lies there holds nothing by itself.
 */
public final class FolderLock implements AutoCloseable {
  /** Its file, with the number of the process in it. */
  static final String NAME = "party.lock";

  /** Locked in place of the content, which others read. */
  private static final long BEYOND = Long.MAX_VALUE - 1;

  private static final int MOST_DIGITS = 20;

  private final List<FileChannel> channels = new ArrayList<>();

  private FolderLock() {}

  /**
   * Takes folders, all or none.
   *
   * @throws PkiException when another process has one, which the message names
   */
  public static FolderLock take(List<Path> folders) {
    FolderLock lock = new FolderLock();
    try {
      folders.forEach(folder -> lock.channels.add(hold(folder)));
      return lock;
    } catch (PkiException e) {
      lock.close();
      throw e;
    }
  }

  private static FileChannel hold(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new PkiException(
          folder + ": there is no such folder; dualgrid split and init make those of parties");
    }
    Path file = folder.resolve(NAME);
    try {
      FileChannel channel = FileChannel.open(file, Set.of(CREATE, READ, WRITE), OwnerOnly.file());
      try {
        FileLock lock = lock(channel);
        if (lock == null) {
          throw new PkiException(
              folder
                  + ": a process of this party runs from this folder already"
                  + holder(channel)
                  + "; end that first, and never run two from copies of one folder");
        }
        byte[] own =
            Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
        channel.truncate(0).write(ByteBuffer.wrap(own), 0);
        return channel;
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new PkiException(
          file + ": cannot be locked: " + DiskFailure.reason(e) + "; a party's folder is its own",
          e);
    }
  }

  /** Null where another process has it, or another part of this one. */
  private static FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(BEYOND, 1, false);
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(MOST_DIGITS);
    int length = channel.read(text, 0);
    String number =
        length < 1 ? "" : new String(text.array(), 0, length, StandardCharsets.US_ASCII);
    return number.matches("\\d+") ? " (number " + number + ")" : "";
  }

  @Override
  public void close() {
    for (FileChannel channel : channels) {
      try {
        channel.close();
      } catch (IOException e) {
        // the end of the process closes it
      }
    }
  }
}
