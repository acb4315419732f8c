package io.dualgrid.caseio.matpower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.caseio.ImportNotice;
import io.dualgrid.caseio.ImportReport;
import io.dualgrid.caseio.format.CaseReader;
import io.dualgrid.caseio.matpower.MatpowerImporter.Options;
import io.dualgrid.device.DeviceCodec;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Sampling;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.device.load.PowerLoad;
import io.dualgrid.device.load.ReactiveLoad;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.SubtreeSums;
import io.dualgrid.problem.CaseException;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MatpowerImporterTest {
  @TempDir Path parent;

  private static Path fixture(String name) {
    return Path.of("examples/ieee33", name);
  }

  @Test
  void the33BusFeederIsImportedAsItIsKnown() throws IOException {
    ImportReport report =
        MatpowerImporter.importCase(
            fixture("ieee33.m"), parent.resolve("out"), "ieee33", Options.STRICT);
    GridCase feeder = report.gridCase();
    assertThat(feeder.nodes()).hasSize(33);
    assertThat(feeder.lines()).hasSize(32);
    assertThat(feeder.tree().root()).isEqualTo(1);
    assertThat(feeder.tree().maxDepth()).isEqualTo(17);
    // the known totals of this feeder: 3715 kW and 2300 kvar
    double powerKw = 0;
    double powerKvar = 0;
    for (GridCase.Node node : feeder.nodes()) {
      for (DeviceSpec device : node.devices()) {
        powerKw += device instanceof PowerLoad load ? load.powerKw().value(0) : 0;
        powerKvar += device instanceof ReactiveLoad load ? load.powerKvar().value(95) : 0;
      }
    }
    assertThat(powerKw).isEqualTo(3715);
    assertThat(powerKvar).isEqualTo(2300);
    assertThat(feeder.lines().get(0)).isEqualTo(new Line(1, 2, 0.0922, 0.047));
    assertThat(feeder.limits().baseImpedanceOhm()).isCloseTo(12.66 * 12.66, within(1e-12));
    assertThat(feeder.limits().voltageMinPu()).isEqualTo(0.9);
    assertThat(feeder.limits().voltageMaxPu()).isEqualTo(1.1);
    GridInterface connection = (GridInterface) feeder.node(1).devices().get(0);
    assertThat(connection.buyMaxKw()).isEqualTo(10000);
    assertThat(connection.sellMaxKw()).isZero();
    assertThat(connection.buyPricePerKwh().value(0)).isEqualTo(0.02);
    assertThat(connection.sellPricePerKwh().value(0)).isEqualTo(0.01);
    assertThat(report.notices())
        .extracting(ImportNotice::toString)
        .contains(
            "branch 21 -> 8, branch 9 -> 15, branch 12 -> 22 and 2 more: out of service (status 0);"
                + " left out",
            "mpc.bus: loads stand still over the horizon at Pd and Qd");
  }

  @Test
  void itsVoltagesWithoutDevicesAreThoseOfTheLinearPowerFlow() throws IOException {
    GridCase feeder =
        MatpowerImporter.importCase(
                fixture("ieee33.m"), parent.resolve("out"), "ieee33", Options.STRICT)
            .gridCase();
    // V = Vparent - (P R + Q X) / base over the sums below a line; the exact power flow of this
    // feeder has its lowest voltage, 0.9131, at bus 18, and the linear one leaves out the losses,
    // 202 kW of 3715, which lie mostly upstream: it must be above, by at most a tenth of the drop
    double lowest = lowestVoltage(feeder);
    assertThat(lowest).isBetween(0.9131, 0.9131 + 0.1 * (1 - 0.9131));
  }

  private static double lowestVoltage(GridCase feeder) {
    var power = SubtreeSums.of(feeder.tree(), id -> load(feeder, id, "P_load"));
    var reactive = SubtreeSums.of(feeder.tree(), id -> load(feeder, id, "Q_load"));
    java.util.Map<Integer, Double> voltage = new java.util.HashMap<>();
    for (int node : feeder.tree().topDown()) {
      Line line = feeder.tree().parentLine(node);
      double drop =
          line == null
              ? 0
              : (power.get(node) * line.resistanceOhm() + reactive.get(node) * line.reactanceOhm())
                  / feeder.limits().basePowerKw()
                  / feeder.limits().baseImpedanceOhm();
      voltage.put(
          node, line == null ? feeder.limits().rootVoltagePu() : voltage.get(line.from()) - drop);
    }
    return voltage.values().stream().mapToDouble(v -> v).min().orElseThrow();
  }

  private static double load(GridCase feeder, int id, String kind) {
    return feeder.node(id).devices().stream()
        .filter(device -> device.kind().equals(kind))
        .flatMap(device -> DeviceCodec.profiles(device).values().stream())
        .mapToDouble(profile -> profile.value(0))
        .sum();
  }

  @Test
  void theFolderOfTheSourceOrOfTheTablesIsNeverReplaced() throws IOException {
    Path folder = Files.createDirectory(parent.resolve("mine"));
    Path file = Files.copy(fixture("ieee33.m"), folder.resolve("ieee33.m"));
    Options replacing = new Options("", Optional.empty(), true, false);
    assertThatThrownBy(() -> MatpowerImporter.importCase(file, folder, "x", replacing))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining("holds the source");
    assertThat(file).exists();

    Path tables = Files.createDirectory(parent.resolve("tables"));
    Options withTables = new Options("", Optional.of(tables), true, false);
    assertThatThrownBy(() -> MatpowerImporter.importCase(file, tables, "x", withTables))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining("is the source itself");
    assertThat(tables).exists();
  }

  @Test
  void perUnitAndMegawattsGiveTheSameFeeder() throws IOException {
    GridCase inOhm =
        MatpowerImporter.importCase(
                fixture("ieee33.m"), parent.resolve("ohm"), "ieee33", Options.STRICT)
            .gridCase();
    // the same data as MATPOWER saves them: per unit on 100 MVA, MW and Mvar, no code
    StringBuilder saved = new StringBuilder();
    String section = "";
    for (String line : Files.readAllLines(fixture("ieee33.m"))) {
      if (line.startsWith("[PQ")) {
        break;
      }
      if (line.startsWith("mpc.")) {
        section = line.replaceAll("=.*", "").strip();
      }
      String[] cells = line.split("\t");
      if (cells.length > 3 && section.equals("mpc.bus")) {
        cells[3] = Double.toString(Double.parseDouble(cells[3]) / 1000);
        cells[4] = Double.toString(Double.parseDouble(cells[4]) / 1000);
      } else if (cells.length > 3 && section.equals("mpc.branch")) {
        double ohm = 12.66 * 12.66 / 100;
        cells[3] = Double.toString(Double.parseDouble(cells[3]) / ohm);
        cells[4] = Double.toString(Double.parseDouble(cells[4]) / ohm);
      }
      saved.append(String.join("\t", cells)).append("\r\n");
    }
    Path file = Files.writeString(parent.resolve("saved.m"), saved);
    GridCase perUnit =
        MatpowerImporter.importCase(file, parent.resolve("pu"), "ieee33", Options.STRICT)
            .gridCase();
    for (int k = 0; k < inOhm.lines().size(); k++) {
      // one division and one multiplication: two roundings
      assertThat(perUnit.lines().get(k).resistanceOhm())
          .isCloseTo(inOhm.lines().get(k).resistanceOhm(), within(1e-15));
      assertThat(perUnit.lines().get(k).reactanceOhm())
          .isCloseTo(inOhm.lines().get(k).reactanceOhm(), within(1e-15));
    }
    assertThat(load(perUnit, 30, "Q_load")).isCloseTo(600, within(1e-12));
  }

  @Test
  void devicesComeFromTables() throws IOException {
    Options options = new Options("", Optional.of(fixture("devices")), false, false);
    ImportReport report =
        MatpowerImporter.importCase(
            fixture("ieee33.m"), parent.resolve("out"), "district33", options);
    GridCase feeder = report.gridCase();
    assertThat(feeder.limits().profileRows()).isEqualTo(24);
    assertThat(feeder.limits().networkChargePerKwh()).isEqualTo(0.1);
    assertThat(feeder.limits().voltageMinPu()).isEqualTo(0.9);
    assertThat(feeder.node(25).devices())
        .extracting(DeviceSpec::kind)
        .containsExactly("P_load", "Q_load", "H_load", "CHP", "HS", "EH");
    assertThat(feeder.node(1).devices()).hasSize(1);
    GridInterface connection = (GridInterface) feeder.node(1).devices().get(0);
    assertThat(connection.buyPricePerKwh().value(0)).isEqualTo(0.5);
    assertThat(((PowerLoad) feeder.node(2).devices().get(0)).powerKw().sample(24, Sampling.FIRST))
        .startsWith(100 * 0.55);
    assertThat(report.notices())
        .extracting(ImportNotice::toString)
        .contains("mpc.bus: loads are Pd and Qd times the column shape of load_shape.csv");
    assertThat(CaseReader.read(parent.resolve("out"))).isEqualTo(feeder);
  }

  /** What is broken, how, and the line that must say so. */
  record Broken(String name, String old, String text, String expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Broken> broken() {
    String leaveOut = "; remove it, or leave such parts out on import (--leave-out)";
    return Stream.of(
        new Broken(
            "loop",
            "\t9\t15\t2\t2\t0\t0\t0\t0\t0\t0\t0",
            "\t9\t15\t2\t2\t0\t0\t0\t0\t0\t0\t1",
            "ieee33.m: row 63 (branch 12 -> 13): closes a loop (cycle) over the nodes 12, 11, 10, 9,"
                + " 15, 14, 13; remove the line of the loop that is normally open; the feeder must"
                + " be radial"),
        new Broken(
            "island",
            "\t17\t18\t0.732\t0.574\t0\t0\t0\t0\t0\t0\t1",
            "\t17\t18\t0.732\t0.574\t0\t0\t0\t0\t0\t0\t0",
            "ieee33.m: node 18: no path from root 1; add the missing line, or remove the nodes"),
        new Broken(
            "two references",
            "\t18\t1\t90\t40",
            "\t18\t3\t90\t40",
            "ieee33.m: row 27 (bus 18): type = 3: second reference bus in a part that another"
                + " feeds; keep one, or take a branch between them out of service; a feeder has one"
                + " supply"),
        new Broken(
            "quadratic cost",
            "\t2\t0\t0\t3\t0\t20\t0;",
            "\t2\t0\t0\t3\t0.1\t20\t0;",
            "ieee33.m: row 93: mpc.gencost = 0.1: cost beyond linear is not supported" + leaveOut),
        new Broken(
            "another part",
            "mpc.baseMVA = 100;",
            "mpc.baseMVA = 100;\nmpc.dcline = [1 2 1 0 0];",
            "ieee33.m: mpc.dcline: such a part is not supported" + leaveOut),
        new Broken(
            "code",
            "Sbase = mpc.baseMVA * 1e6;",
            "mpc.bus(:, 3) = scale_load(mpc.bus(:, 3));",
            "ieee33.m: row 100: scale_load(…): is neither a matrix nor a function that is known;"
                + " write the data as MATPOWER saves it: savecase('new.m', loadcase('old.m'))"),
        new Broken(
            "old version",
            "function mpc = ieee33",
            "function [baseMVA, bus, gen, branch] = ieee33",
            "ieee33.m: row 1: function [baseMVA, bus, gen, branch]: is a case of format version 1;"
                + " convert it in MATPOWER: savecase('new.m',"
                + " loadcase('old.m'))"),
        new Broken(
            "no number",
            "\t18\t1\t90\t40",
            "\t18\t1\tmuch\t40",
            "ieee33.m: row 27: much: is neither a number nor defined above; write a number such as"
                + " 12.5, without units or thousands separators"),
        new Broken(
            "short row",
            "\t12.66\t1\t1\t1;",
            "\t12.66\t1;",
            "ieee33.m: row 10: 1 3 0 0 0 0 1 1 0 12.66 1;: 11 columns, but most rows have 13;"
                + " complete the row; see the case format of MATPOWER"),
        new Broken(
            "negative resistance",
            "\t17\t18\t0.732\t",
            "\t17\t18\t-0.732\t",
            "ieee33.m: row 68 (branch 17 -> 18): r = -0.456713311321: must not be negative; correct it;"
                + " series capacitors are not a part of the model"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void refusesByName(Broken broken) throws IOException {
    Path file = changed(broken);
    assertThatThrownBy(
            () ->
                MatpowerImporter.importCase(file, parent.resolve("out"), "broken", Options.STRICT))
        .isInstanceOfSatisfying(
            CaseException.class,
            e ->
                assertThat(e.problems().stream().map(CaseProblem::toString))
                    .contains(broken.expected()));
    assertThat(parent.resolve("out")).doesNotExist();
  }

  private Path changed(Broken broken) throws IOException {
    String text = Files.readString(fixture("ieee33.m"));
    assertThat(text).contains(broken.old());
    return Files.writeString(parent.resolve("ieee33.m"), text.replace(broken.old(), broken.text()));
  }

  @Test
  void whatIsNotSupportedIsLeftOutOnRequestAndNamed() throws IOException {
    List<String> names = List.of("quadratic cost", "another part");
    Options options = new Options("", Optional.empty(), true, true);
    for (Broken broken : broken().filter(b -> names.contains(b.name())).toList()) {
      ImportReport report =
          MatpowerImporter.importCase(changed(broken), parent.resolve("out"), "x", options);
      assertThat(report.notices())
          .extracting(ImportNotice::toString)
          .as(broken.name())
          .anyMatch(text -> text.endsWith("; left out") && !text.contains("status 0"));
    }
  }
}
