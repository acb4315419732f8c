package io.dualgrid.device.storage;

import io.dualgrid.device.DeviceCheck;
import io.dualgrid.problem.NumberText;

/**
 * A store must start and end within its size and be able to come from the one level to the other:
 * where the level at the end equals the one at the start, charging at full power must make up for
 * the loss at that level, otherwise every schedule ends below it.
 */
final class StoreCheck {
  /** Levels are known to this part of the size. */
  private static final double ROUNDING = 1e-9;

  private StoreCheck() {}

  /**
   * Checks.
   *
   * @param energyEndKwh as given, NaN where it was left out
   * @param powerMaxKw of charging and of discharging
   * @param powerField what the power is called
   */
  static void run(
      DeviceCheck check,
      StoreLevels levels,
      double energyEndKwh,
      double powerMaxKw,
      double chargeEfficiency,
      double dischargeEfficiency,
      String powerField) {
    double max = levels.maxKwh();
    if (levels.startKwh() > max) {
      check.error(
          "energyStartKwh",
          levels.startKwh(),
          "is above energyMaxKwh = " + NumberText.show(max),
          "write a start level from 0 to " + NumberText.show(max));
    } else if (energyEndKwh > max) {
      check.error(
          "energyEndKwh",
          energyEndKwh,
          "is above energyMaxKwh = " + NumberText.show(max),
          "write an end level from 0 to " + NumberText.show(max));
    } else if (Double.isNaN(energyEndKwh)) {
      checkReturn(check, levels, powerMaxKw, chargeEfficiency, powerField);
    } else {
      double hours = check.horizonHours();
      double most = levels.most(chargeEfficiency * powerMaxKw, hours);
      double least = levels.least(powerMaxKw / dischargeEfficiency, hours);
      if (energyEndKwh > most + ROUNDING * max) {
        outOfReach(check, levels, energyEndKwh, "charging", "most", most, powerField);
      } else if (energyEndKwh < least - ROUNDING * max) {
        outOfReach(check, levels, energyEndKwh, "discharging", "least", least, powerField);
      }
    }
  }

  private static void checkReturn(
      DeviceCheck check,
      StoreLevels levels,
      double powerMaxKw,
      double chargeEfficiency,
      String powerField) {
    if (chargeEfficiency * powerMaxKw < levels.upkeepKw()) {
      check.error(
          powerField,
          powerMaxKw,
          (chargeEfficiency == 1.0 ? "" : "times " + NumberText.show(chargeEfficiency) + ", ")
              + "full charging cannot make up for the loss of "
              + NumberText.show(levels.upkeepKw())
              + " kW at the start level, to which the store must return",
          "raise " + powerField + ", or lower energyStartKwh or lossPerHour");
    }
  }

  private static void outOfReach(
      DeviceCheck check,
      StoreLevels levels,
      double end,
      String means,
      String side,
      double bound,
      String powerField) {
    check.error(
        "energyEndKwh",
        end,
        "is out of reach: from energyStartKwh = "
            + NumberText.show(levels.startKwh())
            + ", full "
            + means
            + " over "
            + NumberText.show(check.horizonHours())
            + " h ends at "
            + side
            + " "
            + NumberText.show(Math.round(bound * 1e3) / 1e3),
        "write a level nearer to energyStartKwh, or raise " + powerField);
  }
}
