package io.dualgrid.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineWeightsTest {
  private static List<Line> chain(int lines) {
    return IntStream.range(0, lines).mapToObj(i -> new Line(i, i + 1, 0.1, 0.1)).toList();
  }

  private static LineWeights weights(List<Line> lines) {
    List<Integer> nodes = new ArrayList<>(List.of(0));
    lines.forEach(line -> nodes.add(line.to()));
    return new LineWeights(new FeederTree(nodes, lines), 100.0, 1.0);
  }

  /** Along a chain g = 1, 2.2, 3.64, … from the leaf, so ratios of flow penalties are known. */
  @Test
  void flowPenaltiesOfAChainFallTowardsTheRoot() {
    List<Line> lines = chain(45);
    LineWeights weights = weights(lines);
    double leaf = weights.flow(lines.get(44));
    assertThat(weights.flow(lines.get(43)) / leaf).isCloseTo(1 / 2.2, within(1e-12));
    assertThat(weights.flow(lines.get(42)) / leaf).isCloseTo(1 / 3.64, within(1e-12));
    for (int i = 1; i < 45; i++) {
      assertThat(weights.flow(lines.get(i - 1))).isLessThanOrEqualTo(weights.flow(lines.get(i)));
    }
    assertThat(leaf / weights.flow(lines.get(0))).isCloseTo(1000, within(1e-8));
  }

  @Test
  void voltagePenaltiesOfAChainGrowTowardsTheRoot() {
    List<Line> lines = chain(45);
    LineWeights weights = weights(lines);
    for (int i = 1; i < 45; i++) {
      double ratio = weights.voltage(lines.get(i - 1)) / weights.voltage(lines.get(i));
      // by a factor of 1.2 a line, until the range of 1000 is used up
      assertThat(ratio).isBetween(1 - 1e-12, 1.2 + 1e-12);
    }
    assertThat(weights.voltage(lines.get(0)) / weights.voltage(lines.get(1)))
        .isCloseTo(1.2, within(1e-12));
    assertThat(weights.voltage(lines.get(0)) / weights.voltage(lines.get(44)))
        .isCloseTo(1000, within(1e-8));
  }

  @Test
  void branchesOfEqualShapeWeighTheSame() {
    List<Line> lines =
        List.of(new Line(0, 1, 0.1, 0.1), new Line(1, 2, 0.1, 0.1), new Line(1, 3, 0.3, 0.1));
    LineWeights weights = weights(lines);
    assertThat(weights.flow(lines.get(1))).isEqualTo(weights.flow(lines.get(2)));
    assertThat(weights.voltage(lines.get(1))).isEqualTo(weights.voltage(lines.get(2)));
    // g = 1 + 1.2 · 2
    assertThat(weights.flow(lines.get(1)) / weights.flow(lines.get(0)))
        .isCloseTo(3.4, within(1e-12));
  }
}
