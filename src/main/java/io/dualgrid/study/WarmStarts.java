package io.dualgrid.study;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Iterations with and without the day before, on the days that were run both ways.
 *
 * @param mean of all days that converged, however they began
 * @param days that were run both ways
 * @param warm mean of these days from the day before
 * @param cold mean of the same days from nothing
 */
public record WarmStarts(double mean, int days, double warm, double cold) {
  static WarmStarts of(List<DayOutcome> outcomes) {
    List<DayOutcome> sound = outcomes.stream().filter(day -> !day.failed()).toList();
    List<DayOutcome> both =
        sound.stream().filter(day -> day.day() > 1 && day.coldIterations() > 0).toList();
    return new WarmStarts(
        sound.stream().mapToInt(DayOutcome::iterations).average().orElse(Double.NaN),
        both.size(),
        both.stream().mapToInt(DayOutcome::iterations).average().orElse(Double.NaN),
        both.stream().mapToInt(DayOutcome::coldIterations).average().orElse(Double.NaN));
  }

  /** The share of iterations that the day before saves; NaN where no day was run both ways. */
  public double saved() {
    return 1 - warm / cold;
  }

  void addTo(ObjectNode json) {
    if (!Double.isNaN(mean)) {
      json.put("mean", mean);
    }
    json.put("comparedDays", days);
    if (days > 0) {
      json.put("warm", warm);
      json.put("cold", cold);
      json.put("saved", saved());
    }
  }
}
