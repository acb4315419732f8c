package io.dualgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dualgrid.OneRound;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code run --start-from}. */
@OneRound
class StartFromTest {
  @TempDir Path folder;

  private final StringWriter text = new StringWriter();
  private Path today;

  private int run(String... more) {
    List<String> arguments = new ArrayList<>(List.of("run", "6-bus", "--quiet"));
    arguments.addAll(List.of(more));
    PrintWriter writer = new PrintWriter(text, true);
    return Dualgrid.commandLine(Engine.DISPATCH, Terminal.plain(writer, writer))
        .execute(arguments.toArray(String[]::new));
  }

  private int tomorrow(String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(List.of("--privacy", "none", "--start-from", today.toString()));
    if (!arguments.contains("--steps")) {
      arguments.addAll(List.of("--steps", "4"));
    }
    return run(arguments.toArray(String[]::new));
  }

  @BeforeEach
  void firstDay() {
    today = folder.resolve("today");
    assertThat(run("--privacy", "none", "--steps", "4", "--out", today.toString())).isZero();
  }

  @Test
  void takesFewerIterationsThanTheFirst() throws IOException {
    Path results = folder.resolve("tomorrow");
    assertThat(tomorrow("--out", results.toString())).as("%s", text).isZero();
    assertThat(iterations(results)).isLessThan(iterations(today));
  }

  private static int iterations(Path results) throws IOException {
    return new ObjectMapper()
        .readTree(results.resolve("summary.json").toFile())
        .get("iterations")
        .intValue();
  }

  @Test
  void anotherNumberOfStepsIsNamed() {
    assertThat(tomorrow("--steps", "6")).isEqualTo(2);
    assertThat(text.toString()).contains("--start-from").contains("4 steps, where this run has 6");
  }

  @Test
  void anotherFeederIsNamedByWhatDiffers() throws IOException {
    Path file = today.resolve("network.json");
    Files.writeString(
        file,
        Files.readString(file)
            .replace("\"id\":6,", "\"id\":66,")
            .replaceFirst("\"to\":6,", "\"to\":66,"));
    assertThat(tomorrow()).isEqualTo(2);
    assertThat(text.toString())
        .contains("nodes that this case does not have: 66")
        .contains("without nodes that this case has: 6")
        .contains("lines that this case does not have: ");
  }

  @Test
  void anotherAlgorithmIsRefused() {
    assertThat(run("--algorithm", "accelerated", "--start-from", today.toString())).isEqualTo(2);
    assertThat(text.toString()).contains("--start-from is for newton").contains("--privacy ckks");
  }

  @Test
  void resultsOfAnotherAlgorithmAreRefused() throws IOException {
    Files.writeString(today.resolve("start.json"), "{}\n");
    assertThat(tomorrow()).isEqualTo(2);
    assertThat(text.toString()).contains("start.json holds no prices");
  }

  @ParameterizedTest
  @CsvSource({"start.json", "network.json"})
  void missingFileIsNamed(String name) throws IOException {
    Files.delete(today.resolve(name));
    assertThat(tomorrow()).isEqualTo(2);
    assertThat(text.toString()).contains(name).contains("run --algorithm newton --out");
  }

  /** Whatever somebody writes into the file: told, never a crash. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"centre\":[^,]+ | \"centre\":-1 | not positive",
        "\"centre\":[^,]+ | \"centre\":\"a\" | is not a number",
        "\"premiumPerKwh\":\\[[^,]+, | \"premiumPerKwh\":[ | 3 prices for 4 steps",
        "\"premiumPerKwh\":\\[[^,]+, | \"premiumPerKwh\":[null, | null is not a number",
        "\"limits\":\\[ | \"limits\":[{\"limit\":\"colour\"}, | is no limit",
        "\"limits\":\\[ | \"limits\":[{\"limit\":\"voltage\",\"node\":0,\"step\":0,\"row\":0}, | is no limit of this case",
        "\"limits\":\\[ | \"limits\":[{\"limit\":\"voltage\",\"node\":3,\"step\":4,\"row\":0}, | is no limit of this case",
        "\"limits\":\\[ | \"limits\":[{\"limit\":\"rating\",\"node\":3,\"step\":0,\"row\":0}, | has a rating there and none in this case",
        "\"limits\":\\[ | \"limits\":[{\"limit\":\"voltage\",\"node\":3,\"step\":0,\"row\":0}, | a number is missing",
        "[}] | ! | is not valid JSON"
      })
  void brokenFileIsTold(String pattern, String instead, String expected) throws IOException {
    Path file = today.resolve("start.json");
    String changed = Files.readString(file).replaceFirst(pattern, instead).replace(",]", "]");
    Files.writeString(file, changed);
    assertThat(tomorrow()).isEqualTo(2);
    assertThat(text.toString()).contains("--start-from: ").contains(expected);
  }
}
