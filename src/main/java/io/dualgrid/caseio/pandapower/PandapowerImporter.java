package io.dualgrid.caseio.pandapower;

import io.dualgrid.caseio.ImportMessages;
import io.dualgrid.caseio.ImportReport;
import io.dualgrid.caseio.Notices;
import io.dualgrid.caseio.check.CaseCheck;
import io.dualgrid.caseio.check.CaseValidator;
import io.dualgrid.caseio.check.LineDirection;
import io.dualgrid.caseio.check.NetworkCheck;
import io.dualgrid.caseio.check.NominalVoltage;
import io.dualgrid.caseio.format.CaseWriter;
import io.dualgrid.device.DeviceSpec;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Imports a radial net from pandapower's own JSON, as pandapower.to_json writes it. The operating
 * point holds over the whole horizon. What of it becomes what is told in docs/pandapower.md; what
 * has no counterpart is refused by name, or left out and noticed where that is asked for.
 *
 * <p>Source of the format and of the models: pandapower documentation, "Datastructure and
 * Elements".
 */
public final class PandapowerImporter {
  private static final int ROWS = 96;

  /** Limits of EN 50160, where a net has none. */
  private static final double USUAL_MIN = 0.9;

  private static final double USUAL_MAX = 1.1;

  private static final Set<String> READ =
      Set.of(
          "bus",
          "line",
          "trafo",
          "switch",
          "ext_grid",
          "load",
          "sgen",
          "gen",
          "storage",
          "shunt",
          "ward",
          "motor",
          "asymmetric_load",
          "asymmetric_sgen",
          "poly_cost");

  /** What sorts, measures or steers a net, and is no part of it. */
  private static final Set<String> IDLE =
      Set.of(
          "measurement",
          "group",
          "controller",
          "bus_geodata",
          "line_geodata",
          "characteristic",
          "trafo_characteristic_table",
          "q_capability_curve_table",
          "q_capability_characteristic");

  private final String file;
  private final Options options;
  private final List<CaseProblem> errors = new ArrayList<>();
  private final Notices notices = new Notices();
  private final ImportMessages messages;

  /**
   * How to import.
   *
   * @param sourceText where the figures come from; empty for a text that names the file
   * @param replace whether a target folder with content may be replaced
   * @param leaveOut whether parts that the model does not have are left out and noticed, instead of
   *     refused
   */
  public record Options(String sourceText, boolean replace, boolean leaveOut) {}

  private PandapowerImporter(Path source, Options options) {
    file = String.valueOf(source.getFileName());
    this.options = options;
    messages = new ImportMessages(file, notices, errors, options.leaveOut());
  }

  /**
   * Imports a net.
   *
   * @param source JSON file
   * @param target folder of the case to make
   * @param name of the case
   * @return the case with everything that was assumed or left out
   * @throws CaseException with every problem; the target is then as it was
   * @throws IOException when the disk does not take it; the target is then as it was
   */
  public static ImportReport importCase(Path source, Path target, String name, Options options)
      throws IOException {
    PandapowerImporter importer = new PandapowerImporter(source, options);
    AtomicFolder.requireApart(source, target);
    Optional<GridCase> gridCase = importer.read(source, name);
    if (gridCase.isEmpty() || !importer.errors.isEmpty()) {
      throw new CaseException(source.toString(), importer.errors);
    }
    CaseCheck written =
        CaseWriter.write(gridCase.get(), source.toString(), target, options.replace());
    return new ImportReport(written.orThrow(), importer.notices.list(), written.warnings());
  }

  private Optional<GridCase> read(Path source, String name) {
    Optional<PandapowerNet> net = bytes(source).flatMap(b -> PandapowerNet.read(b, messages));
    if (net.isEmpty() || !errors.isEmpty()) {
      return Optional.empty();
    }
    for (String table : List.of("bus", "line")) {
      NetworkCheck.tooMany(file, table, net.get().table(table).rows().size())
          .ifPresent(errors::add);
    }
    if (!errors.isEmpty()) {
      return Optional.empty();
    }
    tellOthers(net.get());
    NetTopology topology = new NetTopology(net.get(), messages);
    if (!errors.isEmpty()) {
      return Optional.empty();
    }
    double kilovolt = topology.kilovolt(topology.root());
    topology.buses().values().forEach(this::checkBus);
    if (!errors.isEmpty()) {
      return Optional.empty();
    }
    NetBranches branches = new NetBranches(topology, net.get().frequencyHz(), messages);
    List<Integer> ids = List.copyOf(topology.buses().keySet());
    List<Line> lines = LineDirection.awayFrom(topology.root(), branches.lines(), k -> {});
    new NetworkCheck(file, "bus", ids, lines, branches.places(), errors::add)
        .run(List.of(topology.root()));
    if (!errors.isEmpty()) {
      return Optional.empty();
    }
    NetDevices devices = new NetDevices(net.get(), topology, branches.shunts(), ROWS, messages);
    NetworkLimits limits = limits(topology, devices.loadKw()).atNominalVoltage(kilovolt);
    messages.notice("load", "loads and static generators stand still over a day of 24 h");
    new CaseValidator(file, errors::add, problem -> {}).checkLimits(limits);
    String text =
        options.sourceText().isBlank() ? "imported from pandapower, " + file : options.sourceText();
    FeederTree tree = new FeederTree(ids, lines);
    return Optional.of(
        new GridCase(
            name,
            text,
            limits,
            nodes(topology, devices.devices()),
            lines,
            tree,
            CaseFacts.NONE.withAssumed(notices.assumed())));
  }

  private Optional<byte[]> bytes(Path source) {
    try {
      return Optional.of(BoundedFiles.read(source));
    } catch (NoSuchFileException e) {
      messages.error(
          "", "", "", "there is no such file", "give a net that pandapower.to_json has written");
    } catch (IOException e) {
      errors.add(ReadFailure.of(file, "", e));
    }
    return Optional.empty();
  }

  private void tellOthers(PandapowerNet net) {
    for (String table : net.filled()) {
      if (IDLE.contains(table)) {
        messages.notice(table, "not used");
      } else if (!READ.contains(table)) {
        int count = net.table(table).rows().size();
        messages.unsupported(
            table, "", count == 1 ? "1 row" : count + " rows", "an element of this kind");
      }
    }
  }

  private void checkBus(NetTable.Row bus) {
    String name = bus.text("name");
    if (name.chars().anyMatch(Character::isISOControl)) {
      messages.error(
          bus.place(), "name", name, "has a control character", "write letters, digits and signs");
    }
    NominalVoltage.complaint(bus.number("vn_kv"))
        .ifPresent(
            complaint ->
                messages.error(
                    bus.place(),
                    "vn_kv",
                    bus.text("vn_kv"),
                    complaint,
                    "write the nominal voltage in kV"));
  }

  private static List<Node> nodes(NetTopology topology, Map<Integer, List<DeviceSpec>> devices) {
    List<Node> nodes = new ArrayList<>();
    for (NetTable.Row bus : topology.buses().values()) {
      String own = bus.text("name").strip();
      nodes.add(
          new Node(
              bus.index(), own.isEmpty() ? "bus " + bus.index() : own, devices.get(bus.index())));
    }
    return nodes;
  }

  private NetworkLimits limits(NetTopology topology, double loadKw) {
    double min = 0.0;
    double max = Double.POSITIVE_INFINITY;
    for (NetTable.Row bus : topology.buses().values()) {
      boolean source = topology.sources().stream().anyMatch(s -> s.reference("bus") == bus.index());
      min = source ? min : Math.max(min, bus.number("min_vm_pu", 0.0));
      max = source ? max : Math.min(max, bus.number("max_vm_pu", max));
    }
    boolean none = min == 0.0 && Double.isInfinite(max);
    if (min == 0.0) {
      messages.assumeLimit("voltageMinPu");
    }
    if (Double.isInfinite(max)) {
      messages.assumeLimit("voltageMaxPu");
    }
    List.of("horizonHours", "exchangeMaxKw", "networkChargePerKwh").forEach(notices::assumeLimit);
    min = min == 0.0 ? USUAL_MIN : min;
    max = Double.isInfinite(max) ? USUAL_MAX : max;
    messages.notice(
        "bus",
        "voltage limits of "
            + NumberText.show(min)
            + " to "
            + NumberText.show(max)
            + " p.u. for every bus"
            + (none ? " by default" : ", the tightest of min_vm_pu and max_vm_pu"));
    NetworkLimits usual = NetworkLimits.UNCHARGED;
    return new NetworkLimits(
        usual.horizonHours(),
        ROWS,
        usual.basePowerKw(),
        usual.baseImpedanceOhm(),
        min,
        max,
        topology.sources().get(0).number("vm_pu"),
        Math.max(usual.exchangeMaxKw(), 2 * loadKw),
        usual.networkChargePerKwh());
  }
}
