package io.dualgrid.caseio.matpower;

/**
 * A row of mpc.gencost.
 *
 * @param line of the file
 * @param model 1 piecewise linear, 2 polynomial
 * @param count of coefficients, or of points
 * @param values coefficients, the highest power first; or points, x and y in turn
 */
record MCost(int line, int model, int count, double[] values) {
  static final int PIECEWISE = 1;
  static final int POLYNOMIAL = 2;

  String place() {
    return "row " + line;
  }
}
