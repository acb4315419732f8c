package io.dualgrid.ckks.seal;

import java.lang.ref.Cleaner;

/**
 * A native object, freed once: by {@link #close()}, or by the collector for who forgot. The library
 * never gives a number out twice, so that one used after its end is an error and nothing worse.
 */
final class SealHandle implements AutoCloseable {
  private static final Cleaner CLEANER = Cleaner.create();

  private final long number;
  private final String what;
  private final Cleaner.Cleanable cleanable;
  private volatile boolean closed;

  SealHandle(SealCalls calls, long number, String what) {
    this.number = number;
    this.what = what;
    // must not refer to this, or it would never be collected
    this.cleanable = CLEANER.register(this, () -> calls.library().dualgrid_seal_free(number));
  }

  /**
   * For one native call; keep this reachable until it returns.
   *
   * @throws IllegalStateException when closed
   */
  long number() {
    if (closed) {
      throw new IllegalStateException("the " + what + " is closed");
    }
    return number;
  }

  @Override
  public void close() {
    closed = true;
    cleanable.clean();
  }
}
