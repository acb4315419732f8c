package io.dualgrid.study;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.BooleanSupplier;

/**
 * The chains of a study that are left to run, each by its number, for whoever has them run
 * elsewhere. Thread safe.
 */
public final class ChainJob {
  private final Study study;
  private final StudyFolder folder;
  private final StudyObserver observer;
  private final List<Integer> left;

  /**
   * Of a study.
   *
   * @param left numbers of its chains, from 0
   */
  ChainJob(Study study, StudyFolder folder, StudyObserver observer, List<Integer> left) {
    this.study = study;
    this.folder = folder;
    this.observer = observer;
    this.left = List.copyOf(left);
  }

  /** The study. */
  public Study study() {
    return study;
  }

  /** Numbers of the chains to run, in the order of the file. */
  public Queue<Integer> left() {
    return new ArrayDeque<>(left);
  }

  /** Whether the study is to end before they are done. */
  public boolean cancelled() {
    return observer.cancelled();
  }

  /**
   * Runs a chain.
   *
   * @param chain its number; the same on all machines that have read the same file
   * @return its tables, for {@link #keep}; empty when it was cancelled
   */
  public static Optional<byte[]> run(Study study, int chain, BooleanSupplier cancelled) {
    Chain running = new Chain(study, study.tasks().get(chain), cancelled);
    return running.run(() -> {})
        ? Optional.of(ChainTables.of(study, running).toBytes())
        : Optional.empty();
  }

  /**
   * Keeps a chain that is done; what was kept already stays as it is.
   *
   * @param tables as {@link #run} returns them
   * @return whether it is a new one
   * @throws IllegalArgumentException when they are none, or of no chain that was left
   * @throws io.dualgrid.results.ResultException when they cannot be written
   */
  public synchronized boolean keep(int chain, byte[] tables) {
    if (!left.contains(chain)) {
      throw new IllegalArgumentException("nobody was asked for chain " + chain);
    }
    Study.Task task = study.tasks().get(chain);
    if (folder.isDone(task)) {
      return false;
    }
    ChainTables content = ChainTables.fromBytes(tables);
    if (content.dispatch().isPresent() != study.keepDispatch()) {
      throw new IllegalArgumentException("tables of another study");
    }
    folder.keep(task, content);
    for (int day = 0; day < study.days(); day++) {
      observer.dayDone();
    }
    return true;
  }
}
