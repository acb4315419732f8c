package io.dualgrid.cloud;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that programs of sites may take, of one cloud or of several in one process. Thread
 * safe.
 */
public final class CloudRoom {
  private final long mostBytes;
  private final AtomicLong taken = new AtomicLong();

  /**
   * Of a size.
   *
   * @param mostBytes of programs that are held at the same time
   */
  public CloudRoom(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Takes some, all of it or nothing; whether there was so much. */
  boolean take(long bytes) {
    if (taken.addAndGet(bytes) > mostBytes) {
      taken.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  /** Gives back what was taken. */
  void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }
}
