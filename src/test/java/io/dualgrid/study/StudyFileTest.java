package io.dualgrid.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.device.ProfileDriver;
import io.dualgrid.problem.CaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudyFileTest {
  private static final Path EXAMPLES = Path.of("examples", "studies");

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("study.yaml"), text);
  }

  private static String sound() {
    return """
        formatVersion: 1
        name: test
        case: 6-bus
        days: {count: 3}
        seed: 7
        scenarios:
          - name: drawn
            repetitions: 2
            factors:
              - {of: load, mean: 1, deviation: 0.5}
              - {of: load, values: [1, 2, 3]}
              - {of: wind, from: 0.5, to: 1.5, each: repetition}
            outages:
              - {node: 3, device: 4, firstDay: 2, lastDay: 3}
        """;
  }

  @Test
  void theExamplesAreWhatTheyPromise() {
    Study year = StudyFile.read(EXAMPLES.resolve("year.yaml"));
    assertThat(year.days()).isEqualTo(365);
    assertThat(year.carryStorage()).isTrue();
    assertThat(year.lookAheadSteps()).isEqualTo(12);
    Study weather = StudyFile.read(EXAMPLES.resolve("weather.yaml"));
    assertThat(weather.days()).isEqualTo(7);
    assertThat(weather.chains()).isEqualTo(100);
  }

  @Test
  void aSoundFileIsRead() throws IOException {
    Study study = StudyFile.read(file(sound()));
    Scenario scenario = study.scenarios().get(0);
    assertThat(scenario.repetitions()).isEqualTo(2);
    assertThat(scenario.outages())
        .containsExactly(new Outage(new DevicePlace(3, 3), 1, 2)); // counted from 0
    double[] wind = scenario.draw(7, 1, 3).get(ProfileDriver.WIND);
    assertThat(wind[0]).isBetween(0.5, 1.5).isEqualTo(wind[1]).isEqualTo(wind[2]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name: test|nom: test|nom = \"test\": unknown key; remove it, or write one of: formatVersion,",
        "name: test|name: 5|name = 5: must be text in double quotes; write the short name",
        "count: 3|count: 2.5|days: count = 2.5: must be a whole number",
        "count: 3|count: 0|days: count = 0: must be at least 1; write the number of days",
        "count: 3|count: many|days: count = \"many\": is text, not a number; write the number of days",
        "count: 3|count: 3, lookAheadHours: 0.7|days: lookAheadHours = 0.7: is no whole number of steps; write a multiple of 1,",
        "count: 3|count: 3, lookAheadHours: 96|days: lookAheadHours = 96: is beyond all days",
        "count: 3|count: 3, lookAheadHours: 6|days: lookAheadHours = 6: lets stores end a day elsewhere",
        "count: 3|count: 3, carryStorage: often|days: carryStorage = \"often\": must be true or false",
        "count: 3|count: 3, profiles: nowhere|days: profiles = nowhere: there is no such folder",
        "case: 6-bus|case: no-bus|no-bus: there is neither a bundled case nor a folder",
        "seed: 7||seed: is missing, and factors are drawn; add it, such as seed: 2026",
        "name: drawn|name: ../out|scenario 1: name = ../out: is no name for a folder",
        "of: load, mean|of: rain, mean|scenario 1, factor 1: of = rain: is no kind of profile; write one of load, heat, sun, wind, prices",
        "deviation: 0.5|deviation: -0.5|scenario 1, factor 1: deviation = -0.5: must not be negative",
        "mean: 1, deviation: 0.5|mean: 1|scenario 1, factor 1: mean: does not say where the factor comes from",
        "values: [1, 2, 3]|values: [1, 2]|scenario 1, factor 2: values: has 2 entries for 3 days",
        "values: [1, 2, 3]|values: [1, x, 3]|scenario 1, factor 2, value 2: \"x\": is text, not a number",
        "from: 0.5|from: 2|scenario 1, factor 3: from = 2: is above to = 1.5; swap them",
        "each: repetition|each: hour|scenario 1, factor 3: each = hour: is neither day nor repetition",
        "node: 3|node: 33|scenario 1, outage 1: node = 33: is no node of the case",
        "device: 4|device: 40|scenario 1, outage 1: device = 40: is beyond the 5 devices of node 3",
        "node: 3, device: 4|node: 0, device: 1|scenario 1, outage 1: device = 1: is the grid interface",
        "lastDay: 3|lastDay: 9|scenario 1, outage 1: lastDay = 9: is beyond the 3 days",
        "seed: 7|seed: 7\\nseed: 8|row 6, column 5: is not valid YAML",
        "seed: 7|\\tseed: 7|is not valid YAML",
      })
  void whatIsWrongIsNamedWithItsPlaceAndTheWayOut(String from, String to, String message)
      throws IOException {
    String changed = to == null ? "" : to.replace("\\n", "\n").replace("\\t", "\t");
    assertThat(sound()).contains(from);
    Path broken = file(sound().replace(from, changed));
    assertThatThrownBy(() -> StudyFile.read(broken))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining(message);
  }

  @Test
  void repeatingWhatIsNotDrawnIsRefused() throws IOException {
    Path same =
        file(
            "formatVersion: 1\nname: a\ncase: 6-bus\ndays: {count: 1}\n"
                + "scenarios: [{name: s, repetitions: 3}]\n");
    assertThatThrownBy(() -> StudyFile.read(same))
        .hasMessageContaining("scenario 1: repetitions = 3: would repeat the same");
  }

  @Test
  void noFileAndNoFieldsAreNamed() throws IOException {
    assertThatThrownBy(() -> StudyFile.read(folder.resolve("none.yaml")))
        .hasMessageContaining("none.yaml: there is no such file");
    assertThatThrownBy(() -> StudyFile.read(file(""))).hasMessageContaining("holds no fields");
  }

  @Test
  void devicesThatAreSwitchedAreRefused() throws IOException {
    Files.createDirectory(folder.resolve("case"));
    for (String name :
        new String[] {"h_load_data.csv", "p_load_data.csv", "wp_data.csv", "price.csv"}) {
      Files.copy(Path.of("data", "6-bus", name), folder.resolve("case").resolve(name));
    }
    String json = Files.readString(Path.of("data", "6-bus", "case.json"));
    Files.writeString(
        folder.resolve("case/case.json"),
        json.replaceFirst("\"kind\": \"CHP\",", "\"kind\": \"CHP\", \"powerMinKw\": 5,"));
    Path study = file("formatVersion: 1\nname: a\ncase: case\ndays: {count: 2}\n");
    assertThatThrownBy(() -> StudyFile.read(study))
        .hasMessageContaining("has devices that are switched on and off (powerMinKw)");
  }

  @Test
  void profilesOfAllDaysReplaceThoseOfTheCase() throws IOException {
    Files.createDirectory(folder.resolve("year"));
    String rows =
        IntStream.range(0, 3 * 96).mapToObj(Integer::toString).collect(Collectors.joining("\n"));
    Files.writeString(folder.resolve("year/p_load_data.csv"), "1\n" + rows + "\n");
    Study study = StudyFile.read(file(sound().replace("count: 3", "count: 3, profiles: year")));
    double[] values = study.scenarios().get(0).profiles().columns().get("p_load_data.csv\n1");
    assertThat(values).hasSize(288).startsWith(0, 1, 2);
    Files.writeString(folder.resolve("year/p_load_data.csv"), "1\n5\n6\n");
    assertThatThrownBy(
            () -> StudyFile.read(file(sound().replace("count: 3", "count: 3, profiles: year"))))
        .hasMessageContaining("2 rows of values, but 3 days of 96 rows are 288");
  }

  @Test
  void whatIsChangedChangesTheFingerprint() throws IOException {
    String first = StudyFile.read(file(sound())).fingerprint();
    assertThat(StudyFile.read(file(sound())).fingerprint()).isEqualTo(first);
    assertThat(StudyFile.read(file(sound().replace("seed: 7", "seed: 8"))).fingerprint())
        .isNotEqualTo(first);
  }
}
