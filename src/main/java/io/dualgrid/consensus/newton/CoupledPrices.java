package io.dualgrid.consensus.newton;

import java.util.ArrayList;
import java.util.List;

/**
 * Prices of all coupled rows and how far on the way to the optimum they are, in the unit of the
 * method.
 *
 * @param centre product of slack and multiplier that they belong to
 * @param balances π, of P, then of Q, length 2T
 * @param places of the limits in use
 * @param limits η, one each
 */
public record CoupledPrices(
    double centre, double[] balances, List<RowPlace> places, double[] limits) {
  /** Lists of one length. */
  public CoupledPrices {
    if (places.size() != limits.length) {
      throw new IllegalArgumentException(places.size() + " limits, " + limits.length + " prices");
    }
    places = List.copyOf(places);
  }

  /**
   * What they are for another day, see {@link NewtonStart#over}.
   *
   * @param rootPrices π at the price of the root, length 2T
   * @param unit currency per kWh of a price of one
   */
  public NewtonStart startOver(double[] rootPrices, double unit) {
    double[] premiums = balances.clone();
    for (int k = 0; k < premiums.length; k++) {
      premiums[k] = unit * (premiums[k] - rootPrices[k]);
    }
    List<NewtonStart.LimitPrice> priced = new ArrayList<>();
    for (int a = 0; a < limits.length; a++) {
      priced.add(new NewtonStart.LimitPrice(places.get(a), unit * limits[a]));
    }
    return new NewtonStart(centre, premiums, priced);
  }
}
