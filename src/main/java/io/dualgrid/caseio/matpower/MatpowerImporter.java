package io.dualgrid.caseio.matpower;

import io.dualgrid.caseio.ImportReport;
import io.dualgrid.caseio.Notices;
import io.dualgrid.caseio.check.CaseCheck;
import io.dualgrid.caseio.check.CaseValidator;
import io.dualgrid.caseio.check.LineDirection;
import io.dualgrid.caseio.check.NetworkCheck;
import io.dualgrid.caseio.format.CaseWriter;
import io.dualgrid.caseio.format.CsvTable;
import io.dualgrid.caseio.format.ProfileLoader;
import io.dualgrid.caseio.matpower.MatpowerFile.Row;
import io.dualgrid.caseio.tables.DeviceTables;
import io.dualgrid.caseio.tables.TableBuilder;
import io.dualgrid.caseio.tables.TableFolder;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Profile;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.device.load.PowerLoad;
import io.dualgrid.device.load.ReactiveLoad;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.files.AtomicFolder;
import io.dualgrid.problem.CaseException;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.problem.NumberText;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Imports a radial feeder from a MATPOWER case file (format version 2): buses with their loads,
 * branches, and the generator at the reference bus as the grid interface. Other devices come from
 * an optional folder of tables in the form that {@link TableBuilder} reads, without lines.
 *
 * <p>Loads are a single operating point there; they hold over the whole horizon, or follow the
 * column "shape" of load_shape.csv in the folder of tables. Parts that the model does not have
 * (shunts, line charging, transformer taps, ratings, further generators, quadratic costs) are
 * refused by name, or left out and noticed where that is asked for.
 *
 * <p>Source of the format: MATPOWER User's Manual, appendix "MATPOWER Case Format".
 */
public final class MatpowerImporter {
  private static final String PROFILES = "matpower.csv";
  private static final String SHAPE_FILE = "load_shape.csv";
  private static final int DEFAULT_ROWS = 96;
  private static final double POWER_FACTOR_MIN = 0.8;
  private static final double SELL_FACTOR = 0.5;
  private static final Set<String> FIELDS =
      Set.of("version", "baseMVA", "bus", "gen", "branch", "gencost", "bus_name");

  private final Path source;
  private final String file;
  private final Options options;
  private final List<CaseProblem> errors = new ArrayList<>();
  private final Notices notices = new Notices();
  private final Map<Integer, Row> buses = new LinkedHashMap<>();
  private MatpowerFile content;
  private int root = -1;
  private double baseMva;
  private double baseKv;
  private double firstKv;

  /**
   * How to import.
   *
   * @param sourceText where the figures come from; empty for a text that names the file
   * @param tables folder or workbook with tables of devices, if any
   * @param replace whether a target folder with content may be replaced
   * @param leaveOut whether parts that the model does not have are left out and noticed, instead of
   *     refused
   */
  public record Options(
      String sourceText, Optional<Path> tables, boolean replace, boolean leaveOut) {
    /** No tables; replaces nothing and refuses what the model does not have. */
    public static final Options STRICT = new Options("", Optional.empty(), false, false);
  }

  private MatpowerImporter(Path source, Options options) {
    this.source = source;
    this.file = String.valueOf(source.getFileName());
    this.options = options;
  }

  /**
   * Imports a feeder.
   *
   * @param source MATPOWER case file
   * @param target folder of the case to make
   * @param name of the case
   * @return the case with everything that was assumed or left out
   * @throws CaseException with every problem; the target is then as it was
   * @throws IOException when the disk does not take it; the target is then as it was
   */
  public static ImportReport importCase(Path source, Path target, String name, Options options)
      throws IOException {
    MatpowerImporter importer = new MatpowerImporter(source, options);
    AtomicFolder.requireApart(source, target);
    if (options.tables().isPresent()) {
      AtomicFolder.requireApart(options.tables().get(), target);
    }
    Optional<GridCase> gridCase = importer.read(name);
    if (gridCase.isEmpty() || !importer.errors.isEmpty()) {
      throw new CaseException(
          source.toString(),
          TableFolder.inWordsOf(options.tables().orElse(source), importer.errors));
    }
    CaseCheck written = CaseWriter.write(gridCase.get(), target, options.replace());
    return new ImportReport(written.orThrow(), importer.notices.list(), written.warnings());
  }

  private Optional<GridCase> read(String name) throws IOException {
    if (!Files.isRegularFile(source)) {
      error("", "", "", "there is no such file", "give a MATPOWER case file, such as case33bw.m");
      return Optional.empty();
    }
    Optional<String> text = CsvTable.decode(file, Files.readAllBytes(source), errors::add);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    content = new MatpowerFile(file, text.get(), errors::add);
    checkFields();
    if (!errors.isEmpty()) {
      return Optional.empty();
    }
    readBuses();
    List<String> places = new ArrayList<>();
    List<Line> lines = readBranches(places);
    if (!errors.isEmpty()) {
      return Optional.empty();
    }
    List<Line> directed = LineDirection.awayFrom(root, lines, k -> {});
    new NetworkCheck(file, "mpc.bus", List.copyOf(buses.keySet()), directed, places, errors::add)
        .run(List.of(root));
    if (!errors.isEmpty()) {
      return Optional.empty();
    }
    return assemble(name, directed);
  }

  private void checkFields() {
    for (String field : List.of("bus", "branch", "gen")) {
      if (content.matrix(field) == null) {
        error(
            "",
            "mpc." + field,
            "",
            "is missing",
            "give a MATPOWER case file of format version 2, such as case33bw.m");
      }
    }
    if (content.number("baseMVA") == null || content.number("baseMVA") <= 0) {
      error("", "mpc.baseMVA", "", "is missing or not positive", "write the base in MVA");
    }
    for (String field : content.fields()) {
      if (!FIELDS.contains(field)) {
        unsupported("", "mpc." + field, "", "such a part");
      }
    }
    checkWidth("bus", 13);
    checkWidth("branch", 11);
    checkWidth("gen", 10);
  }

  private void checkWidth(String field, int least) {
    List<Row> rows = content.matrix(field);
    for (Row row : rows == null ? List.<Row>of() : rows) {
      if (row.values().length < least) {
        error(
            "row " + row.line(),
            "mpc." + field,
            "",
            row.values().length + " columns, at least " + least + " are needed",
            "complete the row; see the case format of MATPOWER");
      }
    }
  }

  private void readBuses() {
    baseMva = content.number("baseMVA");
    for (Row row : content.matrix("bus")) {
      double[] bus = row.values();
      String place = "row " + row.line() + " (bus " + NumberText.show(bus[0]) + ")";
      if (bus[0] != Math.rint(bus[0]) || bus[0] < 0 || bus[0] > 1e9) {
        error(place, "bus_i", NumberText.show(bus[0]), "must be a whole number", "correct it");
        continue;
      }
      int type = (int) bus[1];
      if (type == 4) {
        if (bus[2] != 0 || bus[3] != 0) {
          unsupported(place, "Pd", NumberText.show(bus[2]), "load of an isolated bus");
        }
        notices.add("bus " + (int) bus[0], "isolated (type 4); left out");
        continue;
      }
      if (type == 3) {
        if (root >= 0) {
          error(place, "type", "3", "second reference bus", "keep one; a feeder has one supply");
        }
        root = (int) bus[0];
        baseKv = bus[9];
      } else if (type == 2) {
        unsupported(place, "type", "2", "bus with a controlled voltage (PV bus)");
      } else if (type != 1) {
        error(place, "type", NumberText.show(bus[1]), "unknown type of bus", "write 1, 2, 3 or 4");
      }
      if (bus[4] != 0 || bus[5] != 0) {
        unsupported(
            place,
            "Gs, Bs",
            NumberText.show(bus[4]) + ", " + NumberText.show(bus[5]),
            "shunt element");
      }
      if (buses.put((int) bus[0], row) != null) {
        error(place, "bus_i", NumberText.show(bus[0]), "the bus is there twice", "remove one");
      }
    }
    if (root < 0) {
      error("mpc.bus", "type", "", "no reference bus", "write type 3 for the substation");
    } else if (baseKv <= 0) {
      error(
          "bus " + root,
          "baseKV",
          NumberText.show(baseKv),
          "must be above 0",
          "write the voltage of the feeder in kV");
    }
    Set<Double> levels = new java.util.TreeSet<>();
    buses.values().forEach(row -> levels.add(row.values()[9]));
    if (levels.size() > 1) {
      notices.add(
          "mpc.bus",
          "several voltage levels; impedances are referred to " + NumberText.show(baseKv) + " kV");
    }
    List<Row> rows = content.matrix("bus");
    firstKv = rows.isEmpty() ? baseKv : rows.get(0).values()[9];
  }

  private List<Line> readBranches(List<String> places) {
    List<Line> lines = new ArrayList<>();
    // per unit on baseMVA to ohm at the voltage of the reference bus
    double ohmPerUnit =
        content.impedancesInOhm()
            ? baseKv * baseKv / (firstKv * firstKv)
            : baseKv * baseKv / baseMva;
    if (content.impedancesInOhm()) {
      notices.add("mpc.branch", "r and x are in ohm, as the code at the end of the file says");
    }
    for (Row row : content.matrix("branch")) {
      double[] branch = row.values();
      String ends = NumberText.show(branch[0]) + " -> " + NumberText.show(branch[1]);
      String place = "row " + row.line() + " (branch " + ends + ")";
      if (branch[10] == 0) {
        notices.add("branch " + ends, "out of service (status 0); left out");
        continue;
      }
      if (branch[4] != 0) {
        unsupported(place, "b", NumberText.show(branch[4]), "line charging");
      }
      if (branch[8] != 0 && branch[8] != 1 || branch[9] != 0) {
        unsupported(
            place,
            "ratio, angle",
            NumberText.show(branch[8]) + ", " + NumberText.show(branch[9]),
            "transformer with a tap or phase shift");
      }
      if (branch[5] != 0) {
        unsupported(place, "rateA", NumberText.show(branch[5]), "rating of the line");
      }
      for (int k = 2; k < 4; k++) {
        if (branch[k] < 0 || !Double.isFinite(branch[k])) {
          error(
              place,
              k == 2 ? "r" : "x",
              NumberText.show(branch[k]),
              "must not be negative",
              "correct it; series capacitors are not a part of the model");
        }
      }
      lines.add(
          new Line(
              (int) branch[0], (int) branch[1], branch[2] * ohmPerUnit, branch[3] * ohmPerUnit));
      places.add(place);
    }
    return lines;
  }

  private Optional<GridCase> assemble(String name, List<Line> lines) throws IOException {
    Optional<TableFolder> folder =
        options.tables().isPresent()
            ? TableFolder.open(options.tables().get(), errors::add)
            : Optional.empty();
    DeviceTables tables = null;
    if (folder.isPresent()) {
      tables = readTables(folder.get());
    }
    int rows = tables == null || tables.profileRows() == 0 ? DEFAULT_ROWS : tables.profileRows();
    double[] shape = shape(folder, rows);
    Map<Integer, List<DeviceSpec>> specs = new LinkedHashMap<>();
    buses.forEach((id, bus) -> specs.put(id, new ArrayList<>(loads(bus.values(), shape))));
    if (tables != null) {
      tables.devices().forEach((id, own) -> specs.get(id).addAll(own));
    }
    boolean supplied = specs.get(root).stream().anyMatch(GridInterface.class::isInstance);
    if (!supplied && (tables == null || tables.interfaces().isEmpty())) {
      gridInterface(rows).ifPresent(specs.get(root)::add);
    }
    Optional<NetworkLimits> limits = limits(tables, rows);
    if (!errors.isEmpty()) {
      return Optional.empty();
    }
    if (tables != null) {
      tables.checkHeat(specs, limits.orElseThrow());
      folder.orElseThrow().nameLeftovers(notices);
    }
    List<Node> nodes = new ArrayList<>();
    List<String> busNames = content.list("bus_name");
    List<Row> busRows = content.matrix("bus");
    for (Map.Entry<Integer, Row> bus : buses.entrySet()) {
      int index = busRows.indexOf(bus.getValue());
      String busName = index < busNames.size() ? busNames.get(index) : "bus " + bus.getKey();
      nodes.add(new Node(bus.getKey(), busName, specs.get(bus.getKey())));
    }
    String sourceText =
        options.sourceText().isBlank() ? "imported from MATPOWER, " + file : options.sourceText();
    FeederTree tree = new FeederTree(buses.keySet(), lines);
    return errors.isEmpty()
        ? Optional.of(new GridCase(name, sourceText, limits.orElseThrow(), nodes, lines, tree))
        : Optional.empty();
  }

  private DeviceTables readTables(TableFolder folder) throws IOException {
    DeviceTables tables = new DeviceTables(folder, notices, errors);
    tables.readDevices();
    for (int node : tables.nodes()) {
      if (!buses.containsKey(node)) {
        errors.add(
            new CaseProblem(
                tables.devicesFile(),
                "node " + node,
                "",
                "",
                "there is no such bus in " + file,
                "write the number of a bus, or remove the row"));
      }
    }
    for (int node : tables.interfaces()) {
      if (node != root) {
        errors.add(
            new CaseProblem(
                tables.devicesFile(),
                "node " + node,
                "GI",
                "1",
                "the grid interface belongs to the reference bus " + root,
                "write 0 here; prices of another source go with GI at node " + root));
      }
    }
    return errors.isEmpty() ? tables : null;
  }

  /** The course of the loads over the horizon, 1 where they stand as in the file. */
  private double[] shape(Optional<TableFolder> folder, int rows) throws IOException {
    double[] shape = new double[rows];
    Arrays.fill(shape, 1.0);
    Optional<String> name =
        folder.isPresent() ? folder.get().find(List.of(SHAPE_FILE)) : Optional.empty();
    if (name.isEmpty()) {
      notices.add("mpc.bus", "loads stand still over the horizon at Pd and Qd");
      return shape;
    }
    ProfileLoader loader =
        new ProfileLoader(
            folder.get().files(),
            CsvTable.Dialect.SPREADSHEET,
            "the other profiles have",
            "",
            errors::add);
    notices.add("mpc.bus", "loads are Pd and Qd times the column shape of " + SHAPE_FILE);
    return loader.values(SHAPE_FILE, "shape", rows, "").orElse(shape);
  }

  private List<DeviceSpec> loads(double[] bus, double[] shape) {
    double kwPerUnit = content.loadsInKw() ? 1 : 1000;
    List<DeviceSpec> loads = new ArrayList<>();
    if (bus[2] != 0) {
      loads.add(new PowerLoad(new Profile(PROFILES, "shape", bus[2] * kwPerUnit, shape)));
    }
    if (bus[3] != 0) {
      loads.add(new ReactiveLoad(new Profile(PROFILES, "shape", bus[3] * kwPerUnit, shape)));
    }
    return loads;
  }

  private Optional<GridInterface> gridInterface(int rows) {
    double buyMaxKw = 0;
    double sellMaxKw = 0;
    List<Row> generators = content.matrix("gen");
    Double price = null;
    for (int k = 0; k < generators.size(); k++) {
      double[] generator = generators.get(k).values();
      if ((int) generator[0] == root && generator[7] > 0) {
        buyMaxKw += Math.max(0, generator[8]) * 1000;
        sellMaxKw += Math.max(0, -generator[9]) * 1000;
        Double own = price(k);
        if (price != null && own != null && !price.equals(own)) {
          error("mpc.gencost", "", "", "two prices at the reference bus", "keep one generator");
        }
        price = own == null ? price : own;
      }
    }
    if (buyMaxKw == 0) {
      error(
          "mpc.gen",
          "Pmax",
          "0",
          "no generator in service with Pmax above 0 at the reference bus " + root,
          "add one: it stands for the grid above");
    }
    if (price == null) {
      error(
          "mpc.gencost",
          "",
          "",
          "no price at the reference bus " + root,
          "add a linear cost, or tables with GI at node " + root + " and prices.csv");
    }
    if (!errors.isEmpty()) {
      return Optional.empty();
    }
    buyMaxKw = Math.min(buyMaxKw, NetworkLimits.PUBLISHED.exchangeMaxKw());
    sellMaxKw = Math.min(sellMaxKw, NetworkLimits.PUBLISHED.exchangeMaxKw());
    notices.add(
        "GI at bus " + root,
        "buys up to Pmax = "
            + NumberText.show(buyMaxKw)
            + " kW and sells up to -Pmin = "
            + NumberText.show(sellMaxKw)
            + " kW");
    notices.add("GI at bus " + root, "price " + NumberText.show(price) + " per kWh, from gencost");
    notices.add("GI at bus " + root, "sellPricePerKwh is the price times 0.5 by default");
    notices.add("GI at bus " + root, "powerFactorMin 0.8 by default; Qmax and Qmin are not used");
    double[] prices = new double[rows];
    Arrays.fill(prices, price);
    return Optional.of(
        new GridInterface(
            buyMaxKw,
            sellMaxKw,
            new Profile(PROFILES, "pricePerKwh", 1, prices),
            new Profile(PROFILES, "pricePerKwh", SELL_FACTOR, prices),
            POWER_FACTOR_MIN));
  }

  /** The linear cost of a generator in currency per kWh, or null. */
  private Double price(int index) {
    List<Row> costs = content.matrix("gencost");
    if (costs == null || index >= costs.size()) {
      return null;
    }
    double[] cost = costs.get(index).values();
    String place = "row " + costs.get(index).line();
    int terms = cost.length > 3 ? (int) cost[3] : 0;
    if (cost[0] != 2 || terms < 2 || cost.length < 4 + terms) {
      error(
          place,
          "mpc.gencost",
          "",
          "is not a polynomial with a linear term",
          "write 2 0 0 2 c1 c0, or tables with GI at node " + root + " and prices.csv");
      return null;
    }
    for (int k = 0; k < terms - 2; k++) {
      if (cost[4 + k] != 0) {
        unsupported(place, "mpc.gencost", NumberText.show(cost[4 + k]), "cost beyond linear");
      }
    }
    return cost[4 + terms - 2] / 1000;
  }

  private Optional<NetworkLimits> limits(DeviceTables tables, int rows) {
    double voltageMin = Double.NEGATIVE_INFINITY;
    double voltageMax = Double.POSITIVE_INFINITY;
    boolean same = true;
    for (Map.Entry<Integer, Row> bus : buses.entrySet()) {
      if (bus.getKey() == root) {
        continue;
      }
      double[] values = bus.getValue().values();
      boolean first = voltageMin == Double.NEGATIVE_INFINITY;
      same &= first || values[12] == voltageMin && values[11] == voltageMax;
      voltageMin = Math.max(voltageMin, values[12]);
      voltageMax = Math.min(voltageMax, values[11]);
    }
    if (buses.size() == 1) {
      voltageMin = NetworkLimits.PUBLISHED.voltageMinPu();
      voltageMax = NetworkLimits.PUBLISHED.voltageMaxPu();
    }
    if (!same) {
      notices.add("mpc.bus", "Vmin and Vmax differ; the tightest hold for every bus");
    }
    NetworkLimits published = NetworkLimits.PUBLISHED;
    NetworkLimits standard =
        new NetworkLimits(
            published.horizonHours(),
            rows,
            published.basePowerKw(),
            baseKv * baseKv / (published.basePowerKw() / 1000),
            voltageMin,
            voltageMax,
            rootVoltage(),
            published.exchangeMaxKw(),
            published.networkChargePerKwh());
    Set<String> stated =
        Set.of("baseImpedanceOhm", "voltageMinPu", "voltageMaxPu", "rootVoltagePu");
    if (tables != null) {
      return tables.limits(standard, stated, java.util.OptionalDouble.of(baseKv));
    }
    notices.add(
        "limits",
        "horizon 24 h, exchange limit 100000 kW and network charge 0.244343 per kWh by default");
    new CaseValidator(file, errors::add, problem -> {}).checkLimits(standard);
    return Optional.of(standard);
  }

  private double rootVoltage() {
    double voltage = buses.get(root).values()[7];
    for (Row row : content.matrix("gen")) {
      double[] generator = row.values();
      boolean inService = generator[7] > 0;
      if (inService && (int) generator[0] == root) {
        voltage = generator[5];
      } else if (inService) {
        unsupported(
            "row " + row.line(),
            "mpc.gen",
            "bus " + NumberText.show(generator[0]),
            "generator away from the reference bus (devices come from tables)");
      }
    }
    return voltage;
  }

  private void unsupported(String place, String field, String value, String what) {
    if (options.leaveOut()) {
      notices.add(place.isEmpty() ? field : place, field + ": " + what + "; left out");
    } else {
      error(
          place,
          field,
          value,
          what + " is not supported",
          "remove it, or leave such parts out on import (--leave-out)");
    }
  }

  private void error(String place, String field, String value, String message, String remedy) {
    errors.add(new CaseProblem(file, place, field, value, message, remedy));
  }
}
