package io.dualgrid.network.agent;

import io.dualgrid.network.share.OperatorPart;
import io.dualgrid.run.IterationRecord;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs and counts the course of a run at the operator: when what happened, and none of its sums.
 *
 * @param listener told after that
 */
record WatchedRun(OperatorAgent.Listener listener, OperatorFigures figures)
    implements OperatorAgent.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorAgent.class);

  @Override
  public void started(double setupSeconds) {
    LOG.info("set up in {} s", seconds(setupSeconds));
    listener.started(setupSeconds);
  }

  @Override
  public void iteration(IterationRecord iteration) {
    figures.iteration(iteration);
    LOG.info(
        "iteration {} has ended, {} s after the first began",
        iteration.iteration(),
        seconds(iteration.elapsedSeconds()));
    listener.iteration(iteration);
  }

  @Override
  public boolean cancelled() {
    return listener.cancelled();
  }

  @Override
  public void news(String what) {
    LOG.warn("{}", what);
    listener.news(what);
  }

  @Override
  public void result(OperatorPart part) {
    LOG.info("the run ends as {} after {} iterations", part.status(), part.history().size());
    figures.ended();
    listener.result(part);
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.3f", seconds);
  }
}
