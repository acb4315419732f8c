package io.dualgrid.caseio.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.site.AssumedValue;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Assumed values are kept, and what a case does not have is named. */
class AssumedCodecTest {
  @TempDir Path parent;

  private CaseFolder with(String list) {
    return CaseFolder.sound(parent).edit(json -> json.set("assumed", tree(list)));
  }

  private static JsonNode tree(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theyAreReadAndWrittenBack() throws IOException {
    GridCase read =
        CaseReader.read(
            with("[{\"device\": \"BT\", \"field\": \"lossPerHour\", \"nodes\": [4]},"
                    + " {\"device\": \"limits\", \"field\": \"horizonHours\"}]")
                .folder);
    assertThat(read.facts().assumed())
        .containsExactly(
            new AssumedValue("BT", "lossPerHour", List.of(4)),
            new AssumedValue("limits", "horizonHours", List.of()));
    Path copy = parent.resolve("copy");
    CaseWriter.write(read, copy, false);
    assertThat(CaseReader.read(copy)).isEqualTo(read);
  }

  /** A node is told of its own devices and of the network, not of what others have. */
  @Test
  void aNodeKnowsItsOwnOnly() {
    GridCase read =
        CaseReader.read(
            with("[{\"device\": \"BT\", \"field\": \"lossPerHour\", \"nodes\": [4]},"
                    + " {\"device\": \"CHP\", \"field\": \"heatPerPower\", \"nodes\": [3]},"
                    + " {\"device\": \"limits\", \"field\": \"horizonHours\"}]")
                .folder);
    assertThat(read.facts().ofNode(3).assumed())
        .containsExactly(
            new AssumedValue("CHP", "heatPerPower", List.of(3)),
            new AssumedValue("limits", "horizonHours", List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{'device': 'XX', 'field': 'a', 'nodes': [3]}] | entry 1 of assumed: device = XX: is no",
        "[{'device': 'BT', 'field': 'cop', 'nodes': [4]}] | field = cop: is no field of BT",
        "[{'device': 'BT', 'field': 'kind', 'nodes': [4]}] | field = kind: is no field of BT",
        "[{'device': 'BT', 'field': 'lossPerHour', 'nodes': [3]}] | nodes = 3: has no BT",
        "[{'device': 'BT', 'field': 'lossPerHour', 'nodes': [99]}] | nodes = 99: has no BT",
        "[{'device': 'BT', 'field': 'lossPerHour'}] | nodes = []: names no node",
        "[{'device': 'limits', 'field': 'horizonHours', 'nodes': [3]}] | are not of one node",
        "[{'device': 'limits', 'field': 'horizonHours', 'nodes': []}] | must have at least 1",
        "[{'device': 'BT', 'field': 'lossPerHour', 'nodes': ['4']}] | nodes = \"4\": is text",
        "[{'device': 'BT'}] | entry 1 of assumed: field: is missing",
        "[{'device': 'limits', 'field': 'horizonHours', 'x': 1}] | x = 1: unknown key",
        "[7] | entry 1 of assumed: 7: must be an object",
        "{} | assumed = {}: must be a list"
      },
      quoteCharacter = '`')
  void whatTheCaseDoesNotHaveIsNamed(String list, String problem) {
    assertThat(CaseReader.check(with(list.replace('\'', '"')).folder).errors())
        .extracting(CaseProblem::toString)
        .singleElement()
        .satisfies(message -> assertThat(message).startsWith("case.json: ").contains(problem));
  }
}
