package io.dualgrid.caseio.format;

import static io.dualgrid.caseio.format.CaseFolder.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.dualgrid.caseio.check.CaseCheck;
import io.dualgrid.caseio.check.CaseValidator;
import io.dualgrid.device.DeviceCodec;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.OnOff;
import io.dualgrid.device.Profile;
import io.dualgrid.device.Sampling;
import io.dualgrid.device.generation.CombinedHeatPower;
import io.dualgrid.device.generation.Renewable;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.device.heat.ElectricHeater;
import io.dualgrid.device.heat.HeatPump;
import io.dualgrid.device.load.HeatLoad;
import io.dualgrid.device.load.PowerLoad;
import io.dualgrid.device.load.ReactiveLoad;
import io.dualgrid.device.storage.Battery;
import io.dualgrid.device.storage.HeatStore;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.problem.CaseException;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaseReaderTest {
  @TempDir Path parent;

  @Test
  void readsEveryFieldOfEveryDevice() {
    GridCase small = CaseReader.read(CaseFolder.sound(parent).folder);
    assertThat(small.name()).isEqualTo("small");
    assertThat(small.source()).isEqualTo("made up for tests");
    assertThat(small.limits())
        .isEqualTo(new NetworkLimits(24, 4, 1000, 100, 0.95, 1.05, 1, 100000, 0.244343));
    Profile price = new Profile("price.csv", "price", 1, new double[] {0.4, 0.7, 1.1, 0.4});
    assertThat(small.node(7).devices())
        .containsExactly(
            new GridInterface(
                5000, 5000, price, new Profile("price.csv", "price", 0.5, price.rawValues()), 0.8));
    assertThat(small.node(3).devices())
        .containsExactly(
            new PowerLoad(load("works", 1, 10, 20, 30, 20)),
            new HeatLoad(load("heat", 2, 40, 50, 60, 40)),
            new CombinedHeatPower(100, 1.5, 0.4, 0.8),
            new HeatStore(20, 60, 18, 0.001));
    assertThat(small.node(4).devices())
        .containsExactly(
            new ReactiveLoad(load("q", 1, 1, -1, 2, 1)),
            Renewable.photovoltaic(load("sun", 1, 0, 5, 6, 0), 0.9),
            new Battery(30, 90, 27, 0.001, 0.95, 0.95, 0.8),
            new HeatPump("EHP", 10, 3.5, 0.8),
            new ElectricHeater(10, 0.95));
    assertThat(small.node(5).devices()).isEmpty();
    assertThat(small.lines())
        .containsExactly(
            new Line(7, 3, 0.1, 0.2), new Line(7, 5, 0.1, 0.2), new Line(5, 4, 0.1, 0.2));
    assertThat(small.tree().root()).isEqualTo(7);
  }

  @Test
  void readsWhatIsGivenOfOnOffOperationAndWritesItBack() {
    CaseFolder folder =
        CaseFolder.sound(parent)
            .edit(
                json -> {
                  at(json, "/nodes/1/devices/2").put("powerMinKw", 20).put("onHoursMin", 3);
                  at(json, "/nodes/3/devices/3")
                      .put("powerMinKw", 2)
                      .put("offHoursMin", 2)
                      .put("startCost", 1.5);
                });
    GridCase switched = CaseReader.read(folder.folder);
    double none = Double.NaN;
    assertThat(switched.node(3).devices())
        .contains(new CombinedHeatPower(100, 1.5, 0.4, 0.8, new OnOff(20, 3, none, none)));
    DeviceSpec pump = new HeatPump("EHP", 10, 3.5, 0.8, new OnOff(2, none, 2, 1.5));
    assertThat(switched.node(4).devices()).contains(pump);
    assertThat(DeviceCodec.write(pump).toString())
        .isEqualTo(
            "{\"kind\":\"EHP\",\"powerMaxKw\":10,\"cop\":3.5,\"powerFactorMin\":0.8,"
                + "\"powerMinKw\":2,\"offHoursMin\":2,\"startCost\":1.5}");
  }

  @Test
  void leastTimesWithoutASmallestPowerAreNamed() {
    CaseFolder folder =
        CaseFolder.sound(parent)
            .edit(json -> at(json, "/nodes/1/devices/2").put("powerMinKw", 0).put("onHoursMin", 3));
    assertThat(CaseReader.check(folder.folder).warnings())
        .extracting(CaseProblem::toString)
        .containsExactly(
            "case.json: node 3, device 3 (CHP): onHoursMin = 3: has no effect without powerMinKw"
                + " above 0: on at no power is as good as off; write powerMinKw, the smallest power"
                + " while it is on, or leave this out");
  }

  private static Profile load(String column, double factor, double... values) {
    return new Profile("load.csv", column, factor, values);
  }

  @Test
  void tablesAsSpreadsheetsWriteThemAreUnderstood() {
    GridCase plain = CaseReader.read(CaseFolder.sound(parent.resolve("plain")).folder);
    CaseFolder folder = CaseFolder.sound(parent.resolve("spreadsheet"));
    // byte-order mark, CR LF, empty columns and lines, exponents, quotes, spaces, no last line end
    folder.write(
        "load.csv",
        "\uFEFFworks, heat ,q,sun,,\r\n1.00E+01,40,1,0,,\r\n\"20\",50.0,-1,5,,\r\n"
            + "30,60,2,+6,,\r\n2e1,40, 1 ,0.,,\r\n,,,,,\r\n");
    folder.write("price.csv", "price\r\n.4\r\n0.7\r\n1.1\r\n0.4");
    assertThat(CaseReader.read(folder.folder)).isEqualTo(plain);
  }

  @Test
  void severalDevicesOfOneKindAndDevicesBesideTheGridInterfaceAreAllowed() {
    CaseFolder folder =
        CaseFolder.sound(parent)
            .edit(
                json -> {
                  ArrayNode school = (ArrayNode) json.at("/nodes/3/devices");
                  school.add(json.at("/nodes/3/devices/2").deepCopy());
                  ((ArrayNode) json.at("/nodes/0/devices"))
                      .add(json.at("/nodes/3/devices/1").deepCopy());
                });
    GridCase gridCase = CaseReader.read(folder.folder);
    assertThat(gridCase.node(4).devices().stream().map(DeviceSpec::kind)).contains("BT", "BT");
    assertThat(gridCase.node(7).devices()).hasSize(2);
  }

  @Test
  void doubtfulThingsAreWarningsWithTheirPlace() {
    CaseFolder folder =
        CaseFolder.sound(parent)
            .edit(
                json -> {
                  at(json, "/lines/0").put("resistanceOhm", 0).put("reactanceOhm", 0);
                  at(json, "/nodes/0/devices/0/sellPricePerKwh").put("factor", 1);
                })
            .replace("load.csv", "20,50,-1,5", "-20,50,-1,5")
            .replace("price.csv", "0.7", "-0.05");
    CaseCheck check = CaseReader.check(folder.folder);
    assertThat(check.errors()).isEmpty();
    assertThat(check.warnings())
        .extracting(CaseProblem::toString)
        .containsExactly(
            "case.json: node 7, device 1 (GI): buyPricePerKwh = -0.05: is negative at row 3; right"
                + " where prices go below zero; otherwise correct it",
            "case.json: node 3, device 1 (P_load): powerKw = -20: the load is negative at row 3 of"
                + " load.csv; right for a net load; otherwise correct it",
            "case.json: line 1 (7 -> 3): resistanceOhm = 0: resistance and reactance are both zero,"
                + " so both ends have the same voltage; join the two nodes if that is meant");
  }

  @Test
  void aNegativePriceOfSellingAloneIsNamed() {
    CaseFolder folder =
        CaseFolder.sound(parent)
            .edit(json -> at(json, "/nodes/0/devices/0/sellPricePerKwh").put("factor", -0.5));
    assertThat(CaseReader.check(folder.folder).warnings())
        .extracting(CaseProblem::toString)
        .singleElement()
        .asString()
        .contains("(GI): sellPricePerKwh = -", "is negative at row 2");
  }

  @ParameterizedTest
  @CsvSource({
    "23, 23",
    "25, 25",
    "92, 23",
    "100, 25",
    "168, 168",
    "8760, 8760",
    "8784, 8784",
    "672, 168"
  })
  void rowsOfAnotherHorizonThanADayAreNamed(int rows, int hours) {
    assertThat(warningsOfRows(24, rows))
        .singleElement()
        .asString()
        .contains("profileRows = " + rows, "write horizonHours " + hours);
    assertThat(warningsOfRows(hours, rows)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 12, 24, 36, 48, 96, 144, 288, 1440, 2880})
  void usualRowsOfADayAreNotNamed(int rows) {
    assertThat(warningsOfRows(24, rows)).isEmpty();
  }

  private static List<CaseProblem> warningsOfRows(double hours, int rows) {
    List<CaseProblem> warnings = new ArrayList<>();
    new CaseValidator("case.json", problem -> {}, warnings::add)
        .checkLimits(new NetworkLimits(hours, rows, 1000.0, 100.0, 0.95, 1.05, 1.0, 1e5, 0.244343));
    return warnings;
  }

  @Test
  void aPricePerMegawattHourIsNamed() {
    CaseFolder folder =
        CaseFolder.sound(parent)
            .edit(json -> at(json, "/nodes/0/devices/0/buyPricePerKwh").put("factor", 1000));
    // the mean of 0.4, 0.7, 1.1 and 0.4 is 0.65
    assertThat(CaseReader.check(folder.folder).warnings())
        .extracting(CaseProblem::toString)
        .singleElement()
        .asString()
        .contains(
            "buyPricePerKwh = 650: is the mean price of a kWh, which looks like one of a MWh");
  }

  @Test
  void loadsThatLookLikeMegawattsAreNamedByTheirCurrent() {
    CaseFolder folder =
        CaseFolder.sound(parent)
            .edit(json -> at(json, "/nodes/1/devices/0/powerKw").put("factor", 0.001));
    // 30 kW written as 0.03, at 10 kV: 0.03 / (sqrt(3) * 10) = 0.00173
    assertThat(CaseReader.check(folder.folder).warnings())
        .extracting(CaseProblem::toString)
        .singleElement()
        .asString()
        .contains("the feeder: P_load = 0.03:", "a current of 0.0017 A at 10 kV", "look like MW");
  }

  @Test
  void aNetworkChargeAboveThePriceIsNamed() {
    CaseFolder folder =
        CaseFolder.sound(parent).edit(json -> at(json, "/limits").put("networkChargePerKwh", 0.66));
    assertThat(CaseReader.check(folder.folder).warnings())
        .extracting(CaseProblem::toString)
        .singleElement()
        .asString()
        .contains("limits: networkChargePerKwh = 0.66: is above the mean price of buying, 0.65");
    folder.edit(json -> at(json, "/limits").put("networkChargePerKwh", 0.64));
    assertThat(CaseReader.check(folder.folder).warnings()).isEmpty();
  }

  @Test
  void equalPricesOfBuyingAndSellingAreAllowed() {
    CaseFolder folder =
        CaseFolder.sound(parent)
            .edit(json -> at(json, "/nodes/0/devices/0/sellPricePerKwh").put("factor", 1));
    assertThat(CaseReader.check(folder.folder).errors()).isEmpty();
  }

  @Test
  void writingAndReadingBackKeepsEveryNumber() throws IOException {
    Profile awkward =
        new Profile(
            "p, q.csv",
            "the \"x\", really",
            1.0 / 3,
            new double[] {0.1 + 0.2, 1e-300, 1234567890.123456, -0.0});
    GridCase small = CaseReader.read(CaseFolder.sound(parent).folder);
    GridCase.Node node = new GridCase.Node(5, "with Q", List.of(new ReactiveLoad(awkward)));
    List<GridCase.Node> nodes =
        small.nodes().stream().map(old -> old.id() == 5 ? node : old).toList();
    GridCase changed =
        new GridCase(
            small.name(), small.source(), small.limits(), nodes, small.lines(), small.tree());
    CaseCheck written = CaseWriter.write(changed, parent.resolve("copy"), false);
    assertThat(written.orThrow()).isEqualTo(CaseReader.read(parent.resolve("copy")));
    GridCase back = written.orThrow();
    assertThat(back.node(7)).isEqualTo(changed.node(7));
    Profile profile = ((ReactiveLoad) back.node(5).devices().get(0)).powerKvar();
    assertThat(profile.rawValues()).containsExactly(0.1 + 0.2, 1e-300, 1234567890.123456, 0.0);
    assertThat(profile.factor()).isEqualTo(1.0 / 3);
    assertThat(profile.column()).isEqualTo("the \"x\", really");
  }

  @Test
  void anUnsoundCaseIsNotWritten() {
    GridCase small = CaseReader.read(CaseFolder.sound(parent).folder);
    NetworkLimits limits = new NetworkLimits(24, 4, 1000, 100, 1.05, 0.95, 1, 1e5, 0);
    GridCase swapped =
        new GridCase(
            small.name(), small.source(), limits, small.nodes(), small.lines(), small.tree());
    assertThatThrownBy(() -> CaseWriter.write(swapped, parent.resolve("copy"), false))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining("voltageMaxPu = 0.95: must be above voltageMinPu = 1.05");
    assertThat(parent.resolve("copy")).doesNotExist();
  }

  @Test
  void stepsMustDivideTheRowsAndStoresMustOutliveAStep() {
    CaseFolder folder =
        CaseFolder.sound(parent)
            .edit(json -> at(json, "/nodes/3/devices/2").put("lossPerHour", 0.1));
    GridCase small = CaseReader.read(folder.folder);
    small.checkSteps(4);
    assertThatThrownBy(() -> small.checkSteps(3))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining(
            "small: steps = 3: does not divide the 4 rows of the profiles; give one of 1, 2, 4");
    assertThatThrownBy(() -> small.checkSteps(0)).isInstanceOf(CaseException.class);
    assertThatThrownBy(() -> small.checkSteps(2))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining(
            "small: node 4, device 3 (BT): lossPerHour = 0.1: is more than everything in a step of"
                + " 12 h; take more steps, or lower the loss");
  }

  @Test
  void stepsTakeTheFirstRowOrTheMeanOfTheirRows() {
    Profile profile = load("works", 2, 10, 20, 30, 60);
    assertThat(profile.sample(2, Sampling.FIRST)).containsExactly(20, 60);
    assertThat(profile.sample(2, Sampling.MEAN)).containsExactly(30, 90);
    assertThat(profile.sample(4, Sampling.MEAN)).containsExactly(20, 40, 60, 120);
  }
}
