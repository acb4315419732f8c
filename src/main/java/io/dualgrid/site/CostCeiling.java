package io.dualgrid.site;

import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Horizon;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.site.GridCase.Node;

/**
 * The most that an energy system can add to the optimal cost of any feeder, in currency: its
 * devices at full power, the network charge on all that they supply, and the purchase of all that
 * they draw. A lower bound on the optimum above the sum of these proves that there is no optimum.
 */
public final class CostCeiling {
  private CostCeiling() {}

  /**
   * Of a node; a private figure, of which only the sum is shared.
   *
   * <p>At an optimum the root buys at most what all draw, since selling never pays more than buying
   * costs.
   *
   * @param priceOfStep buy price of the root times the step length, length steps
   */
  public static double of(Node node, Horizon horizon, NetworkLimits limits, double[] priceOfStep) {
    double hours = limits.horizonHours();
    double suppliedKwh = 0.0;
    double ownCost = 0.0;
    double[] drawn = new double[horizon.steps()]; // kW
    for (DeviceSpec device : node.devices()) {
      if (device instanceof DeviceSpec.PowerLoad load) {
        suppliedKwh +=
            add(load.powerKw().sample(horizon.steps(), horizon.sampling()), drawn, horizon);
      } else if (device instanceof DeviceSpec.Photovoltaic plant) {
        suppliedKwh +=
            energy(plant.availableKw().sample(horizon.steps(), horizon.sampling()), horizon);
      } else if (device instanceof DeviceSpec.WindPower plant) {
        suppliedKwh +=
            energy(plant.availableKw().sample(horizon.steps(), horizon.sampling()), horizon);
      } else if (device instanceof DeviceSpec.CombinedHeatPower plant) {
        suppliedKwh += plant.powerMaxKw() * hours;
        ownCost += plant.gasPricePerKwh() * (1 + plant.heatPerPower()) * plant.powerMaxKw() * hours;
      } else if (device instanceof DeviceSpec.Battery battery) {
        suppliedKwh += battery.powerMaxKw() * hours;
        draw(battery.powerMaxKw(), drawn);
      } else if (device instanceof DeviceSpec.Generator generator) {
        suppliedKwh += Math.max(0.0, generator.powerMaxKw()) * hours;
        draw(Math.max(0.0, -generator.powerMinKw()), drawn);
        ownCost +=
            hours
                * Math.max(
                    generator.costPerKwh() * generator.powerMaxKw(),
                    generator.costPerKwh() * generator.powerMinKw());
      } else if (device instanceof DeviceSpec.DispatchableLoad load) {
        draw(load.powerMaxKw(), drawn);
      } else if (device instanceof DeviceSpec.Shunt shunt) {
        draw(Math.max(0.0, shunt.conductanceKw()), drawn);
        suppliedKwh += Math.max(0.0, -shunt.conductanceKw()) * hours;
      } else if (device instanceof DeviceSpec.HeatPump pump) {
        draw(pump.powerMaxKw(), drawn);
      } else if (device instanceof DeviceSpec.ElectricHeater heater) {
        draw(heater.powerMaxKw(), drawn);
      }
    }
    double ceiling = ownCost + limits.networkChargePerKwh() * suppliedKwh;
    for (int t = 0; t < drawn.length; t++) {
      ceiling += Math.max(0.0, priceOfStep[t]) * drawn[t];
    }
    return ceiling;
  }

  /** Adds a load to what is drawn; the energy in kWh of its negative part, which is supply. */
  private static double add(double[] loadKw, double[] drawn, Horizon horizon) {
    double supplied = 0.0;
    for (int t = 0; t < loadKw.length; t++) {
      drawn[t] += Math.max(0.0, loadKw[t]);
      supplied += Math.max(0.0, -loadKw[t]) * horizon.stepHours();
    }
    return supplied;
  }

  private static double energy(double[] availableKw, Horizon horizon) {
    double sum = 0.0;
    for (double value : availableKw) {
      sum += value * horizon.stepHours();
    }
    return sum;
  }

  private static void draw(double powerKw, double[] drawn) {
    for (int t = 0; t < drawn.length; t++) {
      drawn[t] += powerKw;
    }
  }
}
