package io.dualgrid.device.storage;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualgrid.device.CapacitySum;
import io.dualgrid.device.Carrier;
import io.dualgrid.device.CeilingSum;
import io.dualgrid.device.ChartColour;
import io.dualgrid.device.DesProgramBuilder;
import io.dualgrid.device.DeviceCheck;
import io.dualgrid.device.DeviceDefault;
import io.dualgrid.device.DeviceFields;
import io.dualgrid.device.DeviceKind;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.OpposedPair;
import io.dualgrid.device.PublishedNames;
import io.dualgrid.device.ReferenceSchedule;
import io.dualgrid.device.Store;
import io.dualgrid.device.SupplyRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Battery with separate charging and discharging power; see {@link StorageRows} for its energy,
 * which starts at energyStartKwh and ends there, too, or at energyEndKwh where that is not NaN.
 */
public record Battery(
    double powerMaxKw,
    double energyMaxKwh,
    double energyStartKwh,
    double energyEndKwh,
    double lossPerHour,
    double chargeEfficiency,
    double dischargeEfficiency,
    double powerFactorMin)
    implements Store {
  private static final String KIND = "BT";

  /** One that returns to where it started. */
  public Battery(
      double powerMaxKw,
      double energyMaxKwh,
      double energyStartKwh,
      double lossPerHour,
      double chargeEfficiency,
      double dischargeEfficiency,
      double powerFactorMin) {
    this(
        powerMaxKw,
        energyMaxKwh,
        energyStartKwh,
        Double.NaN,
        lossPerHour,
        chargeEfficiency,
        dischargeEfficiency,
        powerFactorMin);
  }

  private StoreLevels levels() {
    return StoreLevels.of(energyMaxKwh, energyStartKwh, energyEndKwh, lossPerHour);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Store between(double startKwh, double endKwh) {
    return new Battery(
        powerMaxKw,
        energyMaxKwh,
        startKwh,
        endKwh,
        lossPerHour,
        chargeEfficiency,
        dischargeEfficiency,
        powerFactorMin);
  }

  @Override
  public void addTo(DesProgramBuilder program, String label) {
    Horizon horizon = program.horizon();
    double powerMax = horizon.perUnit(powerMaxKw);
    int[] charge = program.variables(0.0, powerMax);
    int[] discharge = program.variables(0.0, powerMax);
    int[] reactiveCharge = program.reactiveWithin(charge, 1.0, powerFactorMin);
    int[] reactiveDischarge = program.reactiveWithin(discharge, 1.0, powerFactorMin);
    int[] energy =
        StorageRows.add(
            program, charge, discharge, levels(), chargeEfficiency, dischargeEfficiency);
    program.supply(Carrier.ACTIVE, discharge, 1.0);
    program.supply(Carrier.ACTIVE, charge, -1.0);
    program.supply(Carrier.REACTIVE, reactiveDischarge, 1.0);
    program.supply(Carrier.REACTIVE, reactiveCharge, -1.0);
    double base = horizon.basePowerKw();
    program.quantity(label, "P_charge", "kW", charge, base);
    program.quantity(label, "P_discharge", "kW", discharge, base);
    program.quantity(label, "Q_charge", "kvar", reactiveCharge, base);
    program.quantity(label, "Q_discharge", "kvar", reactiveDischarge, base);
    program.quantity(label, "E", "kWh", energy, base);
    program.opposed(
        OpposedPair.of(label, "P_charge", charge, "P_discharge", discharge)
            .withReactive(reactiveCharge, reactiveDischarge, powerFactorMin));
  }

  @Override
  public void addCapacity(CapacitySum sum) {
    sum.other(powerMaxKw);
  }

  @Override
  public void addCeiling(CeilingSum sum) {
    sum.supply(powerMaxKw);
    sum.draw(powerMaxKw);
  }

  @Override
  public void addSupply(SupplyRange range) {
    // charging and discharging have reactive power of their own
    double kvar = 2 * SupplyRange.reactiveOf(powerMaxKw, powerFactorMin);
    range.active(-powerMaxKw, powerMaxKw);
    range.reactive(-kvar, kvar);
  }

  @Override
  public void check(DeviceCheck check) {
    StoreCheck.run(
        check,
        levels(),
        energyEndKwh,
        powerMaxKw,
        chargeEfficiency,
        dischargeEfficiency,
        "powerMaxKw");
  }

  @Override
  public void addReference(ReferenceSchedule schedule) {
    schedule.draw(levels().upkeepKw() / chargeEfficiency);
  }

  @Override
  public Optional<Carrier> stored() {
    return powerMaxKw > 0 && energyMaxKwh > 0 ? Optional.of(Carrier.ACTIVE) : Optional.empty();
  }

  /** What is said of the kind once, whatever the device. */
  public static final class Kind implements DeviceKind {
    @Override
    public String name() {
      return KIND;
    }

    @Override
    public Class<? extends DeviceSpec> type() {
      return Battery.class;
    }

    @Override
    public DeviceFields fields() {
      return StoreFields.add(
              DeviceFields.of(
                      "Battery",
                      "0 ≤ Pch, Pdis ≤ powerMaxKw, |Qch| ≤ Pch·tan(acos(powerFactorMin)), the same for discharging, 0 ≤ E ≤ energyMaxKwh, E(t) = (1 − lossPerHour·dt)·E(t−1) + dt·(chargeEfficiency·Pch − Pdis/dischargeEfficiency), E(start) = energyStartKwh, E(end) = energyEndKwh; P = Pdis − Pch.")
                  .number(
                      "powerMaxKw", "the largest power of charging and of discharging in kW", 500)
                  .atLeast(0),
              1000,
              300)
          .number(
              "chargeEfficiency",
              "the share of the charged power that is stored, above 0, at most 1",
              0.95)
          .above(0)
          .atMost(1)
          .number(
              "dischargeEfficiency",
              "the share of the power taken from the store that is delivered, above 0, at most 1",
              0.95)
          .above(0)
          .atMost(1)
          .powerFactorMin(0.8);
    }

    @Override
    public String label() {
      return "battery";
    }

    @Override
    public ChartColour colour() {
      return ChartColour.GREEN;
    }

    @Override
    public Map<String, Double> defaults() {
      return Map.of(
          "energyMaxKwh",
          500.0,
          "lossPerHour",
          0.001,
          "chargeEfficiency",
          0.95,
          "dischargeEfficiency",
          0.95,
          "powerFactorMin",
          0.8);
    }

    @Override
    public List<String> spellings() {
      return List.of("batteries", "bt");
    }

    @Override
    public Optional<PublishedNames> published() {
      return Optional.of(
          PublishedNames.store(
              Map.of(
                  "E_max",
                  "energyMaxKwh",
                  "r_loss",
                  "lossPerHour",
                  "eta_charge",
                  "chargeEfficiency",
                  "eta_discharge",
                  "dischargeEfficiency"),
              "P_max",
              "powerMaxKw",
              0.8));
    }

    @Override
    public Optional<DeviceDefault> defaultOf(String field, JsonNode known) {
      return StoreDefaults.of(field, "powerMaxKw", known)
          .or(() -> DeviceKind.super.defaultOf(field, known));
    }
  }
}
