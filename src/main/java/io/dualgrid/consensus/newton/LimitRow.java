package io.dualgrid.consensus.newton;

/**
 * A coupled limit lower ≤ v ≤ upper of a voltage, a flow or a balance within the interior-point
 * method: its value s, its two sides, and y, the difference of their multipliers, which belong to
 * the operator. The arithmetic is that of an inequality row of a single program, see {@link
 * io.dualgrid.qp.NewtonKernel}.
 */
final class LimitRow implements CoupledRow {
  /** Of its width, so that rounding puts no row on its limit. */
  private static final double LEAST_INSIDE = 1e-12;

  private final double base;
  private final double trueLower;
  private final double trueUpper;
  private final double margin;
  private final LimitSide low;
  private final LimitSide high;

  private double share = 1.0; // of the margin
  private double s;
  private double y;
  private double inverse;
  private double product;
  private double ds;
  private double dy;

  private LimitRow(
      double base,
      double trueLower,
      double trueUpper,
      double margin,
      LimitSide low,
      LimitSide high,
      double s) {
    this.base = base;
    this.margin = margin;
    this.trueLower = trueLower;
    this.trueUpper = trueUpper;
    this.low = low;
    this.high = high;
    this.s = s;
    y = high.multiplier() - low.multiplier();
  }

  /**
   * A row that enters and has to be kept.
   *
   * @param base its value without injections
   * @param lower limit
   * @param upper limit
   * @param margin by which the method keeps within the limits
   * @param value at present
   * @param inset least distance to the limits at which it starts
   * @param mu product of slack and multiplier at which it starts
   */
  static LimitRow firm(
      double base,
      double lower,
      double upper,
      double margin,
      double value,
      double inset,
      double mu) {
    double least = lower + margin;
    double most = upper - margin;
    double away = Math.min(inset, 0.25 * (most - least));
    double s = Math.max(least + away, Math.min(most - away, value));
    return new LimitRow(
        base, lower, upper, margin, LimitSide.firm(s - least, mu), LimitSide.firm(most - s, mu), s);
  }

  /**
   * A row that is kept from another day, at the value at which both its products are mu: with the
   * distance a from the lower limit and the width w, μ/(w − a) − μ/a = y.
   *
   * @param base its value without injections
   * @param lower limit
   * @param upper limit
   * @param margin by which the method keeps within the limits
   * @param price η = −y
   * @param mu product of slack and multiplier
   */
  static LimitRow centred(
      double base, double lower, double upper, double margin, double price, double mu) {
    double width = upper - lower - 2 * margin;
    double linear = 2 * mu + price * width;
    // the root of ya² + (2μ − yw)a − μw = 0 between 0 and w, without a division by y
    double distance =
        2 * mu * width / (linear + Math.sqrt(linear * linear - 4 * price * mu * width));
    double inside = Math.max(LEAST_INSIDE * width, Math.min((1 - LEAST_INSIDE) * width, distance));
    return new LimitRow(
        base,
        lower,
        upper,
        margin,
        LimitSide.firm(inside, mu),
        LimitSide.firm(width - inside, mu),
        lower + margin + inside);
  }

  /**
   * A row that enters and may be broken, at a cost of one per unit.
   *
   * @param base its value without injections
   * @param lower limit
   * @param upper limit
   * @param value at present
   * @param mu each of its products at which it starts
   */
  static LimitRow loose(double base, double lower, double upper, double value, double mu) {
    return new LimitRow(
        base,
        lower,
        upper,
        0.0,
        LimitSide.loose(value - lower, mu),
        LimitSide.loose(upper - value, mu),
        value);
  }

  /**
   * Keeps within the limits by less than before, so that nothing that is inside comes to be
   * outside.
   *
   * @param newShare of the margin, not above the last one
   */
  void keepInside(double newShare) {
    double wider = (share - newShare) * margin;
    low.widen(wider);
    high.widen(wider);
    share = newShare;
  }

  /** What the whole margin costs at the present multiplier. */
  double marginCost() {
    return margin * Math.abs(y);
  }

  /** By how much its value is below the lower limit. */
  double brokenLow() {
    return low.broken();
  }

  /** By how much its value is above the upper limit. */
  double brokenHigh() {
    return high.broken();
  }

  /** η = −y. */
  @Override
  public double price() {
    return -y;
  }

  @Override
  public int bounds() {
    return low.bounds() + high.bounds();
  }

  /** Σ⁻¹ of the row. */
  @Override
  public double inverse() {
    return inverse;
  }

  @Override
  public double missed(double reached) {
    return base + reached - s;
  }

  @Override
  public void aim(double target, boolean secondOrder) {
    low.aim(target, secondOrder);
    high.aim(target, secondOrder);
    inverse = 1.0 / (low.stiffness() + high.stiffness());
    product = high.stiffness() * high.centre() - low.stiffness() * low.centre();
  }

  @Override
  public double rightHandSide(double reached) {
    return s - base - reached - inverse * product;
  }

  @Override
  public void direct(double priceStep) {
    dy = -priceStep;
    ds = inverse * (dy - product);
    low.direct(ds);
    high.direct(-ds);
  }

  @Override
  public double longestPrimalStep() {
    return Math.min(low.longestPrimalStep(), high.longestPrimalStep());
  }

  @Override
  public double longestDualStep() {
    return Math.min(low.longestDualStep(), high.longestDualStep());
  }

  @Override
  public double products(double primalStep, double dualStep) {
    return low.products(primalStep, dualStep) + high.products(primalStep, dualStep);
  }

  @Override
  public void move(double primalStep, double dualStep) {
    s += primalStep * ds;
    y += dualStep * dy;
    low.move(primalStep, dualStep);
    high.move(primalStep, dualStep);
  }

  /** What the row adds to the dual function at a price η: −η(base) − max over its range of −ηv. */
  double boundPart(double price) {
    double multiplier = -price;
    return multiplier * base - Math.max(multiplier * trueLower, multiplier * trueUpper);
  }
}
