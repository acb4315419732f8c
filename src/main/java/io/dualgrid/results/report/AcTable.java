package io.dualgrid.results.report;

import java.util.Map;

/**
 * What a page shows of ac.csv.
 *
 * @param voltagePu by number of the node, one a step; NaN where the flow does not converge
 * @param lossKw of all lines, one a step; NaN where the flow does not converge
 */
record AcTable(Map<String, double[]> voltagePu, double[] lossKw) {}
