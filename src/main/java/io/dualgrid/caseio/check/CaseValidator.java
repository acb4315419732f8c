package io.dualgrid.caseio.check;

import io.dualgrid.device.DeviceCheck;
import io.dualgrid.device.DeviceCodec;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.HeatMeans;
import io.dualgrid.device.Profile;
import io.dualgrid.device.ProfileSign;
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

  private static final String BASE_REMEDY =
      "write U²·1000/basePowerKw of the nominal voltage U in kV, or a basePowerKw nearer to 1000";

  private static final String VOLTAGE_REMEDY = "write it per unit of the nominal voltage";

  private final String file;
  private final Consumer<CaseProblem> errors;
  private final Consumer<CaseProblem> warnings;

  public CaseValidator(String file, Consumer<CaseProblem> errors, Consumer<CaseProblem> warnings) {
    this.file = file;
    this.errors = errors;
    this.warnings = warnings;
  }

  /** Checks the constants of the network, each on its own and against the others. */
  public void checkLimits(NetworkLimits limits) {
    checkRange("horizonHours", limits.horizonHours(), 1e-3, 1e6, "write the hours of the profiles");
    checkRange("basePowerKw", limits.basePowerKw(), 1e-3, LARGEST, "write a power in kW");
    checkRange("baseImpedanceOhm", limits.baseImpedanceOhm(), 1e-9, LARGEST, BASE_REMEDY);
    checkRange("voltageMaxPu", limits.voltageMaxPu(), 1e-2, 100, VOLTAGE_REMEDY);
    checkRange("rootVoltagePu", limits.rootVoltagePu(), 1e-2, 100, VOLTAGE_REMEDY);
    checkRange("exchangeMaxKw", limits.exchangeMaxKw(), 1e-3, LARGEST, "write a power in kW");
    checkRange(
        "networkChargePerKwh",
        limits.networkChargePerKwh(),
        0,
        LARGEST,
        "write the charge in currency per kWh");
    checkRows(limits.profileRows(), limits.horizonHours());
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

  private void checkRange(String field, double value, double least, double most, String remedy) {
    if (value < least || value > most) {
      error(
          "limits",
          field,
          value,
          "is outside " + NumberText.show(least) + " to " + NumberText.show(most),
          remedy);
    }
  }

  /**
   * Rows of a day that make no whole minutes, but would over another usual horizon.
   *
   * @param rows of every profile, at least one
   * @param horizonHours that they are for
   */
  public void checkRows(int rows, double horizonHours) {
    if (horizonHours != 24 || 1440 % rows == 0 || rows % 1440 == 0) {
      return;
    }
    for (int hours : new int[] {23, 25, 168, 8760, 8784}) {
      if (rows % hours == 0) {
        warn(
            "limits",
            "profileRows",
            rows,
            "makes rows of " + NumberText.show(1440.0 / rows) + " minutes in 24 hours",
            "if the rows are those of "
                + (hours < 48 ? "a day on which clocks change" : hours == 168 ? "a week" : "a year")
                + ", write horizonHours "
                + hours);
        return;
      }
    }
  }

  public void checkLine(String place, Line line) {
    checkOhm(place, "resistanceOhm", line.resistanceOhm());
    checkOhm(place, "reactanceOhm", line.reactanceOhm());
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

  private void checkOhm(String place, String field, double ohm) {
    if (ohm > LARGEST) {
      error(place, field, Double.toString(ohm), TOO_LARGE, "write the figure in ohm");
    }
  }

  /** Checks one device on its own. */
  public void checkDevice(String place, DeviceSpec device, double horizonHours) {
    checkMagnitudes(place, device);
    for (Map.Entry<String, Profile> entry : DeviceCodec.profiles(device).entrySet()) {
      checkProfile(place, device, entry.getKey(), entry.getValue());
    }
    device.check(
        new DeviceCheck() {
          @Override
          public double horizonHours() {
            return horizonHours;
          }

          @Override
          public void error(String field, double value, String message, String remedy) {
            CaseValidator.this.error(place, field, value, message, remedy);
          }

          @Override
          public void warn(String field, double value, String message, String remedy) {
            CaseValidator.this.warn(place, field, value, message, remedy);
          }
        });
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
      if (value < 0 && device.profileSign() == ProfileSign.NEGATIVE_IS_REFUSED) {
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
      if (value < 0 && device.profileSign() == ProfileSign.NEGATIVE_IS_NAMED) {
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
   * Checks that the devices of a node can serve its heat load at every row, and over the whole
   * horizon, in which a heat store supplies by how much it ends lower than it started.
   */
  public void checkHeat(String node, List<DeviceSpec> devices, NetworkLimits limits) {
    int rows = limits.profileRows();
    HeatMeans means = new HeatMeans(rows);
    devices.forEach(device -> device.addHeat(means));
    double[] load = means.loadKw();
    double sourcesKw = means.sourcesKw();
    double storesKw = means.storesKw();
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
    } else if (sum > sourcesKw * limits.horizonHours() + means.storesGiveKwh()) {
      error(
          node,
          "H_load",
          sum,
          "kWh of heat over the horizon, but "
              + (means.storesGiveKwh() == 0
                  ? "without the heat store, which must end where it started,"
                  : "with the levels at which the heat store starts and ends")
              + " the devices of the node supply at most "
              + NumberText.show(sourcesKw * limits.horizonHours() + means.storesGiveKwh())
              + " kWh",
          remedy);
    } else if (sourcesKw == 0 && means.storeLossKw() > 0) {
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
