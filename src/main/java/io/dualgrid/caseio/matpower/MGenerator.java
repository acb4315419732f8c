package io.dualgrid.caseio.matpower;

/**
 * A row of mpc.gen with its row of mpc.gencost, as the case format of MATPOWER names the columns.
 *
 * @param line of the file
 * @param bus where it stands
 * @param activeMw Pg, what it gives where nothing is dispatched
 * @param reactiveMaxMvar Qmax
 * @param reactiveMinMvar Qmin
 * @param voltagePu Vg
 * @param inService whether status is above 0
 * @param activeMaxMw Pmax
 * @param activeMinMw Pmin, negative for a load that can be dispatched
 * @param cost null where the file has none
 */
record MGenerator(
    int line,
    int bus,
    double activeMw,
    double reactiveMaxMvar,
    double reactiveMinMvar,
    double voltagePu,
    boolean inService,
    double activeMaxMw,
    double activeMinMw,
    MCost cost) {

  String place() {
    return "row " + line + " (generator at bus " + bus + ")";
  }

  /** Whether Pmin = Pmax = 0, as files have it that are for power flows alone. */
  boolean hasNoRange() {
    return activeMinMw == 0 && activeMaxMw == 0;
  }

  /** A load that can be dispatched is a generator that takes power. */
  boolean isLoad() {
    return activeMinMw < 0 && activeMaxMw == 0;
  }
}
