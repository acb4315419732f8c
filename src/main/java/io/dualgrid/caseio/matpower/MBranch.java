package io.dualgrid.caseio.matpower;

/**
 * A row of mpc.branch, as the case format of MATPOWER names its columns.
 *
 * @param line of the file
 * @param from bus with the tap, if there is one
 * @param to the other bus
 * @param resistancePu r, on baseMVA
 * @param reactancePu x, on baseMVA
 * @param chargingPu b, of the whole line
 * @param ratingMva rateA, 0 for none
 * @param ratio voltage of from over that of to without load; 0 stands for a line
 * @param angleDegrees phase shift
 * @param inService whether status is 1
 */
record MBranch(
    int line,
    int from,
    int to,
    double resistancePu,
    double reactancePu,
    double chargingPu,
    double ratingMva,
    double ratio,
    double angleDegrees,
    boolean inService) {

  String ends() {
    return from + " -> " + to;
  }

  String place() {
    return "row " + line + " (branch " + ends() + ")";
  }

  /** The turns ratio; 1 for a line. */
  double tap() {
    return ratio == 0 ? 1 : ratio;
  }
}
