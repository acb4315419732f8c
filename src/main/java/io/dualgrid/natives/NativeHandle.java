package io.dualgrid.natives;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a native library made, and the count of the calls that are inside it at this moment.
 *
 * <p>Every native call goes through {@link #call}. Closing lets no further call in and frees what
 * was made, at once when no call is inside, else when the last one leaves: closing never waits and
 * never pulls memory from under a call, whichever thread does what when. What is forgotten unclosed
 * is freed by the collector. Thread safe.
 *
 * @param <T> how the library names it: an opaque pointer, a number
 */
public final class NativeHandle<T> implements AutoCloseable {
  private static final Cleaner CLEANER = Cleaner.create();

  private final Content<T> content;
  private final Cleaner.Cleanable cleanable;

  private NativeHandle(Content<T> content) {
    this.content = content;
    this.cleanable = CLEANER.register(this, content::close);
  }

  /**
   * Takes ownership of what one thread at a time may use: a second call while one is inside is a
   * mistake of the caller's and refused.
   *
   * @param name what it is, for messages
   * @param made what to free
   * @param free frees it, with whatever memory its calls use; must not refer to who holds this
   */
  public static <T> NativeHandle<T> exclusive(String name, T made, Consumer<T> free) {
    return new NativeHandle<>(new Content<>(name, made, free, 1));
  }

  /** As {@link #exclusive}, of what any number of threads may use at the same time. */
  public static <T> NativeHandle<T> shared(String name, T made, Consumer<T> free) {
    return new NativeHandle<>(new Content<>(name, made, free, Integer.MAX_VALUE));
  }

  /**
   * Runs native calls, and the reading of their results from memory that is freed along.
   *
   * @throws IllegalStateException when closed, or when exclusive and in use
   */
  public <R> R call(Function<? super T, R> calls) {
    // a local, so that the count holds even where this object is collected meanwhile
    Content<T> entered = content;
    entered.enter();
    try {
      return calls.apply(entered.made);
    } finally {
      entered.leave();
    }
  }

  /** Lets no further call in; what was made is freed as soon as none is inside. Idempotent. */
  @Override
  public void close() {
    cleanable.clean();
  }

  private static final class Content<T> {
    private static final int CLOSED = Integer.MIN_VALUE;

    private final String name;
    private final T made;
    private final Consumer<T> free;
    private final int limit;

    /** Number of calls inside, plus {@link #CLOSED} once closed. */
    private final AtomicInteger state = new AtomicInteger();

    Content(String name, T made, Consumer<T> free, int limit) {
      this.name = name;
      this.made = made;
      this.free = free;
      this.limit = limit;
    }

    void enter() {
      int inside;
      do {
        inside = state.get();
        if (inside < 0) {
          throw new IllegalStateException(name + " is closed");
        }
        if (inside >= limit) {
          throw new IllegalStateException(name + " is in use by another thread; one at a time");
        }
      } while (!state.compareAndSet(inside, inside + 1));
    }

    void leave() {
      if (state.decrementAndGet() == CLOSED) {
        free.accept(made);
      }
    }

    /** Called once, by the cleaner's word. */
    void close() {
      if (state.getAndAdd(CLOSED) == 0) {
        free.accept(made);
      }
    }
  }
}
