package io.dualgrid.caseio.matpower;

import io.dualgrid.caseio.AssumedPrices;
import io.dualgrid.caseio.ImportMessages;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Profile;
import io.dualgrid.device.generation.Generator;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.device.load.DispatchableLoad;
import io.dualgrid.problem.NumberText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Generators: those at the reference buses are the grid above, the others devices. A generator that
 * takes power is a load that is served where that is worth it.
 */
final class GeneratorConverter {
  /** A gigawatt; files write such figures where they mean no limit. */
  private static final double MOST_KW = 1e6;

  /** A power factor of 0.00001; beyond it a limit is not one of this load. */
  private static final double MOST_REACTIVE_PER_POWER = 1e5;

  private final FeederTopology topology;
  private final boolean costs;
  private final ImportMessages messages;

  GeneratorConverter(FeederTopology topology, ImportMessages messages) {
    this.topology = topology;
    this.messages = messages;
    this.costs = topology.generators().stream().anyMatch(generator -> generator.cost() != null);
  }

  /** The devices of a bus that is no reference. */
  List<DeviceSpec> at(int bus) {
    List<DeviceSpec> devices = new ArrayList<>();
    if (!topology.isSource(bus)) {
      for (MGenerator generator : topology.generatorsAt(bus)) {
        devices.add(generator.isLoad() ? load(generator) : generator(generator));
      }
    }
    if (topology.buses().get(bus).type() == MBus.CONTROLLED) {
      messages.notice(
          "bus " + bus,
          "a PV bus: its generator gives reactive power from Qmin to Qmax, its voltage is not held"
              + " at Vg");
    }
    return devices;
  }

  private DeviceSpec generator(MGenerator generator) {
    String place = "generator at bus " + generator.bus();
    messages.notice(place, "becomes a device (GEN)");
    boolean unlimited =
        1000 * generator.activeMaxMw() >= MOST_KW && 1000 * generator.activeMinMw() <= -MOST_KW;
    boolean fixed = unlimited || generator.hasNoRange() && generator.activeMw() != 0;
    if (fixed) {
      messages.notice(
          place,
          unlimited
              ? "Pmin and Pmax beyond 1 GW are no limits; it gives Pg at all times"
              : "Pmin = Pmax = 0 leaves no range; it gives Pg at all times");
    }
    return new Generator(
        kilowatt(generator, "Pmin", fixed ? generator.activeMw() : generator.activeMinMw()),
        kilowatt(generator, "Pmax", fixed ? generator.activeMw() : generator.activeMaxMw()),
        kilowatt(generator, "Qmin", generator.reactiveMinMvar()),
        kilowatt(generator, "Qmax", generator.reactiveMaxMvar()),
        price(generator, "GEN", "costPerKwh"));
  }

  private DeviceSpec load(MGenerator generator) {
    double reactive =
        generator.reactiveMinMvar() == 0
            ? generator.reactiveMaxMvar()
            : generator.reactiveMinMvar();
    if (generator.reactiveMinMvar() != 0 && generator.reactiveMaxMvar() != 0) {
      messages.error(
          generator.place(),
          "Qmin, Qmax",
          NumberText.show(generator.reactiveMinMvar())
              + ", "
              + NumberText.show(generator.reactiveMaxMvar()),
          "a load that can be dispatched has one power factor, so one of them is 0",
          "write 0 for the other");
    }
    messages.notice(
        "generator at bus " + generator.bus(), "takes power: becomes a dispatchable load (DL)");
    double perPower = reactive / generator.activeMinMw();
    if (!(Math.abs(perPower) <= MOST_REACTIVE_PER_POWER)) {
      messages.error(
          generator.place(),
          "Qmin, Qmax",
          Double.toString(reactive),
          "is no reactive power of a load of " + NumberText.show(-generator.activeMinMw()) + " MW",
          "write what it takes at Pmin");
      perPower = 0;
    }
    return new DispatchableLoad(
        -kilowatt(generator, "Pmin", generator.activeMinMw()),
        perPower,
        price(generator, "DL", "valuePerKwh"));
  }

  /**
   * The grid above, from all generators at the reference buses.
   *
   * @param rows of profiles
   * @param file of the price
   */
  Optional<GridInterface> gridInterface(int rows, String file) {
    String where = "GI at bus " + topology.sources().get(0);
    double buy = 0;
    double sell = 0;
    Double price = null;
    for (MGenerator generator : feeding()) {
      if (generator.hasNoRange()) {
        messages.notice(
            where, "Pmin = Pmax = 0 is taken as no limit, as no feeder could do without a supply");
        buy += MOST_KW;
        sell += MOST_KW;
      }
      buy += Math.max(0, kilowatt(generator, "Pmax", generator.activeMaxMw()));
      sell += Math.max(0, -kilowatt(generator, "Pmin", generator.activeMinMw()));
      tellLeast(generator, where);
      Optional<Double> own = price(generator);
      if (own.isPresent() && price != null && !price.equals(own.get())) {
        messages.error(
            generator.place(),
            "mpc.gencost",
            NumberText.show(1000 * own.get()),
            "two prices at the reference, " + NumberText.show(1000 * price) + " being the other",
            "give all generators there one price");
      }
      price = own.orElse(price);
    }
    if (buy == 0) {
      messages.error(
          "mpc.gen",
          "Pmax",
          "0",
          "no generator in service with Pmax above 0 at the reference bus "
              + topology.sources().get(0),
          "add one: it stands for the grid above");
      return Optional.empty();
    }
    messages.notice(
        where,
        "buys up to Pmax = "
            + NumberText.show(buy)
            + " kW and sells up to -Pmin = "
            + NumberText.show(sell)
            + " kW");
    if (price == null) {
      price = 1.0;
      messages.assume("GI", topology.sources().get(0), "buyPricePerKwh");
      messages.notice(where, "price 1 per kWh by default, as there is no gencost");
    } else {
      messages.notice(where, "price " + NumberText.show(price) + " per kWh, from gencost");
    }
    messages.assume("GI", topology.sources().get(0), "sellPricePerKwh");
    messages.notice(where, "sellPricePerKwh is the price times 0.5 by default");
    double[] prices = new double[rows];
    Arrays.fill(prices, price);
    return Optional.of(
        withReactiveLimits(
            new GridInterface(
                buy,
                sell,
                new Profile(file, "pricePerKwh", 1, prices),
                new Profile(file, "pricePerKwh", AssumedPrices.SELL_PART, prices),
                Double.NaN)));
  }

  private List<MGenerator> feeding() {
    return topology.generators().stream()
        .filter(generator -> topology.isSource(generator.bus()))
        .toList();
  }

  /** A grid interface with Qmin and Qmax of the sources where it has no limits of its own. */
  GridInterface withReactiveLimits(GridInterface grid) {
    double least = 0;
    double most = 0;
    boolean limited = !feeding().isEmpty();
    for (MGenerator generator : feeding()) {
      least += 1000 * generator.reactiveMinMvar();
      most += 1000 * generator.reactiveMaxMvar();
      limited &= generator.reactiveMinMvar() != 0 || generator.reactiveMaxMvar() != 0;
    }
    boolean minGiven = GridInterface.isGiven(grid.reactiveMinKvar());
    boolean maxGiven = GridInterface.isGiven(grid.reactiveMaxKvar());
    if (!minGiven || !maxGiven) {
      tellReactive("GI at bus " + topology.sources().get(0), limited, least, most);
    }
    return grid.withReactiveLimits(
        limited && Math.abs(least) <= MOST_KW ? LineConverter.rounded(least) : Double.NaN,
        limited && Math.abs(most) <= MOST_KW ? LineConverter.rounded(most) : Double.NaN);
  }

  private void tellLeast(MGenerator generator, String where) {
    if (generator.activeMinMw() > 0) {
      messages.notice(
          where,
          "Pmin = "
              + NumberText.show(1000 * generator.activeMinMw())
              + " kW is not held: the root may buy less");
    }
  }

  private void tellReactive(String where, boolean limited, double least, double most) {
    if (!limited) {
      messages.notice(where, "Qmin = Qmax = 0 is taken as no limit, as no feeder could do without");
    } else if (Math.abs(least) > MOST_KW || Math.abs(most) > MOST_KW) {
      messages.notice(where, "Qmin or Qmax beyond 1 Gvar is taken as no limit");
    } else {
      messages.notice(
          where,
          "reactive power from Qmin = "
              + NumberText.show(least)
              + " to Qmax = "
              + NumberText.show(most)
              + " kvar");
    }
  }

  /** A limit in kW or kvar, at most a gigawatt. */
  private double kilowatt(MGenerator generator, String field, double megawatt) {
    double kilowatt = LineConverter.rounded(1000 * Math.max(-1e9, Math.min(1e9, megawatt)));
    if (Math.abs(kilowatt) <= MOST_KW) {
      return kilowatt;
    }
    messages.notice(
        "generator at bus " + generator.bus(),
        field + " beyond 1 GW is taken as 1 GW, more than any feeder carries");
    return Math.copySign(MOST_KW, kilowatt);
  }

  /** The linear cost of a device away from the reference, zero where there is none. */
  private double price(MGenerator generator, String kind, String field) {
    Optional<Double> price = price(generator);
    if (price.isEmpty()) {
      messages.assume(kind, generator.bus(), field);
    }
    return price.orElse(0.0);
  }

  /** The linear cost of a generator in currency per kWh; empty where there is none. */
  private Optional<Double> price(MGenerator generator) {
    MCost cost = generator.cost();
    if (cost == null) {
      if (costs) {
        messages.error(
            generator.place(), "mpc.gencost", "", "has no cost, though others have", "add a row");
      }
      return Optional.empty();
    }
    double[] values = cost.values();
    if (cost.model() == MCost.PIECEWISE) {
      return Optional.of(slope(cost) / 1000);
    }
    for (int k = 0; k < cost.count() - 2; k++) {
      if (values[k] != 0) {
        messages.unsupported(
            cost.place(), "mpc.gencost", NumberText.show(values[k]), "cost beyond linear");
      }
    }
    if (values[cost.count() - 1] != 0) {
      messages.notice(
          "generator at bus " + generator.bus(),
          "the part of its cost that does not depend on its power is left out; it moves nothing");
    }
    return Optional.of(
        cost.count() < 2 ? 0 : LineConverter.rounded(values[cost.count() - 2] / 1000));
  }

  private double slope(MCost cost) {
    double[] points = cost.values();
    double slope = 0;
    for (int k = 1; k < cost.count(); k++) {
      double next = (points[2 * k + 1] - points[2 * k - 1]) / (points[2 * k] - points[2 * k - 2]);
      boolean bent = k > 1 && Math.abs(next - slope) > 1e-9 * Math.max(1, Math.abs(slope));
      if (bent || !Double.isFinite(next)) {
        messages.unsupported(
            cost.place(), "mpc.gencost", NumberText.show(next), "cost beyond linear");
        return slope;
      }
      slope = next;
    }
    return slope;
  }
}
