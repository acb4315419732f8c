package io.dualgrid.results.export;

import io.dualgrid.results.FileContent;
import io.dualgrid.results.export.StudyNet.Branch;
import io.dualgrid.results.export.StudyNet.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * A CSV folder of PyPSA, for import_from_csv_folder and then pf(). A load stands for all devices of
 * a node, so that what the node supplies is negative; the generator at the root is the slack.
 */
final class PypsaExport {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

  /** PyPSA knows no line without impedance; per unit, far below what a power flow resolves. */
  private static final double LEAST_PU = 1e-9;

  private final StudyNet study;

  private PypsaExport(StudyNet study) {
    this.study = study;
  }

  /** The files by name. */
  static Map<String, FileContent> files(StudyNet study) {
    PypsaExport export = new PypsaExport(study);
    Map<String, FileContent> files = new LinkedHashMap<>();
    files.put("network.csv", rows(List.of("name"), List.of(List.of(study.name()))));
    files.put("snapshots.csv", export.snapshots());
    files.put("buses.csv", export.buses());
    files.put("generators.csv", export.slack());
    files.put("loads.csv", export.loads());
    files.put("loads-p_set.csv", export.series(Node::activeKw));
    files.put("loads-q_set.csv", export.series(Node::reactiveKvar));
    files.put("lines.csv", export.lines());
    files.put("transformers.csv", export.transformers());
    files.put("shunt_impedances.csv", export.shunts());
    return files;
  }

  private FileContent snapshots() {
    List<List<Object>> rows = new ArrayList<>();
    for (int step = 0; step < study.steps(); step++) {
      rows.add(List.of(step, study.stepHours(), study.stepHours(), study.stepHours()));
    }
    return rows(List.of("snapshot", "objective", "stores", "generators"), rows);
  }

  private FileContent buses() {
    List<List<Object>> rows = new ArrayList<>();
    for (Node node : study.nodes()) {
      double voltage = node.id() == study.root() ? study.rootVoltagePu() : 1.0;
      rows.add(List.of(node.id(), study.kilovolt(), voltage));
    }
    return rows(List.of("name", "v_nom", "v_mag_pu_set"), rows);
  }

  private FileContent slack() {
    return rows(List.of("name", "bus", "control"), List.of(List.of("grid", study.root(), "Slack")));
  }

  private List<Node> supplied() {
    return study.nodes().stream().filter(node -> node.id() != study.root()).toList();
  }

  private FileContent loads() {
    List<List<Object>> rows = new ArrayList<>();
    supplied().forEach(node -> rows.add(List.of("node " + node.id(), node.id())));
    return rows(List.of("name", "bus"), rows);
  }

  private FileContent series(Function<Node, double[]> values) {
    List<Object> header = new ArrayList<>(List.of("snapshot"));
    supplied().forEach(node -> header.add("node " + node.id()));
    List<List<Object>> rows = new ArrayList<>();
    for (int step = 0; step < study.steps(); step++) {
      List<Object> row = new ArrayList<>(List.of(step));
      for (Node node : supplied()) {
        row.add(0.0 - values.apply(node)[step] / 1000);
      }
      rows.add(row);
    }
    return rows(header, rows);
  }

  private FileContent lines() {
    double least = LEAST_PU * study.kilovolt() * study.kilovolt() / (study.baseKva() / 1000);
    List<List<Object>> rows = new ArrayList<>();
    for (Branch line : study.lines()) {
      if (line.ratio() == 1.0) {
        rows.add(
            List.of(
                line.from() + "-" + line.to(),
                line.from(),
                line.to(),
                line.resistanceOhm(),
                line.hasImpedance() ? line.reactanceOhm() : least,
                rated(line)));
      }
    }
    return rows(List.of("name", "bus0", "bus1", "r", "x", "s_nom"), rows);
  }

  private FileContent transformers() {
    List<List<Object>> rows = new ArrayList<>();
    for (Branch line : study.lines()) {
      if (line.ratio() != 1.0) {
        double ratedMva =
            line.ratingKva() < 1e12 ? line.ratingKva() / 1000 : study.baseKva() / 1000;
        double perOhm = ratedMva / (study.kilovolt() * study.kilovolt());
        rows.add(
            Arrays.asList(
                line.from() + "-" + line.to(),
                line.from(),
                line.to(),
                "pi",
                line.resistanceOhm() * perOhm,
                line.hasImpedance() ? line.reactanceOhm() * perOhm : LEAST_PU,
                ratedMva,
                line.ratio(),
                0));
      }
    }
    return rows(
        List.of("name", "bus0", "bus1", "model", "r", "x", "s_nom", "tap_ratio", "tap_side"), rows);
  }

  private static Object rated(Branch line) {
    return Double.isFinite(line.ratingKva()) ? line.ratingKva() / 1000 : "inf";
  }

  /** In siemens. */
  private FileContent shunts() {
    double perKilo = 1 / (1000 * study.kilovolt() * study.kilovolt());
    List<List<Object>> rows = new ArrayList<>();
    for (Node node : study.nodes()) {
      if (node.hasShunt()) {
        rows.add(
            List.of(
                "node " + node.id(),
                node.id(),
                node.conductanceKw() * perKilo,
                node.susceptanceKvar() * perKilo));
      }
    }
    return rows(List.of("name", "bus", "g", "b"), rows);
  }

  private static FileContent rows(List<?> header, List<? extends List<?>> rows) {
    return out -> {
      CSVPrinter printer = new CSVPrinter(out, FORMAT);
      print(printer, header);
      for (List<?> row : rows) {
        print(printer, row);
      }
      printer.flush();
    };
  }

  private static void print(CSVPrinter printer, List<?> values) throws IOException {
    printer.printRecord(values);
  }
}
