package io.dualgrid.results.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualgrid.results.FileContent;
import io.dualgrid.results.export.StudyNet.Branch;
import io.dualgrid.results.export.StudyNet.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A net of pandapower: {@code net.json} for from_json, and for its time series {@code p_mw.csv} and
 * {@code q_mvar.csv}, a row a step and a column for each static generator, by index. A static
 * generator stands for all devices of a node, the external grid for the root.
 */
final class PandapowerExport {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final double NO_LIMIT_KA = 99999.0;

  private final StudyNet study;
  private final ObjectNode tables = MAPPER.createObjectNode();
  private final Map<Integer, Integer> bus = new HashMap<>();
  private final List<Node> supplied = new ArrayList<>();

  private PandapowerExport(StudyNet study) {
    this.study = study;
  }

  /** The files by name. */
  static Map<String, FileContent> files(StudyNet study) {
    PandapowerExport export = new PandapowerExport(study);
    export.buses();
    export.branches();
    ObjectNode root = MAPPER.createObjectNode();
    root.put("_module", "pandapower.auxiliary").put("_class", "pandapowerNet");
    ObjectNode content = root.putObject("_object");
    content.setAll(export.tables);
    content
        .put("name", study.name())
        .put("f_hz", 50.0)
        .put("sn_mva", study.baseKva() / 1000)
        .put("version", "3.0.0")
        .put("format_version", "3.0.0");
    Map<String, FileContent> files = new LinkedHashMap<>();
    files.put("net.json", out -> out.write(MAPPER.writeValueAsString(root) + "\n"));
    files.put("p_mw.csv", export.series(Node::activeKw));
    files.put("q_mvar.csv", export.series(Node::reactiveKvar));
    return files;
  }

  private void buses() {
    DataFrame buses = new DataFrame("name", "vn_kv", "type", "zone", "in_service", "geo");
    DataFrame grids =
        new DataFrame("name", "bus", "vm_pu", "va_degree", "slack_weight", "in_service");
    DataFrame generators =
        new DataFrame(
            "name",
            "bus",
            "p_mw",
            "q_mvar",
            "sn_mva",
            "scaling",
            "in_service",
            "type",
            "current_source");
    DataFrame shunts =
        new DataFrame("bus", "name", "q_mvar", "p_mw", "vn_kv", "step", "max_step", "in_service");
    for (Node node : study.nodes()) {
      int index = buses.add(node.name(), study.kilovolt(), "b", null, true, null);
      bus.put(node.id(), index);
      if (node.id() == study.root()) {
        grids.add(node.name(), index, study.rootVoltagePu(), 0.0, 1.0, true);
      } else {
        supplied.add(node);
        generators.add(
            node.name(),
            index,
            node.activeKw()[0] / 1000,
            node.reactiveKvar()[0] / 1000,
            null,
            1.0,
            true,
            "node " + node.id(),
            true);
      }
      if (node.hasShunt()) {
        shunts.add(
            index,
            node.name(),
            -node.susceptanceKvar() / 1000,
            node.conductanceKw() / 1000,
            study.kilovolt(),
            1,
            1,
            true);
      }
    }
    tables.set("bus", buses.json());
    tables.set("ext_grid", grids.json());
    tables.set("sgen", generators.json());
    tables.set("shunt", shunts.json());
  }

  private void branches() {
    DataFrame lines =
        new DataFrame(
            "name",
            "std_type",
            "from_bus",
            "to_bus",
            "length_km",
            "r_ohm_per_km",
            "x_ohm_per_km",
            "c_nf_per_km",
            "g_us_per_km",
            "max_i_ka",
            "df",
            "parallel",
            "type",
            "in_service");
    DataFrame transformers =
        new DataFrame(
            "name",
            "std_type",
            "hv_bus",
            "lv_bus",
            "sn_mva",
            "vn_hv_kv",
            "vn_lv_kv",
            "vk_percent",
            "vkr_percent",
            "pfe_kw",
            "i0_percent",
            "shift_degree",
            "tap_side",
            "tap_neutral",
            "tap_min",
            "tap_max",
            "tap_step_percent",
            "tap_step_degree",
            "tap_pos",
            "tap_changer_type",
            "parallel",
            "df",
            "in_service");
    DataFrame switches = new DataFrame("bus", "element", "et", "type", "closed", "name", "z_ohm");
    for (Branch line : study.lines()) {
      String name = line.from() + "-" + line.to();
      int from = bus.get(line.from());
      int to = bus.get(line.to());
      if (line.ratio() != 1.0) {
        transform(transformers, name, line);
      } else if (line.hasImpedance()) {
        double kiloampere = line.ratingKva() / (1000 * Math.sqrt(3) * study.kilovolt());
        lines.add(
            name,
            null,
            from,
            to,
            1.0,
            line.resistanceOhm(),
            line.reactanceOhm(),
            0.0,
            0.0,
            Math.min(NO_LIMIT_KA, kiloampere),
            1.0,
            1,
            null,
            true);
      } else {
        switches.add(from, to, "b", null, true, name, 0.0);
      }
    }
    tables.set("line", lines.json());
    tables.set("trafo", transformers.json());
    tables.set("switch", switches.json());
  }

  /** A ratio is the rated voltage at the upper side; the impedance is at the lower one. */
  private void transform(DataFrame transformers, String name, Branch line) {
    double ratedKva = Double.isFinite(line.ratingKva()) ? line.ratingKva() : study.baseKva();
    double percent = 100 * ratedKva / 1000 / (study.kilovolt() * study.kilovolt());
    transformers.add(
        name,
        null,
        bus.get(line.from()),
        bus.get(line.to()),
        ratedKva / 1000,
        study.kilovolt() * line.ratio(),
        study.kilovolt(),
        percent * Math.hypot(line.resistanceOhm(), line.reactanceOhm()),
        percent * line.resistanceOhm(),
        0.0,
        0.0,
        0.0,
        "hv",
        0,
        0,
        0,
        0.0,
        0.0,
        0,
        "Ratio",
        1,
        1.0,
        true);
  }

  private FileContent series(Function<Node, double[]> values) {
    return out -> {
      StringBuilder text = new StringBuilder("step");
      for (int generator = 0; generator < supplied.size(); generator++) {
        text.append(',').append(generator);
      }
      for (int step = 0; step < study.steps(); step++) {
        text.append('\n').append(step);
        for (Node node : supplied) {
          text.append(',').append(values.apply(node)[step] / 1000);
        }
      }
      out.write(text.append('\n').toString());
    };
  }
}
