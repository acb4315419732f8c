package io.dualgrid.results;

import io.dualgrid.feeder.MoneyUnit;
import io.dualgrid.run.DispatchSeries;
import io.dualgrid.site.GridCase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes out of results what is below the tolerance of the solvers: an interior point leaves a trace
 * of power in every device. Sums stay: what is taken away is given to the largest value of the same
 * sum.
 *
 * <p>With the base power S, the unit of money m and steps of dt, powers below 10⁻⁷·S, energies
 * below that of an hour, costs below 10⁻⁷·S·m·dt and parts of prices below 10⁻⁵·m become zero.
 */
final class Noise {
  /** Ten times the tolerance that a central solve ends at, per unit. */
  private static final double POWER = 1e-7;

  /** A tenth of the gap that newton certifies by default. */
  private static final double PRICE = 1e-5;

  private final double powerKw;
  private final double cost;
  private final double price;

  private Noise(double powerKw, double cost, double price) {
    this.powerKw = powerKw;
    this.cost = cost;
    this.price = price;
  }

  /** Of the results of a case. */
  static Noise of(GridCase gridCase, int steps) {
    double money =
        MoneyUnit.of(gridCase.tariffPerKwh().values(), gridCase.limits().networkChargePerKwh());
    double powerKw = POWER * gridCase.limits().basePowerKw();
    double stepHours = gridCase.limits().horizonHours() / steps;
    return new Noise(powerKw, powerKw * money * stepHours, PRICE * money);
  }

  /**
   * A dispatch without noise. Of each node, carrier and step the devices supply as much as before;
   * where none is left to, the node supplies that much less.
   *
   * @return series in the same order
   */
  List<DispatchSeries> ofDispatch(List<DispatchSeries> dispatch) {
    List<DispatchSeries> clean = copies(dispatch);
    Map<List<String>, List<Signed>> sums = new LinkedHashMap<>();
    for (DispatchSeries series : clean) {
      Supply.of(series)
          .ifPresent(
              supply ->
                  sums.computeIfAbsent(
                          List.of(series.node(), letter(series)), ignored -> new ArrayList<>())
                      .add(new Signed(series.values(), supply.sign(), isFixed(series))));
    }
    for (DispatchSeries series : clean) {
      if (series.device().equals("bus") && series.quantity().length() == 1) {
        List<Signed> devices = sums.get(List.of(series.node(), series.quantity()));
        if (devices != null) {
          add(series.values(), settle(devices, powerKw));
        }
      }
    }
    sums.values().forEach(devices -> settle(devices, powerKw));
    clean.stream()
        .filter(series -> series.unit().startsWith("k"))
        .forEach(series -> cut(series.values(), powerKw));
    return clean;
  }

  /** Costs without noise; those of a step add up to as much as before. */
  List<DispatchSeries> ofCosts(List<DispatchSeries> costs) {
    List<DispatchSeries> clean = copies(costs);
    settle(clean.stream().map(series -> new Signed(series.values(), 1, false)).toList(), cost);
    return clean;
  }

  /** A cost over the horizon, zero where it is noise. */
  double ofCost(double total) {
    return Math.abs(total) < cost ? 0.0 : total;
  }

  /** Prices whose parts are without noise, and which are the sums of their parts. */
  List<DispatchSeries> ofPrices(List<DispatchSeries> prices) {
    List<DispatchSeries> clean = copies(prices);
    Map<List<String>, double[]> totals = new LinkedHashMap<>();
    clean.stream()
        .filter(series -> series.quantity().length() == 1)
        .forEach(series -> totals.put(List.of(series.node(), series.quantity()), series.values()));
    for (DispatchSeries series : clean) {
      if (series.quantity().length() > 1) {
        double[] total = totals.get(List.of(series.node(), letter(series)));
        double[] before = series.values().clone();
        cut(series.values(), price);
        for (int t = 0; total != null && t < total.length; t++) {
          total[t] += series.values()[t] - before[t];
        }
      }
    }
    totals.values().forEach(values -> cut(values, price));
    return clean;
  }

  /**
   * Values of a sum.
   *
   * @param values one a step
   * @param sign with which they count
   * @param fixed whether they are given, so that nothing may be added
   */
  private record Signed(double[] values, int sign, boolean fixed) {}

  /** Makes what is small zero, and gives it to the largest; returns what nobody could take. */
  private static double[] settle(List<Signed> sum, double tolerance) {
    double[] left = new double[sum.stream().mapToInt(one -> one.values.length).max().orElse(0)];
    for (int t = 0; t < left.length; t++) {
      Signed largest = null;
      for (Signed one : sum) {
        if (t >= one.values.length) {
          continue;
        }
        double size = Math.abs(one.values[t]);
        if (size < tolerance) {
          left[t] += one.sign * one.values[t];
          one.values[t] = 0.0;
        } else if (!one.fixed && (largest == null || size > Math.abs(largest.values[t]))) {
          largest = one;
        }
      }
      if (largest != null) {
        largest.values[t] += largest.sign * left[t];
        left[t] = 0.0;
      }
    }
    return left;
  }

  private static void add(double[] values, double[] less) {
    for (int t = 0; t < Math.min(values.length, less.length); t++) {
      values[t] -= less[t];
    }
  }

  private static void cut(double[] values, double tolerance) {
    for (int t = 0; t < values.length; t++) {
      if (Math.abs(values[t]) < tolerance) {
        values[t] = 0.0;
      }
    }
  }

  private static List<DispatchSeries> copies(List<DispatchSeries> series) {
    return series.stream()
        .map(
            one ->
                new DispatchSeries(
                    one.node(),
                    one.device(),
                    one.quantity(),
                    one.unit(),
                    Arrays.copyOf(one.values(), one.values().length)))
        .toList();
  }

  private static String letter(DispatchSeries series) {
    return series.quantity().substring(0, 1);
  }

  private static boolean isFixed(DispatchSeries series) {
    return series.device().split("#", 2)[0].endsWith("_load");
  }
}
