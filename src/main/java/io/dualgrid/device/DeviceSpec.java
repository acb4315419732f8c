package io.dualgrid.device;

/**
 * What a case says of one device: its limits and forecast, as they stand in the case file. Powers
 * in kW or kvar, energies in kWh, prices in currency per kWh. Positive power is supply.
 */
public sealed interface DeviceSpec {

  /** The kind as the case file spells it. */
  String kind();

  /** Electric load, served exactly: P = −profile. */
  record PowerLoad(Profile powerKw) implements DeviceSpec {
    @Override
    public String kind() {
      return "P_load";
    }
  }

  /** Reactive load, served exactly: Q = −profile. */
  record ReactiveLoad(Profile powerKvar) implements DeviceSpec {
    @Override
    public String kind() {
      return "Q_load";
    }
  }

  /** Heat load, served exactly: H = −profile. */
  record HeatLoad(Profile heatKw) implements DeviceSpec {
    @Override
    public String kind() {
      return "H_load";
    }
  }

  /** Photovoltaic plant: 0 ≤ P ≤ profile, |Q| ≤ P·tan(acos powerFactorMin). */
  record Photovoltaic(Profile availableKw, double powerFactorMin) implements DeviceSpec {
    @Override
    public String kind() {
      return "PV";
    }
  }

  /** Wind power: as photovoltaic. */
  record WindPower(Profile availableKw, double powerFactorMin) implements DeviceSpec {
    @Override
    public String kind() {
      return "WP";
    }
  }

  /**
   * Combined heat and power: 0 ≤ P ≤ powerMaxKw, 0 ≤ H ≤ heatPerPower·P; cost gasPricePerKwh·(1 +
   * heatPerPower)·P·dt.
   */
  record CombinedHeatPower(
      double powerMaxKw, double heatPerPower, double gasPricePerKwh, double powerFactorMin)
      implements DeviceSpec {
    @Override
    public String kind() {
      return "CHP";
    }
  }

  /** Battery; the stored energy starts and ends at energyStartKwh. */
  record Battery(
      double powerMaxKw,
      double energyMaxKwh,
      double energyStartKwh,
      double lossPerHour,
      double chargeEfficiency,
      double dischargeEfficiency,
      double powerFactorMin)
      implements DeviceSpec {
    @Override
    public String kind() {
      return "BT";
    }
  }

  /** Heat store; the stored heat starts and ends at energyStartKwh. */
  record HeatStore(double heatMaxKw, double energyMaxKwh, double energyStartKwh, double lossPerHour)
      implements DeviceSpec {
    @Override
    public String kind() {
      return "HS";
    }
  }

  /** Heat pump, electric (EHP) or absorption-assisted (AHP): −powerMaxKw ≤ P ≤ 0, H = −cop·P. */
  record HeatPump(String kind, double powerMaxKw, double cop, double powerFactorMin)
      implements DeviceSpec {}

  /** Electric heater: −powerMaxKw ≤ P ≤ 0, H = −efficiency·P. */
  record ElectricHeater(double powerMaxKw, double efficiency) implements DeviceSpec {
    @Override
    public String kind() {
      return "EH";
    }
  }

  /** Shunt element at its nominal voltage: P = −conductanceKw, Q = susceptanceKvar. */
  record Shunt(double conductanceKw, double susceptanceKvar) implements DeviceSpec {
    @Override
    public String kind() {
      return "SH";
    }
  }

  /**
   * Generator: powerMinKw ≤ P ≤ powerMaxKw, reactiveMinKvar ≤ Q ≤ reactiveMaxKvar; cost
   * costPerKwh·P·dt.
   */
  record Generator(
      double powerMinKw,
      double powerMaxKw,
      double reactiveMinKvar,
      double reactiveMaxKvar,
      double costPerKwh)
      implements DeviceSpec {
    @Override
    public String kind() {
      return "GEN";
    }
  }

  /**
   * Load that is served where that is worth it: −powerMaxKw ≤ P ≤ 0, Q = reactivePerPower·P; cost
   * valuePerKwh·P·dt, so that what is served counts as a gain.
   */
  record DispatchableLoad(double powerMaxKw, double reactivePerPower, double valuePerKwh)
      implements DeviceSpec {
    @Override
    public String kind() {
      return "DL";
    }
  }

  /**
   * The connection of the root to the grid above: P = Pbuy − Psell. A power factor or reactive
   * limit that is not given is NaN.
   */
  record GridInterface(
      double buyMaxKw,
      double sellMaxKw,
      Profile buyPricePerKwh,
      Profile sellPricePerKwh,
      double powerFactorMin,
      double reactiveMinKvar,
      double reactiveMaxKvar)
      implements DeviceSpec {

    /** A connection whose reactive power is limited by the power factor alone. */
    public GridInterface(
        double buyMaxKw,
        double sellMaxKw,
        Profile buyPricePerKwh,
        Profile sellPricePerKwh,
        double powerFactorMin) {
      this(
          buyMaxKw,
          sellMaxKw,
          buyPricePerKwh,
          sellPricePerKwh,
          powerFactorMin,
          Double.NaN,
          Double.NaN);
    }

    /** Whether an optional value is there. */
    public static boolean isGiven(double value) {
      return !Double.isNaN(value);
    }

    @Override
    public String kind() {
      return "GI";
    }
  }
}
