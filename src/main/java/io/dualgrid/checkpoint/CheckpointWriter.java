package io.dualgrid.checkpoint;

import io.dualgrid.run.IterationRecord;
import io.dualgrid.run.RunState;
import io.dualgrid.run.StateKeeper;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Writes the states of a run to a file, at an interval and on a thread of its own: the run waits
 * for the copy of its state only. The first iteration is kept at once, so that a place that takes
 * nothing shows early. A write that fails is told, and the run goes on.
 */
public final class CheckpointWriter implements StateKeeper, AutoCloseable {
  private final CheckpointFile file;
  private final Checkpoint.Order order;
  private final Consumer<String> warnings;
  private final LongSupplier clock;
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "checkpoint"));
  private Future<?> pending;
  private boolean begun;
  private long keptAt;
  private int keptIteration;
  private volatile int writtenIteration;

  /**
   * For one run.
   *
   * @param file where to
   * @param order what was asked for
   * @param warnings gets a sentence for each write that fails
   */
  public CheckpointWriter(CheckpointFile file, Checkpoint.Order order, Consumer<String> warnings) {
    this(file, order, warnings, System::nanoTime);
  }

  /** The same with a clock in nanoseconds. */
  CheckpointWriter(
      CheckpointFile file, Checkpoint.Order order, Consumer<String> warnings, LongSupplier clock) {
    this.file = file;
    this.order = order;
    this.warnings = warnings;
    this.clock = clock;
  }

  @Override
  public boolean due(IterationRecord latest) {
    if (!begun) {
      return true;
    }
    if (!pending.isDone()) {
      return false; // a slow disk gets fewer checkpoints, not a queue of them
    }
    CheckpointInterval interval = order.interval();
    return interval.iterations() > 0
        ? latest.iteration() - keptIteration >= interval.iterations()
        : clock.getAsLong() - keptAt >= TimeUnit.SECONDS.toNanos(interval.seconds());
  }

  @Override
  public void keep(RunState state) {
    begun = true;
    keptAt = clock.getAsLong();
    keptIteration = state.iterations();
    pending = executor.submit(() -> write(state));
  }

  private void write(RunState state) {
    try {
      file.write(new Checkpoint(order, state));
      writtenIteration = state.iterations();
    } catch (RuntimeException | OutOfMemoryError e) {
      String kept =
          writtenIteration == 0
              ? "the run goes on without one"
              : "the run goes on, and the one of iteration " + writtenIteration + " stays";
      warnings.accept(e.getMessage() + "; " + kept);
    }
  }

  /** Waits for the latest write. */
  void await() throws InterruptedException {
    try {
      pending.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("writing a checkpoint", e);
    }
  }

  /** Waits until everything kept is written. */
  @Override
  public void close() {
    executor.shutdown();
    try {
      while (!executor.awaitTermination(1, TimeUnit.MINUTES)) {
        warnings.accept("still writing the checkpoint " + file.path());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
