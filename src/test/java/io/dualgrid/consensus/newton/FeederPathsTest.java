package io.dualgrid.consensus.newton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeederPathsTest {
  // 7 is the root; 3 and 5 below it, 9 below 3; base impedance 10 ohm
  private static final List<Line> LINES =
      List.of(new Line(7, 3, 1.0, 2.0), new Line(7, 5, 3.0, 4.0), new Line(3, 9, 0.5, 0.25));
  private final FeederPaths paths =
      new FeederPaths(new FeederTree(List.of(9, 7, 5, 3), LINES), List.of(9, 7, 5, 3), 10.0);

  @Test
  void sharesOfAVoltageAreTheSharedPath() {
    RowPlace place = new RowPlace(RowPlace.Kind.VOLTAGE, 0, 4);

    assertShare(paths.share(place, 0), 0.15, 0.225);
    assertShare(paths.share(place, 1), 0.0, 0.0);
    assertShare(paths.share(place, 2), 0.0, 0.0);
    assertShare(paths.share(place, 3), 0.1, 0.2);
    assertThat(paths.share(place, 0).step()).isEqualTo(4);
  }

  @Test
  void sharesOfAFlowAreTheSubtree() {
    RowPlace active = new RowPlace(RowPlace.Kind.ACTIVE_FLOW, 3, 0);
    assertShare(paths.share(active, 0), 1.0, 0.0);
    assertShare(paths.share(active, 1), 0.0, 0.0);
    assertShare(paths.share(active, 2), 0.0, 0.0);
    assertShare(paths.share(active, 3), 1.0, 0.0);
    RowPlace reactive = new RowPlace(RowPlace.Kind.REACTIVE_FLOW, 2, 0);
    assertShare(paths.share(reactive, 2), 0.0, 1.0);
  }

  private static void assertShare(RowShare share, double active, double reactive) {
    // sums of three figures below one
    assertThat(share.active()).isCloseTo(active, within(1e-15));
    assertThat(share.reactive()).isCloseTo(reactive, within(1e-15));
  }
}
