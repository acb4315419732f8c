package io.dualgrid.audit;

import io.dualgrid.protocol.Broadcast;
import io.dualgrid.protocol.Payload;
import io.dualgrid.securesum.FixedPoint;
import io.dualgrid.securesum.SecureSumAggregator;
import io.dualgrid.securesum.SecureSumContribution;
import io.dualgrid.securesum.SecureSumException;
import java.util.List;
import java.util.Optional;

/**
 * A sum as whoever adds up recorded contributions reads it.
 *
 * @param order that asked for it
 * @param sums number by number
 */
record SumTotal(Broadcast order, double[] sums) {
  /** Adds up what came to the operator in a round; empty where that gives no sum. */
  static Optional<SumTotal> read(SumRecorder.Round round) {
    List<Payload> parts = round.parts();
    if (parts.get(0) instanceof Payload.Plain first) {
      double[] sums = new double[first.values().length];
      for (Payload part : parts) {
        for (int k = 0; k < sums.length; k++) {
          sums[k] += ((Payload.Plain) part).values()[k];
        }
      }
      return Optional.of(new SumTotal(round.order(), sums));
    }
    List<SecureSumContribution> contributions =
        parts.stream()
            .map(part -> SecureSumContribution.fromBytes(((Payload.Hidden) part).bytes()))
            .toList();
    try {
      double[] sums =
          new SecureSumAggregator(parts.size())
              .sum(round.number, contributions, FixedPoint.forReports(parts.size()));
      return Optional.of(new SumTotal(round.order(), sums));
    } catch (SecureSumException e) {
      return Optional.empty(); // masks that do not cancel
    }
  }
}
