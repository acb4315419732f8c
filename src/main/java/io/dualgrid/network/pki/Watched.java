package io.dualgrid.network.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.function.Supplier;

/**
 * What a file holds, as it has it now: who is taken off a list while a run goes on is let go, and a
 * new certificate is shown from the next connection on. A file that cannot be read, as while it is
 * being copied, leaves what was read before. Thread safe.
 */
public final class Watched<T> implements Supplier<T> {
  private final Path file;
  private final Supplier<T> reader;
  private FileTime seen;
  private long seenBytes;
  private T latest;

  private Watched(Path file, Supplier<T> reader) {
    this.file = file;
    this.reader = reader;
    latest = reader.get();
  }

  /**
   * A list of those let in.
   *
   * @throws PkiException naming file and line
   */
  public static Watched<AllowList> allowList(Path file) {
    return new Watched<>(file, () -> AllowList.read(file));
  }

  /**
   * With what a party shows itself among those that know its name.
   *
   * @throws PkiException when there is no such thing now
   */
  public static Watched<Credentials> credentials(PartyFolder folder) {
    return new Watched<>(folder.certificate(), folder::credentials);
  }

  /**
   * With what a site shows itself to a cloud.
   *
   * @throws PkiException when there is no such thing now
   */
  public static Watched<Credentials> clientCredentials(PartyFolder folder) {
    return new Watched<>(folder.certificate(), folder::clientCredentials);
  }

  @Override
  public synchronized T get() {
    try {
      FileTime time = Files.getLastModifiedTime(file);
      long bytes = Files.size(file);
      if (!time.equals(seen) || bytes != seenBytes) {
        latest = reader.get();
        seen = time;
        seenBytes = bytes;
      }
    } catch (IOException | PkiException e) {
      // looked at again the next time
    }
    return latest;
  }
}
