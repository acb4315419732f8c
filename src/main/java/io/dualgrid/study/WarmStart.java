package io.dualgrid.study;

import io.dualgrid.consensus.newton.NewtonStart;
import io.dualgrid.consensus.newton.NewtonStart.LimitPrice;
import io.dualgrid.consensus.newton.RowPlace;
import java.util.ArrayList;
import java.util.List;

/** The prices of one window as a start for the window of the day after. */
final class WarmStart {
  private WarmStart() {}

  /**
   * Moves prices on by a day: where the window before has looked ahead to an hour, its prices of
   * that very hour; elsewhere those of the same hour a day before.
   *
   * @param before prices of the window before
   * @param day steps of a day
   * @param steps of the new window
   */
  static NewtonStart after(NewtonStart before, int day, int steps) {
    int known = before.premiums().length / 2;
    int[] from = new int[steps];
    double[] premiums = new double[2 * steps];
    List<LimitPrice> limits = new ArrayList<>();
    for (int t = 0; t < steps; t++) {
      from[t] = t + day < known ? t + day : t < known ? t : t - day;
      premiums[t] = before.premiums()[from[t]];
      premiums[steps + t] = before.premiums()[known + from[t]];
    }
    for (LimitPrice limit : before.limits()) {
      RowPlace place = limit.place();
      for (int t = 0; t < steps; t++) {
        if (from[t] == place.step()) {
          limits.add(
              new LimitPrice(
                  new RowPlace(place.kind(), place.node(), t, place.ratingRow()), limit.price()));
        }
      }
    }
    return new NewtonStart(before.centre(), premiums, limits);
  }
}
