package io.dualgrid.results;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualgrid.device.CostPart;
import io.dualgrid.run.DispatchSeries;
import io.dualgrid.site.CaseFacts;
import io.dualgrid.site.GridCase;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What people ask of a dispatch: what it costs for what, and where the energy comes from.
 *
 * <p>With the energy G made at home, I bought and E sold, the share of G that is used at home is (G
 * − E)/G, and the share of what is used, losses of stores included, that is made at home is (G −
 * E)/(G + I − E).
 */
final class Answers {
  private final List<DispatchSeries> dispatch;
  private final List<DispatchSeries> costs;
  private final double stepHours;
  private final List<EnergyUse> uses;
  private final List<StorageUse> stores;
  private final GridCase gridCase;
  private final AssumedShares assumed;

  /**
   * Of a dispatch; there is nothing to tell of an empty one.
   *
   * @param dispatch of the case
   * @param costs of the dispatch, by part
   * @param gridCase what was solved
   * @param steps number of steps
   */
  Answers(List<DispatchSeries> dispatch, List<DispatchSeries> costs, GridCase gridCase, int steps) {
    Noise noise = Noise.of(gridCase, steps);
    this.dispatch = noise.ofDispatch(dispatch);
    this.costs = noise.ofCosts(costs);
    this.stepHours = gridCase.limits().horizonHours() / steps;
    this.uses = EnergyUse.of(this.dispatch, stepHours);
    this.stores = StorageUse.of(gridCase, this.dispatch, stepHours);
    this.gridCase = gridCase;
    this.assumed = AssumedShares.of(gridCase, costs, steps);
  }

  /** The dispatch, without the noise of solvers. */
  List<DispatchSeries> dispatch() {
    return dispatch;
  }

  /** What it costs, series by device and part, without noise. */
  List<DispatchSeries> costSeries() {
    return costs;
  }

  List<EnergyUse> uses() {
    return uses;
  }

  List<StorageUse> stores() {
    return stores;
  }

  AssumedShares assumed() {
    return assumed;
  }

  /**
   * Writes them as objects costs, in currency by part, energy, storage and emissions, and assumed
   * values.
   */
  void putInto(ObjectNode summary) {
    if (dispatch.isEmpty()) {
      return;
    }
    costs().forEach(summary.putObject("costs")::put);
    Map<String, Double> energy = energy();
    energy.forEach(summary.putObject("energy")::put);
    if (!stores.isEmpty()) {
      storage().forEach(summary.putObject("storage")::put);
    }
    assumed.putInto(summary);
    Map<String, Double> emissions = emissions(energy);
    if (!emissions.isEmpty()) {
      emissions.forEach(summary.putObject("emissions")::put);
    }
  }

  /** Writes the currency of all costs, where the case states it. */
  void putCurrency(ObjectNode summary) {
    if (!gridCase.facts().currency().isEmpty()) {
      summary.put("currency", gridCase.facts().currency());
    }
  }

  /** Of electric and of heat stores together: energy in kWh at their connections, full cycles. */
  private Map<String, Double> storage() {
    double size = stores.stream().mapToDouble(StorageUse::sizeKwh).sum();
    double in = stores.stream().mapToDouble(StorageUse::putInKwh).sum();
    double out = stores.stream().mapToDouble(StorageUse::takenOutKwh).sum();
    Map<String, Double> storage = new LinkedHashMap<>();
    storage.put("sizeKwh", size);
    storage.put("putInKwh", in);
    storage.put("takenOutKwh", out);
    if (size > 0) {
      storage.put("cycles", (in + out) / (2 * size));
    }
    return storage;
  }

  /**
   * Carbon dioxide in kg by the factors that the case states: of what is bought, without credit for
   * what is sold, and of gas. The sum is there where no factor is missing that it takes.
   */
  private Map<String, Double> emissions(Map<String, Double> energy) {
    CaseFacts facts = gridCase.facts();
    double gas = energy.getOrDefault("gasKwh", 0.0);
    Map<String, Double> emissions = new LinkedHashMap<>();
    facts
        .gridCo2KgPerKwh()
        .ifPresent(factor -> emissions.put("gridCo2Kg", factor * energy.get("boughtKwh")));
    facts.gasCo2KgPerKwh().ifPresent(factor -> emissions.put("gasCo2Kg", factor * gas));
    boolean gasKnown = emissions.containsKey("gasCo2Kg") || gas == 0.0;
    if (emissions.containsKey("gridCo2Kg") && gasKnown) {
      emissions.put("co2Kg", emissions.values().stream().mapToDouble(kg -> kg).sum());
    }
    return emissions;
  }

  /** Gas that is burnt, in kWh; empty where no device burns any. */
  private OptionalDouble gasKwh() {
    Map<List<String>, Double> perPower = new HashMap<>();
    for (GridCase.Node node : gridCase.nodes()) {
      List<String> labels = node.labels();
      for (int k = 0; k < labels.size(); k++) {
        double gas = node.devices().get(k).gasPerPower();
        if (gas > 0) {
          perPower.put(List.of(Integer.toString(node.id()), labels.get(k)), gas);
        }
      }
    }
    return perPower.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            uses.stream()
                .filter(use -> use.carrier().equals(EnergyUse.POWER))
                .mapToDouble(
                    use ->
                        use.suppliedKwh()
                            * perPower.getOrDefault(List.of(use.node(), use.device()), 0.0))
                .sum());
  }

  /** Costs in currency by part. */
  Map<String, Double> costs() {
    Map<String, Double> parts = new LinkedHashMap<>();
    for (CostPart part : CostPart.values()) {
      costs.stream()
          .filter(one -> one.quantity().equals(part.id()))
          .forEach(one -> parts.merge(part.id(), sum(one), Double::sum));
    }
    return parts;
  }

  /** Energy in kWh, shares and peaks in kW, by name. */
  Map<String, Double> energy() {
    double made =
        uses.stream()
            .filter(use -> use.role() == EnergyUse.Role.DEVICE)
            .filter(use -> use.carrier().equals(EnergyUse.POWER))
            .mapToDouble(EnergyUse::suppliedKwh)
            .sum();
    GridExchange exchange = GridExchange.of(dispatch, stepHours);
    double bought = exchange.boughtKwh();
    double sold = exchange.soldKwh();
    Map<String, Double> energy = new LinkedHashMap<>();
    energy.put("generatedKwh", made);
    energy.put("boughtKwh", bought);
    energy.put("soldKwh", sold);
    putShare(energy, "selfConsumption", made - sold, made);
    putShare(energy, "selfSufficiency", made - sold, made + bought - sold);
    energy.put("peakBoughtKw", exchange.peakBoughtKw());
    energy.put("peakSoldKw", exchange.peakSoldKw());
    gasKwh().ifPresent(gas -> energy.put("gasKwh", gas));
    return energy;
  }

  private static void putShare(Map<String, Double> energy, String name, double part, double whole) {
    if (whole > 0) {
      // what is bought only to be sold again is not made at home
      energy.put(name, Math.max(0.0, part / whole));
    }
  }

  private static double sum(DispatchSeries series) {
    return Arrays.stream(series.values()).sum();
  }
}
