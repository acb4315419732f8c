package io.dualgrid.caseio.tables;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualgrid.caseio.ImportReport;
import io.dualgrid.caseio.Notices;
import io.dualgrid.caseio.check.CaseCheck;
import io.dualgrid.caseio.check.NetworkCheck;
import io.dualgrid.caseio.format.CaseSchema;
import io.dualgrid.caseio.format.CaseWriter;
import io.dualgrid.caseio.format.CsvTable;
import io.dualgrid.device.DeviceCodec;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.files.AtomicFolder;
import io.dualgrid.problem.CaseException;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.problem.NumberText;
import io.dualgrid.problem.ReadFailure;
import io.dualgrid.site.CaseFacts;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Builds a case from a folder of tables, such as {@link StarterFolder} writes: devices.csv,
 * lines.csv, parameters.csv and profiles. The names of the published tables are understood as well.
 * Nothing is drawn at random: every value comes from a table or is a default, and every default
 * that is used is noticed.
 */
public final class TableBuilder {
  private static final Map<String, String> LINE_ALIASES =
      Map.of("u", "from", "v", "to", "R", "resistanceOhm", "X", "reactanceOhm");
  private static final List<String> LINE_COLUMNS =
      List.of("from", "to", "resistanceOhm", "reactanceOhm");

  private final List<CaseProblem> errors = new ArrayList<>();
  private final List<CaseProblem> rowWarnings = new ArrayList<>();
  private final Notices notices = new Notices();
  private final List<String> linePlaces = new ArrayList<>();
  private final Path folder;

  private TableBuilder(Path folder) {
    this.folder = folder;
  }

  /**
   * Builds a case.
   *
   * @param folder with the tables, or a workbook (.xlsx) with a sheet for each
   * @param target folder of the case to make
   * @param replace whether a target folder with content may be replaced
   * @return the case with every default that was used
   * @throws CaseException with every problem, each with file, row and column; the target is then as
   *     it was
   * @throws IOException when the disk does not take it; the target is then as it was
   */
  public static ImportReport build(Path folder, Path target, boolean replace) throws IOException {
    TableBuilder builder = new TableBuilder(folder);
    AtomicFolder.requireApart(folder, target);
    Optional<GridCase> gridCase = builder.readOrTell();
    if (gridCase.isEmpty() || !builder.errors.isEmpty()) {
      throw new CaseException(
          folder.toString(),
          TableFolder.inWordsOf(folder, builder.errors),
          TableFolder.inWordsOf(folder, builder.rowWarnings));
    }
    CaseCheck written = CaseWriter.write(gridCase.get(), folder.toString(), target, replace);
    return new ImportReport(
        written.orThrow(),
        TableFolder.noticesInWordsOf(folder, builder.notices.list()),
        written.warnings());
  }

  /** What cannot be read is a problem of the tables, not of the disk that the case goes to. */
  private Optional<GridCase> readOrTell() {
    try {
      return read();
    } catch (IOException e) {
      errors.add(ReadFailure.within(folder, e));
      return Optional.empty();
    }
  }

  private Optional<GridCase> read() throws IOException {
    Optional<TableFolder> opened = TableFolder.open(folder, errors::add);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    TableFolder tables = opened.get();
    DeviceTables devices = new DeviceTables(tables, notices, errors, List.of());
    rowWarnings.addAll(devices.rowWarnings());
    devices.readDevices();
    Optional<CsvTable> table = tables.require(TableFolder.LINES);
    List<Line> lines = table.map(this::lines).orElse(List.of());
    if (!errors.isEmpty()) {
      return Optional.empty();
    }
    String linesFile = table.orElseThrow().file();
    checkLoose(devices, lines, linesFile);
    findRoot(devices, lines);
    new NetworkCheck(
            linesFile,
            devices.devicesFile(),
            List.copyOf(devices.nodes()),
            lines,
            linePlaces,
            errors::add)
        .run(devices.interfaces());
    boolean connected = errors.isEmpty();
    Map<Integer, List<DeviceSpec>> specs = devices.devices();
    Optional<NetworkLimits> limits =
        connected
            ? devices.limits(NetworkLimits.UNCHARGED, Set.of(), OptionalDouble.empty())
            : Optional.empty();
    if (errors.isEmpty()) {
      limits.ifPresent(found -> devices.checkHeat(specs, found));
    }
    if (!errors.isEmpty()) {
      return Optional.empty();
    }
    CaseFacts facts = devices.facts();
    if (!errors.isEmpty()) {
      return Optional.empty();
    }
    tables.nameLeftovers(notices);
    List<Node> nodes =
        devices.nodes().stream().map(id -> new Node(id, devices.name(id), specs.get(id))).toList();
    String name =
        String.valueOf(folder.toAbsolutePath().normalize().getFileName())
            .replaceFirst("(?i)\\.xlsx$", "");
    return Optional.of(
        new GridCase(
            devices.caseText("name", name),
            devices.caseText("source", "built from the tables of " + name),
            limits.orElseThrow(),
            nodes,
            lines,
            new FeederTree(devices.nodes(), lines),
            facts.withAssumed(notices.assumed())));
  }

  /** Nodes without any line, as in a table that lists more nodes than the feeder has. */
  private void checkLoose(DeviceTables devices, List<Line> lines, String linesFile) {
    Set<Integer> loose = new LinkedHashSet<>(devices.nodes());
    lines.forEach(line -> loose.removeAll(List.of(line.from(), line.to())));
    if (!lines.isEmpty() && !loose.isEmpty()) {
      errors.add(
          new CaseProblem(
              devices.devicesFile(),
              "nodes " + loose.stream().map(String::valueOf).collect(Collectors.joining(", ")),
              "",
              "",
              "have no line in " + linesFile,
              "add the lines there, or remove the rows here"));
      devices.remove(loose);
    }
  }

  /** The published table has no column for the grid interface: the root is where no line ends. */
  private static void findRoot(DeviceTables devices, List<Line> lines) {
    if (devices.interfaces().isEmpty()) {
      Set<Integer> roots = new LinkedHashSet<>(devices.nodes());
      lines.forEach(line -> roots.remove(line.to()));
      if (roots.size() == 1) {
        devices.addInterface(
            roots.iterator().next(),
            "grid interface (GI) placed here, where no line ends, as no node has one");
      }
    }
  }

  private List<Line> lines(CsvTable table) {
    Map<String, String> columns = new LinkedHashMap<>();
    for (String written : table.header()) {
      String column = LINE_ALIASES.getOrDefault(written, written);
      if (LINE_COLUMNS.contains(column)) {
        columns.put(column, written);
      } else if (!column.equals("comment")) {
        error(
            table,
            "header",
            "column",
            written,
            "unknown column",
            "write one of: " + String.join(", ", LINE_COLUMNS) + ", comment");
      }
    }
    for (String column : LINE_COLUMNS) {
      if (!columns.containsKey(column)) {
        error(
            table,
            "header",
            "column",
            column,
            "there is no such column",
            "write the header from,to,resistanceOhm,reactanceOhm");
        return List.of();
      }
    }
    Optional<CaseProblem> tooMany = NetworkCheck.tooMany(table.file(), "rows", table.rows().size());
    if (tooMany.isPresent()) {
      errors.add(tooMany.get());
      return List.of();
    }
    List<Line> lines = new ArrayList<>();
    for (CsvTable.Row row : table.rows()) {
      if (row.cells().stream().anyMatch(cell -> !cell.isEmpty())) {
        Optional<Line> line = line(table, row, columns);
        if (line.isPresent()) {
          lines.add(line.get());
          linePlaces.add(
              "row " + row.number() + " (" + line.get().from() + " -> " + line.get().to() + ")");
        }
      }
    }
    return lines;
  }

  private Optional<Line> line(CsvTable table, CsvTable.Row row, Map<String, String> columns) {
    String place = "row " + row.number();
    int before = errors.size();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (String column : LINE_COLUMNS) {
      String text = table.cell(row, columns.get(column));
      OptionalDouble value = table.number(text);
      if (value.isPresent()) {
        json.set(column, DeviceCodec.number(value.getAsDouble()));
      } else {
        error(
            table,
            place,
            "column " + columns.get(column),
            text,
            NumberText.complaint(text),
            NumberText.remedy(text));
      }
    }
    if (errors.size() == before) {
      for (CaseSchema.Violation violation : CaseSchema.instance().check("line", json)) {
        error(
            table,
            place,
            "column " + columns.get(violation.field()),
            violation.value(),
            violation.message(),
            violation.remedy());
      }
    }
    if (errors.size() > before) {
      return Optional.empty();
    }
    return Optional.of(
        new Line(
            json.get("from").intValue(),
            json.get("to").intValue(),
            json.get("resistanceOhm").doubleValue(),
            json.get("reactanceOhm").doubleValue()));
  }

  private void error(
      CsvTable table, String place, String field, String value, String message, String remedy) {
    errors.add(new CaseProblem(table.file(), place, field, value, message, remedy));
  }
}
