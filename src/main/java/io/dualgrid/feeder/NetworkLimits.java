package io.dualgrid.feeder;

/**
 * Constants of the whole network.
 *
 * @param horizonHours length of the horizon
 * @param profileRows rows of each profile over the horizon
 * @param basePowerKw base of the per-unit system
 * @param baseImpedanceOhm base of the per-unit system
 * @param voltageMinPu lower voltage limit
 * @param voltageMaxPu upper voltage limit
 * @param rootVoltagePu fixed voltage of the root
 * @param exchangeMaxKw limit of a node's sale, purchase and line flow
 * @param networkChargePerKwh charge on what a node other than the root sells
 * @param voltageForm how programs hold voltages; the limits above are voltages in either form
 */
public record NetworkLimits(
    double horizonHours,
    int profileRows,
    double basePowerKw,
    double baseImpedanceOhm,
    double voltageMinPu,
    double voltageMaxPu,
    double rootVoltagePu,
    double exchangeMaxKw,
    double networkChargePerKwh,
    VoltageForm voltageForm) {
  /** With voltages held as published. */
  public NetworkLimits(
      double horizonHours,
      int profileRows,
      double basePowerKw,
      double baseImpedanceOhm,
      double voltageMinPu,
      double voltageMaxPu,
      double rootVoltagePu,
      double exchangeMaxKw,
      double networkChargePerKwh) {
    this(
        horizonHours,
        profileRows,
        basePowerKw,
        baseImpedanceOhm,
        voltageMinPu,
        voltageMaxPu,
        rootVoltagePu,
        exchangeMaxKw,
        networkChargePerKwh,
        VoltageForm.LINEAR);
  }

  /** The constants of the published study. */
  public static final NetworkLimits PUBLISHED = published(0.244343);

  /**
   * The constants of the published study with no network charge, which every network sets itself.
   */
  public static final NetworkLimits UNCHARGED = published(0.0);

  private static NetworkLimits published(double networkChargePerKwh) {
    return new NetworkLimits(24.0, 96, 1000.0, 100.0, 0.95, 1.05, 1.0, 1e5, networkChargePerKwh);
  }

  /** The same limits with the impedance base of a nominal voltage, U² over the base power. */
  public NetworkLimits atNominalVoltage(double nominalKv) {
    return new NetworkLimits(
        horizonHours,
        profileRows,
        basePowerKw,
        nominalKv * nominalKv / (basePowerKw / 1000.0),
        voltageMinPu,
        voltageMaxPu,
        rootVoltagePu,
        exchangeMaxKw,
        networkChargePerKwh,
        voltageForm);
  }

  /** The same over another horizon. */
  public NetworkLimits over(double hours, int rows) {
    return new NetworkLimits(
        hours,
        rows,
        basePowerKw,
        baseImpedanceOhm,
        voltageMinPu,
        voltageMaxPu,
        rootVoltagePu,
        exchangeMaxKw,
        networkChargePerKwh,
        voltageForm);
  }

  /** The same with other limits of the voltage. */
  public NetworkLimits withVoltages(double minPu, double maxPu) {
    return new NetworkLimits(
        horizonHours,
        profileRows,
        basePowerKw,
        baseImpedanceOhm,
        minPu,
        maxPu,
        rootVoltagePu,
        exchangeMaxKw,
        networkChargePerKwh,
        voltageForm);
  }

  /** The same with voltages held in another form. */
  public NetworkLimits inForm(VoltageForm form) {
    return new NetworkLimits(
        horizonHours,
        profileRows,
        basePowerKw,
        baseImpedanceOhm,
        voltageMinPu,
        voltageMaxPu,
        rootVoltagePu,
        exchangeMaxKw,
        networkChargePerKwh,
        form);
  }

  /** The lowest level of a voltage in {@link #voltageForm()}. */
  public double levelMin() {
    return voltageForm.level(voltageMinPu);
  }

  /** The highest level of a voltage in {@link #voltageForm()}. */
  public double levelMax() {
    return voltageForm.level(voltageMaxPu);
  }

  /** The level of the root's voltage in {@link #voltageForm()}. */
  public double rootLevel() {
    return voltageForm.level(rootVoltagePu);
  }

  /** What the line divides levels of {@link #voltageForm()} by. */
  public double levelRatio(Line line) {
    return voltageForm.ratio(line.ratio());
  }
}
