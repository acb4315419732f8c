package io.dualgrid.site;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What of a case no program takes, but readers of its results: all of it may be missing.
 *
 * @param currency of all prices, such as EUR; empty where it is not stated
 * @param clock when the horizon begins
 * @param gridCo2KgPerKwh carbon dioxide of energy bought from the grid above
 * @param gasCo2KgPerKwh carbon dioxide of gas
 */
public record CaseFacts(
    String currency,
    Optional<CaseClock> clock,
    OptionalDouble gridCo2KgPerKwh,
    OptionalDouble gasCo2KgPerKwh) {
  /** Of a case that states nothing. */
  public static final CaseFacts NONE =
      new CaseFacts("", Optional.empty(), OptionalDouble.empty(), OptionalDouble.empty());

  /** Beginnings of steps as {@link CaseClock#times}; none where the case has no clock. */
  public List<String> times(int steps, double stepHours) {
    return clock.map(own -> own.times(steps, stepHours)).orElse(List.of());
  }

  /** A unit with the currency by its name: EUR/kWh for currency/kWh. */
  public String unit(String unit) {
    return currency.isEmpty() ? unit : unit.replace("currency", currency);
  }
}
