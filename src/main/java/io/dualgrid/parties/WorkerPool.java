package io.dualgrid.parties;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Runs independent tasks on a fixed number of threads, the caller's among them. Each idle thread
 * takes the next task, so uneven tasks balance out; results do not depend on who ran them.
 */
final class WorkerPool implements AutoCloseable {
  private final int threads;
  private final ExecutorService executor;

  WorkerPool(int threads) {
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

  /** Applies the action to every item; the first failure is thrown when all threads have ended. */
  <T> void forEach(List<T> items, Consumer<T> action) {
    AtomicInteger next = new AtomicInteger();
    Runnable work =
        () -> {
          int index;
          while ((index = next.getAndIncrement()) < items.size()) {
            action.accept(items.get(index));
          }
        };
    int helpers = executor == null ? 0 : Math.min(threads, items.size()) - 1;
    List<Future<?>> futures = new ArrayList<>();
    for (int i = 0; i < helpers; i++) {
      futures.add(executor.submit(work));
    }
    RuntimeException failure = null;
    try {
      work.run();
    } catch (RuntimeException e) {
      failure = e;
      next.set(items.size());
    }
    for (Future<?> future : futures) {
      try {
        future.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        failure = failure == null ? new IllegalStateException("interrupted", e) : failure;
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        if (failure == null) {
          failure =
              e.getCause() instanceof RuntimeException cause
                  ? cause
                  : new IllegalStateException(e.getCause());
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** The results of a function on every item, in the order of the items. */
  <T, R> List<R> map(List<T> items, Function<T, R> function) {
    List<R> results = new ArrayList<>(Collections.nCopies(items.size(), (R) null));
    List<Integer> indices = IntStream.range(0, items.size()).boxed().toList();
    forEach(indices, i -> results.set(i, function.apply(items.get(i))));
    return results;
  }

  @Override
  public void close() {
    if (executor != null) {
      executor.shutdownNow();
    }
  }
}
