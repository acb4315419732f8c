package io.dualgrid.caseio.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.dualgrid.OneRound;
import io.dualgrid.device.DeviceKind;
import io.dualgrid.device.DeviceKinds;
import io.dualgrid.device.OnOff;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The interpreter of the schema, held against a general validator. */
@OneRound
class CaseSchemaTest {
  private static final JsonSchema REFEREE =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(CaseSchema.instance().json());

  @TempDir Path parent;

  @Test
  void theSchemaIsAValidSchema() {
    JsonSchema metaSchema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(
                com.networknt.schema.SchemaLocation.of(
                    "https://json-schema.org/draft/2020-12/schema"));
    assertThat(metaSchema.validate(CaseSchema.instance().json())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("bundled")
  void bundledCasesSatisfyBoth(String name) throws IOException {
    JsonNode json = new ObjectMapper().readTree(Path.of("data", name, "case.json").toFile());
    assertThat(CaseSchema.instance().check(json)).isEmpty();
    assertThat(REFEREE.validate(json)).isEmpty();
  }

  static Stream<String> bundled() {
    return CaseLocator.bundledNames().stream();
  }

  @ParameterizedTest
  @MethodSource("io.dualgrid.caseio.format.BrokenCaseTest#structure")
  void agreesOnBrokenStructure(BrokenCaseTest.Broken broken) throws IOException {
    agrees(broken);
  }

  @ParameterizedTest
  @MethodSource("io.dualgrid.caseio.format.BrokenCaseTest#numbers")
  void agreesOnBrokenNumbers(BrokenCaseTest.Broken broken) throws IOException {
    agrees(broken);
  }

  private void agrees(BrokenCaseTest.Broken broken) throws IOException {
    CaseFolder folder = CaseFolder.sound(parent);
    broken.breakIt().accept(folder);
    JsonNode json;
    try {
      json = new ObjectMapper().readTree(folder.read("case.json"));
    } catch (RuntimeException | IOException e) {
      return; // no JSON at all: nothing to hold against a schema
    }
    if (json.isMissingNode() || broken.name().equals("infinite number")) {
      return; // JSON Schema has no word for a number that does not fit into a double
    }
    assertThat(CaseSchema.instance().check(json).isEmpty())
        .as("ours: %s, referee: %s", CaseSchema.instance().check(json), REFEREE.validate(json))
        .isEqualTo(REFEREE.validate(json).isEmpty());
  }

  @Test
  void fieldsOfTheSchemaAreThoseOfTheRecords() {
    for (Map.Entry<String, JsonNode> device : CaseSchema.instance().devices().entrySet()) {
      List<String> inSchema = new ArrayList<>();
      device.getValue().get("properties").fieldNames().forEachRemaining(inSchema::add);
      List<String> inRecord = new ArrayList<>(List.of("kind"));
      for (RecordComponent component :
          DeviceKinds.of(device.getKey()).type().getRecordComponents()) {
        if (component.getType().equals(OnOff.class)) {
          for (RecordComponent part : OnOff.class.getRecordComponents()) {
            inRecord.add(part.getName());
          }
        } else if (!component.getName().equals("kind")) {
          inRecord.add(component.getName());
        }
      }
      assertThat(inSchema).as(device.getKey()).isEqualTo(inRecord);
    }
    assertThat(CaseSchema.instance().devices().keySet())
        .containsExactlyElementsOf(DeviceKinds.all().stream().map(DeviceKind::name).toList());
  }

  @Test
  void everyFieldSaysWhatItIsForTheWayOut() {
    for (JsonNode definition : CaseSchema.instance().json().get("$defs")) {
      for (Map.Entry<String, JsonNode> property : definition.path("properties").properties()) {
        assertThat(property.getValue().path("description").asText())
            .as(property.getKey())
            .isNotBlank();
      }
    }
  }
}
