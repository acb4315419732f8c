package io.dualgrid.study;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Runs the chains of a study that are not done yet, as many at a time as there are threads. What a
 * chain comes to depends on nothing but the study.
 */
public final class StudyRun {
  private final Study study;
  private final StudyFolder folder;
  private final StudyObserver observer;
  private final AtomicBoolean failed = new AtomicBoolean();

  private StudyRun(Study study, StudyFolder folder, StudyObserver observer) {
    this.study = study;
    this.folder = folder;
    this.observer = observer;
  }

  /**
   * Runs to the end, or until the observer cancels.
   *
   * @param threads chains at a time
   * @return the summary; null when it was cancelled before all chains were done
   * @throws io.dualgrid.results.ResultException when a chain cannot be kept
   */
  public static StudySummary run(
      Study study, StudyFolder folder, int threads, StudyObserver observer) {
    StudyRun run = new StudyRun(study, folder, observer);
    return run.run(left -> run.runHere(left.stream().map(study.tasks()::get).toList(), threads));
  }

  /**
   * The same with chains that are run elsewhere.
   *
   * @param elsewhere has all chains of a job run, and kept
   */
  public static StudySummary run(
      Study study, StudyFolder folder, Consumer<ChainJob> elsewhere, StudyObserver observer) {
    return new StudyRun(study, folder, observer)
        .run(
            left -> {
              if (!left.isEmpty()) {
                elsewhere.accept(new ChainJob(study, folder, observer, left));
              }
            });
  }

  private StudySummary run(Consumer<List<Integer>> runner) {
    List<Study.Task> tasks = study.tasks();
    folder.deleteLeftovers(study);
    List<Integer> left =
        IntStream.range(0, tasks.size())
            .filter(chain -> !folder.isDone(tasks.get(chain)))
            .boxed()
            .toList();
    observer.found((long) (tasks.size() - left.size()) * study.days());
    runner.accept(left);
    if (!tasks.stream().allMatch(folder::isDone)) {
      return null;
    }
    StudySummary summary = StudySummary.of(study, folder);
    folder.write(summary.files());
    return summary;
  }

  private void runHere(List<Study.Task> left, int threads) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> running = new ArrayList<>();
      left.forEach(task -> running.add(pool.submit(() -> run(task))));
      running.forEach(StudyRun::await);
    } finally {
      failed.set(true); // whatever ended this, the others need not go on
      pool.shutdown();
    }
  }

  private void run(Study.Task task) {
    if (isCancelled()) {
      return;
    }
    try {
      Chain chain = new Chain(study, task, this::isCancelled);
      if (chain.run(observer::dayDone)) {
        folder.keep(task, ChainTables.of(study, chain));
      }
    } catch (RuntimeException | Error e) {
      failed.set(true);
      throw e;
    }
  }

  private boolean isCancelled() {
    return failed.get() || observer.cancelled();
  }

  private static void await(Future<?> running) {
    try {
      running.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
