package io.dualgrid.network.agent;

import io.dualgrid.device.Horizon;
import io.dualgrid.network.share.PublicFeeder;
import io.dualgrid.operator.Network;
import io.dualgrid.run.RunSettings;

/** A public feeder as the operator of a run, and its relays, see it. */
final class FeederNetwork {
  private FeederNetwork() {}

  static Network of(PublicFeeder feeder, RunSettings settings) {
    Horizon horizon = feeder.horizon(settings.steps(), settings.sampling());
    return new Network(
        feeder.tree(),
        feeder.limits(),
        feeder.ids(),
        feeder.lines(),
        horizon.stepHours(),
        horizon.moneyUnit(),
        horizon.priceOfStep(feeder.tariff()));
  }
}
