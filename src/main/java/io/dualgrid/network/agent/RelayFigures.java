package io.dualgrid.network.agent;

import io.dualgrid.network.metrics.Metrics;
import io.dualgrid.network.wire.SessionServer;
import java.util.concurrent.atomic.LongAdder;

/** What a relay tells about itself: who is there and how often it began, no figure of a run. */
final class RelayFigures {
  private final Metrics metrics;
  private final LongAdder epochs;

  RelayFigures(Metrics metrics) {
    this.metrics = metrics;
    epochs =
        metrics.counter(
            "dualgrid_relay_epochs_total", "Epochs begun: one more than there were pauses.");
  }

  /** Tells who is there from now on. */
  void of(SessionServer sessions) {
    metrics.gauge("dualgrid_relay_sites", "Sites that connect here.", sessions::edges);
    metrics.gauge(
        "dualgrid_relay_sites_connected",
        "Sites that have been let in.",
        () -> sessions.edges() - sessions.absent().size());
    metrics.gauge(
        "dualgrid_relay_refusals",
        "Different reasons why somebody was refused since all sites were there.",
        sessions::refusals);
  }

  void dialling() {
    metrics.state("dialling the operator");
  }

  void waiting() {
    metrics.state("waiting for sites");
  }

  void epoch() {
    epochs.increment();
    metrics.state("running");
  }

  void ended() {
    metrics.state("ended");
  }
}
