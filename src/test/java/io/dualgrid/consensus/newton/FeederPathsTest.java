package io.dualgrid.consensus.newton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeederPathsTest {
  // 7 is the root; 3 and 5 below it, 9 below 3; base impedance 10 ohm
  private static final List<Line> LINES =
      List.of(new Line(7, 3, 1.0, 2.0), new Line(7, 5, 3.0, 4.0), new Line(3, 9, 0.5, 0.25));
  private final FeederPaths paths = paths(LINES);

  private static FeederPaths paths(List<Line> lines) {
    NetworkLimits limits = new NetworkLimits(24, 24, 1000, 10, 0.95, 1.05, 1.02, 1e5, 0);
    return new FeederPaths(new FeederTree(List.of(9, 7, 5, 3), lines), List.of(9, 7, 5, 3), limits);
  }

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

  /**
   * Behind taps of 1.25 and 0.8: V₃ = V₇/1.25 − 0.1·P₃ and V₉ = V₃/0.8 − 0.05·P₉, with P₃ = −p₃ −
   * p₉ and P₉ = −p₉. So V₉ = V₇ + 0.125·p₃ + (0.125 + 0.05)·p₉, and V₃ = 0.8·V₇ + 0.1·(p₃ + p₉).
   */
  @Test
  void impedancesAndTheRootsVoltageCrossTransformers() {
    FeederPaths tapped =
        paths(
            List.of(
                new Line(7, 3, 1.0, 2.0, 1.25, 300.0),
                new Line(7, 5, 3.0, 4.0),
                new Line(3, 9, 0.5, 0.25, 0.8, Double.POSITIVE_INFINITY)));
    RowPlace low = new RowPlace(RowPlace.Kind.VOLTAGE, 0, 0);
    RowPlace upper = new RowPlace(RowPlace.Kind.VOLTAGE, 3, 0);

    assertShare(tapped.share(low, 0), 0.175, 0.275);
    assertShare(tapped.share(low, 2), 0.0, 0.0);
    assertShare(tapped.share(low, 3), 0.125, 0.25);
    assertShare(tapped.share(upper, 0), 0.1, 0.2);
    assertThat(tapped.unloaded(low)).isCloseTo(1.02, within(1e-15));
    assertThat(tapped.unloaded(upper)).isCloseTo(0.8 * 1.02, within(1e-15));
    assertThat(tapped.rating(3)).isEqualTo(0.3);
    assertThat(tapped.rating(0)).isInfinite();
  }

  /** The row of a polygon of twelve sides whose normal stands at 45 degrees. */
  @Test
  void sharesOfARatingAreThoseOfItsSide() {
    RowPlace rating = new RowPlace(RowPlace.Kind.RATING, 3, 0, 1);
    assertShare(paths.share(rating, 0), Math.sqrt(0.5), Math.sqrt(0.5));
    assertShare(paths.share(rating, 2), 0.0, 0.0);
  }

  private static void assertShare(RowShare share, double active, double reactive) {
    // sums of three figures below one
    assertThat(share.active()).isCloseTo(active, within(1e-15));
    assertThat(share.reactive()).isCloseTo(reactive, within(1e-15));
  }
}
