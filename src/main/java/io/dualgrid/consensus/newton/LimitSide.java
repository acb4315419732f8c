package io.dualgrid.consensus.newton;

import io.dualgrid.qp.NewtonKernel;

/**
 * One side of a limit within the interior-point method: its distance w to the limit, positive
 * inside, and its multiplier z. A side that is firm has w·z = μ. One that is loose may be broken by
 * p ≥ 0 at a cost of one each: (w + p)·z = μ and p·(1 − z) = μ, so that z stays below one.
 *
 * <p>With a = w + p, an aim at products of μ reads a·dz + z·da = μ − az − da·dz and (1 − z)·dp −
 * p·dz = μ − p(1 − z) + dp·dz, the last terms those of the direction before; together dz = k(c −
 * dw).
 */
final class LimitSide {
  private final boolean loose;
  private double slack; // a
  private double broken; // p
  private double multiplier; // z
  private double slackStep;
  private double brokenStep;
  private double multiplierStep;
  private double slackAim; // right-hand sides of the two equations
  private double brokenAim;
  private double stiffness; // k
  private double centre; // c

  /**
   * A firm side.
   *
   * @param distance w, positive
   * @param mu product of slack and multiplier at which it starts
   */
  static LimitSide firm(double distance, double mu) {
    LimitSide side = new LimitSide(false);
    side.slack = distance;
    side.multiplier = mu / distance;
    return side;
  }

  /**
   * A loose side.
   *
   * @param distance w, of either sign
   * @param mu both products at its start
   */
  static LimitSide loose(double distance, double mu) {
    LimitSide side = new LimitSide(true);
    // the root of μ/z − μ/(1 − z) = w between 0 and 1, without cancellation
    side.multiplier = 2 * mu / (distance + 2 * mu + Math.hypot(distance, 2 * mu));
    side.slack = mu / side.multiplier;
    side.broken = mu / (1 - side.multiplier);
    return side;
  }

  private LimitSide(boolean loose) {
    this.loose = loose;
  }

  double multiplier() {
    return multiplier;
  }

  double multiplierStep() {
    return multiplierStep;
  }

  /** By how much it is broken, p; zero where it is firm. */
  double broken() {
    return broken;
  }

  /** Moves the limit of a firm side outwards. */
  void widen(double distance) {
    slack += distance;
  }

  int bounds() {
    return loose ? 2 : 1;
  }

  /** k, by which its multiplier answers its distance. */
  double stiffness() {
    return stiffness;
  }

  /** The step of the distance at which its multiplier stays. */
  double centre() {
    return centre;
  }

  void aim(double target, boolean secondOrder) {
    slackAim = target - slack * multiplier - (secondOrder ? slackStep * multiplierStep : 0.0);
    double answer = slack / multiplier;
    centre = slackAim / multiplier;
    if (loose) {
      brokenAim =
          target - broken * (1 - multiplier) + (secondOrder ? brokenStep * multiplierStep : 0.0);
      answer += broken / (1 - multiplier);
      centre -= brokenAim / (1 - multiplier);
    }
    stiffness = 1.0 / answer;
  }

  /** Completes the direction with the step dw of the distance. */
  void direct(double distanceStep) {
    multiplierStep = stiffness * (centre - distanceStep);
    brokenStep = loose ? (brokenAim + broken * multiplierStep) / (1 - multiplier) : 0.0;
    slackStep = distanceStep + brokenStep;
  }

  double longestPrimalStep() {
    return Math.min(
        1.0,
        NewtonKernel.TO_BOUNDARY
            * Math.min(
                ratio(slack, slackStep),
                loose ? ratio(broken, brokenStep) : Double.POSITIVE_INFINITY));
  }

  double longestDualStep() {
    return Math.min(
        1.0,
        NewtonKernel.TO_BOUNDARY
            * Math.min(
                ratio(multiplier, multiplierStep),
                loose ? ratio(1 - multiplier, -multiplierStep) : Double.POSITIVE_INFINITY));
  }

  private static double ratio(double value, double change) {
    return change < 0 ? -value / change : Double.POSITIVE_INFINITY;
  }

  /** The sum of its products after steps. */
  double products(double primalStep, double dualStep) {
    double z = multiplier + dualStep * multiplierStep;
    double sum = (slack + primalStep * slackStep) * z;
    return loose ? sum + (broken + primalStep * brokenStep) * (1 - z) : sum;
  }

  void move(double primalStep, double dualStep) {
    slack += primalStep * slackStep;
    broken += primalStep * brokenStep;
    multiplier += dualStep * multiplierStep;
  }
}
