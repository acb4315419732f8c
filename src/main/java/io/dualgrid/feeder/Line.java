package io.dualgrid.feeder;

/**
 * One line, or a transformer with a fixed tap: without load V(from) = ratio · V(to) in per unit,
 * with the series impedance at the side of {@code to}.
 *
 * @param from the end nearer to the root
 * @param to the other end
 * @param resistanceOhm series resistance
 * @param reactanceOhm series reactance
 * @param ratio turns ratio in per unit; 1 for a line
 * @param ratingKva largest apparent power; infinite where there is no limit
 */
public record Line(
    int from, int to, double resistanceOhm, double reactanceOhm, double ratio, double ratingKva) {

  /** A line without a rating. */
  public Line(int from, int to, double resistanceOhm, double reactanceOhm) {
    this(from, to, resistanceOhm, reactanceOhm, 1.0, Double.POSITIVE_INFINITY);
  }

  /**
   * Of the ends alone, which tell lines of a feeder apart. What the language makes of a record is
   * linked at run time, by dozens of small classes.
   */
  @Override
  public int hashCode() {
    return 31 * from + to;
  }

  /** Whether the apparent power is limited. */
  public boolean isRated() {
    return Double.isFinite(ratingKva);
  }

  /**
   * The same line seen from its other end. The impedance crosses the ideal transformer, by the
   * square of its ratio.
   */
  public Line turned() {
    double squared = ratio * ratio;
    return new Line(
        to, from, resistanceOhm * squared, reactanceOhm * squared, 1.0 / ratio, ratingKva);
  }
}
