package io.dualgrid.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.protocol.TreePart;
import io.dualgrid.securesum.FixedPoint;
import io.dualgrid.securesum.WideNumbers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeAdderTest {
  private static final FixedPoint SCALE = FixedPoint.forReports(100);

  /** Sums by walking from every node to the root, on trees whose lines come in any order. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void addsOverWhatIsBelowAndAlongThePath(int seed) {
    Random random = new Random(seed);
    int nodes = 2 + random.nextInt(40);
    int[] parent = IntStream.range(0, nodes).map(i -> i == 0 ? -1 : random.nextInt(i)).toArray();
    List<Integer> order = new ArrayList<>(IntStream.range(1, nodes).boxed().toList());
    Collections.shuffle(order, random);
    List<Line> lines =
        order.stream().map(node -> new Line(100 + parent[node], 100 + node, 1.0, 1.0)).toList();
    List<Integer> ids = IntStream.range(100, 100 + nodes).boxed().toList();
    Network network =
        new Network(
            new FeederTree(ids, lines),
            NetworkLimits.PUBLISHED,
            ids,
            lines,
            1.0,
            1.0,
            new double[] {1.0});
    TreeAdder adder = new TreeAdder(network);
    for (boolean upwards : new boolean[] {true, false}) {
      adder.begin(upwards);
      double[] values = new double[nodes];
      for (int line = 0; line < lines.size(); line++) {
        assertThat(adder.incomplete()).isTrue();
        int node = order.get(line);
        values[node] = random.nextInt(1000);
        byte[] numbers = WideNumbers.of(new double[] {values[node]}, SCALE).toBytes();
        assertThat(adder.takes(new TreePart(line, !upwards, numbers))).isFalse();
        assertThat(adder.missing()).contains(2 * line + (upwards ? 1 : 0));
        assertThat(adder.takes(new TreePart(line, upwards, numbers))).isTrue();
        assertThat(adder.takes(new TreePart(line, upwards, numbers))).isFalse();
      }
      assertThat(adder.incomplete()).isFalse();
      double[] expected = new double[nodes];
      for (int node = 1; node < nodes; node++) {
        for (int at = node; at > 0; at = parent[at]) {
          expected[upwards ? at : node] += values[upwards ? node : at];
        }
      }
      List<byte[]> sums = upwards ? adder.overSubtrees() : adder.alongPaths();
      for (int line = 0; line < lines.size(); line++) {
        assertThat(WideNumbers.fromBytes(sums.get(line)).values(SCALE, 100))
            .containsExactly(expected[order.get(line)]);
      }
    }
  }
}
