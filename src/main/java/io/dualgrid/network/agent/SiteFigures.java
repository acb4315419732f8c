package io.dualgrid.network.agent;

import io.dualgrid.network.metrics.Metrics;
import java.util.concurrent.atomic.LongAdder;

/** What a site's process tells its owner, under the site's name, since one process may run more. */
final class SiteFigures {
  private static final String SITE = "site";

  private final Metrics metrics;
  private final LongAdder dials;
  private final LongAdder iterations;
  private volatile int epoch; // 0 while it is in none

  SiteFigures(Metrics metrics, String site) {
    this.metrics = metrics;
    dials =
        metrics.counter(
            "dualgrid_site_dials_total", "Times that the operator was dialled.", SITE, site);
    iterations =
        metrics.counter(
            "dualgrid_site_iterations_total",
            "Iterations that ended before another began.",
            SITE,
            site);
    metrics.gauge(
        "dualgrid_site_epoch",
        "Epoch of the run that this site is in; 0 where it is in none.",
        () -> epoch,
        SITE,
        site);
  }

  void dialling() {
    dials.increment();
    epoch = 0;
    metrics.state("dialling");
  }

  void epoch(int begun) {
    epoch = begun;
    metrics.state("running");
  }

  void iteration() {
    iterations.increment();
  }

  void ended() {
    epoch = 0;
    metrics.state("ended");
  }
}
