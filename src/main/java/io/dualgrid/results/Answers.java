package io.dualgrid.results;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualgrid.device.CostPart;
import io.dualgrid.run.DispatchSeries;
import io.dualgrid.site.GridCase;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  /** Writes them as objects costs, in currency by part, and energy. */
  void putInto(ObjectNode summary) {
    if (dispatch.isEmpty()) {
      return;
    }
    costs().forEach(summary.putObject("costs")::put);
    energy().forEach(summary.putObject("energy")::put);
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
