package io.dualgrid.caseio.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.OneRound;
import io.dualgrid.caseio.ImportReport;
import io.dualgrid.caseio.generate.FeederGenerator.Options;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.device.heat.ElectricHeater;
import io.dualgrid.device.heat.HeatPump;
import io.dualgrid.device.load.HeatLoad;
import io.dualgrid.device.load.ReactiveLoad;
import io.dualgrid.device.storage.HeatStore;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.SubtreeSums;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@OneRound
class FeederGeneratorTest {
  @TempDir Path parent;

  @ParameterizedTest
  @EnumSource(FeederShape.class)
  void theSameOptionsGiveTheSameCaseAndAnotherSeedAnother(FeederShape shape) {
    GridCase one = FeederGenerator.generate(new Options(40, shape, 7));
    assertThat(FeederGenerator.generate(new Options(40, shape, 7))).isEqualTo(one);
    assertThat(FeederGenerator.generate(new Options(40, shape, 8)).nodes())
        .isNotEqualTo(one.nodes());
  }

  @ParameterizedTest
  @EnumSource(FeederShape.class)
  void everyShapeIsASoundCaseOfItsSize(FeederShape shape) throws IOException {
    for (int nodes : new int[] {2, 3, 17, 200}) {
      Options options = new Options(nodes, shape, 3);
      ImportReport report =
          FeederGenerator.write(options, parent.resolve(shape + "-" + nodes), false);
      assertThat(report.gridCase()).isEqualTo(FeederGenerator.generate(options));
      assertThat(report.gridCase().nodes()).hasSize(nodes);
      assertThat(report.warnings()).isEmpty();
    }
  }

  @Test
  void shapesHaveTheDepthTheyAreNamedFor() {
    assertThat(depth(FeederShape.CHAIN, 200)).isEqualTo(199);
    assertThat(depth(FeederShape.STAR, 200)).isEqualTo(1);
    // the depth of a random recursive tree is about e ln n = 14; half and twice that are many
    // standard deviations away
    assertThat(depth(FeederShape.BUSHY, 200)).isBetween(7, 28);
    assertThat(depth(FeederShape.YINGKOU_LIKE, 60)).isEqualTo(23);
    assertThat(depth(FeederShape.YINGKOU_LIKE, 1000)).isEqualTo(95);
  }

  private static int depth(FeederShape shape, int nodes) {
    return FeederGenerator.generate(new Options(nodes, shape, 1)).tree().maxDepth();
  }

  /**
   * The reference schedule, worked out here from the case alone: it must keep voltages, heat and
   * the limits of the connection.
   */
  @ParameterizedTest
  @EnumSource(FeederShape.class)
  void theReferenceScheduleKeepsEveryLimit(FeederShape shape) {
    GridCase feeder = FeederGenerator.generate(new Options(300, shape, 11));
    GridInterface connection = (GridInterface) feeder.node(0).devices().get(0);
    Map<Integer, double[]> drawn = new HashMap<>();
    for (GridCase.Node node : feeder.nodes()) {
      drawn.put(node.id(), FeederGenerator.reference(node.devices()).drawnKw());
      assertHeatIsServed(node);
    }
    for (int row = 0; row < ProfileShapes.ROWS; row++) {
      int at = row;
      Map<Integer, Double> flows = SubtreeSums.of(feeder.tree(), id -> drawn.get(id)[at]);
      Map<Integer, Double> reactive = SubtreeSums.of(feeder.tree(), id -> reactive(feeder, id, at));
      assertThat(flows.get(0)).isBetween(0.0, connection.buyMaxKw());
      assertThat(reactive.get(0)).isLessThanOrEqualTo(flows.get(0) * Math.tan(Math.acos(0.8)));
      Map<Integer, Double> voltage = new HashMap<>(Map.of(0, 1.0));
      for (Line line :
          feeder.tree().topDown().stream().skip(1).map(feeder.tree()::parentLine).toList()) {
        double drop =
            (flows.get(line.to()) * line.resistanceOhm()
                    + reactive.get(line.to()) * line.reactanceOhm())
                / (1000 * 100);
        voltage.put(line.to(), voltage.get(line.from()) - drop);
        // 0.97 by the rule; four digits of the impedances can move it by 5e-4 of the drop
        assertThat(voltage.get(line.to())).isGreaterThan(0.97 - 0.03 * 5e-4);
      }
    }
  }

  private static void assertHeatIsServed(GridCase.Node node) {
    for (int row = 0; row < ProfileShapes.ROWS; row++) {
      double need = 0;
      double can = 0;
      for (DeviceSpec device : node.devices()) {
        need += device instanceof HeatLoad load ? load.heatKw().value(row) : 0;
        need +=
            device instanceof HeatStore store ? store.lossPerHour() * store.energyStartKwh() : 0;
        can += device instanceof HeatPump pump ? pump.cop() * pump.powerMaxKw() : 0;
        can += device instanceof ElectricHeater h ? h.efficiency() * h.powerMaxKw() : 0;
      }
      assertThat(can).isGreaterThanOrEqualTo(need);
    }
  }

  private static double reactive(GridCase feeder, int id, int row) {
    return feeder.nodes().get(id).devices().stream()
        .filter(ReactiveLoad.class::isInstance)
        .mapToDouble(device -> ((ReactiveLoad) device).powerKvar().value(row))
        .sum();
  }

  @Test
  void theMixOfDevicesFollowsTheRules() {
    GridCase feeder = FeederGenerator.generate(new Options(4000, FeederShape.BUSHY, 5));
    Map<String, Integer> counts = new HashMap<>();
    feeder
        .nodes()
        .forEach(node -> node.devices().forEach(d -> counts.merge(d.kind(), 1, Integer::sum)));
    int loaded = counts.get("P_load");
    // half of a random recursive tree are leaves, which are all loaded; of the rest a fifth is not
    assertShare(loaded, 3999, 0.9);
    assertShare(counts.get("PV"), loaded, 0.35);
    assertShare(counts.get("BT"), loaded, 0.12);
    assertShare(counts.get("CHP"), loaded, 0.05);
    assertShare(counts.get("HS"), loaded, 0.05);
    assertShare(counts.get("WP"), loaded, 0.05);
    assertThat(counts.get("EHP")).isEqualTo(loaded);
    assertThat(counts.get("GI")).isEqualTo(1);
  }

  /** Within five standard deviations of a binomial count. */
  private static void assertShare(int count, int of, double share) {
    double deviation = Math.sqrt(of * share * (1 - share));
    assertThat((double) count).isBetween(of * share - 5 * deviation, of * share + 5 * deviation);
  }

  @Test
  void badOptionsAreRefusedWithTheWayOut() {
    assertThatThrownBy(() -> new Options(1, FeederShape.STAR, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("nodes = 1: give a number from 2 to 50000");
    assertThat(FeederShape.of("yingkou-like")).isEqualTo(FeederShape.YINGKOU_LIKE);
    assertThatThrownBy(() -> FeederShape.of("ring"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown shape ring; give chain, star, bushy or yingkou-like");
  }
}
