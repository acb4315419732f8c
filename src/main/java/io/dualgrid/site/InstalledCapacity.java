package io.dualgrid.site;

import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Horizon;
import io.dualgrid.site.GridCase.Node;

/** How large an energy system is: a private figure, of which only sums are shared. */
public final class InstalledCapacity {
  /** Electric power that a unit of heat may take: a heat pump's, roughly. */
  private static final double POWER_PER_HEAT = 1.0 / 3.0;

  private InstalledCapacity() {}

  /** Peak loads plus installed generation and storage power of a node, per unit. */
  public static double of(Node node, Horizon horizon) {
    double active = 0.0;
    double reactive = 0.0;
    double other = 0.0;
    for (DeviceSpec device : node.devices()) {
      if (device instanceof DeviceSpec.PowerLoad load) {
        active += peak(horizon.perUnit(load.powerKw()));
      } else if (device instanceof DeviceSpec.ReactiveLoad load) {
        reactive += peak(horizon.perUnit(load.powerKvar()));
      } else if (device instanceof DeviceSpec.Shunt shunt) {
        active += Math.abs(horizon.perUnit(shunt.conductanceKw()));
        reactive += Math.abs(horizon.perUnit(shunt.susceptanceKvar()));
      } else if (device instanceof DeviceSpec.Generator generator) {
        other += horizon.perUnit(Math.max(generator.powerMaxKw(), -generator.powerMinKw()));
      } else if (device instanceof DeviceSpec.DispatchableLoad load) {
        other += horizon.perUnit(load.powerMaxKw());
      } else if (device instanceof DeviceSpec.HeatLoad load) {
        other += POWER_PER_HEAT * peak(horizon.perUnit(load.heatKw()));
      } else if (device instanceof DeviceSpec.Photovoltaic plant) {
        other += peak(horizon.perUnit(plant.availableKw()));
      } else if (device instanceof DeviceSpec.WindPower plant) {
        other += peak(horizon.perUnit(plant.availableKw()));
      } else if (device instanceof DeviceSpec.Battery battery) {
        other += horizon.perUnit(battery.powerMaxKw());
      } else if (device instanceof DeviceSpec.CombinedHeatPower plant) {
        other += horizon.perUnit(plant.powerMaxKw());
      }
    }
    return Math.max(active, reactive) + other;
  }

  private static double peak(double[] values) {
    double peak = 0.0;
    for (double value : values) {
      peak = Math.max(peak, Math.abs(value));
    }
    return peak;
  }
}
