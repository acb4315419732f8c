package io.dualgrid.results;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualgrid.device.CostPart;
import io.dualgrid.device.DeviceCodec;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Profile;
import io.dualgrid.problem.NumberText;
import io.dualgrid.run.DispatchSeries;
import io.dualgrid.site.AssumedValue;
import io.dualgrid.site.GridCase;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * How much of a cost stands on values that nobody stated.
 *
 * <p>With the sums c of costs.csv over the horizon, one for each node, device and part, the share
 * of an assumed price is Σ|c| of what it prices over Σ|c| of all: without gains the share of the
 * cost. A value that is no price has no such share, as its effect takes further runs.
 */
public final class AssumedShares {
  private static final int NAMED = 2;

  private final List<Share> shares;
  private final boolean earns;

  /**
   * An assumed value.
   *
   * @param value which
   * @param cost in currency over the horizon, a gain negative; zero of what is no price
   * @param share of all that is paid and earned
   * @param price the one price that was assumed; empty where there are several, or it is no price
   */
  private record Share(AssumedValue value, double cost, double share, OptionalDouble price) {
    String text() {
      String which = value.field();
      if (price.isPresent()) {
        which += " " + NumberText.show(price.getAsDouble());
      }
      int nodes = value.nodes().size();
      return which
          + " of "
          + (nodes == 0 ? "the network" : value.device())
          + (nodes == 0 ? "" : nodes == 1 ? " at node " + value.nodes().get(0) : "")
          + (nodes > 1 ? " at " + nodes + " nodes" : "");
    }
  }

  private AssumedShares(List<Share> shares, boolean earns) {
    this.shares = shares;
    this.earns = earns;
  }

  /**
   * Of a cost.
   *
   * @param gridCase what was solved
   * @param costs by node, device, part and step; empty where there is no dispatch, and then there
   *     is nothing to tell
   * @param steps number of steps
   */
  public static AssumedShares of(GridCase gridCase, List<DispatchSeries> costs, int steps) {
    if (costs.isEmpty() || gridCase.facts().assumed().isEmpty()) {
      return new AssumedShares(List.of(), false);
    }
    List<DispatchSeries> clean = Noise.of(gridCase, steps).ofCosts(costs);
    double all = clean.stream().mapToDouble(one -> Math.abs(sum(one))).sum();
    List<Share> shares =
        gridCase.facts().assumed().stream()
            .map(value -> share(value, gridCase, clean, all))
            .sorted(Comparator.comparingDouble(Share::share).reversed())
            .toList();
    Map<String, Double> parts =
        clean.stream()
            .collect(
                Collectors.groupingBy(
                    DispatchSeries::quantity, Collectors.summingDouble(AssumedShares::sum)));
    return new AssumedShares(shares, parts.values().stream().anyMatch(cost -> cost < 0));
  }

  private static Share share(
      AssumedValue value, GridCase gridCase, List<DispatchSeries> costs, double all) {
    Optional<CostPart> part =
        Arrays.stream(CostPart.values())
            .filter(one -> one.price().equals(value.field()))
            .findFirst();
    if (part.isEmpty()) {
      return new Share(value, 0.0, 0.0, OptionalDouble.empty());
    }
    Set<String> nodes = value.nodes().stream().map(String::valueOf).collect(Collectors.toSet());
    List<DispatchSeries> own =
        costs.stream()
            .filter(one -> one.quantity().equals(part.get().id()))
            .filter(one -> nodes.isEmpty() || isOf(value.device(), nodes, one))
            .toList();
    double cost = own.stream().mapToDouble(AssumedShares::sum).sum();
    double moved = own.stream().mapToDouble(one -> Math.abs(sum(one))).sum();
    return new Share(value, cost, all > 0 ? moved / all : 0.0, price(value, gridCase));
  }

  private static boolean isOf(String kind, Set<String> nodes, DispatchSeries one) {
    return nodes.contains(one.node()) && one.device().split("#", 2)[0].equals(kind);
  }

  private static OptionalDouble price(AssumedValue value, GridCase gridCase) {
    Set<Double> prices = new TreeSet<>();
    Set<Integer> nodes = Set.copyOf(value.nodes());
    if (value.nodes().isEmpty()) {
      prices.add(gridCase.limits().networkChargePerKwh());
    }
    for (GridCase.Node node : gridCase.nodes()) {
      for (DeviceSpec device : node.devices()) {
        if (nodes.contains(node.id()) && device.kind().equals(value.device())) {
          prices(device, value.field()).forEach(prices::add);
        }
      }
    }
    return prices.size() == 1
        ? OptionalDouble.of(prices.iterator().next())
        : OptionalDouble.empty();
  }

  private static DoubleStream prices(DeviceSpec device, String field) {
    Double number = DeviceCodec.numbers(device).get(field);
    Profile profile = DeviceCodec.profiles(device).get(field);
    return number != null
        ? DoubleStream.of(number)
        : profile == null ? DoubleStream.empty() : Arrays.stream(profile.values());
  }

  private static double sum(DispatchSeries series) {
    return Arrays.stream(series.values()).sum();
  }

  /**
   * The assumed price that most of the cost stands on, in a sentence; where no assumed price stands
   * in it, what was assumed instead. Empty where nothing was.
   */
  public Optional<String> notice() {
    if (shares.isEmpty()) {
      return Optional.empty();
    }
    Share first = shares.get(0);
    if (first.share() > 0) {
      int more = shares.size() - 1;
      return Optional.of(
          "not stated in your data: "
              + first.text()
              + "; it stands for "
              + percent(first.share())
              + (earns ? " of all that is paid and earned" : " of the cost")
              + (more > 0 ? "; case.json lists " + more + " more under assumed" : ""));
    }
    int more = shares.size() - NAMED;
    return Optional.of(
        "not stated in your data: "
            + shares.stream().limit(NAMED).map(Share::text).collect(Collectors.joining(", "))
            + (more > 0 ? " and " + more + " more, listed in case.json under assumed" : "")
            + "; no assumed price stands in the cost");
  }

  private static String percent(double share) {
    long whole = Math.round(100 * share);
    return whole == 0 ? "less than 1 %" : whole + " %";
  }

  /** Writes them as a list, those that most of the cost stands on first. */
  void putInto(ObjectNode summary) {
    if (shares.isEmpty()) {
      return;
    }
    ArrayNode list = summary.putArray("assumed");
    for (Share one : shares) {
      ObjectNode entry = list.addObject();
      entry.put("device", one.value().device());
      entry.put("field", one.value().field());
      if (!one.value().nodes().isEmpty()) {
        one.value().nodes().forEach(entry.putArray("nodes")::add);
      }
      one.price().ifPresent(price -> entry.put("price", price));
      if (one.share() > 0) {
        entry.put("cost", one.cost());
        entry.put("share", one.share());
      }
    }
  }
}
