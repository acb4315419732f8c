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
 * @param assumed the values that nobody stated
 */
public record CaseFacts(
    String currency,
    Optional<CaseClock> clock,
    OptionalDouble gridCo2KgPerKwh,
    OptionalDouble gasCo2KgPerKwh,
    List<AssumedValue> assumed) {
  /** Of a case that states nothing. */
  public static final CaseFacts NONE =
      new CaseFacts("", Optional.empty(), OptionalDouble.empty(), OptionalDouble.empty());

  /** Copies the list. */
  public CaseFacts {
    assumed = List.copyOf(assumed);
  }

  /** Of a case whose values are all stated. */
  public CaseFacts(
      String currency,
      Optional<CaseClock> clock,
      OptionalDouble gridCo2KgPerKwh,
      OptionalDouble gasCo2KgPerKwh) {
    this(currency, clock, gridCo2KgPerKwh, gasCo2KgPerKwh, List.of());
  }

  /** The same with these values as those that nobody stated. */
  public CaseFacts withAssumed(List<AssumedValue> values) {
    return new CaseFacts(currency, clock, gridCo2KgPerKwh, gasCo2KgPerKwh, values);
  }

  /** What one node may know: of assumed values those of the network and its own. */
  public CaseFacts ofNode(int node) {
    return withAssumed(
        assumed.stream()
            .filter(value -> value.nodes().isEmpty() || value.nodes().contains(node))
            .map(
                value ->
                    value.nodes().isEmpty()
                        ? value
                        : new AssumedValue(value.device(), value.field(), List.of(node)))
            .toList());
  }

  /** Beginnings of steps as {@link CaseClock#times}; none where the case has no clock. */
  public List<String> times(int steps, double stepHours) {
    return clock.map(own -> own.times(steps, stepHours)).orElse(List.of());
  }

  /** A unit with the currency by its name: EUR/kWh for currency/kWh. */
  public String unit(String unit) {
    return currency.isEmpty() ? unit : unit.replace("currency", currency);
  }
}
