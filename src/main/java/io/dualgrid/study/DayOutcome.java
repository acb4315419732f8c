package io.dualgrid.study;

/**
 * How a day ended.
 *
 * @param day from 1
 * @param status of its run
 * @param cost of the day without what was looked ahead to, in currency
 * @param importKwh bought by the root
 * @param exportKwh sold by the root
 * @param peakImportKw largest power bought
 * @param storedKwh in all stores at its end
 * @param voltageMinPu lowest voltage of any node
 * @param voltageMaxPu highest
 * @param iterations of its run, those of a start that did not hold included
 * @param coldIterations of the same run without the day before; 0 where nobody has tried
 * @param reason why it failed; empty when it did not
 */
record DayOutcome(
    int day,
    String status,
    double cost,
    double importKwh,
    double exportKwh,
    double peakImportKw,
    double storedKwh,
    double voltageMinPu,
    double voltageMaxPu,
    int iterations,
    int coldIterations,
    String reason) {
  boolean failed() {
    return !status.equals(CONVERGED);
  }

  /** The status of a day that has come to an optimum. */
  static final String CONVERGED = "converged";
}
