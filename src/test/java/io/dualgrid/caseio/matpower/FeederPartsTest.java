package io.dualgrid.caseio.matpower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.OneRound;
import io.dualgrid.caseio.ImportNotice;
import io.dualgrid.caseio.ImportReport;
import io.dualgrid.caseio.matpower.MatpowerImporter.Options;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.Sampling;
import io.dualgrid.device.SupplyRange;
import io.dualgrid.device.generation.Generator;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.device.grid.Shunt;
import io.dualgrid.device.load.DispatchableLoad;
import io.dualgrid.device.load.PowerLoad;
import io.dualgrid.feeder.Line;
import io.dualgrid.problem.CaseException;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.run.CentralResult;
import io.dualgrid.run.DispatchEngine;
import io.dualgrid.run.RunSettings;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What feeders have beside loads and lines; the figures are those of parts.py, by numpy. */
@OneRound
class FeederPartsTest {
  private static final String HEAD = "mpc.version = '2';\nmpc.baseMVA = 10;\n";
  private static final String BUS =
      "mpc.bus = [1 3 0 0 0 0 1 1 0 12.66 1 1.1 0.9; 2 1 1 0.5 0 0 1 1 0 12.66 1 1.1 0.9;"
          + " 3 1 0.5 0.2 0 0 1 1 0 12.66 1 1.1 0.9];\n";
  private static final String GEN = "mpc.gen = [1 0 0 10 -10 1 100 1 10 0];\n";
  private static final String BRANCH =
      "mpc.branch = [1 2 0.03 0.02 0 0 0 0 0 0 1; 2 3 0.03 0.02 0 0 0 0 0 0 1];\n";
  private static final String COST = "mpc.gencost = [2 0 0 2 20 0];\n";

  @TempDir Path parent;

  private static String parts() throws IOException, URISyntaxException {
    return Files.readString(Path.of(FeederPartsTest.class.getResource("parts.m").toURI()));
  }

  private ImportReport imported(String text) throws IOException {
    return imported(text, Optional.empty());
  }

  private ImportReport imported(String text, Optional<Path> tables) throws IOException {
    Path file = Files.writeString(parent.resolve("feeder.m"), text);
    Options options = new Options("", tables, true, false);
    return MatpowerImporter.importCase(file, parent.resolve("out"), "feeder", options);
  }

  private static List<String> notices(ImportReport report) {
    return report.notices().stream().map(ImportNotice::toString).toList();
  }

  private void refused(String text, String expected) {
    assertThatThrownBy(() -> imported(text))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining(expected);
  }

  @Test
  void tapsShuntsAndParallelBranchesGiveTheVoltagesOfTheLinearPowerFlow()
      throws IOException, URISyntaxException {
    GridCase feeder = imported(parts()).gridCase();
    CentralResult optimum = DispatchEngine.central(feeder, RunSettings.builder().steps(1).build());
    assertThat(optimum.solved()).isTrue();
    Map<Integer, Double> expected =
        Map.of(10, 1.02, 11, 0.9893339512, 12, 0.9658209202, 14, 0.9641073202, 15, 0.9641073202);
    expected.forEach(
        (node, voltage) ->
            assertThat(
                    optimum.dispatch().stream()
                        .filter(
                            one -> one.node().equals(node.toString()) && one.quantity().equals("V"))
                        .filter(one -> one.device().equals("bus"))
                        .findFirst()
                        .orElseThrow()
                        .values()[0])
                .as("node " + node)
                // the solver's 1e-8, of powers of up to 2 p.u.
                .isCloseTo(voltage, within(1e-7)));
    // 1.2 + 0.02 + 0.4 + 0.3 + 0.2 MW of loads, 0.25 from the generator; a day, prices per kWh
    double cost = 24 * (0.04 * (2120 - 250) + 0.03 * 250 - 0.09 * 200);
    assertThat(optimum.totalCost()).isCloseTo(cost, within(1e-4));
  }

  @Test
  void everyPartIsADeviceOrALineAndTold() throws IOException, URISyntaxException {
    ImportReport report = imported(parts());
    GridCase feeder = report.gridCase();
    assertThat(feeder.nodes()).extracting(GridCase.Node::id).containsExactly(10, 11, 12, 14, 15);
    assertThat(feeder.lines().get(0)).isEqualTo(new Line(10, 11, 0.16, 3.2, 1.025, 9000));
    // the tap is at bus 12, below bus 11: seen from above its inverse, the impedance at bus 12
    Line turned = feeder.lines().get(1);
    assertThat(turned.from()).isEqualTo(11);
    assertThat(turned.ratio()).isCloseTo(1 / 0.98, within(1e-13));
    assertThat(turned.resistanceOhm()).isCloseTo(0.8 * 0.98 * 0.98, within(1e-13));
    Line joint = feeder.lines().get(2);
    assertThat(joint.resistanceOhm()).isCloseTo(1.088, within(1e-9));
    assertThat(joint.reactanceOhm()).isCloseTo(1.216, within(1e-9));
    assertThat(joint.ratingKva()).isCloseTo(1386.750491, within(1e-6));
    assertThat(feeder.node(11).devices()).contains(new Shunt(20, 300));
    assertThat(feeder.node(12).devices()).contains(new Shunt(0, 10));
    assertThat(feeder.node(14).devices())
        .contains(new Shunt(0, -40), new Generator(250, 250, 0, 0, 0.03));
    assertThat(feeder.node(15).devices()).containsExactly(new DispatchableLoad(200, 0.5, 0.09));
    GridInterface grid = (GridInterface) feeder.node(10).devices().get(0);
    assertThat(grid.powerFactorMin()).isNaN();
    assertThat(grid.reactiveMinKvar()).isEqualTo(-6000);
    assertThat(grid.reactiveMaxKvar()).isEqualTo(8000);
    assertThat(grid.sellMaxKw()).isEqualTo(4000);
    assertThat(notices(report))
        .contains(
            "bus 13: isolated (type 4); left out with all that is on it",
            "branch 14 -> 13: ends at an isolated bus; left out",
            "generator at bus 12: out of service; left out",
            "branch 10 -> 11, branch 12 -> 11: a transformer with a fixed tap",
            "branch 10 -> 11: a phase shift, which changes neither flows nor voltages of a radial"
                + " feeder; left out",
            "branch 12 -> 14: parallel branches, joined into one with their joint impedance",
            "mpc.bus: Gs, Bs: shunts, taken as fixed supply at nominal voltage: 2 with 250 kvar in"
                + " all, the largest 300 kvar at bus 11",
            "mpc.branch: b: charging of lines, half at each end, taken as fixed supply at nominal"
                + " voltage: 1 with 20 kvar in all, the largest 20 kvar at branch 12 -> 14",
            "bus 14: a PV bus: its generator gives reactive power from Qmin to Qmax, its voltage is"
                + " not held at Vg");
  }

  @Test
  void aConversionCountsWhereItStands() throws IOException {
    String convert =
        "mpc.branch(:, [3 4]) = mpc.branch(:, [3 4]) / ((mpc.bus(1, 10) * 1e3)^2 /"
            + " (mpc.baseMVA * 1e6));\n";
    String loads = "mpc.bus(:, [3 4]) = mpc.bus(:, [3 4]) / 1e3;\n";
    String file = HEAD + BUS + GEN + BRANCH + COST;
    // 0.03 ohm per unit on 10 MVA, read on 100 MVA: a tenth
    GridCase later = imported(file + convert + "mpc.baseMVA = 100;\n").gridCase();
    assertThat(later.lines().get(0).resistanceOhm()).isCloseTo(0.003, within(1e-15));
    assertThat(loadKw(imported(file + loads).gridCase())).isEqualTo(1);
    assertThat(loadKw(imported(file + loads + loads).gridCase())).isEqualTo(0.001);
    assertThat(loadKw(imported(file + loads + BUS).gridCase())).isEqualTo(1000);
  }

  private static double loadKw(GridCase feeder) {
    return ((PowerLoad) feeder.node(2).devices().get(0)).powerKw().value(0);
  }

  @Test
  void namesInDoubleQuotesAreReadAndTooFewAreTold() throws IOException {
    String file = HEAD + BUS + GEN + BRANCH + COST;
    ImportReport all = imported(file + "mpc.bus_name = {\"Substation\"; \"B2\"; 'B3'};\n");
    assertThat(all.gridCase().nodes())
        .extracting(GridCase.Node::name)
        .containsExactly("Substation", "B2", "B3");
    ImportReport few = imported(file + "mpc.bus_name = {'A'; 'B'};\n");
    assertThat(few.gridCase().nodes())
        .extracting(GridCase.Node::name)
        .containsExactly("A", "B", "bus 3");
    assertThat(notices(few))
        .contains("mpc.bus_name: 2 names for 3 buses; the last buses are called by their numbers");
  }

  /** MATPOWER calls the k-th bus mpc.bus_name{k}; a table of several columns has no such order. */
  @Test
  void namesInOneRowAreReadAndNothingElseIs() throws IOException {
    String file = HEAD + BUS + GEN + BRANCH + COST;
    assertThat(imported(file + "mpc.bus_name = {'A', 'B' 'C'};\n").gridCase().nodes())
        .extracting(GridCase.Node::name)
        .containsExactly("A", "B", "C");
    refused(file + "mpc.bus_name = {'A', 'C'; 'B', 'D'};\n", "row 7");
    refused(file + "mpc.bus_name = {\n'A'\n7\n'C'};\n", "row 9");
    refused(file + "mpc.bus_name = {\n'A'\n{'B'}\n'C'};\n", "row 9");
    refused(file + "mpc.bus_name = 'A';\n", "is no list of names");
    refused(file + "mpc.bus_name = 7;\n", "is no list of names");
    refused(file + "mpc.bus_name.a = {'A'};\n", "has fields");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mpc.gen.x = 5;", "mpc.bus.Pd = 1;", "mpc.version.a = 2;", "mpc.baseMVA.a = 2;"})
  void aFieldOfAMatrixIsRefusedWithItsRow(String statement) {
    refused(HEAD + BUS + GEN + BRANCH + COST + statement, "row 7");
  }

  @Test
  void aFieldInPlaceOfAMatrixIsRefused() {
    refused(HEAD + BUS + GEN + BRANCH + "mpc.gencost.x = 5;\n", "mpc.gencost");
  }

  /** Files are put together of blocks, rows for the feeder and rows for what hangs on it. */
  @Test
  void matricesOfTheFileArePutTogether() throws IOException {
    String blocks =
        "head = [1 3 0 0; 2 1 1 0.5];\n"
            + "rest = [0 0 1 1 0 12.66 1 1.1 0.9];\n"
            + "mpc.bus = [head [rest; rest]];\n"
            + "mpc.bus = [mpc.bus; 3 1 0.5 0.2 rest];\n";
    assertThat(imported(HEAD + blocks + GEN + BRANCH + COST).gridCase())
        .isEqualTo(imported(HEAD + BUS + GEN + BRANCH + COST).gridCase());
  }

  @Test
  void largePowersAndALeastPurchaseAreTold() throws IOException {
    ImportReport report =
        imported(HEAD + BUS + BRANCH + COST + "mpc.gen = [1 0 0 0 0 1 100 1 1e9 10];\n");
    assertThat(((GridInterface) report.gridCase().node(1).devices().get(0)).buyMaxKw())
        .isEqualTo(1e6);
    assertThat(notices(report))
        .contains(
            "generator at bus 1: Pmax beyond 1 GW is taken as 1 GW, more than any feeder carries",
            "GI at bus 1: Pmin = 10000 kW is not held: the root may buy less",
            "GI at bus 1: Qmin = Qmax = 0 is taken as no limit, as no feeder could do without");
  }

  @Test
  void withoutARangePowersAreThoseOfAPowerFlow() throws IOException {
    ImportReport report =
        imported(
            HEAD
                + BUS
                + BRANCH
                + "mpc.gen = [1 0 0 0 0 1 100 1 0 0; 3 0.4 0 0.1 0 1 100 1 0 0];\n");
    GridInterface grid = (GridInterface) report.gridCase().node(1).devices().get(0);
    assertThat(grid.buyMaxKw()).isEqualTo(1e6);
    assertThat(grid.sellMaxKw()).isEqualTo(1e6);
    assertThat(report.gridCase().node(3).devices()).contains(new Generator(400, 400, 0, 100, 0));
    assertThat(notices(report))
        .contains(
            "GI at bus 1: Pmin = Pmax = 0 is taken as no limit, as no feeder could do without a"
                + " supply",
            "generator at bus 3: Pmin = Pmax = 0 leaves no range; it gives Pg at all times");
  }

  @Test
  void aGeneratorWithoutLimitsGivesWhatThePowerFlowHas() throws IOException {
    ImportReport report =
        imported(
            HEAD
                + BUS
                + BRANCH
                + "mpc.gen = [1 0 0 0 0 1 100 1 1e9 -1e9; 3 0.3 0 0.2 -0.1 1 0 1 1e9 -1e9];\n");
    assertThat(report.gridCase().node(3).devices()).contains(new Generator(300, 300, -100, 200, 0));
    assertThat(notices(report))
        .contains(
            "generator at bus 3: Pmin and Pmax beyond 1 GW are no limits; it gives Pg at all"
                + " times");
  }

  @Test
  void aBranchThatEndsWhereItStartsKeepsItsChargingAlone() throws IOException {
    ImportReport report =
        imported(
            HEAD
                + BUS
                + GEN
                + COST
                + "mpc.branch = [1 2 0.03 0.02 0 0 0 0 0 0 1; 2 3 0.03 0.02 0 0 0 0 0 0 1;"
                + " 3 3 0.03 0.02 0.01 0 0 0 0 0 1];\n");
    assertThat(report.gridCase().lines()).hasSize(2);
    // 0.01 per unit of 10 MVA, both halves at one bus
    assertThat(report.gridCase().node(3).devices()).contains(new Shunt(0, 100));
    assertThat(notices(report))
        .contains("branch 3 -> 3: ends where it starts, and carries nothing; left out");
  }

  @Test
  void costsThatThePricesDoNotHoldAreTold() throws IOException {
    String file = HEAD + BUS + GEN + BRANCH;
    ImportReport constant = imported(file + "mpc.gencost = [2 0 0 2 20 7];\n");
    assertThat(notices(constant))
        .contains(
            "generator at bus 1: the part of its cost that does not depend on its power is left"
                + " out; it moves nothing");
    imported(file + "mpc.gencost = [2 0 0 2 20 0; 2 0 0 2 0 0];\n");
    refused(
        file + "mpc.gencost = [2 0 0 2 20 0; 2 0 0 2 3 0];\n",
        "mpc.gencost of reactive power: such a part is not supported");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 0 0 2147483647 0 0",
        "1 0 0 1.5 0 0",
        "2 0 0 4294967298 1 0",
        "2 0 0 1.5 1 0",
        "2 0 0 -2 1 0",
        "2 0 0 1e300 1 0",
        "1.5 0 0 2 1 0",
        "2 0 0 3 1 0"
      })
  void costsWithACountThatDoesNotFitAreRefused(String row) {
    refused(
        HEAD + BUS + GEN + BRANCH + "mpc.gencost = [" + row + "];\n",
        "is neither a polynomial nor a chain of points");
  }

  @Test
  void wordsOfAFileAreNoPartsOfTheModel() throws IOException {
    ImportReport report =
        imported(HEAD + BUS + GEN + BRANCH + COST + "mpc.title = 'x';\nmpc.tags = {'a'; 'b'};\n");
    assertThat(notices(report)).contains("mpc.tags, mpc.title: words, not used");
    refused(
        HEAD + BUS + GEN + BRANCH + COST + "mpc.tags = {1; 2};\n",
        "mpc.tags: such a part is not supported");
  }

  @Test
  void withoutARangeVoltagesHaveNoLimitsAndThatIsTold() throws IOException {
    ImportReport open = imported(HEAD + BUS.replace("1.1 0.9", "2 0") + GEN + BRANCH + COST);
    assertThat(open.gridCase().limits().voltageMinPu()).isZero();
    assertThat(notices(open)).contains("mpc.bus: Vmin = 0 is taken as no lower limit, at 2 buses");
    ImportReport fixed = imported(HEAD + BUS.replace("1.1 0.9", "1 1") + GEN + BRANCH + COST);
    assertThat(fixed.gridCase().limits().voltageMinPu()).isZero();
    assertThat(notices(fixed))
        .contains(
            "bus 2, bus 3: Vmin = Vmax leaves no range and is not held; only the source has a fixed"
                + " voltage",
            "mpc.bus: no bus has a voltage range, so that voltages have no limits");
  }

  @ParameterizedTest
  @CsvSource({
    "0.9, 1.05, ''",
    "0.9, '', 'mpc.bus: no bus has a voltage range, so that voltages have no upper limit'",
    "'', 1.05, 'mpc.bus: no bus has a voltage range, so that voltages have no lower limit'"
  })
  void whatTablesStateIsNotToldAsMissing(String min, String max, String told) throws IOException {
    Path tables = Files.createDirectory(parent.resolve("tables"));
    Files.writeString(tables.resolve("devices.csv"), "node,BT\n2,1\n");
    Files.writeString(
        tables.resolve("parameters.csv"),
        "node,device,parameter,value\n,limits,voltageMinPu,%s\n,limits,voltageMaxPu,%s\n"
            .formatted(min, max));
    ImportReport report =
        imported(HEAD + BUS.replace("1.1 0.9", "1 1") + GEN + BRANCH + COST, Optional.of(tables));
    assertThat(report.gridCase().limits().voltageMinPu()).isEqualTo(min.isEmpty() ? 0 : 0.9);
    assertThat(report.gridCase().limits().voltageMaxPu()).isEqualTo(max.isEmpty() ? 2 : 1.05);
    assertThat(notices(report).stream().filter(one -> one.contains("no bus has")).toList())
        .isEqualTo(told.isEmpty() ? List.of() : List.of(told));
  }

  @Test
  void limitsThatDifferAreToldWithTheBusWhoseOnesHold() throws IOException {
    String differ =
        BUS.replace("2 1 1 0.5 0 0 1 1 0 12.66 1 1.1 0.9", "2 1 1 0.5 0 0 1 1 0 12.66 1 1.06 0.94");
    ImportReport report = imported(HEAD + differ + GEN + BRANCH + COST);
    assertThat(report.gridCase().limits().voltageMinPu()).isEqualTo(0.94);
    assertThat(report.gridCase().limits().voltageMaxPu()).isEqualTo(1.06);
    assertThat(notices(report))
        .contains(
            "mpc.bus: Vmin differs; that of bus 2, 0.94, holds for every bus, though bus 3 has 0.9",
            "mpc.bus: Vmax differs; that of bus 2, 1.06, holds for every bus, though bus 3 has 1.1");
  }

  @Test
  void sourcesAtOneVoltageAreJoinedAndOthersRefused() throws IOException {
    String two = HEAD + BUS.replace("3 1 0.5", "3 3 0.5") + BRANCH.replace("; 2 3", "; 3 3") + COST;
    String apart = two.replace("; 3 3 0.03 0.02 0 0 0 0 0 0 1", "");
    String gens = "mpc.gen = [1 0 0 10 -10 1 100 1 10 0; 3 0 0 5 -5 %s 100 1 4 0];\n";
    String costs = "mpc.gencost = [2 0 0 2 20 0; 2 0 0 2 %s 0];\n";
    ImportReport report = imported(apart + String.format(gens, "1") + String.format(costs, "20"));
    assertThat(report.gridCase().lines()).contains(new Line(1, 3, 0, 0));
    GridInterface grid = (GridInterface) report.gridCase().node(1).devices().get(0);
    assertThat(grid.buyMaxKw()).isEqualTo(14000);
    assertThat(grid.reactiveMaxKvar()).isEqualTo(15000);
    refused(
        apart + String.format(gens, "1.05") + String.format(costs, "20"),
        "second reference bus at another voltage (13.293 kV; bus 1 has 12.66 kV)");
    refused(
        apart + String.format(gens, "1") + String.format(costs, "30"),
        "two prices at the reference, 20 being the other");
    refused(
        HEAD + BUS.replace("3 1 0.5", "3 3 0.5") + BRANCH + GEN + COST,
        "second reference bus in a part that another feeds");
  }

  @Test
  void parallelBranchesWithDifferentTapsAreRefused() {
    refused(
        HEAD
            + BUS
            + GEN
            + COST
            + "mpc.branch = [1 2 0.03 0.02 0 0 0 0 1.05 0 1; 1 2 0.03 0.02 0 0 0 0 0 0 1;"
            + " 2 3 0.03 0.02 0 0 0 0 0 0 1];\n",
        "is parallel to a branch with another tap");
  }

  @Test
  void parametersOfTheGridInterfaceCountWithoutARowOfDevices() throws IOException {
    Path tables = Files.createDirectory(parent.resolve("tables"));
    Files.writeString(tables.resolve("devices.csv"), "node,GI\n");
    Files.writeString(
        tables.resolve("parameters.csv"),
        "node,device,parameter,value\n,GI,buyMaxKw,50000\n,limits,profileRows,24\n"
            + ",limits,basePowerKw,2000\n");
    ImportReport report = imported(HEAD + BUS + GEN + BRANCH + COST, Optional.of(tables));
    GridInterface grid = (GridInterface) report.gridCase().node(1).devices().get(0);
    assertThat(grid.buyMaxKw()).isEqualTo(50000);
    assertThat(grid.buyPricePerKwh().rawValues()).hasSize(24);
    assertThat(notices(report)).contains("GI at node 1: buyMaxKw as parameters.csv has it");
    // the base moves, the voltage does not
    assertThat(report.gridCase().limits().baseImpedanceOhm())
        .isCloseTo(12.66 * 12.66 / 2, within(1e-12));
  }

  @Test
  void aGridInterfaceOfTheTablesKeepsTheReactiveLimitsOfTheSource() throws IOException {
    Path tables = Files.createDirectory(parent.resolve("tables"));
    Files.writeString(tables.resolve("devices.csv"), "node,GI\n1,1\n");
    Files.writeString(tables.resolve("prices.csv"), "price\n0.2\n0.3\n");
    String file = HEAD + BUS + GEN.replace("10 -10 1 100", "9 -8 1 100") + BRANCH + COST;
    ImportReport report = imported(file, Optional.of(tables));
    GridInterface grid = (GridInterface) report.gridCase().node(1).devices().get(0);
    assertThat(grid.buyPricePerKwh().rawValues()).containsExactly(0.2, 0.3);
    assertThat(grid.reactiveMinKvar()).isEqualTo(-8000);
    assertThat(grid.reactiveMaxKvar()).isEqualTo(9000);
    assertThat(notices(report))
        .contains("GI at bus 1: reactive power from Qmin = -8000 to Qmax = 9000 kvar");
    Files.writeString(
        tables.resolve("parameters.csv"), "node,device,parameter,value\n,GI,reactiveMaxKvar,700\n");
    GridInterface own =
        (GridInterface) imported(file, Optional.of(tables)).gridCase().node(1).devices().get(0);
    assertThat(own.reactiveMinKvar()).isEqualTo(-8000);
    assertThat(own.reactiveMaxKvar()).isEqualTo(700);
  }

  @Test
  void theRowsAreThoseOfTheLoadShapeWhereThereIsNothingElse() throws IOException {
    Path tables = Files.createDirectory(parent.resolve("tables"));
    Files.writeString(tables.resolve("devices.csv"), "node,BT\n2,1\n");
    ImportReport without = imported(HEAD + BUS + GEN + BRANCH + COST, Optional.of(tables));
    assertThat(without.gridCase().limits().profileRows()).isEqualTo(96);
    Files.writeString(tables.resolve("load_shape.csv"), "shape\n0.5\n1\n0.75\n");
    ImportReport with = imported(HEAD + BUS + GEN + BRANCH + COST, Optional.of(tables));
    assertThat(with.gridCase().limits().profileRows()).isEqualTo(3);
    assertThat(((PowerLoad) with.gridCase().node(2).devices().get(0)).powerKw().value(2))
        .isEqualTo(750);
  }

  /** Each figure of a file in turn: a case, or problems that name the file or its case. */
  @ParameterizedTest
  @ValueSource(strings = {"1e306", "-1e306", "1e-306", "1e10", "Inf", "-Inf"})
  void figuresOfAnySizeAreReadOrRefused(String odd) throws IOException {
    String gens = GEN.replace("10 0]", "10 0; 3 0 0 1 0 1 100 1 1 0; 2 0 0 0 -0.2 1 100 1 0 -0.4]");
    String costs = COST.replace("20 0]", "20 0; 2 0 0 2 30 0; 1 0 0 2 0 0 1 20]");
    String text = HEAD + BUS + gens + BRANCH + costs.replace("2 20 0;", "2 20 0 0 0;");
    text = text.replace("2 30 0;", "2 30 0 0 0;");
    imported(text);
    List<MatchResult> figures =
        Pattern.compile("(?<=[ \\[])[\\d.-]+(?=[ ;\\]])").matcher(text).results().toList();
    assertThat(figures).hasSizeGreaterThan(100);
    int refused = 0;
    for (MatchResult figure : figures) {
      String changed = text.substring(0, figure.start()) + odd + text.substring(figure.end());
      try {
        imported(changed);
      } catch (CaseException e) {
        refused++;
        assertThat(e).hasMessageMatching("(?s).*feeder\\.m: \\d+ problem.*");
        assertThat(e.problems())
            .allSatisfy(problem -> assertThat(problem.toString()).hasSizeLessThan(600));
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void partsThatAreEmptyAreNone() throws IOException {
    imported(HEAD + BUS + GEN + BRANCH + COST + "mpc.dcline = [];\nmpc.reserves = {};\n");
  }

  @Test
  void aRowThatCannotBeReadIsToldOnce() {
    assertThatThrownBy(
            () -> imported(HEAD + BUS.replace("2 1 1 0.5", "2 1 0x1F 0.5") + GEN + BRANCH + COST))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining("feeder.m: 1 problem")
        .hasMessageContaining("row 3: 0x1F: is not a number");
  }

  /** Impedances per unit grow with their base; loads are in MW whatever it is. */
  @Test
  void theBasePowerIsAChoiceOfUnits() throws IOException {
    GridCase ten = imported(HEAD + BUS + GEN + BRANCH + COST).gridCase();
    String hundred = HEAD.replace("baseMVA = 10", "baseMVA = 100");
    GridCase other =
        imported(hundred + BUS + GEN + BRANCH.replace("0.03 0.02", "0.3 0.2") + COST).gridCase();
    assertThat(other.limits()).isEqualTo(ten.limits());
    assertThat(other.lines()).isEqualTo(ten.lines());
    assertThat(other.nodes()).hasSameSizeAs(ten.nodes());
    Horizon hours = Horizon.of(ten.limits(), 24, Sampling.FIRST);
    for (int k = 0; k < ten.nodes().size(); k++) {
      assertThat(SupplyRange.of(other.nodes().get(k).devices(), hours))
          .usingRecursiveComparison()
          .isEqualTo(SupplyRange.of(ten.nodes().get(k).devices(), hours));
    }
  }

  @Test
  void versionOneIsRefused() {
    refused(
        (HEAD + BUS + GEN + BRANCH + COST).replace("'2'", "'1'"),
        "mpc.version = 1: is not format version 2");
  }

  @Test
  void voltagesThatNoDispatchHoldsAreNamedWithNodeStepAndAmount() throws IOException {
    ImportReport report = imported(HEAD + BUS + GEN + BRANCH.replace("0.03 0.02", "1 0.5") + COST);
    // 1.5 MW and 0.7 Mvar on 10 MVA over 1 + 0.5i, then 0.5 and 0.2: 1 - 0.185 - 0.06 = 0.755
    assertThat(report.warnings())
        .extracting(CaseProblem::toString)
        .singleElement()
        .asString()
        .startsWith(
            "case.json: node 3: V = 0.755: is the voltage it has at most at row 2 (step from 0 h),"
                + " by 0.145 p.u. below voltageMinPu = 0.9");
  }

  @Test
  void allThatNoDispatchMeetsIsNamedTogether() throws IOException {
    ImportReport report =
        imported(
            HEAD
                + BUS
                + GEN.replace("10 -10 1 100 1 10 0", "0.6 -10 1 100 1 1.4 0")
                + BRANCH.replace("0.03 0.02", "1 0.5")
                + COST);
    // 1.5 MW and 0.7 Mvar of loads; the voltage as below
    assertThat(report.warnings())
        .extracting(CaseProblem::toString)
        .satisfiesExactly(
            power -> assertThat(power).contains("node 1: P_load = 1500", "buyMaxKw = 1400 kW"),
            reactive ->
                assertThat(reactive)
                    .contains("node 1: Q_load = 700", "the grid above may give, 600 kvar"),
            voltage -> assertThat(voltage).contains("node 3: V = 0.755"));
  }

  @Test
  void reactivePowerThatTheGridAboveDoesNotTakeIsNamed() throws IOException {
    String shunt = BUS.replace("3 1 0.5 0.2 0 0", "3 1 0.5 0.2 0 1.5");
    ImportReport report = imported(HEAD + shunt + GEN.replace("10 -10", "10 -0.6") + BRANCH + COST);
    // 1.5 Mvar of a shunt, of which the loads take 0.7
    assertThat(report.warnings())
        .extracting(CaseProblem::toString)
        .singleElement()
        .asString()
        .contains("node 1: Q_load = 800", "the grid above may take, 600 kvar");
  }

  @Test
  void loadsBeyondTheSourceAreNamedAndImported() throws IOException {
    ImportReport report =
        imported(HEAD + BUS + GEN.replace("100 1 10 0", "100 1 1.4 0") + BRANCH + COST);
    assertThat(report.warnings())
        .extracting(CaseProblem::toString)
        .singleElement()
        .asString()
        .contains("node 1: P_load = 1500", "more than the root may buy, buyMaxKw = 1400 kW");
  }
}
