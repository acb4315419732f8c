package io.dualgrid.study;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A figure of a day that has come to an optimum.
 *
 * @param name in tables
 * @param unit of its values
 * @param adds whether the days of a chain add up
 * @param value of a day
 */
record DayColumn(String name, String unit, boolean adds, ToDoubleFunction<DayOutcome> value) {
  /** All figures, in the order of the tables. */
  static final List<DayColumn> ALL =
      List.of(
          new DayColumn("cost", "currency", true, DayOutcome::cost),
          new DayColumn("importKwh", "kWh", true, DayOutcome::importKwh),
          new DayColumn("exportKwh", "kWh", true, DayOutcome::exportKwh),
          new DayColumn("peakImportKw", "kW", false, DayOutcome::peakImportKw),
          new DayColumn("storedKwh", "kWh", false, DayOutcome::storedKwh),
          new DayColumn("voltageMinPu", "p.u.", false, DayOutcome::voltageMinPu),
          new DayColumn("voltageMaxPu", "p.u.", false, DayOutcome::voltageMaxPu));
}
