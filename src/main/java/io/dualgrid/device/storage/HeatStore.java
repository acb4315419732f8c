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
import io.dualgrid.device.HeatMeans;
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
 * Heat store with separate storing and releasing power; see {@link StorageRows} for its energy,
 * which starts at energyStartKwh and ends there, too, or at energyEndKwh where that is not NaN.
 */
public record HeatStore(
    double heatMaxKw,
    double energyMaxKwh,
    double energyStartKwh,
    double energyEndKwh,
    double lossPerHour)
    implements Store {
  private static final String KIND = "HS";

  /** One that returns to where it started. */
  public HeatStore(
      double heatMaxKw, double energyMaxKwh, double energyStartKwh, double lossPerHour) {
    this(heatMaxKw, energyMaxKwh, energyStartKwh, Double.NaN, lossPerHour);
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
    return new HeatStore(heatMaxKw, energyMaxKwh, startKwh, endKwh, lossPerHour);
  }

  @Override
  public void addTo(DesProgramBuilder program, String label) {
    Horizon horizon = program.horizon();
    double heatMax = horizon.perUnit(heatMaxKw);
    int[] store = program.variables(0.0, heatMax);
    int[] release = program.variables(0.0, heatMax);
    int[] energy = StorageRows.add(program, store, release, levels(), 1.0, 1.0);
    program.supply(Carrier.HEAT, release, 1.0);
    program.supply(Carrier.HEAT, store, -1.0);
    double base = horizon.basePowerKw();
    program.quantity(label, "H_sto", "kW", store, base);
    program.quantity(label, "H_rel", "kW", release, base);
    program.quantity(label, "E", "kWh", energy, base);
    program.opposed(OpposedPair.of(label, "H_sto", store, "H_rel", release));
  }

  @Override
  public void addCapacity(CapacitySum sum) {
    // no electric power
  }

  @Override
  public void addCeiling(CeilingSum sum) {
    // what makes the heat draws the power
  }

  @Override
  public void addSupply(SupplyRange range) {
    // takes and gives heat alone
  }

  @Override
  public void check(DeviceCheck check) {
    StoreCheck.run(check, levels(), energyEndKwh, heatMaxKw, 1.0, 1.0, "heatMaxKw");
  }

  @Override
  public void addHeat(HeatMeans means) {
    means.store(heatMaxKw, levels().upkeepKw(), levels().givenKwh());
  }

  @Override
  public void addReference(ReferenceSchedule schedule) {
    schedule.heat(levels().upkeepKw());
  }

  @Override
  public Optional<Carrier> stored() {
    return heatMaxKw > 0 && energyMaxKwh > 0 ? Optional.of(Carrier.HEAT) : Optional.empty();
  }

  /** What is said of the kind once, whatever the device. */
  public static final class Kind implements DeviceKind {
    @Override
    public String name() {
      return KIND;
    }

    @Override
    public Class<? extends DeviceSpec> type() {
      return HeatStore.class;
    }

    @Override
    public DeviceFields fields() {
      return StoreFields.add(
          DeviceFields.of(
                  "Heat store",
                  "0 ≤ Hsto, Hrel ≤ heatMaxKw, 0 ≤ E ≤ energyMaxKwh, E(t) = (1 − lossPerHour·dt)·E(t−1) + dt·(Hsto − Hrel), E(start) = energyStartKwh, E(end) = energyEndKwh; H = Hrel − Hsto.")
              .number("heatMaxKw", "the largest heat stored and released in kW", 100)
              .atLeast(0),
          300,
          90);
    }

    @Override
    public String label() {
      return "heat store";
    }

    @Override
    public ChartColour colour() {
      return ChartColour.BLUE;
    }

    @Override
    public Map<String, Double> defaults() {
      return Map.of("energyMaxKwh", 200.0, "lossPerHour", 0.001);
    }

    @Override
    public List<String> spellings() {
      return List.of("hs");
    }

    @Override
    public Optional<PublishedNames> published() {
      return Optional.of(
          PublishedNames.store(
              Map.of("E_max", "energyMaxKwh", "r_loss", "lossPerHour"), "H_max", "heatMaxKw", 0));
    }

    @Override
    public Optional<DeviceDefault> defaultOf(String field, JsonNode known) {
      return StoreDefaults.of(field, "heatMaxKw", known)
          .or(() -> DeviceKind.super.defaultOf(field, known));
    }
  }
}
