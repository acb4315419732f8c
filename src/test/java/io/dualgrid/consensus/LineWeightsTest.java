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

  private static List<Line> fork(double resistanceOhm, double reactanceOhm) {
    return List.of(
        new Line(0, 1, resistanceOhm, reactanceOhm),
        new Line(1, 2, 0.1, 0.1),
        new Line(1, 3, 0.1, 0.1));
  }

  /**
   * By hand, with flow penalties F/3.4, F and F, voltage weights 1, 1/2.4 and 1/2.4, and a drop of
   * z² = 0.3² + 0.4² per cent²: in series 1/(1 + 2.4/2) = 1/2.2 for voltages, F/3.4 + F/2 for
   * flows. The drag of the inner node, z²/2.2 over that, is brought to a hundredth.
   */
  @Test
  void voltagesDragFlowsByAHundredth() {
    for (double baseOhm : new double[] {100, 50}) {
      List<Line> lines = fork(0.3, 0.4);
      LineWeights weights = new LineWeights(new FeederTree(List.of(0, 1, 2, 3), lines), baseOhm, 1);
      double leaf = weights.flow(lines.get(1));
      double squaredDrop = 0.25 * Math.pow(100 / baseOhm, 2);
      double scale = 0.01 * 2.2 * leaf * (1 / 3.4 + 1 / 2.0) / squaredDrop;
      // some twenty roundings of 1e-16
      assertThat(weights.voltage(lines.get(0)) / (1e4 * scale)).isCloseTo(1, within(1e-14));
      assertThat(weights.voltage(lines.get(1)) * 2.4 / (1e4 * scale)).isCloseTo(1, within(1e-14));
    }
  }

  @Test
  void withoutImpedanceVoltagesDragNothing() {
    List<Line> lines = fork(0, 0);
    assertThat(weights(lines).voltage(lines.get(0))).isEqualTo(1e4);
  }

  /** What a step costs, and so what its penalties are, goes by its length. */
  @Test
  void flowPenaltiesGoByTheLengthOfAStep() {
    List<Line> lines = fork(0.3, 0.4);
    FeederTree tree = new FeederTree(List.of(0, 1, 2, 3), lines);
    for (Line line : lines) {
      assertThat(new LineWeights(tree, 100, 0.25).flow(line))
          .isEqualTo(new LineWeights(tree, 100, 1).flow(line) / 4);
    }
  }
}
