package io.dualgrid.network.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.function.Supplier;

/**
 * An allow-list as its file has it now: who is taken off while a run goes on is let go. A file that
 * cannot be read, as while it is being copied, leaves the list as it was. Thread safe.
 */
public final class WatchedAllowList implements Supplier<AllowList> {
  private final Path file;
  private FileTime seen;
  private long seenBytes;
  private AllowList latest;

  /**
   * Reads the list.
   *
   * @throws PkiException naming file and line
   */
  public WatchedAllowList(Path file) {
    this.file = file;
    latest = AllowList.read(file);
  }

  @Override
  public synchronized AllowList get() {
    try {
      FileTime time = Files.getLastModifiedTime(file);
      long bytes = Files.size(file);
      if (!time.equals(seen) || bytes != seenBytes) {
        latest = AllowList.read(file);
        seen = time;
        seenBytes = bytes;
      }
    } catch (IOException | PkiException e) {
      // looked at again the next time
    }
    return latest;
  }
}
