package io.dualgrid.consensus.newton;

import java.util.Arrays;
import java.util.List;

/**
 * What the operator can ask of the sites: every call is a broadcast that is answered by sums over
 * all of them. Vectors of prices and of sums have length D = 2T + rows: P of each step, Q of each
 * step, then the rows in the order in which they entered. All in per unit.
 */
public interface NewtonSites {
  /**
   * Has every site take a starting point.
   *
   * @param prices π, length 2T
   * @return the number of bounds of all sites
   */
  double begin(double[] prices);

  /**
   * Has every site start anew without costs, as if no limit had entered, at prices of zero.
   *
   * @return the number of bounds of all sites
   */
  double relax();

  /**
   * Has every site centre itself at its prices Cᵢq, after the limits of another day have entered.
   *
   * @param prices q, length D
   * @param centre products of slack and multiplier to go to
   * @return the number of bounds of all sites
   */
  double centre(double[] prices, double centre);

  /** Tells every site its shares of rows that enter. */
  void enter(List<NearLimit> near);

  /**
   * Has every site factorise at its prices Cᵢq, and compute its step at unchanged prices towards no
   * products, without a correction.
   *
   * @param prices q, length D
   * @param pattern of the sensitivities that are summed
   */
  Opening open(double[] prices, SensitivityPattern pattern);

  /**
   * Has every site compute its step at unchanged prices.
   *
   * @param target of the products of slack and multiplier
   * @param secondOrder whether to correct by the last direction
   * @return ΣCᵢᵀrᵢ, length D
   */
  double[] aim(double target, boolean secondOrder);

  /** ΣCᵢᵀJᵢCᵢv, length D. */
  double[] multiply(double[] v);

  /**
   * Completes the step of every site.
   *
   * @param priceStep Δq, length D
   */
  Direction direct(double[] priceStep);

  /** Has every site move along its direction. */
  void move(double primalStep, double dualStep);

  /**
   * Sweeps the present injections over the lines, and names for each step the node of lowest and of
   * highest voltage and the lines of largest flow, where they are near their limits by {@link
   * NearGrid} and have not entered.
   */
  List<NearLimit> near();

  /**
   * The dual function: the sum of what every site's program costs at least at its prices Cᵢq.
   *
   * @param prices q, length D
   * @param free whether the own costs of sites are left out, and prices alone count
   * @return negative infinity where a site has no answer
   */
  double bound(double[] prices, boolean free);

  /**
   * Has every site but the root take a point of its own program near its present one, sweeps flows
   * and voltages, and has the root meet its lines' flows.
   *
   * @param prices q, length D
   * @return cost of the point; infinite when a limit is broken
   */
  double polish(double[] prices);

  /** Has every site keep the point of the last {@link #polish} as its best. */
  void keep();

  /**
   * What an iteration begins with.
   *
   * @param injections ΣCᵢᵀuᵢ, length D
   * @param response ΣCᵢᵀrᵢ of that step, length D
   * @param products sum of all products of slack and multiplier
   * @param cost Σcᵢᵀxᵢ
   * @param sensitivities of ΣCᵢᵀJᵢCᵢ, by the pattern
   */
  record Opening(
      double[] injections,
      double[] response,
      double products,
      double cost,
      double[] sensitivities) {
    /**
     * Takes the sums apart.
     *
     * @param sums of what {@link NewtonSites#open} has every site tell, in that order
     * @param prices D
     */
    public static Opening of(double[] sums, int prices) {
      return new Opening(
          Arrays.copyOf(sums, prices),
          Arrays.copyOfRange(sums, prices, 2 * prices),
          sums[2 * prices],
          sums[2 * prices + 1],
          Arrays.copyOfRange(sums, 2 * prices + 2, sums.length));
    }
  }

  /**
   * A direction of all sites.
   *
   * @param products k: the sum of the products after steps α, β is k₀ + αk₁ + βk₂ + αβk₃
   * @param primalLevel highest level of any site, see {@link StepGrid}
   * @param dualLevel the same for multipliers
   */
  record Direction(double[] products, int primalLevel, int dualLevel) {}
}
