package io.dualgrid.operator;

import io.dualgrid.consensus.InfeasibleException;
import io.dualgrid.runtime.StateArchive;
import io.dualgrid.steering.Outcome;
import io.dualgrid.steering.ShortfallSearch;

/**
 * An algorithm that cannot prove that no dispatch meets the limits, or not say what is short. Where
 * it comes into doubt, or has a proof that names nothing, the search of newton for what is short
 * takes the iterations that follow, once. Where nothing is short the algorithm goes on from where
 * it was.
 */
final class DoubtingCoordinator implements Coordinator {
  private final Coordinator course;
  private final Network network;
  private final Rounds rounds;
  private final double gapTolerance;
  private String proof = ""; // of the algorithm itself
  private boolean due;
  private ShortfallSearch search; // null before its first iteration
  private int searched; // iterations that it has taken
  private boolean answered;

  /**
   * Before any message.
   *
   * @param gapTolerance certified relative gap below which a run has converged
   */
  DoubtingCoordinator(Coordinator course, Network network, Rounds rounds, double gapTolerance) {
    this.course = course;
    this.network = network;
    this.rounds = rounds;
    this.gapTolerance = gapTolerance;
  }

  @Override
  public void start(boolean hub) {
    course.start(hub);
  }

  @Override
  public Outcome iterate(int iteration) {
    if (due) {
      return search();
    }
    try {
      Outcome outcome = course.iterate(iteration - searched);
      due = !answered && course.doubts() && !outcome.converged() && outcome.stalled().isEmpty();
      return outcome;
    } catch (InfeasibleException e) {
      due = true;
      proof = e.getMessage();
      return Outcome.searching(Double.NaN, proof);
    }
  }

  private Outcome search() {
    if (search == null) {
      RoundsTalk talk = new RoundsTalk(network, rounds);
      search = ShortfallSearch.after(talk, network.steered(), gapTolerance, proof);
    }
    searched++;
    Outcome outcome = search.iterate();
    answered = search.isOver();
    due = !answered;
    return outcome;
  }

  /** A search that was not over is begun anew, where there is doubt again. */
  @Override
  public void state(StateArchive archive) {
    course.state(archive);
    searched = archive.count("searched", searched);
    answered = archive.flag("answered", answered);
  }
}
