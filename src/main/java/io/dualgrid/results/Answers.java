package io.dualgrid.results;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualgrid.device.CostPart;
import io.dualgrid.run.DispatchSeries;
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
  private final List<EnergyUse> uses;

  /** Of a dispatch; there is nothing to tell of an empty one. */
  Answers(List<DispatchSeries> dispatch, List<DispatchSeries> costs, double stepHours) {
    this.dispatch = dispatch;
    this.costs = costs;
    this.uses = EnergyUse.of(dispatch, stepHours);
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
    double made = 0.0;
    double bought = 0.0;
    double sold = 0.0;
    for (EnergyUse use : uses) {
      if (use.role() == EnergyUse.Role.GRID) {
        bought += use.suppliedKwh();
        sold += use.drawnKwh();
      } else if (use.role() == EnergyUse.Role.DEVICE && use.carrier().equals(EnergyUse.POWER)) {
        made += use.suppliedKwh();
      }
    }
    Map<String, Double> energy = new LinkedHashMap<>();
    energy.put("generatedKwh", made);
    energy.put("boughtKwh", bought);
    energy.put("soldKwh", sold);
    putShare(energy, "selfConsumption", made - sold, made);
    putShare(energy, "selfSufficiency", made - sold, made + bought - sold);
    energy.put("peakBoughtKw", peak("P_buy"));
    energy.put("peakSoldKw", peak("P_sell"));
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

  /** The most that all connections to the grid together buy or sell at a step. */
  private double peak(String quantity) {
    double[] total = new double[dispatch.get(0).values().length];
    for (DispatchSeries series : dispatch) {
      if (series.quantity().equals(quantity) && !series.device().equals("bus")) {
        for (int t = 0; t < total.length; t++) {
          total[t] += series.values()[t];
        }
      }
    }
    return Arrays.stream(total).max().orElse(0.0);
  }
}
