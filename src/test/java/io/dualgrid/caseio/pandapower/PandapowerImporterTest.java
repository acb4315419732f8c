package io.dualgrid.caseio.pandapower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualgrid.OneRound;
import io.dualgrid.caseio.ImportNotice;
import io.dualgrid.caseio.ImportReport;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.generation.Generator;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.device.grid.Shunt;
import io.dualgrid.device.load.PowerLoad;
import io.dualgrid.device.load.ReactiveLoad;
import io.dualgrid.device.storage.Battery;
import io.dualgrid.feeder.Line;
import io.dualgrid.powerflow.FlowSolution;
import io.dualgrid.powerflow.NodePowers;
import io.dualgrid.powerflow.RadialFlow;
import io.dualgrid.problem.CaseException;
import io.dualgrid.site.AssumedValue;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nets as pandapower 3.5.6 writes them; see src/test/python/pandapower_nets.py. */
@OneRound
class PandapowerImporterTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path folder;

  /**
   * Both power flows are converged to 1e-10 p.u. What is left is the voltage along lines that are
   * open at one end, at which their charging is taken: half their x·B, some 1e-6 of their kvar.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "four-bus-taps",
        "cigre-mv",
        "kerber-freileitung",
        "mv-oberrhein",
        "parallel-branches"
      })
  void voltagesAreThoseOfPandapower(String name) throws IOException {
    GridCase gridCase = imported(write(net(name)), false).gridCase();
    RadialFlow feeder = new RadialFlow(gridCase.tree(), gridCase.limits());
    FlowSolution flow = feeder.solve(powers(gridCase, feeder));
    assertThat(flow.converged()).isTrue();
    JsonNode voltages = json(name + "-voltages").get("voltagePu");
    assertThat(voltages).hasSize(feeder.nodes().size());
    for (int j = 0; j < feeder.nodes().size(); j++) {
      String bus = Integer.toString(feeder.nodes().get(j));
      assertThat(flow.voltagePu()[j])
          .as("bus %s", bus)
          .isCloseTo(voltages.get(bus).doubleValue(), offset(1e-6));
    }
  }

  /** With a set of the buses of its part for each bus, this takes six gigabytes. */
  @Test
  void aLongFeederTakesMemoryLinearInItsLength() throws IOException {
    int count = 20_000;
    StringBuilder buses = new StringBuilder("{\"columns\":[\"vn_kv\",\"in_service\"],\"index\":[0");
    StringBuilder rows = new StringBuilder("[20,true]");
    StringBuilder lines = new StringBuilder();
    StringBuilder numbers = new StringBuilder();
    for (int k = 1; k < count; k++) {
      buses.append(',').append(k);
      rows.append(",[20,true]");
      numbers.append(k > 1 ? "," : "").append(k);
      lines.append(k > 1 ? "," : "").append("[").append(k - 1).append(',').append(k);
      lines.append(",1e-6,0.1,0.1,0,1,1,1,true]");
    }
    ObjectNode tables = MAPPER.createObjectNode();
    frame(tables, "bus", buses.append("],\"data\":[").append(rows).append("]}").toString());
    frame(
        tables,
        "line",
        "{\"columns\":[\"from_bus\",\"to_bus\",\"length_km\",\"r_ohm_per_km\","
            + "\"x_ohm_per_km\",\"c_nf_per_km\",\"max_i_ka\",\"parallel\",\"df\",\"in_service\"],"
            + "\"index\":["
            + numbers
            + "],\"data\":["
            + lines
            + "]}");
    frame(
        tables,
        "ext_grid",
        "{\"columns\":[\"bus\",\"vm_pu\",\"in_service\"],\"index\":[0],\"data\":[[0,1,true]]}");
    ObjectNode net = MAPPER.createObjectNode();
    net.put("_class", "pandapowerNet").set("_object", tables);
    assertThat(imported(write(net), false).gridCase().nodes()).hasSize(count);
  }

  private static void frame(ObjectNode tables, String name, String content) {
    tables.putObject(name).put("_class", "DataFrame").put("_object", content);
  }

  @Test
  void partsThatAreNotFedAreNamed() throws IOException {
    assertThat(imported(write(net("four-bus-taps")), false).notices())
        .map(ImportNotice::toString)
        .anySatisfy(text -> assertThat(text).startsWith("bus 4: no external grid feeds it"));
  }

  @Test
  void openLinesAndJoinedGridsAreTold() throws IOException {
    assertThat(imported(write(net("mv-oberrhein")), false).notices())
        .map(ImportNotice::toString)
        .anySatisfy(text -> assertThat(text).contains("open; left out"))
        .anySatisfy(text -> assertThat(text).contains("ext_grid 1", "joined to bus 58"));
  }

  @Test
  void parallelBranchesAreToldAndOfOneRatio() throws IOException {
    ObjectNode net = net("parallel-branches");
    assertThat(imported(write(net), false).notices())
        .map(ImportNotice::toString)
        .anySatisfy(text -> assertThat(text).contains("parallel to line 0; joined into one"))
        .anySatisfy(text -> assertThat(text).contains("parallel to trafo 0; joined into one"));
    change(net, "trafo", "tap_pos", 1, "2");
    Path file = write(net);
    assertThatThrownBy(() -> imported(file, false))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining("trafo 1: 2 - 3: is parallel to trafo 0 with another ratio");
  }

  /** What the case would refuse is named as it stands in the net. */
  @ParameterizedTest
  @CsvSource({
    "bus, name, 0, '\"a\\u001b[31m\"', bus 0: name",
    "load, q_mvar, 0, null, load 0: q_mvar: has no value",
    "line, x_ohm_per_km, 0, -0.2, line 0: ",
    "line, r_ohm_per_km, 3, -0.2, line 3: "
  })
  void valuesThatNoCaseHasAreNamed(String table, String column, int row, String value, String told)
      throws IOException {
    ObjectNode net = net("parallel-branches");
    change(net, table, column, row, value);
    Path file = write(net);
    assertThatThrownBy(() -> imported(file, false))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining("net.json: " + told);
  }

  @Test
  void generatorInPlaceOfAnExternalGridIsNamed() throws IOException {
    ObjectNode net = net("parallel-branches");
    change(net, "ext_grid", "in_service", 0, "false");
    put(net, "gen", "{'columns':['bus','p_mw','slack'],'index':[0],'data':[[0,0.01,true]]}");
    Path file = write(net);
    assertThatThrownBy(() -> imported(file, false))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining("a generator with slack is none")
        .hasMessageContaining("create_ext_grid");
  }

  /** Another value in a table of a net. */
  private static void change(ObjectNode net, String table, String column, int row, String value)
      throws IOException {
    ObjectNode frame = (ObjectNode) net.at("/_object/" + table);
    ObjectNode content = (ObjectNode) MAPPER.readTree(frame.get("_object").asText());
    int place = 0;
    while (!content.get("columns").get(place).asText().equals(column)) {
      place++;
    }
    ((ArrayNode) content.get("data").get(row)).set(place, MAPPER.readTree(value));
    frame.put("_object", content.toString());
  }

  @Test
  void ratingIsThatOfTheCurrent() throws IOException {
    GridCase gridCase = imported(write(net("four-bus-taps")), false).gridCase();
    Line line = gridCase.lines().get(0);
    // √3 · 0.4 kV · 142 A
    assertThat(line.ratingKva()).isCloseTo(Math.sqrt(3) * 0.4 * 142, offset(1e-9));
    // 0.5 km of 0.642 ohm/km, referred from 0.4 to 10 kV
    assertThat(line.resistanceOhm()).isCloseTo(0.321 * 625, offset(1e-9));
  }

  /** Every kind of element that is known, in the fewest fields; the table in docs/pandapower.md. */
  @Test
  void elementsBecomeWhatTheTableSays() throws IOException {
    ObjectNode net = net("four-bus-taps");
    GridCase plain = imported(write(net), false).gridCase();
    put(
        net,
        "gen",
        "{'columns':['bus','p_mw','vm_pu','min_q_mvar','max_q_mvar'],'index':[0],"
            + "'data':[[2,0.01,1.0,-0.005,0.006]]}");
    put(
        net,
        "storage",
        "{'columns':['bus','p_mw','max_e_mwh','soc_percent','max_p_mw','q_mvar','scaling'],"
            + "'index':[0,1],'data':[[3,0.0,0.05,40.0,0.02,0.0,1.0],"
            + "[1,0.006,null,null,0.006,-0.002,0.5]]}");
    put(
        net,
        "ward",
        "{'columns':['bus','ps_mw','qs_mvar','pz_mw','qz_mvar'],'index':[0],"
            + "'data':[[1,0.004,0.001,0.002,-0.003]]}");
    put(
        net,
        "poly_cost",
        "{'columns':['element','et','cp1_eur_per_mw'],'index':[0,1],"
            + "'data':[[0,'ext_grid',80.0],[0,'sgen',30.0]]}");
    GridCase gridCase = imported(write(net), false).gridCase();
    assertThat(gridCase.node(2).devices())
        .contains(new Generator(10.0, 10.0, -5.0, 6.0, 0.0))
        .contains(new Generator(20.0, 20.0, 5.0, 5.0, 0.03));
    assertThat(gridCase.node(3).devices())
        .contains(new Battery(20.0, 50.0, 20.0, 0.0, 1.0, 1.0, 0.8));
    // by hand: the ward, and half of the storage of which no energy is known
    double[] own = loadKva(plain, 1);
    assertThat(loadKva(gridCase, 1))
        .containsExactly(new double[] {own[0] + 4 + 3, own[1] + 1 - 1}, offset(1e-12));
    GridInterface grid = GridInterface.among(gridCase.node(0).devices()).get(0);
    assertThat(grid.buyPricePerKwh().value(0)).isEqualTo(0.08);
    assertThat(grid.sellPricePerKwh().value(0)).isEqualTo(0.04);
    // bus 2 has a generator with a cost beside one without, the battery a state but no losses
    assertThat(gridCase.facts().assumed())
        .contains(
            new AssumedValue("GI", "sellPricePerKwh", List.of(0)),
            new AssumedValue("BT", "chargeEfficiency", List.of(3)))
        .extracting(AssumedValue::field)
        .doesNotContain("buyPricePerKwh", "costPerKwh", "energyStartKwh");
  }

  /** The right values are those of res_motor and res_asymmetric_load of pandapower 3.5.6. */
  @Test
  void motorsAndLoadsByPhaseDrawWhatPandapowerSays() throws IOException {
    ObjectNode net = net("four-bus-taps");
    put(
        net,
        "motor",
        "{'columns':['bus','pn_mech_mw','loading_percent','cos_phi','efficiency_percent','scaling'],"
            + "'index':[0],'data':[[0,0.006,75.0,0.8,90.0,1.1]]}");
    put(
        net,
        "asymmetric_load",
        "{'columns':['bus','p_a_mw','q_a_mvar','p_b_mw','q_b_mvar','p_c_mw','q_c_mvar','scaling'],"
            + "'index':[0],'data':[[1,0.001,0.0003,0.002,0.0001,0.0005,0.0,2.0]]}");
    GridCase gridCase = imported(write(net), false).gridCase();
    assertThat(loadKva(gridCase, 0)).containsExactly(new double[] {5.5, 4.125}, offset(1e-12));
    assertThat(loadKva(gridCase, 1)).containsExactly(new double[] {7.0, 0.8}, offset(1e-12));
  }

  /** Active and reactive load of a node that has no other. */
  private static double[] loadKva(GridCase gridCase, int node) {
    double[] sum = new double[2];
    for (DeviceSpec device : gridCase.node(node).devices()) {
      if (device instanceof PowerLoad load) {
        sum[0] += load.powerKw().value(0);
      } else if (device instanceof ReactiveLoad load) {
        sum[1] += load.powerKvar().value(0);
      }
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({"cos_phi, 0.0", "cos_phi, -0.5", "cos_phi, 1.5", "efficiency_percent, 0"})
  void motorOfNoPowerIsNamed(String column, double value) throws IOException {
    ObjectNode net = net("four-bus-taps");
    put(
        net,
        "motor",
        "{'columns':['bus','pn_mech_mw','cos_phi','efficiency_percent'],'index':[4],'data':[[0,0.006,"
            + (column.equals("cos_phi") ? value + ",90.0]]}" : "0.8," + value + "]]}"));
    Path file = write(net);
    assertThatThrownBy(() -> imported(file, false))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining("motor 4")
        .hasMessageContaining(column);
  }

  @ParameterizedTest
  @CsvSource({"trafo3w", "impedance", "svc", "dcline", "of_tomorrow"})
  void elementWithoutCounterpartIsNamed(String table) throws IOException {
    ObjectNode net = net("four-bus-taps");
    put(net, table, "{'columns':['bus'],'index':[0],'data':[[1]]}");
    Path file = write(net);
    assertThatThrownBy(() -> imported(file, false))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining(table)
        .hasMessageContaining("--leave-out");
    assertThat(imported(file, true).notices())
        .map(ImportNotice::toString)
        .anySatisfy(text -> assertThat(text).contains(table, "left out"));
  }

  @Test
  void loopIsRefusedWithItsBuses() throws IOException {
    ObjectNode net = net("mv-oberrhein");
    ObjectNode switches = (ObjectNode) net.at("/_object/switch");
    switches.put("_object", switches.get("_object").asText().replace("false", "true"));
    Path file = write(net);
    assertThatThrownBy(() -> imported(file, false)).isInstanceOf(CaseException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[1, 2", "{\"_class\": \"pandapowerNet\"}", "null", "\u0000"})
  void whatIsNoNetIsRefused(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("net.json"), content);
    assertThatThrownBy(() -> imported(file, false))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining("net.json");
    assertThat(folder.resolve("case")).doesNotExist();
  }

  /** The reader has limits of its own, beyond which it names no place. */
  @Test
  void whatIsBeyondTheReadersLimitsIsRefused() throws IOException {
    for (String content :
        List.of("1".repeat(2000), "[".repeat(3000), "{\"" + "n".repeat(60_000) + "\": 1}")) {
      Path file = Files.writeString(folder.resolve("net.json"), "{\"_class\": " + content);
      assertThatThrownBy(() -> imported(file, false))
          .isInstanceOf(CaseException.class)
          .hasMessageContaining("net.json")
          .hasMessageContaining("is not valid JSON");
    }
  }

  /** Whatever stands in place of a value, the import ends with a case or with problems. */
  @Test
  void anyValueIsReadOrNamed() throws IOException {
    List<String> values = List.of("null", "-1", "1e300", "\"x\"", "true", "[]", "{}", "0");
    for (String table : List.of("bus", "line", "trafo", "load", "sgen", "ext_grid", "shunt")) {
      JsonNode frame =
          MAPPER.readTree(net("four-bus-taps").at("/_object/" + table + "/_object").asText());
      for (int column = 0; column < frame.get("columns").size(); column++) {
        ObjectNode net = net("four-bus-taps");
        String value = values.get((column + table.length()) % values.size());
        ObjectNode changed = frame.deepCopy();
        ((ArrayNode) changed.at("/data/0")).set(column, MAPPER.readTree(value));
        put(net, table, changed.toString());
        Path file = write(net);
        try {
          imported(file, true);
        } catch (CaseException e) {
          assertThat(e.problems()).isNotEmpty();
        }
      }
    }
  }

  private static NodePowers powers(GridCase gridCase, RadialFlow feeder) {
    int n = feeder.nodes().size();
    NodePowers powers = new NodePowers(new double[n], new double[n], new double[n], new double[n]);
    for (int j = 0; j < n; j++) {
      for (DeviceSpec device : gridCase.node(feeder.nodes().get(j)).devices()) {
        if (device instanceof PowerLoad load) {
          powers.activeKw()[j] -= load.powerKw().value(0);
        } else if (device instanceof ReactiveLoad load) {
          powers.reactiveKvar()[j] -= load.powerKvar().value(0);
        } else if (device instanceof Generator generator) {
          powers.activeKw()[j] += generator.powerMaxKw();
          powers.reactiveKvar()[j] += generator.reactiveMaxKvar();
        } else if (device instanceof Shunt shunt) {
          powers.conductanceKw()[j] += shunt.conductanceKw();
          powers.susceptanceKvar()[j] += shunt.susceptanceKvar();
        }
      }
    }
    return powers;
  }

  private ImportReport imported(Path file, boolean leaveOut) throws IOException {
    return PandapowerImporter.importCase(
        file, folder.resolve("case"), "case", new PandapowerImporter.Options("", true, leaveOut));
  }

  private Path write(ObjectNode net) throws IOException {
    return Files.writeString(folder.resolve("net.json"), net.toString());
  }

  /** Puts a table into a net, written with single quotes. */
  private static void put(ObjectNode net, String table, String frame) {
    ((ObjectNode) net.get("_object"))
        .putObject(table)
        .put("_class", "DataFrame")
        .put("_object", frame.replace('\'', '"'))
        .put("orient", "split");
  }

  private static ObjectNode net(String name) throws IOException {
    return (ObjectNode) json(name);
  }

  private static JsonNode json(String name) throws IOException {
    try (InputStream in = PandapowerImporterTest.class.getResourceAsStream(name + ".json")) {
      return MAPPER.readTree(in);
    }
  }
}
