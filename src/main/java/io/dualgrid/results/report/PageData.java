package io.dualgrid.results.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualgrid.device.Carrier;
import io.dualgrid.device.CostPart;
import io.dualgrid.device.DeviceKind;
import io.dualgrid.device.DeviceKinds;
import io.dualgrid.results.AcTable;
import io.dualgrid.results.EnergyUse;
import io.dualgrid.results.Supply;
import io.dualgrid.run.DispatchSeries;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a page needs of a run, as JSON, in the number of digits and points that a chart shows. */
final class PageData {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final MathContext CHART_DIGITS = new MathContext(6);
  private static final MathContext COST_DIGITS = new MathContext(9);
  private static final int MOST_POINTS = 2000;

  /** Part of a price that is left out as a share of the dearest: more than a picture can show. */
  private static final double LEAST_PRICE = 1e-6;

  private PageData() {}

  /** Everything. */
  static ObjectNode whole(RunFolder run) {
    ObjectNode root = convergence(run);
    root.set("network", run.network());
    ObjectNode kinds = root.putObject("kinds");
    for (DeviceKind kind : DeviceKinds.all()) {
      String colour = "c-" + kind.colour().name().toLowerCase(Locale.ROOT);
      kinds.putArray(kind.name()).add(kind.label()).add(colour);
    }
    ArrayNode dispatch = root.putArray("dispatch");
    run.dispatch().stream().filter(PageData::isShown).forEach(one -> putSeries(dispatch, one));
    run.ac().ifPresent(ac -> putAc(root.putObject("ac"), ac));
    if (!run.prices().isEmpty()) {
      putPrices(root.putObject("prices"), run.prices());
    }
    putCosts(root, run.costs());
    double stepHours = run.network().path("stepHours").asDouble(1.0);
    putEnergy(root.putArray("energy"), EnergyUse.of(run.dispatch(), stepHours));
    return root;
  }

  /** What is put beside other runs: convergence, and what all devices of a kind do together. */
  static ObjectNode compared(RunFolder run) {
    ObjectNode root = convergence(run);
    ObjectNode network = root.putObject("network");
    network.set("steps", run.network().path("steps"));
    network.set("stepHours", run.network().path("stepHours"));
    Map<String, double[]> totals = new LinkedHashMap<>();
    for (DispatchSeries series : run.dispatch()) {
      Supply supply = Supply.of(series).orElse(null);
      if (supply == null || supply.carrier() == Carrier.REACTIVE) {
        continue;
      }
      String kind = series.device().split("#", 2)[0];
      String label = DeviceKinds.find(kind).map(DeviceKind::label).orElse(kind);
      String name = label + (supply.carrier() == Carrier.HEAT ? ", heat" : "");
      double[] total = totals.computeIfAbsent(name, ignored -> new double[series.values().length]);
      for (int t = 0; t < Math.min(total.length, series.values().length); t++) {
        total[t] += supply.sign() * series.values()[t];
      }
    }
    ObjectNode shown = root.putObject("totals");
    totals.forEach((name, values) -> putAll(shown.putArray(name), values));
    return root;
  }

  /** The summary and the iterations. */
  static ObjectNode convergence(RunFolder run) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("folder", run.folder().toString());
    root.set("summary", run.summary());
    if (run.iterations().containsKey("iteration")) {
      int rows = run.iterations().get("iteration").length;
      int stride = Math.max(1, (rows + MOST_POINTS - 1) / MOST_POINTS);
      root.put("iterationStride", stride);
      ObjectNode columns = root.putObject("iterations");
      run.iterations()
          .forEach((name, values) -> putThinned(columns.putArray(name), name, values, stride));
    }
    return root;
  }

  // Both ends of a line keep a copy; the report shows what they agree on. Of reactive power it
  // shows that on lines only.
  private static boolean isShown(DispatchSeries series) {
    return series.device().equals("line")
        ? series.quantity().equals("P_z") || series.quantity().equals("Q_z")
        : !series.quantity().startsWith("Q");
  }

  private static void putSeries(ArrayNode dispatch, DispatchSeries series) {
    ObjectNode node = dispatch.addObject();
    node.put("node", series.node());
    node.put("device", series.device());
    node.put("quantity", series.quantity());
    putAll(node.putArray("values"), series.values());
  }

  private static void putAc(ObjectNode node, AcTable ac) {
    putAll(node.putArray("lossKw"), ac.lossKw());
    ObjectNode voltages = node.putObject("voltagePu");
    ac.voltagePu().forEach((id, values) -> putAll(voltages.putArray(id), values));
  }

  // What is the same at all nodes is there once; of the rest, what a chart would show.
  private static void putPrices(ObjectNode node, List<DispatchSeries> prices) {
    double dearest =
        prices.stream()
            .flatMapToDouble(one -> Arrays.stream(one.values()))
            .map(Math::abs)
            .max()
            .orElse(0.0);
    ObjectNode energy = node.putObject("energy");
    ObjectNode nodes = node.putObject("nodes");
    for (DispatchSeries one : prices) {
      String quantity = one.quantity();
      if (quantity.endsWith("_energy")) {
        String of = quantity.substring(0, quantity.indexOf('_'));
        if (!energy.has(of)) {
          putAll(energy.putArray(of), one.values());
        }
      } else if (quantity.indexOf('_') > 0
          && Arrays.stream(one.values()).anyMatch(v -> Math.abs(v) > LEAST_PRICE * dearest)) {
        putAll(nodes.withObject("/" + one.node()).putArray(quantity), one.values());
      }
    }
  }

  /** Costs by part at each step, and of each node over the horizon. */
  private static void putCosts(ObjectNode root, List<DispatchSeries> costs) {
    ArrayNode parts = root.putArray("costs");
    for (CostPart part : CostPart.values()) {
      double[] total = null;
      for (DispatchSeries one : costs) {
        if (one.quantity().equals(part.id())) {
          total = total == null ? new double[one.values().length] : total;
          for (int t = 0; t < Math.min(total.length, one.values().length); t++) {
            total[t] += one.values()[t];
          }
        }
      }
      if (total != null) {
        ObjectNode node = parts.addObject();
        node.put("part", part.id());
        node.put("meaning", part.meaning());
        putAll(node.putArray("values"), total);
      }
    }
    ObjectNode nodes = root.putObject("nodeCosts");
    Map<String, Double> ofNode = new LinkedHashMap<>();
    costs.forEach(one -> ofNode.merge(one.node(), Arrays.stream(one.values()).sum(), Double::sum));
    ofNode.forEach(
        (node, cost) -> nodes.put(node, new BigDecimal(cost).round(COST_DIGITS).doubleValue()));
  }

  private static void putEnergy(ArrayNode array, List<EnergyUse> uses) {
    for (EnergyUse use : uses) {
      ObjectNode node = array.addObject();
      node.put("node", use.node());
      node.put("device", use.device());
      node.put("carrier", use.carrier());
      node.put("supplied", new BigDecimal(use.suppliedKwh()).round(CHART_DIGITS).doubleValue());
      node.put("drawn", new BigDecimal(use.drawnKwh()).round(CHART_DIGITS).doubleValue());
    }
  }

  private static void putAll(ArrayNode node, double[] values) {
    for (double value : values) {
      putNumber(node, value, CHART_DIGITS);
    }
  }

  // The last iteration is always there: it is how the run ended.
  private static void putThinned(ArrayNode node, String name, double[] values, int stride) {
    MathContext digits =
        name.equals("cost") || name.equals("lowerBound") ? COST_DIGITS : CHART_DIGITS;
    for (int i = 0; i < values.length; i += stride) {
      putNumber(node, values[i], digits);
    }
    if ((values.length - 1) % stride != 0) {
      putNumber(node, values[values.length - 1], digits);
    }
  }

  private static void putNumber(ArrayNode node, double value, MathContext digits) {
    if (!Double.isFinite(value)) {
      node.addNull();
    } else if (value == Math.rint(value) && Math.abs(value) < 1e9) {
      node.add((long) value);
    } else {
      node.add(new BigDecimal(value).round(digits).doubleValue());
    }
  }
}
