package io.dualgrid.caseio.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.OneRound;
import io.dualgrid.caseio.ImportNotice;
import io.dualgrid.caseio.ImportReport;
import io.dualgrid.caseio.format.CaseReader;
import io.dualgrid.device.DeviceCodec;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.OnOff;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.device.heat.HeatPump;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.problem.CaseException;
import io.dualgrid.site.AssumedValue;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@OneRound
class TableBuilderTest {
  @TempDir Path parent;
  private Path tables;
  private Path target;

  @BeforeEach
  void writeStarterFolder() throws IOException {
    tables = parent.resolve("district");
    target = parent.resolve("case");
    StarterFolder.write(tables, false);
  }

  @Test
  void theStarterFolderBuildsAsItStands() throws IOException {
    ImportReport report = TableBuilder.build(tables, target, false);
    GridCase district = report.gridCase();
    assertThat(report.warnings()).isEmpty();
    assertThat(district.name()).isEqualTo("district");
    assertThat(district.tree().root()).isZero();
    assertThat(district.tree().maxDepth()).isEqualTo(3);
    assertThat(district.limits()).isEqualTo(NetworkLimits.UNCHARGED);
    assertThat(district.node(2).devices()).isEmpty();
    assertThat(district.node(3).name()).isEqualTo("housing");
    assertThat(district.node(3).devices())
        .extracting(DeviceSpec::kind)
        .containsExactly("P_load", "Q_load", "H_load", "HS", "EHP", "EH");
    assertThat(district.node(3).devices().get(4)).isEqualTo(new HeatPump("EHP", 90, 3.5, 0.8));
    assertThat(district.node(1).devices()).contains(new HeatPump("EHP", 60, 3.5, 0.8));
    assertThat(district.lines()).contains(new Line(2, 4, 0.1288, 0.152));
    assertThat(CaseReader.read(target)).isEqualTo(district);
  }

  /**
   * What is told as a default stands in the case, but for its name and source; nothing else does.
   */
  @Test
  void everyDefaultIsRecordedInTheCase() throws IOException {
    Path prices = tables.resolve("prices.csv");
    Files.writeString(prices, Files.readString(prices).replace("sellPricePerKwh", "comment"));
    Path parameters = tables.resolve("parameters.csv");
    Files.writeString(
        parameters, Files.readString(parameters).replaceAll("(?m)^,limits,networkCharge.*\\R", ""));
    ImportReport report = TableBuilder.build(tables, target, false);
    Set<String> told = new TreeSet<>();
    for (ImportNotice notice : report.notices()) {
      if (notice.message().endsWith(" by default")) {
        String field = notice.message().split(" ")[0];
        for (String place : notice.where()) {
          told.add(place.equals("prices.csv") ? "GI at node 0 " + field : place + " " + field);
        }
      }
    }
    told.removeIf(one -> one.startsWith("case "));
    Set<String> recorded = new TreeSet<>();
    for (AssumedValue value : CaseReader.read(target).facts().assumed()) {
      if (value.nodes().isEmpty()) {
        recorded.add("limits " + value.field());
      }
      value
          .nodes()
          .forEach(n -> recorded.add(value.device() + " at node " + n + " " + value.field()));
    }
    assertThat(recorded)
        .isEqualTo(told)
        .contains("GI at node 0 sellPricePerKwh", "limits networkChargePerKwh")
        .doesNotContain("CHP at node 1 gasPricePerKwh", "limits nominalVoltageKv");
  }

  @Test
  void onOffFieldsAreParametersLikeOthers() throws IOException {
    Path parameters = tables.resolve("parameters.csv");
    Files.writeString(
        parameters,
        Files.readString(parameters)
            + "3,EHP,powerMinKw,30,kW,\n3,EHP,onHoursMin,2,h,\n3,EHP,startCost,4,,\n");
    GridCase district = TableBuilder.build(tables, target, false).gridCase();
    assertThat(district.node(3).devices().get(4))
        .isEqualTo(new HeatPump("EHP", 90, 3.5, 0.8, new OnOff(30, 2, Double.NaN, 4)));
    Files.writeString(parameters, Files.readString(parameters).replace(",2,h,", ",2.5,h,"));
    assertThatThrownBy(() -> TableBuilder.build(tables, target, true))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining("parameters.csv: row ")
        .hasMessageContaining("onHoursMin = 2.5: must be a whole number");
    Files.writeString(
        parameters,
        Files.readString(parameters).replace(",2.5,h,", ",2,h,").replace(",30,kW,", ",91,kW,"));
    assertThatThrownBy(() -> TableBuilder.build(tables, target, true))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining("node 3, EHP: powerMaxKw = 90: is below powerMinKw = 91");
  }

  @Test
  void everyDefaultThatIsUsedIsNoticed() throws IOException {
    ImportReport report = TableBuilder.build(tables, target, false);
    assertThat(report.notices())
        .extracting(ImportNotice::toString)
        .containsExactly(
            "BT at node 1: powerMaxKw 133.333333333 (a third of energyMaxKwh) by default",
            "BT at node 1: energyStartKwh 120 (0.3 times energyMaxKwh) by default",
            "BT at node 1, EHP at nodes 1, 3, CHP at node 4: powerFactorMin 0.8 by default",
            "HS at node 3: heatMaxKw 50 (a third of energyMaxKwh) by default",
            "HS at node 3: energyStartKwh 45 (0.3 times energyMaxKwh) by default",
            "WP at node 5: powerFactorMin 0.9 by default");
  }

  @Test
  void withTheNominalVoltageAloneTheRestIsADefaultAndNoticed() throws IOException {
    Files.writeString(
        tables.resolve("parameters.csv"),
        "node,device,parameter,value\n,limits,nominalVoltageKv,0.4\n,CHP,gasPricePerKwh,0.1\n");
    ImportReport report = TableBuilder.build(tables, target, false);
    assertThat(report.notices())
        .extracting(ImportNotice::toString)
        .contains(
            "BT at node 1: energyMaxKwh 500 by default",
            "BT at node 1: powerMaxKw 166.666666667 (a third of energyMaxKwh) by default",
            "CHP at node 4: heatPerPower 1.5 by default",
            "limits: networkChargePerKwh 0 by default",
            "case: name \"district\" by default");
    // 18 fields of 8 devices, 7 limits and 2 texts are open; each is told once
    long told = report.notices().stream().mapToLong(notice -> notice.where().size()).sum();
    assertThat(told).isEqualTo(defaultsOf(report.gridCase()) - 1 + 7 + 2);
    // 0.4 kV squared over 1 MVA
    assertThat(report.gridCase().limits().baseImpedanceOhm()).isCloseTo(0.16, within(1e-15));
  }

  @Test
  void theGasPriceIsAskedFor() throws IOException {
    replace("parameters.csv", ",CHP,gasPricePerKwh,0.4", ",CHP,gasPricePerKwh,");
    assertThatThrownBy(() -> TableBuilder.build(tables, target, false))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining("devices.csv: node 4, CHP: gasPricePerKwh: is missing; write a row");
  }

  @Test
  void withoutParametersTheNominalVoltageIsAskedFor() throws IOException {
    Files.delete(tables.resolve("parameters.csv"));
    assertThatThrownBy(() -> TableBuilder.build(tables, target, false))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining("parameters.csv: limits: nominalVoltageKv: is missing");
  }

  @Test
  void theBasePowerDoesNotMoveTheVoltageDrop() throws IOException {
    for (String power : new String[] {"500", "1000", "4000"}) {
      String parameters = Files.readString(tables.resolve("parameters.csv"));
      Files.writeString(
          tables.resolve("parameters.csv"),
          parameters.replaceFirst("basePowerKw,\\d+", "basePowerKw," + power));
      NetworkLimits limits = TableBuilder.build(tables, target, true).gridCase().limits();
      assertThat(limits.basePowerKw()).isEqualTo(Double.parseDouble(power));
      // a drop in p.u. is (P/S)·(R/Z): S·Z is the square of the voltage, 10 kV
      assertThat(limits.basePowerKw() / 1000 * limits.baseImpedanceOhm())
          .isCloseTo(100, within(1e-12));
    }
  }

  /** Each figure of the parameters in turn: a case of figures in reach, or the row is named. */
  @ParameterizedTest
  @ValueSource(strings = {"1e300", "-1e300", "1e200", "1e10", "1e-10", "1e-300", "0", "-1"})
  void figuresOfAnySizeAreReadOrRefusedWithTheirRow(String odd) throws IOException {
    Path file = tables.resolve("parameters.csv");
    List<String> lines = Files.readAllLines(file);
    int changed = 0;
    int refused = 0;
    for (int k = 0; k < lines.size(); k++) {
      String[] cells = lines.get(k).split(",", 5);
      if (lines.get(k).startsWith("#") || cells.length < 5 || !cells[3].matches("[0-9.]+")) {
        continue;
      }
      changed++;
      List<String> odds = new ArrayList<>(lines);
      odds.set(k, String.join(",", cells[0], cells[1], cells[2], odd, cells[4]));
      Files.write(file, odds);
      try {
        TableBuilder.build(tables, target, true);
        CaseReader.read(target);
      } catch (CaseException e) {
        refused++;
        assertThat(e.problems())
            .allSatisfy(problem -> assertThat(problem.remedy()).isNotEmpty())
            .anySatisfy(
                problem ->
                    assertThat(problem.toString())
                        .hasSizeLessThan(600)
                        .containsAnyOf(cells[2], cells[1]));
      }
    }
    assertThat(changed).isGreaterThan(25);
    assertThat(refused).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "basePowerKw, 1e300, is outside 0.001 to 1000000000; write a power in kW",
    "basePowerKw, 1e-300, is outside 0.001 to 1000000000; write a power in kW",
    "horizonHours, 1e300, is outside 0.001 to 1000000; write the hours of the profiles",
    "nominalVoltageKv, 1e200, 'is no voltage of a feeder, which has 0.001 to 2000 kV; write'",
    "exchangeMaxKw, 1e300, is outside 0.001 to 1000000000; write a power in kW",
    "voltageMaxPu, 1e300, is outside 0.01 to 100; write it per unit of the nominal voltage",
    "networkChargePerKwh, 1e300, is outside 0 to 1000000000; write the charge in currency per kWh"
  })
  void limitsOutOfThisWorldAreRefusedWithTheirRow(String field, String value, String told)
      throws IOException {
    Path file = tables.resolve("parameters.csv");
    String text = Files.readString(file);
    int row = (int) text.substring(0, text.indexOf("," + field + ",")).lines().count();
    Files.writeString(file, text.replaceFirst("," + field + ",[0-9.]+", "," + field + "," + value));
    assertThatThrownBy(() -> TableBuilder.build(tables, target, true))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining("parameters.csv: row " + row + ": " + field + " = ")
        .hasMessageContaining(told);
  }

  /** Every number of every device is a default then. */
  private static long defaultsOf(GridCase gridCase) {
    return gridCase.nodes().stream()
        .flatMap(node -> node.devices().stream())
        .mapToLong(
            device -> {
              long fields = 0;
              for (var field : DeviceCodec.write(device).properties()) {
                fields += field.getValue().isNumber() ? 1 : 0;
              }
              return fields;
            })
        .sum();
  }

  @Test
  void tablesOfAnyLocaleGiveTheSameCase() throws IOException {
    GridCase plain = TableBuilder.build(tables, target, false).gridCase();
    try (Stream<Path> files = Files.list(tables)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".csv")).toList()) {
        StringBuilder german = new StringBuilder("\uFEFF");
        for (String line : Files.readAllLines(file)) {
          String text = line.startsWith("#") ? line : line.replace(',', ';').replace('.', ',');
          if (file.endsWith("parameters.csv") || file.endsWith("lines.csv")) {
            // only the column of values has numbers; names and units keep their points
            text = line.startsWith("#") ? line : germanNumbers(line);
          }
          german.append(text).append("\r\n");
        }
        Files.writeString(file, german);
      }
    }
    GridCase german = TableBuilder.build(tables, parent.resolve("german"), false).gridCase();
    assertThat(german).isEqualTo(plain);
  }

  @Test
  void aLineOfExcelThatNamesTheSeparatorIsUnderstood() throws IOException {
    GridCase plain = TableBuilder.build(tables, target, false).gridCase();
    for (String file : List.of("devices.csv", "p_load.csv")) {
      String semicolons = Files.readString(tables.resolve(file)).replace(',', ';');
      write(file, "\uFEFFsep=;\r\n" + semicolons);
    }
    GridCase marked = TableBuilder.build(tables, parent.resolve("marked"), false).gridCase();
    assertThat(marked).isEqualTo(plain);
  }

  @Test
  void pointsBetweenSemicolonsThatCanOnlyBeDecimalAreRead() throws IOException {
    GridCase plain = TableBuilder.build(tables, target, false).gridCase();
    write("prices.csv", Files.readString(tables.resolve("prices.csv")).replace(',', ';'));
    GridCase pointed = TableBuilder.build(tables, parent.resolve("pointed"), false).gridCase();
    assertThat(pointed).isEqualTo(plain);
  }

  @Test
  void theStarterFolderStatesEveryDefault() throws IOException {
    String parameters = Files.readString(tables.resolve("parameters.csv"));
    assertThat(DefaultsDocTest.defaults())
        .allSatisfy(
            one ->
                assertThat(parameters)
                    .containsPattern(
                        "(?m)^,"
                            + one.device()
                            + ","
                            + one.parameter()
                            + ",.*default "
                            + one.value()
                            + "$"));
  }

  private static String germanNumbers(String line) {
    String[] cells = line.split(",", -1);
    for (int k = 0; k < cells.length; k++) {
      cells[k] = cells[k].matches("[0-9.]+") ? cells[k].replace('.', ',') : cells[k];
    }
    return String.join(";", cells);
  }

  @Test
  void thePublishedTablesAreUnderstood() throws IOException {
    Files.delete(tables.resolve("devices.csv"));
    Files.delete(tables.resolve("lines.csv"));
    write(
        "des_config.csv",
        "desid,pload,hload,qload,pv,pw,batteries,chp,hs,ehp,eh,ahp\r\n"
            + "0,0,0,0,0,0,0,0,0,0,0,0\r\n1,1,1,1,1,0,1,0,0,1,1,0\r\n");
    write("network_config.csv", "\uFEFFu,v,R,X\r\n0,1,0.0966,0.114\r\n");
    Files.move(tables.resolve("p_load.csv"), tables.resolve("p_load_data.csv"));
    Files.delete(tables.resolve("prices.csv"));
    write("price.csv", "price\n" + "0.4\n".repeat(96));
    replace("parameters.csv", "3,EHP", "1,EHP");
    replace("parameters.csv", "5,WP,availableKw.column,5,,", "#");
    ImportReport report = TableBuilder.build(tables, target, false);
    assertThat(report.gridCase().node(1).devices())
        .extracting(DeviceSpec::kind)
        .containsExactlyInAnyOrder("P_load", "H_load", "Q_load", "PV", "BT", "EHP", "EH");
    GridInterface connection = (GridInterface) report.gridCase().node(0).devices().get(0);
    assertThat(connection.sellPricePerKwh().value(0)).isCloseTo(0.2, within(1e-15));
    assertThat(report.notices())
        .extracting(ImportNotice::toString)
        .contains(
            "node 0: grid interface (GI) placed here, where no line ends, as no node has one",
            "price.csv: sellPricePerKwh is column price times 0.5 by default",
            "wp.csv: not used; left out");
  }

  @Test
  void aWorkbookWithASheetForEachTableGivesTheSameCase() throws IOException {
    GridCase fromFolder = TableBuilder.build(tables, target, false).gridCase();
    Path book = workbook();
    GridCase fromBook = TableBuilder.build(book, parent.resolve("from-book"), false).gridCase();
    assertThat(fromBook).isEqualTo(fromFolder);
  }

  /** Whoever keeps a workbook has no file Notes.csv. */
  @Test
  void noticesOfAWorkbookNameSheets() throws IOException {
    write("Notes.csv", "figures of the caretaker\n");
    Files.delete(tables.resolve("prices.csv"));
    write("prices.csv", "buyPricePerKwh\n" + "0.4\n".repeat(96));
    assertThat(TableBuilder.build(workbook(), target, false).notices())
        .extracting(ImportNotice::toString)
        .contains("sheet Notes: not used; left out")
        .noneMatch(notice -> notice.contains(".csv"));
  }

  @Test
  void problemsOfAWorkbookNameSheetAndRow() throws IOException {
    replace("lines.csv", "4,5,0.2576", "4,5,-0.2576");
    Path book = workbook();
    assertThatThrownBy(() -> TableBuilder.build(book, target, false))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining(
            "sheet lines: row 7: column resistanceOhm = -0.2576: must not be negative");
    Path noBook = Files.writeString(parent.resolve("none.xlsx"), "no workbook");
    assertThatThrownBy(() -> TableBuilder.build(noBook, target, false))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining("none.xlsx: cannot be read as a workbook")
        .hasMessageContaining("save each sheet as CSV");
  }

  /** The tables as a spreadsheet program would save them: numbers as numbers, texts as texts. */
  private Path workbook() throws IOException {
    Path book = parent.resolve("district.xlsx");
    try (OutputStream stream = Files.newOutputStream(book);
        Workbook workbook = new Workbook(stream, "test", "1.0");
        Stream<Path> files = Files.list(tables)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".csv")).toList()) {
        Worksheet sheet = workbook.newWorksheet(file.getFileName().toString().replace(".csv", ""));
        List<String> lines = Files.readAllLines(file);
        for (int row = 0; row < lines.size(); row++) {
          String[] cells = lines.get(row).split(",", -1);
          for (int column = 0; column < cells.length; column++) {
            if (cells[column].matches("[0-9.]+")) {
              sheet.value(row, column, Double.parseDouble(cells[column]));
            } else if (!cells[column].isEmpty()) {
              sheet.value(row, column, cells[column]);
            }
          }
        }
      }
    }
    return book;
  }

  @Test
  void aTableWithMoreNodesThanTheFeederHasIsNamedOnce() {
    replace("devices.csv", "5,farm", "77,barn,1,0,0,0,0,0,0,0,0,0,0,0\n5,farm");
    assertThatThrownBy(() -> TableBuilder.build(tables, target, false))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining(
            "1 problem"
                + System.lineSeparator()
                + "  devices.csv: nodes 77: have no line in lines.csv; add the lines there, or"
                + " remove the rows here");
  }

  /** What is broken, how, and the line that must say so. */
  record Broken(String name, Consumer<TableBuilderTest> breakIt, String expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  private void write(String file, String text) {
    try {
      Files.writeString(tables.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void replace(String file, String old, String text) {
    try {
      String content = Files.readString(tables.resolve(file));
      assertThat(content).contains(old);
      write(file, content.replace(old, text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void delete(String file) {
    try {
      Files.delete(tables.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Broken edit(String name, String file, String old, String text, String expected) {
    return new Broken(name, test -> test.replace(file, old, text), expected);
  }

  static Stream<Broken> broken() {
    return Stream.of(
        new Broken(
            "no devices",
            test -> test.delete("devices.csv"),
            "devices.csv: there is no such file in FOLDER; give the folder with the tables; make"
                + " one with: dualgrid new"),
        edit(
            "no tick",
            "devices.csv",
            "4,works,1,1,1,0,0,1",
            "4,works,1,1,1,0,0,2",
            "devices.csv: row 7: column CHP = 2: must be 0 or 1; write 1 where the node has the"
                + " device; sizes go into parameters.csv"),
        edit(
            "node that is no number",
            "devices.csv",
            "4,works",
            "four,works",
            "devices.csv: row 7: node = four: must be a whole number, not negative; write the node's"
                + " number"),
        edit(
            "node twice",
            "devices.csv",
            "4,works",
            "3,works",
            "devices.csv: row 7: node = 3: the node is there twice; remove one of the rows"),
        edit(
            "unknown device",
            "devices.csv",
            "EHP,AHP,EH",
            "EHP,AHP,ER",
            "devices.csv: header: column = ER: unknown column; write one of: node, name, comment,"
                + " P_load, Q_load, H_load, PV, WP, CHP, BT, HS, EHP, AHP, EH, SH, GEN, DL, GI"),
        edit(
            "no profile column",
            "devices.csv",
            "2,junction,0",
            "2,junction,1",
            "p_load.csv: node 2, P_load: column = 2: there is no such column; name one of: 1, 3, 4,"
                + " 5"),
        new Broken(
            "no profile file",
            test -> test.delete("wp.csv"),
            "wp.csv: node 5, WP: there is no such file in FOLDER; write it with a column for every"
                + " node with WP, or tick the device off"),
        edit(
            "two grid interfaces",
            "devices.csv",
            "2,junction,0,0,0,0,0,0,0,0,0,0,0,0",
            "2,junction,0,0,0,0,0,0,0,0,0,0,0,1",
            "lines.csv: nodes 0, 2: devices = GI: two roots: more than one node has a grid interface"
                + " (GI); keep the one at the root; a feeder with two supplies is not radial"),
        edit(
            "line to nowhere",
            "lines.csv",
            "4,5,0.2576",
            "4,9,0.2576",
            "lines.csv: row 7 (4 -> 9): to = 9: there is no such node; add node 9 to devices.csv, or"
                + " correct the end of the line"),
        edit(
            "line turned round",
            "lines.csv",
            "4,5,0.2576",
            "5,4,0.2576",
            "lines.csv: row 7 (5 -> 4): from = 5: points towards the root, so that node 5 would be a"
                + " second root; swap the ends: from 4 to 5"),
        edit(
            "impedance that is no number",
            "lines.csv",
            "4,5,0.2576",
            "4,5,0.25.76",
            "lines.csv: row 7: column resistanceOhm = 0.25.76: is not a number; write a number such"
                + " as 12.5, without units or thousands separators"),
        edit(
            "negative impedance",
            "lines.csv",
            "4,5,0.2576",
            "4,5,-0.2576",
            "lines.csv: row 7: column resistanceOhm = -0.2576: must not be negative; write the"
                + " series resistance in ohm, not negative, such as 0.0966"),
        edit(
            "unknown parameter",
            "parameters.csv",
            ",CHP,heatPerPower,1.5",
            ",CHP,alpha,1.5",
            "parameters.csv: row 18: parameter = alpha: unknown parameter of CHP; write one of:"
                + " powerMaxKw, heatPerPower, gasPricePerKwh, powerFactorMin, powerMinKw,"
                + " onHoursMin, offHoursMin, startCost"),
        edit(
            "unknown device in the parameters",
            "parameters.csv",
            ",CHP,heatPerPower,1.5",
            ",PCH,heatPerPower,1.5",
            "parameters.csv: row 18: device = PCH: unknown device; write one of: AHP, BT, CHP, DL,"
                + " EH, EHP, GEN, GI, HS, H_load, PV, P_load, Q_load, SH, WP, case, limits"),
        edit(
            "value that is no number",
            "parameters.csv",
            ",CHP,heatPerPower,1.5",
            ",CHP,heatPerPower,much",
            "parameters.csv: row 18: heatPerPower = much: is not a number; write a number such as"
                + " 12.5, without units or thousands separators"),
        edit(
            "efficiency in percent",
            "parameters.csv",
            ",BT,chargeEfficiency,0.95",
            ",BT,chargeEfficiency,95",
            "parameters.csv: row 24: chargeEfficiency = 95: must be at most 1; write the share of"
                + " the charged power that is stored, above 0, at most 1, such as 0.95"),
        edit(
            "another unit",
            "parameters.csv",
            ",CHP,powerMaxKw,300,kW",
            ",CHP,powerMaxKw,0.3,MW",
            "parameters.csv: row 17: unit = MW: the unit of powerMaxKw is another; convert the value"
                + " and write kW"),
        edit(
            "another unit of energy",
            "parameters.csv",
            ",BT,energyMaxKwh,400,kWh",
            ",BT,energyMaxKwh,0.4,MWh",
            "parameters.csv: row 20: unit = MWh: the unit of energyMaxKwh is another; convert the"
                + " value and write kWh"),
        edit(
            "comma that may separate thousands",
            "parameters.csv",
            ",BT,energyMaxKwh,400,kWh",
            ",BT,energyMaxKwh,\"1,240\",kWh",
            "parameters.csv: row 20: energyMaxKwh = 1,240: has a comma; write 1240 if the comma"
                + " separates thousands, 1.240 if it is a decimal comma"),
        new Broken(
            "points that may separate thousands",
            test -> test.write("p_load.csv", "1;3;4;5\n" + "1.240;860;1.060;20\n".repeat(96)),
            "p_load.csv: 1.240: could be 1240 or 1.24; write it as 1240 without thousands"
                + " separators, or as 1,24 with a decimal comma, and so all numbers"),
        edit(
            "value twice",
            "parameters.csv",
            ",CHP,heatPerPower,1.5",
            ",CHP,powerMaxKw,400",
            "parameters.csv: row 18: powerMaxKw = 400: is given already in row 17; keep one of the"
                + " rows"),
        edit(
            "parameter of a device that is not ticked",
            "parameters.csv",
            "3,EHP,powerMaxKw",
            "4,EHP,powerMaxKw",
            "parameters.csv: row 31: device = EHP: node 4 has no such device in devices.csv; write 1"
                + " under EHP there, or remove this row"),
        edit(
            "heat that nothing serves",
            "devices.csv",
            "1,school,1,1,1,1,0,0,1,0,1,0,1,0",
            "1,school,1,1,1,1,0,0,1,0,0,0,0,0",
            "devices.csv: node 1: H_load = 150: kW of heat at row 40 (step from 9.5 h), but the"
                + " devices of the node supply at most 0 kW; add a CHP, EHP, AHP, EH or HS to the"
                + " node, or raise the limits of those there"),
        edit(
            "decimal commas and points",
            "wp.csv",
            "98.3",
            "98.3\n98,3",
            "wp.csv: has numbers with decimal commas and numbers with points; use one of them"
                + " throughout, and no thousands separators"),
        edit(
            "short profile",
            "prices.csv",
            "0.72,0.36\n0.72,0.36\n0.72,0.36\n0.72,0.36\n0.72,0.36\n0.72,0.36\n0.72,0.36\n",
            "0.72,0.36\n",
            "prices.csv: node 0, GI: column = buyPricePerKwh: 66 rows of values, but the other profiles"
                + " have 96; add the missing 30 rows"),
        new Broken(
            "no prices",
            test -> test.write("prices.csv", "tariff\n" + "1\n".repeat(96)),
            "prices.csv: node 0, GI: column = buyPricePerKwh: there is no such column; name one of:"
                + " tariff"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void namesFileRowAndColumn(Broken broken) {
    broken.breakIt().accept(this);
    assertThatThrownBy(() -> TableBuilder.build(tables, target, false))
        .isInstanceOfSatisfying(
            CaseException.class,
            e -> {
              List<String> lines =
                  e.problems().stream()
                      .map(problem -> problem.toString().replace(tables.toString(), "FOLDER"))
                      .toList();
              assertThat(lines).contains(broken.expected());
            });
    assertThat(target).doesNotExist();
  }

  @Test
  void theStarterFolderDoesNotOverwrite() {
    assertThatThrownBy(() -> StarterFolder.write(tables, false))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining("is there already and not empty");
  }
}
