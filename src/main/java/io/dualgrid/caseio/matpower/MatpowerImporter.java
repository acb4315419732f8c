package io.dualgrid.caseio.matpower;

import io.dualgrid.caseio.ImportMessages;
import io.dualgrid.caseio.ImportReport;
import io.dualgrid.caseio.Notices;
import io.dualgrid.caseio.check.CaseCheck;
import io.dualgrid.caseio.check.CaseValidator;
import io.dualgrid.caseio.check.LineDirection;
import io.dualgrid.caseio.check.NetworkCheck;
import io.dualgrid.caseio.format.CaseWriter;
import io.dualgrid.caseio.format.CsvTable;
import io.dualgrid.caseio.format.ProfileLoader;
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
import io.dualgrid.files.BoundedFiles;
import io.dualgrid.problem.CaseException;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.problem.NumberText;
import io.dualgrid.problem.ReadFailure;
import io.dualgrid.site.CaseFacts;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Imports a radial feeder from a MATPOWER case file (format version 2). Its statements are run as
 * MATPOWER would run them ({@link MatpowerReader}); then buses, branches, shunts and generators
 * become nodes, lines and devices, and the generators at the reference bus the grid interface.
 * Other devices come from an optional folder of tables in the form that {@link TableBuilder} reads,
 * without lines.
 *
 * <p>Loads are a single operating point there; they hold over the whole horizon, or follow the
 * column "shape" of load_shape.csv in the folder of tables. What the model does not have is refused
 * by name, or left out and noticed where that is asked for.
 *
 * <p>Source of the format: MATPOWER User's Manual, appendix "MATPOWER Case Format".
 */
public final class MatpowerImporter {
  private static final String PROFILES = "matpower.csv";
  private static final String SHAPE_FILE = "load_shape.csv";
  private static final int DEFAULT_ROWS = 96;

  /** Figures that sort things, or tell how a power flow went, and change nothing. */
  private static final Set<String> IDLE = Set.of("areas", "success", "et", "iterations", "f");

  private final Path source;
  private final String file;
  private final Options options;
  private final List<CaseProblem> errors = new ArrayList<>();
  private final Notices notices = new Notices();
  private final ImportMessages messages;
  private MatpowerCase content;
  private FeederTopology topology;

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
    this.messages = new ImportMessages(file, notices, errors, options.leaveOut());
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
    CaseCheck written =
        CaseWriter.write(gridCase.get(), source.toString(), target, options.replace());
    return new ImportReport(written.orThrow(), importer.notices.list(), written.warnings());
  }

  private Optional<GridCase> read(String name) throws IOException {
    Optional<String> text = text();
    Optional<MatpowerCase> read =
        text.flatMap(found -> MatpowerReader.read(file, found, errors::add));
    if (read.isEmpty()) {
      return Optional.empty();
    }
    content = read.get();
    NetworkCheck.tooMany(file, "mpc.bus", content.buses().size()).ifPresent(errors::add);
    NetworkCheck.tooMany(file, "mpc.branch", content.branches().size()).ifPresent(errors::add);
    if (!errors.isEmpty()) {
      return Optional.empty();
    }
    for (String field : content.texts()) {
      messages.notice("mpc." + field, "words, not used");
    }
    for (String field : content.others()) {
      if (IDLE.contains(field)) {
        messages.notice("mpc." + field, "not used");
      } else {
        messages.unsupported("", "mpc." + field, "", "such a part");
      }
    }
    topology = new FeederTopology(content, messages);
    if (!errors.isEmpty()) {
      return Optional.empty();
    }
    LineConverter converter =
        new LineConverter(topology, baseKv() * baseKv() / content.baseMva(), messages);
    tellBases();
    List<Line> directed = LineDirection.awayFrom(root(), converter.lines(), k -> {});
    List<Integer> ids = List.copyOf(topology.buses().keySet());
    new NetworkCheck(file, "mpc.bus", ids, directed, converter.places(), errors::add)
        .run(List.of(root()));
    return errors.isEmpty() ? assemble(name, directed) : Optional.empty();
  }

  private Optional<String> text() {
    try {
      return CsvTable.decode(file, BoundedFiles.read(source), errors::add);
    } catch (NoSuchFileException e) {
      messages.error(
          "", "", "", "there is no such file", "give a MATPOWER case file, such as case33bw.m");
    } catch (IOException e) {
      errors.add(ReadFailure.of(file, "", e));
    }
    return Optional.empty();
  }

  private int root() {
    return topology.sources().get(0);
  }

  private double baseKv() {
    return topology.buses().get(root()).baseKv();
  }

  private void tellBases() {
    if (content.converted()) {
      messages.notice("the code at the end", "run as MATPOWER would, for units and loads");
    }
    boolean several = topology.buses().values().stream().anyMatch(bus -> bus.baseKv() != baseKv());
    if (several) {
      messages.notice(
          "mpc.bus",
          "several voltage levels; impedances are referred to "
              + NumberText.show(baseKv())
              + " kV");
    }
  }

  private Optional<GridCase> assemble(String name, List<Line> lines) throws IOException {
    Optional<TableFolder> folder =
        options.tables().isPresent()
            ? TableFolder.open(options.tables().get(), errors::add)
            : Optional.empty();
    DeviceTables tables = folder.isPresent() ? readTables(folder.get()) : null;
    if (!errors.isEmpty()) {
      return Optional.empty();
    }
    int rows = tables == null || tables.profileRows() == 0 ? DEFAULT_ROWS : tables.profileRows();
    Map<Integer, List<DeviceSpec>> specs = devices(shape(folder, rows));
    if (tables != null) {
      tables.devices(rows).forEach((id, own) -> specs.get(id).addAll(own));
    }
    addInterface(specs.get(root()), tables, rows);
    Optional<NetworkLimits> limits = limits(tables, rows);
    CaseFacts facts = tables == null ? CaseFacts.NONE : tables.facts();
    if (!errors.isEmpty()) {
      return Optional.empty();
    }
    if (tables != null) {
      tables.checkHeat(specs, limits.orElseThrow());
      folder.orElseThrow().nameLeftovers(notices);
    }
    if (!errors.isEmpty()) {
      return Optional.empty();
    }
    String sourceText =
        options.sourceText().isBlank() ? "imported from MATPOWER, " + file : options.sourceText();
    FeederTree tree = new FeederTree(topology.buses().keySet(), lines);
    return Optional.of(
        new GridCase(
            name,
            sourceText,
            limits.orElseThrow(),
            nodes(specs),
            lines,
            tree,
            facts.withAssumed(notices.assumed())));
  }

  private List<Node> nodes(Map<Integer, List<DeviceSpec>> specs) {
    List<String> names = content.busNames();
    int missing = content.buses().size() - names.size();
    if (!names.isEmpty() && missing != 0) {
      messages.notice(
          "mpc.bus_name",
          names.size()
              + " names for "
              + content.buses().size()
              + " buses"
              + (missing > 0 ? "; the last buses are called by their numbers" : ""));
    }
    List<Node> nodes = new ArrayList<>();
    for (int k = 0; k < content.buses().size(); k++) {
      MBus bus = content.buses().get(k);
      if (specs.containsKey(bus.id())) {
        String own = k < names.size() ? names.get(k).strip() : "";
        nodes.add(new Node(bus.id(), own.isEmpty() ? "bus " + bus.id() : own, specs.get(bus.id())));
      }
    }
    return nodes;
  }

  /** The loads, shunts and generators of every bus. */
  private Map<Integer, List<DeviceSpec>> devices(double[] shape) {
    ShuntConverter shunts = new ShuntConverter(topology, content.baseMva(), messages);
    GeneratorConverter generators = new GeneratorConverter(topology, messages);
    Map<Integer, List<DeviceSpec>> specs = new LinkedHashMap<>();
    for (MBus bus : topology.buses().values()) {
      List<DeviceSpec> own = new ArrayList<>();
      if (bus.activeMw() != 0) {
        own.add(new PowerLoad(load(bus.activeMw(), shape)));
      }
      if (bus.reactiveMvar() != 0) {
        own.add(new ReactiveLoad(load(bus.reactiveMvar(), shape)));
      }
      if (shunts.at(bus.id()) != null) {
        own.add(shunts.at(bus.id()));
      }
      own.addAll(generators.at(bus.id()));
      specs.put(bus.id(), own);
    }
    return specs;
  }

  private static Profile load(double mega, double[] shape) {
    return new Profile(PROFILES, "shape", LineConverter.rounded(1000 * mega), shape);
  }

  /**
   * The grid interface of the file with the tables' parameters; where the tables have one, the
   * reactive limits of the source that they do not state.
   */
  private void addInterface(List<DeviceSpec> atRoot, DeviceTables tables, int rows) {
    if (!errors.isEmpty()) {
      return;
    }
    GeneratorConverter sources = new GeneratorConverter(topology, messages);
    if (tables != null && !tables.interfaces().isEmpty()) {
      atRoot.replaceAll(
          device ->
              device instanceof GridInterface grid ? sources.withReactiveLimits(grid) : device);
      return;
    }
    Optional<GridInterface> own = sources.gridInterface(rows, PROFILES);
    if (own.isPresent()) {
      Optional<DeviceSpec> with =
          tables == null ? Optional.of(own.get()) : tables.withParameters(root(), own.get());
      with.ifPresent(atRoot::add);
    }
  }

  private DeviceTables readTables(TableFolder folder) throws IOException {
    DeviceTables tables = new DeviceTables(folder, notices, errors, List.of(SHAPE_FILE));
    tables.readDevices();
    for (int node : tables.nodes()) {
      if (!topology.buses().containsKey(node)) {
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
      if (node != root()) {
        errors.add(
            new CaseProblem(
                tables.devicesFile(),
                "node " + node,
                "GI",
                "1",
                "the grid interface belongs to the reference bus " + root(),
                "write 0 here; prices of another source go with GI at node " + root()));
      }
    }
    return tables;
  }

  /** The course of the loads over the horizon, 1 where they stand as in the file. */
  private double[] shape(Optional<TableFolder> folder, int rows) throws IOException {
    double[] shape = new double[rows];
    Arrays.fill(shape, 1.0);
    Optional<String> name =
        folder.isPresent() ? folder.get().find(List.of(SHAPE_FILE)) : Optional.empty();
    if (name.isEmpty()) {
      messages.notice("mpc.bus", "loads stand still over the horizon at Pd and Qd");
      return shape;
    }
    ProfileLoader loader =
        new ProfileLoader(
            folder.get().files(),
            CsvTable.Dialect.SPREADSHEET,
            "the other profiles have",
            "",
            errors::add);
    messages.notice("mpc.bus", "loads are Pd and Qd times the column shape of " + SHAPE_FILE);
    return loader.values(SHAPE_FILE, "shape", rows, "").orElse(shape);
  }

  private Optional<NetworkLimits> limits(DeviceTables tables, int rows) {
    NetworkLimits usual = NetworkLimits.UNCHARGED;
    VoltageRange range = new VoltageRange(topology.buses().values(), messages);
    NetworkLimits standard =
        new NetworkLimits(
                usual.horizonHours(),
                rows,
                usual.basePowerKw(),
                usual.baseImpedanceOhm(),
                range.minPu(),
                range.maxPu(),
                topology.setpoint(root()),
                Math.max(usual.exchangeMaxKw(), loadKw()),
                usual.networkChargePerKwh())
            .atNominalVoltage(baseKv());
    if (tables != null) {
      Set<String> stated = Set.of("voltageMinPu", "voltageMaxPu", "rootVoltagePu");
      Optional<NetworkLimits> limits = tables.limits(standard, stated, OptionalDouble.of(baseKv()));
      limits.ifPresent(found -> range.tellMissing(found, messages));
      return limits;
    }
    range.tellMissing(standard, messages);
    messages.notice(
        "limits",
        "horizon 24 h, exchange limit "
            + NumberText.show(standard.exchangeMaxKw())
            + " kW and network charge "
            + NumberText.show(standard.networkChargePerKwh())
            + " per kWh by default");
    List.of("horizonHours", "exchangeMaxKw", "networkChargePerKwh").forEach(notices::assumeLimit);
    new CaseValidator(file, errors::add, problem -> {}).checkLimits(standard);
    return Optional.of(standard);
  }

  /** Twice all loads, which no line can carry. */
  private double loadKw() {
    return 2000
        * topology.buses().values().stream().mapToDouble(bus -> Math.abs(bus.activeMw())).sum();
  }
}
