package io.dualgrid.network.agent;

import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.newton.Sensitivities;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.network.wire.WireException;
import io.dualgrid.protocol.RunId;
import io.dualgrid.run.RunSettings;
import java.util.List;
import java.util.Locale;

/**
 * What the operator answers to a hello: the run that is about to begin, and how.
 *
 * @param version of the protocol
 * @param runHigh first half of the run's public name
 * @param runLow second half
 * @param party number of the site
 * @param settings of the run
 * @param limits of the network, which the site holds against its own
 * @param checkpointEvery iterations between two states that all parties keep
 */
record Terms(
    int version,
    long runHigh,
    long runLow,
    int party,
    RunSettings settings,
    NetworkLimits limits,
    int checkpointEvery) {

  RunId run() {
    return new RunId(runHigh, runLow);
  }

  /** Checks what a site computes with. */
  Terms {
    if (settings == null || limits == null || checkpointEvery < 1) {
      throw new IllegalArgumentException("terms that lack something");
    }
    Versions.choose(List.of(version));
  }

  /** The same for another party. */
  Terms to(int newVersion, int newParty) {
    return new Terms(newVersion, runHigh, runLow, newParty, settings, limits, checkpointEvery);
  }

  /** Public name of the run. */
  String runName() {
    return run().toString();
  }

  /**
   * Refuses terms that protect a site less than it insists on, or that are of another network.
   *
   * @throws WireException saying which and what to do
   */
  void require(SiteStandard standard, NetworkLimits own) {
    if (!settings.privacy().encryptsMessages() && !standard.clear()) {
      throw new WireException(
          "the operator wants a run with --privacy "
              + settings.privacy().name().toLowerCase(Locale.ROOT)
              + ", in which it reads this site's messages; start the site with --accept-clear if"
              + " that is agreed");
    }
    if (settings.allowExposedSums() && !standard.exposedSums()) {
      throw new WireException(
          "the operator wants sums with fewer than three sites behind them; start the site with"
              + " --allow-exposed-sums if that is agreed");
    }
    if (settings.sensitivities() == Sensitivities.FULL && !standard.fullSensitivities()) {
      throw new WireException(
          "the operator wants to learn how all steps answer prices (--sensitivities full); start the"
              + " site with --accept-full if that is agreed");
    }
    if (standard.totalsToRoot()
        && (settings.algorithm() != Algorithm.NEWTON
            || settings.sensitivities() != Sensitivities.ROOT)) {
      throw new WireException(
          "the operator wants to read sums over all sites itself; this site takes part only where"
              + " the root does instead (--algorithm newton --sensitivities root), as its own"
              + " --totals-to-root says");
    }
    boolean weakMask =
        settings.privacy().masksPrograms() && settings.mask() != RunSettings.defaults().mask();
    boolean weakKeys =
        settings.privacy().encryptsMessages()
            && settings.ckksParameters() != RunSettings.defaults().ckksParameters();
    if ((weakMask || weakKeys) && !standard.published()) {
      throw new WireException(
          "the operator wants the mask or the parameters of the published study, which protect less;"
              + " start the site with --accept-published if that is agreed");
    }
    if (!limits.equals(own)) {
      throw new WireException(
          "the operator's limits of the network are not those of this site's file: "
              + limits
              + " there, "
              + own
              + " here; have the case split anew");
    }
  }
}
