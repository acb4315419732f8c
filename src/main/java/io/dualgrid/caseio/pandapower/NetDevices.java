package io.dualgrid.caseio.pandapower;

import io.dualgrid.caseio.AssumedPrices;
import io.dualgrid.caseio.ImportMessages;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Profile;
import io.dualgrid.device.generation.Generator;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.device.grid.Shunt;
import io.dualgrid.device.load.PowerLoad;
import io.dualgrid.device.load.ReactiveLoad;
import io.dualgrid.device.storage.Battery;
import io.dualgrid.problem.NumberText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Loads, generators, storages, shunts and external grids of a net as devices. */
final class NetDevices {
  private static final String PROFILES = "pandapower.csv";

  /** A gigawatt; stands for no limit. */
  private static final double MOST_KW = 1e6;

  private final PandapowerNet net;
  private final NetTopology topology;
  private final ImportMessages messages;
  private final NetCosts costs;
  private final Set<Integer> priced;
  private final double[] still;
  private final Map<Integer, List<DeviceSpec>> devices = new TreeMap<>();
  private final Map<Integer, double[]> loads = new HashMap<>();
  private final Map<Integer, double[]> shunts;

  /**
   * Of a net.
   *
   * @param shunts of branches by bus; those of the net are added
   * @param rows of profiles
   */
  NetDevices(
      PandapowerNet net,
      NetTopology topology,
      Map<Integer, double[]> shunts,
      int rows,
      ImportMessages messages) {
    this.net = net;
    this.topology = topology;
    this.shunts = shunts;
    this.messages = messages;
    costs = new NetCosts(net, messages);
    // an assumed value is of all generators of a node, and one cost that is stated is no assumption
    priced =
        Stream.of("sgen", "gen")
            .flatMap(table -> at(table).stream())
            .filter(costs::has)
            .map(row -> row.reference("bus"))
            .collect(Collectors.toSet());
    still = new double[rows];
    Arrays.fill(still, 1.0);
    topology.buses().keySet().forEach(bus -> devices.put(bus, new ArrayList<>()));
    at("load").forEach(this::load);
    at("shunt").forEach(this::shunt);
    at("ward").forEach(this::ward);
    at("motor").forEach(this::motor);
    at("asymmetric_load").forEach(row -> balanced(row, 1));
    at("asymmetric_sgen").forEach(row -> balanced(row, -1));
    at("storage").stream().filter(row -> !row.has("max_e_mwh")).forEach(this::fixedStorage);
    loads.forEach(this::addLoad);
    shunts.forEach(this::addShunt);
    at("sgen").forEach(this::staticGenerator);
    at("gen").forEach(this::generator);
    at("storage").stream().filter(row -> row.has("max_e_mwh")).forEach(this::storage);
    devices.get(topology.root()).add(grid());
  }

  /** The devices of every bus. */
  Map<Integer, List<DeviceSpec>> devices() {
    return devices;
  }

  /** All loads, in kW. */
  double loadKw() {
    return loads.values().stream().mapToDouble(load -> Math.abs(load[0])).sum();
  }

  private List<NetTable.Row> at(String table) {
    return net.table(table).inService().stream()
        .filter(row -> topology.buses().containsKey(row.reference("bus")))
        .toList();
  }

  private static void sum(Map<Integer, double[]> sums, int bus, double active, double reactive) {
    double[] sum = sums.computeIfAbsent(bus, id -> new double[2]);
    sum[0] += active;
    sum[1] += reactive;
  }

  private void load(NetTable.Row row) {
    double scaling = 1000 * row.number("scaling", 1.0);
    double active = scaling * row.number("p_mw");
    double reactive = scaling * row.number("q_mvar");
    // until pandapower 3 one column held for both
    double impedanceP = share(row, "const_z_p_percent", "const_z_percent");
    double impedanceQ = share(row, "const_z_q_percent", "const_z_percent");
    double currentP = share(row, "const_i_p_percent", "const_i_percent");
    double currentQ = share(row, "const_i_q_percent", "const_i_percent");
    if (currentP != 0.0 || currentQ != 0.0) {
      messages.unsupported(
          row.place(),
          "const_i_percent",
          NumberText.show(100 * Math.max(currentP, currentQ)),
          "a load of constant current");
    }
    sum(loads, row.reference("bus"), active * (1 - impedanceP), reactive * (1 - impedanceQ));
    sum(shunts, row.reference("bus"), active * impedanceP, -reactive * impedanceQ);
  }

  private static double share(NetTable.Row row, String column, String earlier) {
    return row.number(column, row.number(earlier, 0.0)) / 100;
  }

  private void shunt(NetTable.Row row) {
    int bus = row.reference("bus");
    double kv = topology.kilovolt(bus);
    double rated = row.number("vn_kv", kv);
    double scale = 1000 * row.number("step", 1.0) * (kv / rated) * (kv / rated);
    sum(shunts, bus, scale * row.number("p_mw", 0.0), -scale * row.number("q_mvar"));
  }

  private void ward(NetTable.Row row) {
    int bus = row.reference("bus");
    sum(loads, bus, 1000 * row.number("ps_mw"), 1000 * row.number("qs_mvar"));
    sum(shunts, bus, 1000 * row.number("pz_mw"), -1000 * row.number("qz_mvar"));
  }

  /** What a motor draws: its mechanical power by its efficiency, at its power factor. */
  private void motor(NetTable.Row row) {
    double efficiency =
        part(row, "efficiency_percent", row.number("efficiency_percent", 100.0) / 100);
    double factor = part(row, "cos_phi", row.number("cos_phi"));
    double scaling = 1000 * row.number("scaling", 1.0);
    double loading = row.number("loading_percent", 100.0) / 100;
    double active = scaling * row.number("pn_mech_mw") * loading / efficiency;
    sum(loads, row.reference("bus"), active, active * Math.tan(Math.acos(factor)));
  }

  /** A part of one; 1 where it is none, which is an error. */
  private double part(NetTable.Row row, String column, double value) {
    if (value > 0 && value <= 1) {
      return value;
    }
    messages.error(
        row.place(),
        column,
        row.text(column),
        "must be above 0 and at most the whole",
        "correct it in the net");
    return 1.0;
  }

  /** Three phases together, as every element of this model is balanced. */
  private void balanced(NetTable.Row row, int sign) {
    double scaling = sign * 1000 * row.number("scaling", 1.0);
    double active = 0.0;
    double reactive = 0.0;
    for (String phase : List.of("a", "b", "c")) {
      active += scaling * row.number("p_" + phase + "_mw");
      reactive += scaling * row.number("q_" + phase + "_mvar");
    }
    messages.notice(row.place(), "its three phases are taken together; the model is balanced");
    sum(loads, row.reference("bus"), active, reactive);
  }

  private void addLoad(int bus, double[] kilo) {
    if (kilo[0] != 0.0) {
      devices.get(bus).add(new PowerLoad(new Profile(PROFILES, "still", kilo[0], still)));
    }
    if (kilo[1] != 0.0) {
      devices.get(bus).add(new ReactiveLoad(new Profile(PROFILES, "still", kilo[1], still)));
    }
  }

  private void addShunt(int bus, double[] kilo) {
    if ((kilo[0] != 0.0 || kilo[1] != 0.0) && devices.containsKey(bus)) {
      devices.get(bus).add(new Shunt(kilo[0], kilo[1]));
    }
  }

  private void staticGenerator(NetTable.Row row) {
    double scaling = 1000 * row.number("scaling", 1.0);
    double active = scaling * row.number("p_mw");
    double reactive = scaling * row.number("q_mvar");
    boolean free = row.flag("controllable", false);
    devices
        .get(row.reference("bus"))
        .add(
            new Generator(
                free ? 1000 * row.number("min_p_mw", active / 1000) : active,
                free ? 1000 * row.number("max_p_mw", active / 1000) : active,
                free ? 1000 * row.number("min_q_mvar", reactive / 1000) : reactive,
                free ? 1000 * row.number("max_q_mvar", reactive / 1000) : reactive,
                cost(row)));
  }

  private void generator(NetTable.Row row) {
    double active = 1000 * row.number("scaling", 1.0) * row.number("p_mw");
    boolean free = row.flag("controllable", false);
    messages.notice(
        row.place(),
        "gives reactive power from min_q_mvar to max_q_mvar; its voltage is not held at vm_pu");
    devices
        .get(row.reference("bus"))
        .add(
            new Generator(
                free ? 1000 * row.number("min_p_mw", active / 1000) : active,
                free ? 1000 * row.number("max_p_mw", active / 1000) : active,
                bounded(row, "min_q_mvar", -MOST_KW),
                bounded(row, "max_q_mvar", MOST_KW),
                cost(row)));
  }

  /** What a generator costs per kWh, zero where the net does not say. */
  private double cost(NetTable.Row row) {
    int bus = row.reference("bus");
    if (!priced.contains(bus)) {
      messages.assume("GEN", bus, "costPerKwh");
    }
    return costs.perKwh(row, 0.0);
  }

  private static double bounded(NetTable.Row row, String column, double none) {
    double kilo = 1000 * row.number(column, none / 1000);
    return Math.max(-MOST_KW, Math.min(MOST_KW, kilo));
  }

  /** One that says nothing of its energy has a power alone, positive where it charges. */
  private void fixedStorage(NetTable.Row row) {
    double scaling = 1000 * row.number("scaling", 1.0);
    messages.notice(
        row.place(),
        "max_e_mwh has no value, so that it is no battery; its p_mw and q_mvar are a load, as in a"
            + " power flow");
    sum(
        loads,
        row.reference("bus"),
        scaling * row.number("p_mw"),
        scaling * row.number("q_mvar", 0.0));
  }

  private void storage(NetTable.Row row) {
    double energy = 1000 * row.number("max_e_mwh");
    double least = 1000 * row.number("min_e_mwh", 0.0);
    double power = 1000 * Math.abs(row.number("p_mw"));
    for (String limit : List.of("max_p_mw", "min_p_mw", "sn_mva")) {
      power = Math.max(power, 1000 * Math.abs(row.number(limit, 0.0)));
    }
    if (least != 0.0) {
      messages.notice(row.place(), "min_e_mwh: the energy between it and max_e_mwh can be used");
    }
    int bus = row.reference("bus");
    List.of("chargeEfficiency", "dischargeEfficiency", "powerFactorMin")
        .forEach(field -> messages.assume("BT", bus, field));
    if (!row.has("soc_percent")) {
      messages.assume("BT", bus, "energyStartKwh");
    }
    // without a state of charge half of it, so that it can go either way
    double start = (energy * row.number("soc_percent", 50.0) / 100) - least;
    messages.notice(
        row.place(), "becomes a battery (BT) that is dispatched; its p_mw and q_mvar are not held");
    devices
        .get(bus)
        .add(
            new Battery(
                power,
                energy - least,
                Math.max(0.0, Math.min(energy - least, start)),
                row.number("self-discharge_percent_per_day", 0.0) / 100 / 24,
                1.0,
                1.0,
                0.8));
  }

  private GridInterface grid() {
    NetTable.Row root = topology.sources().get(0);
    double buy = 0.0;
    double sell = 0.0;
    for (NetTable.Row source : topology.sources()) {
      buy += 1000 * source.number("max_p_mw", MOST_KW / 1000);
      sell += Math.max(0.0, -1000 * source.number("min_p_mw", -MOST_KW / 1000));
    }
    boolean stated = costs.has(root);
    double price = costs.perKwh(root, 1.0);
    int bus = root.reference("bus");
    if (!stated) {
      messages.assume("GI", bus, "buyPricePerKwh");
    }
    messages.assume("GI", bus, "sellPricePerKwh");
    messages.notice(
        root.place(),
        "becomes the grid interface (GI); price "
            + NumberText.show(price)
            + (stated ? " per kWh, from poly_cost" : " per kWh by default")
            + ", selling at half of it by default");
    return new GridInterface(
        buy,
        sell,
        new Profile(PROFILES, "still", price, still),
        new Profile(PROFILES, "still", AssumedPrices.SELL_PART * price, still),
        Double.NaN);
  }
}
