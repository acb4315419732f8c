package io.dualgrid.caseio.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.caseio.format.CaseWriter;
import io.dualgrid.device.DeviceKind;
import io.dualgrid.device.DeviceKinds;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.problem.NumberText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The page about own data states every default. */
class DefaultsDocTest {
  /** A fixed default, as text. */
  record Stated(String device, String parameter, String value) {}

  static List<Stated> defaults() {
    List<Stated> defaults = new ArrayList<>();
    for (DeviceKind kind : DeviceKinds.all()) {
      kind.defaults()
          .forEach(
              (field, value) ->
                  defaults.add(new Stated(kind.name(), field, NumberText.show(value))));
    }
    for (var field : CaseWriter.limits(NetworkLimits.UNCHARGED).properties()) {
      // these follow from the profiles and from the nominal voltage
      if (!Set.of("profileRows", "baseImpedanceOhm").contains(field.getKey())) {
        String value = NumberText.show(field.getValue().doubleValue());
        defaults.add(new Stated("limits", field.getKey(), value));
      }
    }
    return defaults;
  }

  @Test
  void everyDefaultIsInTheTable() throws IOException {
    String page = Files.readString(Path.of("docs/own-data.md"));
    assertThat(defaults())
        .allSatisfy(
            one ->
                assertThat(page)
                    .contains(
                        "| "
                            + one.device()
                            + " | `"
                            + one.parameter()
                            + "` | "
                            + one.value()
                            + " |"));
  }
}
