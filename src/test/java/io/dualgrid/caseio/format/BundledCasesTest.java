package io.dualgrid.caseio.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.caseio.check.CaseCheck;
import io.dualgrid.device.DeviceCodec;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Profile;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.device.storage.Battery;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.site.GridCase;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Facts of the bundled cases, taken from the published files by independent means. */
class BundledCasesTest {
  @Test
  void theSixBusCaseIsTheOneThatWasPublished() {
    GridCase six = CaseReader.bundled("6-bus");
    assertThat(six.nodes()).hasSize(7);
    assertThat(six.lines()).hasSize(6);
    assertThat(six.tree().root()).isZero();
    assertThat(six.tree().maxDepth()).isEqualTo(5);
    assertThat(six.limits()).isEqualTo(NetworkLimits.PUBLISHED);
    assertThat(kinds(six))
        .isEqualTo(Map.of("GI", 1, "P_load", 6, "H_load", 6, "WP", 6, "CHP", 6, "EH", 6));
    assertThat(six.lines().get(0)).isEqualTo(new Line(0, 1, 0.0966, 0.114));
    GridInterface connection = (GridInterface) six.node(0).devices().get(0);
    assertThat(connection.sellPricePerKwh().factor()).isEqualTo(0.5);
    assertThat(connection.buyMaxKw()).isEqualTo(1e5);
  }

  @Test
  void theYingkouCaseIsTheOneThatWasPublished() {
    GridCase yingkou = CaseReader.bundled("yingkou-60");
    assertThat(yingkou.nodes()).hasSize(60);
    assertThat(yingkou.lines()).hasSize(59);
    assertThat(yingkou.tree().maxDepth()).isEqualTo(23);
    assertThat(kinds(yingkou))
        .isEqualTo(
            Map.of(
                "GI", 1, "P_load", 48, "Q_load", 48, "H_load", 48, "PV", 17, "CHP", 2, "EH", 48,
                "EHP", 48, "BT", 6, "HS", 2));
    Battery battery =
        (Battery)
            yingkou.node(3).devices().stream()
                .filter(Battery.class::isInstance)
                .findFirst()
                .orElseThrow();
    assertThat(battery.energyMaxKwh()).isEqualTo(797.4758267722066);
    assertThat(battery.powerMaxKw()).isCloseTo(265.825276, within(1e-6));
    assertThat(battery.energyStartKwh()).isCloseTo(239.242748, within(1e-6));
  }

  @Test
  void everyBundledCaseHasASourceAndNoWarnings() {
    for (String name : CaseLocator.bundledNames()) {
      CaseCheck check = CaseLocator.check(name);
      assertThat(check.warnings()).as(name).isEmpty();
      assertThat(check.orThrow().source()).as(name).contains("published");
      assertThat(check.orThrow().name()).isEqualTo(name);
    }
  }

  private static Map<String, Integer> kinds(GridCase gridCase) {
    Map<String, Integer> counts = new TreeMap<>();
    gridCase
        .nodes()
        .forEach(n -> n.devices().forEach(d -> counts.merge(d.kind(), 1, Integer::sum)));
    return counts;
  }

  @Test
  void totalsOfTheProfilesAreThoseOfThePublishedFiles() {
    // summed over the published files with Python's csv module; sums of at most 48·96 terms below
    // 1e3 carry at most 5e3 roundings of 1e-16 relative each, hence 1e-9
    Map<String, Double> six = totals(CaseReader.bundled("6-bus"));
    assertTotals(six, Map.of("P_load", 5760.0, "H_load", 0.0, "WP", 2880.0));
    Map<String, Double> yingkou = totals(CaseReader.bundled("yingkou-60"));
    assertTotals(
        yingkou,
        Map.of(
            "P_load",
            227395.4866,
            "Q_load",
            82547.5378,
            "H_load",
            35878.817844716235,
            "PV",
            70733.58278));
  }

  private static void assertTotals(Map<String, Double> found, Map<String, Double> expected) {
    expected.forEach(
        (kind, total) ->
            assertThat(found.get(kind)).as(kind).isCloseTo(total, within(1e-9 * (1 + total))));
  }

  private static Map<String, Double> totals(GridCase gridCase) {
    Map<String, Double> totals = new TreeMap<>();
    for (GridCase.Node node : gridCase.nodes()) {
      for (DeviceSpec device : node.devices()) {
        for (Profile profile : DeviceCodec.profiles(device).values()) {
          for (int row = 0; row < profile.rawValues().length; row++) {
            totals.merge(device.kind(), profile.value(row), Double::sum);
          }
        }
      }
    }
    return totals;
  }
}
