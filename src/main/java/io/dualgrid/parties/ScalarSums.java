package io.dualgrid.parties;

import java.util.List;

/** How the operator learns sums of scalars over the energy systems. */
interface ScalarSums {
  /** Sums of plain reports. */
  ScalarSums PLAIN =
      reports -> {
        double[] sum = new double[reports.get(0).length];
        for (double[] report : reports) {
          for (int i = 0; i < sum.length; i++) {
            sum[i] += report[i];
          }
        }
        return sum;
      };

  /**
   * Adds up.
   *
   * @param reports one of each energy system, in the order of the case, all of one length
   * @return the sums
   */
  double[] sum(List<double[]> reports);
}
