package io.dualgrid.edge;

import io.dualgrid.device.DesProgram;
import io.dualgrid.edge.newton.SitePoint;
import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.qp.BoundingSolvers;
import io.dualgrid.site.SiteProgram;

/**
 * The prices that the root's own program sets at given injections. Where it buys, the optimum has
 * the price at which it buys, to the last digit; iterates only approach it, and a lower bound loses
 * what the root could buy or sell, which is much, times what is missing.
 */
final class RootPrice {
  /** Curvature that holds the injections, in dearest prices per unit of power. */
  private static final double HOLD = 1e3;

  private RootPrice() {}

  /**
   * With u* = argmin c(u) + δᵀu + ρ/2‖u − u₀‖² the prices δ + ρ(u* − u₀) make u* optimal without
   * the last term; for a large ρ, u* is near u₀ and these prices are the ones nearest to δ that do.
   *
   * @param point of the root's program, of which the injections u₀ count
   * @param price δ, length 2 · steps
   * @param solvers that solve it
   * @return δ where its program has no answer
   */
  static double[] of(DesProgram program, double[] point, double[] price, BoundingSolvers solvers) {
    int steps = program.horizon().steps();
    if (price.length != 2 * steps) {
      throw new ProtocolException(AbortCode.UNEXPECTED, "prices of " + price.length + " numbers");
    }
    double[] injections = new double[2 * steps];
    double[] supply = new double[2 * steps]; // a supply's price is minus that of an injection
    double dearest = 0.0;
    for (int t = 0; t < steps; t++) {
      injections[t] = point[program.activeInjection()[t]];
      injections[steps + t] = point[program.reactiveInjection()[t]];
    }
    for (int k = 0; k < supply.length; k++) {
      supply[k] = -price[k];
      dearest = Math.max(dearest, Math.abs(price[k]));
    }
    if (dearest == 0.0) {
      return price.clone();
    }
    SiteProgram root = SiteProgram.of(program, dearest);
    for (int k = 0; k < supply.length; k++) {
      supply[k] /= dearest;
    }
    double[] set = price.clone();
    double[] x;
    try (SitePoint near = new SitePoint(root, HOLD, 0.0, solvers)) {
      x = near.near(supply, injections);
    }
    if (x == null) {
      return set;
    }
    double[] answer = root.injectionsOf(x);
    for (int k = 0; k < set.length; k++) {
      set[k] += dearest * HOLD * (answer[k] - injections[k]);
    }
    return set;
  }
}
