package io.dualgrid.consensus.newton;

import io.dualgrid.qp.NewtonKernel;

/**
 * A coupled limit lower ≤ v ≤ upper of a voltage or a flow within the interior-point method: its
 * value s, the multipliers of its two sides and y = z_u − z_l, which belong to the operator. The
 * arithmetic is that of an inequality row of a single program, see {@link
 * io.dualgrid.qp.NewtonKernel}.
 */
final class LimitRow {
  /** Bounds of one row: complementarity products. */
  static final int BOUNDS = 2;

  private final RowPlace place;
  private final double base;
  private final double trueLower;
  private final double trueUpper;
  private final double margin;

  private double lower;
  private double upper;
  private double s;
  private double zl;
  private double zu;
  private double y;
  private double inverse;
  private double product;
  private double ds;
  private double dy;
  private double dzl;
  private double dzu;

  /**
   * A row that enters.
   *
   * @param place where it stands
   * @param base its value without injections
   * @param lower limit
   * @param upper limit
   * @param margin by which the method keeps within the limits
   * @param value at present
   * @param inset least distance to the limits at which it starts
   * @param mu product of slack and multiplier at which it starts
   */
  LimitRow(
      RowPlace place,
      double base,
      double lower,
      double upper,
      double margin,
      double value,
      double inset,
      double mu) {
    this.place = place;
    this.base = base;
    this.trueLower = lower;
    this.trueUpper = upper;
    this.margin = margin;
    keepInside(1.0);
    double away = Math.min(inset, 0.25 * (this.upper - this.lower));
    s = Math.max(this.lower + away, Math.min(this.upper - away, value));
    zl = mu / (s - this.lower);
    zu = mu / (this.upper - s);
    y = zu - zl;
  }

  /**
   * Keeps within the limits by less than before, so that nothing that is inside comes to be
   * outside.
   *
   * @param share of the margin, not above the last one
   */
  final void keepInside(double share) {
    lower = trueLower + share * margin;
    upper = trueUpper - share * margin;
  }

  /** What the whole margin costs at the present multiplier. */
  double marginCost() {
    return margin * Math.abs(y);
  }

  RowPlace place() {
    return place;
  }

  /** The multiplier as sites see it, η = −y. */
  double price() {
    return -y;
  }

  /** Σ⁻¹ of the row. */
  double inverse() {
    return inverse;
  }

  /**
   * Aims at products of slack and multiplier.
   *
   * @param target wanted value
   * @param secondOrder whether to add the products of the last direction's changes
   */
  void aim(double target, boolean secondOrder) {
    double toLower = s - lower;
    double toUpper = upper - s;
    inverse = 1.0 / (zl / toLower + zu / toUpper);
    product =
        -y
            + ((secondOrder ? ds * dzl : 0.0) - target) / toLower
            - ((secondOrder ? -ds * dzu : 0.0) - target) / toUpper;
  }

  /**
   * The row's part of the right-hand side, sites' answers apart: what is missing to its value.
   *
   * @param reached Σgᵢᵀ(uᵢ + rᵢ)
   */
  double rightHandSide(double reached) {
    return s - base - reached - inverse * product;
  }

  /** Completes the direction with the change Δη of the row's price. */
  void direct(double priceStep, double target, boolean secondOrder) {
    double toLower = s - lower;
    double toUpper = upper - s;
    double secondLower = secondOrder ? ds * dzl : 0.0;
    double secondUpper = secondOrder ? -ds * dzu : 0.0;
    dy = -priceStep;
    double slack = inverse * (dy - product);
    dzl = (target - secondLower - zl * slack) / toLower - zl;
    dzu = (target - secondUpper + zu * slack) / toUpper - zu;
    ds = slack;
  }

  /** Largest primal step, 1 at most. */
  double longestPrimalStep() {
    return Math.min(
        1.0, NewtonKernel.TO_BOUNDARY * Math.min(ratio(s - lower, ds), ratio(upper - s, -ds)));
  }

  /** Largest dual step, 1 at most. */
  double longestDualStep() {
    return Math.min(1.0, NewtonKernel.TO_BOUNDARY * Math.min(ratio(zl, dzl), ratio(zu, dzu)));
  }

  private static double ratio(double value, double change) {
    return change < 0 ? -value / change : Double.POSITIVE_INFINITY;
  }

  /** The sum of both products after steps. */
  double products(double primalStep, double dualStep) {
    double value = s + primalStep * ds;
    return (value - lower) * (zl + dualStep * dzl) + (upper - value) * (zu + dualStep * dzu);
  }

  /** Moves along the direction. */
  void move(double primalStep, double dualStep) {
    s += primalStep * ds;
    zl += dualStep * dzl;
    zu += dualStep * dzu;
    y += dualStep * dy;
  }

  /** What the row adds to the dual function at a price η: −η(base) − max over its range of −ηv. */
  double boundPart(double price) {
    double multiplier = -price;
    return multiplier * base - Math.max(multiplier * trueLower, multiplier * trueUpper);
  }
}
