package io.dualgrid.caseio.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.OneRound;
import io.dualgrid.caseio.ImportNotice;
import io.dualgrid.caseio.ImportReport;
import io.dualgrid.caseio.format.CaseReader;
import io.dualgrid.caseio.published.PublishedImporter.Options;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.OnOff;
import io.dualgrid.device.Sampling;
import io.dualgrid.device.generation.CombinedHeatPower;
import io.dualgrid.device.generation.Renewable;
import io.dualgrid.device.heat.HeatPump;
import io.dualgrid.device.storage.Battery;
import io.dualgrid.device.storage.HeatStore;
import io.dualgrid.feeder.Line;
import io.dualgrid.problem.CaseException;
import io.dualgrid.problem.ReadFailure;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@OneRound
class PublishedImporterTest {
  @TempDir Path parent;

  private static Path fixture(String name) {
    try {
      return Path.of(PublishedImporterTest.class.getResource("/published/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path copy(String name) throws IOException {
    Path copy = Files.createDirectories(parent.resolve("source"));
    try (Stream<Path> files = Files.list(fixture(name))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName().toString()));
      }
    }
    return copy;
  }

  @Test
  void thePublishedSixBusFilesGiveTheBundledCase() throws IOException {
    GridCase bundled = CaseReader.bundled("6-bus");
    Options options = new Options(bundled.source(), false, false);
    ImportReport report =
        PublishedImporter.importCase(fixture("6-bus"), parent.resolve("out"), "6-bus", options);
    assertThat(report.gridCase()).isEqualTo(bundled);
    assertThat(CaseReader.read(parent.resolve("out"))).isEqualTo(report.gridCase());
    assertThat(report.warnings()).isEmpty();
    assertThat(report.notices())
        .extracting(ImportNotice::toString)
        .contains(
            "des_config.json: a template, not a node; not read",
            "pv_data.csv: not used by any device; left out",
            "des0_config.json, des2_config.json, des3_config.json and 3 more: the id inside is"
                + " wrong; the number in the name of the file counts",
            "des0_config.json, des1_config.json, des2_config.json and 4 more: the paths of profiles"
                + " are resolved by file name beside the configuration",
            "des_config.csv: the table the des files were made from; not read, the des files count"
                + " (it lists 60 systems, the network has 7 nodes)",
            "network_config.csv: agrees with network_config.json");
  }

  @Test
  void aTargetThatWouldDestroyTheSourceIsRefused() throws IOException {
    Path source = copy("6-bus");
    Path link = Files.createSymbolicLink(parent.resolve("link"), source);
    Options force = new Options("", true, false);
    Map<Path, String> targets =
        Map.of(
            source,
            "is the source itself",
            link,
            "is the source itself",
            parent,
            "holds the source",
            source.resolve("inside/case"),
            "lies inside the source");
    targets.forEach(
        (target, words) ->
            assertThatThrownBy(() -> PublishedImporter.importCase(source, target, "6-bus", force))
                .isInstanceOf(CaseException.class)
                .hasMessageContaining(words)
                .hasMessageContaining("give a folder outside of the source (--out)"));
    assertThat(source.resolve("des1_config.json")).isRegularFile();
    assertThat(PublishedImporter.importCase(source, parent.resolve("beside"), "6-bus", force))
        .isNotNull();
  }

  @Test
  void aFolderInPlaceOfAFileIsAProblemOfTheSource() throws IOException {
    Path source = copy("6-bus");
    Files.delete(source.resolve("des3_config.json"));
    Files.createDirectory(source.resolve("des3_config.json"));
    assertThatThrownBy(() -> PublishedImporter.importCase(source, parent.resolve("out"), "6-bus"))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining(
            "des3_config.json: is a folder, not a file; put the file in its place");
    assertThat(parent.resolve("out")).doesNotExist();
  }

  @Test
  void whatMayNotBeReadIsAProblemOfTheSource() {
    Path source = Path.of("some", "source");
    assertThat(
            ReadFailure.within(
                source, new AccessDeniedException(source.resolve("des30_config.json").toString())))
        .hasToString(
            "des30_config.json: cannot be read: no permission; allow reading it, such as chmod"
                + " u+r");
    assertThat(ReadFailure.within(source, new IOException()))
        .hasToString(source + ": cannot be read: IOException; check that it is a readable file");
  }

  @Test
  void anotherFeederWithAnotherMixOfDevicesIsImported() throws IOException {
    ImportReport report =
        PublishedImporter.importCase(fixture("harbour"), parent.resolve("out"), "harbour");
    GridCase harbour = report.gridCase();
    assertThat(harbour.tree().root()).isEqualTo(12);
    assertThat(harbour.limits().profileRows()).isEqualTo(24);
    assertThat(harbour.nodes()).extracting(GridCase.Node::id).containsExactly(40, 12, 3, 8, 101);
    assertThat(harbour.nodes())
        .extracting(GridCase.Node::name)
        .containsExactly("quay", "substation", "DES 3", "DES 8", "DES 101");
    assertThat(harbour.lines())
        .containsExactly(
            new Line(12, 40, 0.2, 0.3),
            new Line(40, 3, 0.1, 0.05),
            new Line(12, 8, 0.3, 0.1),
            new Line(8, 101, 0.05, 0.05));
    assertThat(harbour.node(40).devices())
        .extracting(DeviceSpec::kind)
        .containsExactly("P_load", "Q_load", "BT", "BT", "WP");
    Battery battery = (Battery) harbour.node(40).devices().get(2);
    assertThat(battery).isEqualTo(new Battery(100, 300, 90, 0.002, 0.9, 0.92, 0.8));
    HeatStore store = (HeatStore) harbour.node(3).devices().get(3);
    assertThat(store.heatMaxKw()).isCloseTo(10, within(1e-12));
    assertThat(store.energyStartKwh()).isCloseTo(9, within(1e-12));
    HeatPump pump = (HeatPump) harbour.node(3).devices().get(2);
    assertThat(pump).isEqualTo(new HeatPump("AHP", 40, 1.78, 0.8));
    Renewable wind = (Renewable) harbour.node(40).devices().get(4);
    assertThat(wind.availableKw().sample(24, Sampling.FIRST)).startsWith(0.25, 0.75, 1.25);
    assertThat(report.notices())
        .extracting(ImportNotice::toString)
        .contains(
            "network_config.json: line 40 -> 12 pointed towards the root, and was turned",
            "network_config.json: line 3 -> 40 pointed towards the root, and was turned",
            "node 101: no des file: the node only passes power on",
            "des8_config.json: no devices: the node only passes power on",
            "des40_config.json: BT: P_max 3 replaced by E_max/3 = 100.0 kW and E_init 3 by"
                + " 0.3*E_max = 90.0 kWh, as the published program does");
    assertThat(CaseReader.read(parent.resolve("out"))).isEqualTo(harbour);
  }

  @Test
  void onOffKeysAreRead() throws IOException {
    Path source = parent.resolve("switched");
    Files.createDirectories(source);
    try (Stream<Path> files = Files.list(fixture("harbour"))) {
      for (Path file : files.toList()) {
        Files.copy(file, source.resolve(file.getFileName()));
      }
    }
    Path des = source.resolve("des3_config.json");
    Files.writeString(
        des,
        Files.readString(des)
            .replace("\"P_min\": 0", "\"P_min\": 8")
            .replace("\"tau_on\": 0,", "\"P_min\": 5, \"tau_on\": 3,"));
    GridCase harbour =
        PublishedImporter.importCase(source, parent.resolve("out"), "harbour").gridCase();
    assertThat(harbour.node(3).devices())
        .contains(
            new HeatPump("AHP", 40, 1.78, 0.8, new OnOff(8, Double.NaN, Double.NaN, Double.NaN)),
            new CombinedHeatPower(20, 1.2, 0.35, 0.8, new OnOff(5, 3, Double.NaN, Double.NaN)));
    assertThat(CaseReader.read(parent.resolve("out"))).isEqualTo(harbour);
  }

  @Test
  void theNetworkIsReadFromTheTableWhereThereIsNoJson() throws IOException {
    Path source = copy("6-bus");
    Files.delete(source.resolve("network_config.json"));
    ImportReport report = PublishedImporter.importCase(source, parent.resolve("out"), "six");
    assertThat(report.gridCase().lines()).isEqualTo(CaseReader.bundled("6-bus").lines());
    assertThat(report.notices())
        .extracting(ImportNotice::toString)
        .contains("network_config.csv: read in place of network_config.json, which is not there");
  }

  @Test
  void aTableThatDiffersFromTheNetworkIsNamed() throws IOException {
    Path source = copy("6-bus");
    replace(source, "network_config.csv", "4,5,0.05796", "4,5,0.5796");
    ImportReport report = PublishedImporter.importCase(source, parent.resolve("out"), "six");
    assertThat(report.notices())
        .extracting(ImportNotice::message)
        .anyMatch(text -> text.startsWith("differs from network_config.json, which counts; first"));
  }

  @Test
  void unknownKeysAreLeftOutOnRequestAndNamed() throws IOException {
    Path source = copy("6-bus");
    replace(source, "des1_config.json", "\"eta\": 0.95", "\"eta\": 0.95, \"ramp\": 5");
    ImportReport report =
        PublishedImporter.importCase(
            source, parent.resolve("out"), "six", new Options("", false, true));
    assertThat(report.notices())
        .extracting(ImportNotice::toString)
        .contains("des1_config.json: unknown key \"ramp\" is left out");
    assertThat(report.gridCase().source())
        .isEqualTo("imported from the published layout, folder source");
  }

  @Test
  void aFolderWithContentIsReplacedOnlyOnRequest() throws IOException {
    Path target = Files.createDirectories(parent.resolve("out"));
    Files.writeString(target.resolve("mine.txt"), "keep");
    assertThatThrownBy(() -> PublishedImporter.importCase(fixture("6-bus"), target, "six"))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining(
            target
                + ": is there already and not empty; give another folder, or allow replacing it"
                + " (--force)");
    assertThat(target.resolve("mine.txt")).hasContent("keep");
    PublishedImporter.importCase(fixture("6-bus"), target, "six", new Options("", true, false));
    assertThat(target.resolve("mine.txt")).doesNotExist();
    assertThat(CaseReader.read(target).name()).isEqualTo("six");
    assertNothingElseIn(parent, "out");
  }

  @Test
  void aFailedImportLeavesTheTargetAsItWas() throws IOException {
    Path source = copy("6-bus");
    replace(source, "price.csv", "1.1", "x");
    Path target = Files.createDirectories(parent.resolve("out"));
    Files.writeString(target.resolve("mine.txt"), "keep");
    Options options = new Options("", true, false);
    assertThatThrownBy(() -> PublishedImporter.importCase(source, target, "six", options))
        .isInstanceOf(CaseException.class);
    assertThat(target.resolve("mine.txt")).hasContent("keep");
    assertNothingElseIn(parent, "out", "source");
  }

  private static void assertNothingElseIn(Path folder, String... names) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      assertThat(entries.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder(names);
    }
  }

  /** What is broken, how, and the line that must say so. */
  record Broken(String name, Consumer<Path> breakIt, String expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static void replace(Path folder, String file, String old, String text) {
    try {
      String content = Files.readString(folder.resolve(file));
      assertThat(content).contains(old);
      Files.writeString(folder.resolve(file), content.replace(old, text));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Broken edit(String name, String file, String old, String text, String expected) {
    return new Broken(name, folder -> replace(folder, file, old, text), expected);
  }

  private static void delete(Path folder, String file) {
    try {
      Files.delete(folder.resolve(file));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static Stream<Broken> broken() {
    return Stream.of(
        new Broken(
            "no network",
            folder -> {
              delete(folder, "network_config.json");
              delete(folder, "network_config.csv");
            },
            "network_config.json: there is neither this file nor network_config.csv in SOURCE; give"
                + " the folder that holds the configuration, not the one above it"),
        new Broken(
            "no profile",
            folder -> delete(folder, "wp_data.csv"),
            "wp_data.csv: des1_config.json, node 1, WP: there is no such file in SOURCE; put it"
                + " there, or correct the name; upper and lower case count"),
        edit(
            "an empty profile that a device needs",
            "des3_config.json",
            "data/6-bus/wp_data.csv",
            "data/6-bus/pv_data.csv",
            "pv_data.csv: is empty; write a header row and one row per profile value"),
        edit(
            "unknown kind",
            "des3_config.json",
            "\"WP\"",
            "\"pw\"",
            "des3_config.json: node 3: devices = pw: unknown kind of device; write one of: P_load,"
                + " Q_load, H_load, PV, WP, CHP, BT, HS, EHP, AHP, EH, GI"),
        edit(
            "unknown key of a device",
            "des3_config.json",
            "\"eta\": 0.95",
            "\"eta\": 0.95, \"ramp\": 5",
            "des3_config.json: node 3, EH: ramp = 5: unknown key; remove it, or leave such keys out"
                + " on import (--allow-unknown-keys)"),
        edit(
            "unknown key of a line",
            "network_config.json",
            "\"R\": 0.0966,",
            "\"R\": 0.0966, \"S_max\": 400,",
            "network_config.json: link 1 (0 -> 1): S_max = 400: unknown key; remove it, or leave"
                + " such keys out on import (--allow-unknown-keys)"),
        edit(
            "smallest power above the largest",
            "des3_config.json",
            "\"eta\": 0.95",
            "\"eta\": 0.95, \"P_min\": 5000",
            "des3_config.json: node 3, EH: P_max = 1000: is below powerMinKw = 5000; swap them, or"
                + " correct one"),
        edit(
            "part of an hour off",
            "des3_config.json",
            "\"eta\": 0.95",
            "\"eta\": 0.95, \"P_min\": 5, \"tau_off\": 0.5",
            "des3_config.json: node 3, EH: tau_off = 0.5: must be a whole number below 2147483648;"
                + " write the least time off in whole hours once it has stopped; none when left out,"
                + " such as 2"),
        edit(
            "missing parameter",
            "des3_config.json",
            "\"alpha\": 1.5,",
            "",
            "des3_config.json: node 3, CHP: alpha: is missing; add it: the heat per electric power"
                + " (kW per kW), not negative, such as 1.5"),
        edit(
            "efficiency in percent",
            "des3_config.json",
            "\"eta\": 0.95",
            "\"eta\": 95",
            "des3_config.json: node 3, EH: eta = 95: must be at most 1; write the heat per electric"
                + " power, above 0, at most 1, such as 0.95"),
        edit(
            "column that is not there",
            "des3_config.json",
            "\"index_col\": 1,\r\n      \"magnification factor\": 0",
            "\"index_col\": 9,\n      \"magnification factor\": 0",
            "h_load_data.csv: des3_config.json, node 3, H_load: column = 9: there is no such column;"
                + " name one of: 1, 2, 3, 4, 5, 6"),
        edit(
            "factor that is text",
            "des3_config.json",
            "\"magnification factor\": 0",
            "\"magnification factor\": \"none\"",
            "des3_config.json: node 3, H_load: magnification factor = \"none\": is text, not a"
                + " number; write a factor for every value of the column, such as 1"),
        edit(
            "heat that nothing serves",
            "des3_config.json",
            "\"magnification factor\": 0",
            "\"magnification factor\": 1000",
            "des3_config.json: node 3: H_load = 10000: kW of heat at row 2 (step from 0 h), but the"
                + " devices of the node supply at most 2450 kW; add a CHP, EHP, AHP, EH or HS to"
                + " the node, or raise the limits of those there"),
        edit(
            "selling dearer than buying",
            "des0_config.json",
            "\"magnification factor\": 0.5",
            "\"magnification factor\": 1.5",
            "des0_config.json: node 0, GI: price_sell = 0.6: is above the price of buying, 0.4, at"
                + " row 2 (from 0 h), so that buying and selling at once would earn money; lower"
                + " sellPricePerKwh to the price of buying or below"),
        edit(
            "des file without a node",
            "network_config.json",
            "{\"height\": 0, \"length\": 0, \"id\": 6}",
            "{\"height\": 0, \"length\": 0, \"id\": 66}",
            "des6_config.json: node 6: there is no such node in network_config.json; add the node"
                + " and its line there, or remove this file"),
        edit(
            "loop",
            "network_config.json",
            "{\"R\": 0.00644,",
            "{\"R\": 0.1, \"X\": 0.1, \"source\": 6, \"target\": 1}, {\"R\": 0.00644,",
            "network_config.json: line 5 (4 -> 5): closes a loop (cycle) over the nodes 4, 2, 1, 6,"
                + " 5; remove the line of the loop that is normally open; the feeder must be"
                + " radial"),
        edit(
            "negative reactance",
            "network_config.json",
            "\"X\": 0.0076",
            "\"X\": -0.0076",
            "network_config.json: link 6 (5 -> 6): X = -0.0076: must not be negative; write the"
                + " series reactance in ohm, not negative, such as 0.114"),
        edit(
            "profiles of different length",
            "wp_data.csv",
            "5,5,5,5,5,5\r\n5,5,5,5,5,5\r\n",
            "5,5,5,5,5,5\r\n",
            "wp_data.csv: des1_config.json, node 1, WP: column = 1: 48 rows of values, but the other"
                + " profiles have 96; add the missing 48 rows"),
        edit(
            "no devices key",
            "des3_config.json",
            "\"devices\"",
            "\"device\"",
            "des3_config.json: node 3: devices: is missing; write {} for a node that only passes"
                + " power on"),
        edit(
            "broken JSON",
            "des3_config.json",
            "\"eta\": 0.95",
            "\"eta\": 0,95",
            "des3_config.json: row 27, column 16: is not valid JSON: Unexpected character ('9'"
                + " (code 57)): was expecting double-quote to start field name; mend it there, or"
                + " just before; an editor for JSON marks the spot"),
        new Broken(
            "no grid interface",
            folder -> delete(folder, "des0_config.json"),
            "network_config.json: node 0: devices: no node has a grid interface (GI); add a device"
                + " of kind GI to the root, the node that the grid above feeds"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void namesWhatIsWrong(Broken broken) throws IOException {
    Path source = copy("6-bus");
    broken.breakIt().accept(source);
    Path target = parent.resolve("out");
    assertThatThrownBy(() -> PublishedImporter.importCase(source, target, "broken"))
        .isInstanceOfSatisfying(
            CaseException.class,
            e -> {
              List<String> lines =
                  e.problems().stream()
                      .map(problem -> problem.toString().replace(source.toString(), "SOURCE"))
                      .toList();
              assertThat(lines).contains(broken.expected());
            });
    assertThat(target).doesNotExist();
  }
}
