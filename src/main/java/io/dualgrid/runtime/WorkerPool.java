package io.dualgrid.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Runs independent tasks on a fixed number of threads, the caller's among them. Each idle thread
 * takes the next task, so uneven tasks balance out; results do not depend on who ran them.
 */
public final class WorkerPool implements AutoCloseable {
  private final int threads;
  private final ExecutorService executor;

  /** With so many threads, at least one. */
  public WorkerPool(int threads) {
    this.threads = threads;
    this.executor =
        threads == 1
            ? null
            : Executors.newFixedThreadPool(
                threads - 1,
                task -> {
                  Thread thread = new Thread(task, "dualgrid-worker");
                  thread.setDaemon(true);
                  return thread;
                });
  }

  /**
   * Applies the action to every item; the first failure is thrown. Whatever happens, failure or
   * interrupt, no helper is still at work when this returns or throws: what an item uses may be
   * closed afterwards. An interrupt of the caller is kept for it, and ends nothing here.
   */
  public <T> void forEach(List<T> items, Consumer<T> action) {
    AtomicInteger next = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Runnable work =
        () -> {
          try {
            int index;
            while ((index = next.getAndIncrement()) < items.size()) {
              action.accept(items.get(index));
            }
          } catch (Throwable e) {
            failure.compareAndSet(null, e);
            next.set(items.size());
          }
        };
    int helpers = executor == null ? 0 : Math.min(threads, items.size()) - 1;
    Semaphore ended = new Semaphore(0);
    int started = 0;
    try {
      for (; started < helpers; started++) {
        executor.execute(
            () -> {
              work.run();
              ended.release();
            });
      }
      work.run();
    } finally {
      // a helper that could not be started is a failure, too, and the others may be at work
      next.set(items.size());
      ended.acquireUninterruptibly(started);
    }
    rethrow(failure.get());
  }

  private static void rethrow(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }

  /** The results of a function on every item, in the order of the items. */
  public <T, R> List<R> map(List<T> items, Function<T, R> function) {
    List<R> results = new ArrayList<>(Collections.nCopies(items.size(), (R) null));
    List<Integer> indices = IntStream.range(0, items.size()).boxed().toList();
    forEach(indices, i -> results.set(i, function.apply(items.get(i))));
    return results;
  }

  @Override
  public void close() {
    if (executor != null) {
      executor.shutdown();
    }
  }
}
