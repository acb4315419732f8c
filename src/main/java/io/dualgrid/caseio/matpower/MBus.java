package io.dualgrid.caseio.matpower;

/**
 * A row of mpc.bus, as the case format of MATPOWER names its columns.
 *
 * @param line of the file
 * @param id number of the bus
 * @param type 1 load, 2 controlled voltage, 3 reference, 4 isolated
 * @param activeMw load Pd
 * @param reactiveMvar load Qd
 * @param shuntMw Gs, drawn at nominal voltage
 * @param shuntMvar Bs, fed in at nominal voltage
 * @param voltagePu Vm
 * @param baseKv nominal voltage
 * @param voltageMaxPu Vmax
 * @param voltageMinPu Vmin
 */
record MBus(
    int line,
    int id,
    int type,
    double activeMw,
    double reactiveMvar,
    double shuntMw,
    double shuntMvar,
    double voltagePu,
    double baseKv,
    double voltageMaxPu,
    double voltageMinPu) {
  static final int CONTROLLED = 2;
  static final int REFERENCE = 3;
  static final int ISOLATED = 4;

  String place() {
    return "row " + line + " (bus " + id + ")";
  }
}
