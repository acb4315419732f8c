package io.dualgrid.parties;

/**
 * How far a point that all energy systems agree on is from the optimum.
 *
 * @param feasible whether such a point was found near the present iterate
 * @param cost of that point in currency, infinite when there is none
 * @param lowerBound on the optimal cost in currency, minus infinity when some energy system could
 *     not bound its part
 */
record Certificate(boolean feasible, double cost, double lowerBound) {

  /** (cost − lower bound) / |cost|, infinite without a point. */
  double relativeGap() {
    return feasible
        ? (cost - lowerBound) / Math.max(1.0, Math.abs(cost))
        : Double.POSITIVE_INFINITY;
  }
}
