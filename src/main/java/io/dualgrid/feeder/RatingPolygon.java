package io.dualgrid.feeder;

/**
 * The apparent power of a line, P² + Q² ≤ S², as linear rows: the regular polygon of {@value
 * #SIDES} sides inside that circle, with corners on the axis of P. What keeps to it keeps to the
 * rating; what it leaves out of the circle is at most 1 − cos(π/12) = 3.4 % of S.
 *
 * <p>Opposite sides share a row: |cos(a_k)·P + sin(a_k)·Q| ≤ S·cos(π/12), a_k = (2k + 1)·π/12.
 */
public final class RatingPolygon {
  private static final int SIDES = 12;

  /** Rows of the polygon, each for two opposite sides. */
  public static final int ROWS = SIDES / 2;

  private RatingPolygon() {}

  /** The factor of P in a row. */
  public static double activeFactor(int row) {
    return Math.cos((2 * row + 1) * Math.PI / SIDES);
  }

  /** The factor of Q in a row. */
  public static double reactiveFactor(int row) {
    return Math.sin((2 * row + 1) * Math.PI / SIDES);
  }

  /** What the absolute value of each row may reach, in the unit of the rating. */
  public static double limit(double rating) {
    return rating * Math.cos(Math.PI / SIDES);
  }

  /** By how much the rating has to rise for the limit of a row to rise by so much. */
  public static double ratingRise(double limitRise) {
    return limitRise / limit(1.0);
  }

  /**
   * Whether a row of these factors grows with flow against the direction in which P and Q are
   * counted: of P where its factor is at least as large, else of Q.
   */
  public static boolean isTurned(double activeFactor, double reactiveFactor) {
    // their sum is nothing at 135° and √½ at 105°
    return activeFactor + reactiveFactor < 0.5;
  }

  /** The value of a row at a flow, in the unit of the flow. */
  public static double row(int row, double active, double reactive) {
    return activeFactor(row) * active + reactiveFactor(row) * reactive;
  }

  /** The largest of the rows at a flow: at most {@link #limit} where it is within the polygon. */
  public static double largestRow(double active, double reactive) {
    double largest = 0.0;
    for (int row = 0; row < ROWS; row++) {
      largest = Math.max(largest, Math.abs(row(row, active, reactive)));
    }
    return largest;
  }
}
