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
    double networkChargePerKwh) {
  /** The constants of the published study. */
  public static final NetworkLimits PUBLISHED =
      new NetworkLimits(24.0, 96, 1000.0, 100.0, 0.95, 1.05, 1.0, 1e5, 0.244343);

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
        networkChargePerKwh);
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
        networkChargePerKwh);
  }
}
