package io.dualgrid.caseio.check;

import io.dualgrid.device.DeviceCodec;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.DeviceSpec.Battery;
import io.dualgrid.device.DeviceSpec.CombinedHeatPower;
import io.dualgrid.device.DeviceSpec.ElectricHeater;
import io.dualgrid.device.DeviceSpec.Generator;
import io.dualgrid.device.DeviceSpec.GridInterface;
import io.dualgrid.device.DeviceSpec.HeatLoad;
import io.dualgrid.device.DeviceSpec.HeatPump;
import io.dualgrid.device.DeviceSpec.HeatStore;
import io.dualgrid.device.DeviceSpec.Photovoltaic;
import io.dualgrid.device.DeviceSpec.PowerLoad;
import io.dualgrid.device.DeviceSpec.WindPower;
import io.dualgrid.device.Profile;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.problem.NumberText;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What the schema cannot say: relations between fields, values of profiles, and heat that nothing
 * can supply. Every rule is a necessary condition for an optimum that means something; power flow
 * and voltages are left to the optimisation.
 */
public final class CaseValidator {
  /** A terawatt, and as much of anything else: beyond any feeder, and within what solvers bear. */
  private static final double LARGEST = 1e9;

  private static final String TOO_LARGE = "is beyond 1e9, more than any feeder has";

  private final String file;
  private final Consumer<CaseProblem> errors;
  private final Consumer<CaseProblem> warnings;

  public CaseValidator(String file, Consumer<CaseProblem> errors, Consumer<CaseProblem> warnings) {
    this.file = file;
    this.errors = errors;
    this.warnings = warnings;
  }

  public void checkLimits(NetworkLimits limits) {
    if (limits.voltageMinPu() >= limits.voltageMaxPu()) {
      error(
          "limits",
          "voltageMaxPu",
          limits.voltageMaxPu(),
          "must be above voltageMinPu = " + NumberText.show(limits.voltageMinPu()),
          "write for example 0.95 and 1.05");
    } else if (limits.rootVoltagePu() < limits.voltageMinPu()
        || limits.rootVoltagePu() > limits.voltageMaxPu()) {
      error(
          "limits",
          "rootVoltagePu",
          limits.rootVoltagePu(),
          "is outside the voltage limits",
          "write a voltage between "
              + NumberText.show(limits.voltageMinPu())
              + " and "
              + NumberText.show(limits.voltageMaxPu()));
    }
  }

  public void checkLine(String place, Line line) {
    if (line.resistanceOhm() == 0 && line.reactanceOhm() == 0) {
      warnings.accept(
          new CaseProblem(
              file,
              place,
              "resistanceOhm",
              "0",
              "resistance and reactance are both zero, so both ends have the same voltage",
              "join the two nodes if that is meant"));
    }
  }

  /** Checks one device on its own. */
  public void checkDevice(String place, DeviceSpec device, double horizonHours) {
    checkMagnitudes(place, device);
    for (Map.Entry<String, Profile> entry : DeviceCodec.profiles(device).entrySet()) {
      checkProfile(place, device, entry.getKey(), entry.getValue());
    }
    if (device instanceof Battery battery) {
      checkStore(
          place,
          battery.energyStartKwh(),
          battery.energyMaxKwh(),
          battery.lossPerHour(),
          battery.powerMaxKw(),
          battery.chargeEfficiency(),
          "powerMaxKw");
    } else if (device instanceof HeatStore store) {
      checkStore(
          place,
          store.energyStartKwh(),
          store.energyMaxKwh(),
          store.lossPerHour(),
          store.heatMaxKw(),
          1.0,
          "heatMaxKw");
    } else if (device instanceof Generator generator) {
      checkRange(place, "powerMaxKw", generator.powerMaxKw(), "powerMinKw", generator.powerMinKw());
      checkRange(
          place,
          "reactiveMaxKvar",
          generator.reactiveMaxKvar(),
          "reactiveMinKvar",
          generator.reactiveMinKvar());
    } else if (device instanceof GridInterface connection) {
      checkRange(
          place,
          "reactiveMaxKvar",
          connection.reactiveMaxKvar(),
          "reactiveMinKvar",
          connection.reactiveMinKvar());
      checkPrices(place, connection, horizonHours);
    }
  }

  /** A largest value below the smallest; what is not given is NaN and compares with nothing. */
  private void checkRange(
      String place, String mostField, double most, String leastField, double least) {
    if (most < least) {
      error(
          place,
          mostField,
          most,
          "is below " + leastField + " = " + NumberText.show(least),
          "swap them, or correct one");
    }
  }

  private void checkMagnitudes(String place, DeviceSpec device) {
    DeviceCodec.numbers(device)
        .forEach(
            (field, value) -> {
              if (Math.abs(value) > LARGEST) {
                error(
                    place,
                    field,
                    Double.toString(value),
                    TOO_LARGE,
                    "write the figure in kW or kWh");
              }
            });
  }

  private void checkProfile(String place, DeviceSpec device, String field, Profile profile) {
    double[] values = profile.rawValues();
    for (int row = 0; row < values.length; row++) {
      double value = profile.value(row);
      if (!Double.isFinite(value)) {
        error(
            place,
            field + ".factor",
            profile.factor(),
            "times " + values[row] + " is too large for a number",
            "write a smaller factor");
        return;
      }
      if (Math.abs(value) > LARGEST) {
        error(
            place,
            field,
            Double.toString(value),
            TOO_LARGE + ", at row " + (row + 2) + " of " + profile.file(),
            "correct the value there, or the factor " + profile.factor());
        return;
      }
      boolean mayBeNegative =
          !(device instanceof HeatLoad
              || device instanceof Photovoltaic
              || device instanceof WindPower);
      if (value < 0 && !mayBeNegative) {
        error(
            place,
            field,
            value,
            "must not be negative, but is at row "
                + (row + 2)
                + ", column "
                + profile.column()
                + " of "
                + profile.file(),
            "correct the value there, or the factor " + NumberText.show(profile.factor()));
        return;
      }
      if (value < 0 && device instanceof PowerLoad) {
        warn(
            place,
            field,
            value,
            "the load is negative at row " + (row + 2) + " of " + profile.file(),
            "right for a net load; otherwise correct it");
        return;
      }
    }
  }

  /**
   * A store must start within its size and be able to hold its start level: as the level at the end
   * equals the one at the start, charging at full power must make up for the loss at that level,
   * otherwise every schedule ends below it.
   */
  private void checkStore(
      String place,
      double start,
      double max,
      double lossPerHour,
      double powerMaxKw,
      double efficiency,
      String powerField) {
    if (start > max) {
      error(
          place,
          "energyStartKwh",
          start,
          "is above energyMaxKwh = " + NumberText.show(max),
          "write a start level from 0 to " + NumberText.show(max));
    } else if (efficiency * powerMaxKw < lossPerHour * start) {
      error(
          place,
          powerField,
          powerMaxKw,
          (efficiency == 1.0 ? "" : "times " + NumberText.show(efficiency) + ", ")
              + "full charging cannot make up for the loss of "
              + NumberText.show(lossPerHour * start)
              + " kW at the start level, to which the store must return",
          "raise " + powerField + ", or lower energyStartKwh or lossPerHour");
    }
  }

  private void checkPrices(String place, GridInterface connection, double horizonHours) {
    Profile buy = connection.buyPricePerKwh();
    Profile sell = connection.sellPricePerKwh();
    for (int row = 0; row < buy.rawValues().length; row++) {
      double buyPrice = buy.value(row);
      double sellPrice = sell.value(row);
      if (sellPrice > buyPrice) {
        error(
            place,
            "sellPricePerKwh",
            sellPrice,
            "is above the price of buying, "
                + NumberText.show(buyPrice)
                + ", at row "
                + (row + 2)
                + " (from "
                + NumberText.show(horizonHours * row / buy.rawValues().length)
                + " h), so that buying and selling at once would earn money",
            "lower sellPricePerKwh to the price of buying or below");
        return;
      }
    }
    for (int row = 0; row < buy.rawValues().length; row++) {
      double buyPrice = buy.value(row);
      if (buyPrice < 0) {
        warn(
            place,
            "buyPricePerKwh",
            buyPrice,
            "is negative at row " + (row + 2),
            "right where prices go below zero; otherwise correct it");
        return;
      }
    }
  }

  /**
   * Checks that the devices of a node can serve its heat load at every row, and over the whole
   * horizon, in which a heat store supplies nothing as it ends where it started.
   */
  public void checkHeat(String node, List<DeviceSpec> devices, NetworkLimits limits) {
    int rows = limits.profileRows();
    double[] load = new double[rows];
    double sourcesKw = 0;
    double storesKw = 0;
    double storeLossKw = 0;
    for (DeviceSpec device : devices) {
      if (device instanceof HeatLoad heatLoad) {
        for (int row = 0; row < rows; row++) {
          load[row] += heatLoad.heatKw().value(row);
        }
      } else if (device instanceof CombinedHeatPower plant) {
        sourcesKw += plant.heatPerPower() * plant.powerMaxKw();
      } else if (device instanceof HeatPump pump) {
        sourcesKw += pump.cop() * pump.powerMaxKw();
      } else if (device instanceof ElectricHeater heater) {
        sourcesKw += heater.efficiency() * heater.powerMaxKw();
      } else if (device instanceof HeatStore store) {
        storesKw += store.heatMaxKw();
        storeLossKw += store.lossPerHour() * store.energyStartKwh();
      }
    }
    double hoursPerRow = limits.horizonHours() / rows;
    double sum = 0;
    int worst = 0;
    for (int row = 0; row < rows; row++) {
      sum += load[row] * hoursPerRow;
      worst = load[row] > load[worst] ? row : worst;
    }
    String remedy = "add a CHP, EHP, AHP, EH or HS to the node, or raise the limits of those there";
    if (load[worst] > sourcesKw + storesKw) {
      error(
          node,
          "H_load",
          load[worst],
          "kW of heat at row "
              + (worst + 2)
              + " (step from "
              + NumberText.show(worst * hoursPerRow)
              + " h), but the devices of the node supply at most "
              + NumberText.show(sourcesKw + storesKw)
              + " kW",
          remedy);
    } else if (sum > sourcesKw * limits.horizonHours()) {
      error(
          node,
          "H_load",
          sum,
          "kWh of heat over the horizon, but without the heat store, which must end where it"
              + " started, the devices of the node supply at most "
              + NumberText.show(sourcesKw * limits.horizonHours())
              + " kWh",
          remedy);
    } else if (sourcesKw == 0 && storeLossKw > 0) {
      error(
          node,
          "HS",
          "",
          "nothing at the node makes up for the losses of the heat store",
          "add a source of heat, or write lossPerHour 0");
    }
  }

  private void error(String place, String field, double value, String message, String remedy) {
    error(place, field, NumberText.show(value), message, remedy);
  }

  private void error(String place, String field, String value, String message, String remedy) {
    errors.accept(new CaseProblem(file, place, field, value, message, remedy));
  }

  private void warn(String place, String field, double value, String message, String remedy) {
    warnings.accept(new CaseProblem(file, place, field, NumberText.show(value), message, remedy));
  }
}
