package io.dualgrid.feeder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FeederTreeTest {
  /** Node 9 feeds 2 and 5, node 5 feeds 1 and 7, node 7 feeds 4. */
  private final FeederTree tree =
      new FeederTree(
          List.of(1, 2, 4, 5, 7, 9),
          List.of(line(7, 4), line(9, 2), line(5, 1), line(9, 5), line(5, 7)));

  private static Line line(int from, int to) {
    return new Line(from, to, 0.1, 0.2);
  }

  @Test
  void knowsRootDepthAndParity() {
    assertThat(tree.root()).isEqualTo(9);
    assertThat(tree.depth(9)).isZero();
    assertThat(tree.depth(2)).isEqualTo(1);
    assertThat(tree.depth(7)).isEqualTo(2);
    assertThat(tree.depth(4)).isEqualTo(3);
    assertThat(tree.maxDepth()).isEqualTo(3);
    assertThat(tree.topDown().stream().filter(tree::hasEvenDepth))
        .containsExactlyInAnyOrder(9, 1, 7);
  }

  @Test
  void everyLineJoinsAnEvenToAnOddDepth() {
    for (int node : tree.topDown()) {
      for (Line line : tree.childLines(node)) {
        assertThat(tree.hasEvenDepth(line.from())).isNotEqualTo(tree.hasEvenDepth(line.to()));
      }
    }
  }

  @Test
  void parentsComeBeforeTheirChildren() {
    List<Integer> order = tree.topDown();
    assertThat(order).hasSize(6).startsWith(9);
    for (int node : order) {
      if (node != 9) {
        assertThat(order.indexOf(tree.parentLine(node).from())).isLessThan(order.indexOf(node));
      }
    }
    assertThat(tree.parentLine(9)).isNull();
    assertThat(tree.childLines(5)).containsExactly(line(5, 1), line(5, 7));
    assertThat(tree.childLines(4)).isEmpty();
  }

  @Test
  void aSingleNodeIsATree() {
    FeederTree single = new FeederTree(List.of(3), List.of());
    assertThat(single.root()).isEqualTo(3);
    assertThat(single.maxDepth()).isZero();
    assertThat(single.topDown()).containsExactly(3);
  }

  @Test
  void aLongChainNeedsNoDeepStack() {
    int length = 20_000;
    List<Line> lines = new ArrayList<>();
    for (int k = 1; k < length; k++) {
      lines.add(line(k - 1, k));
    }
    FeederTree chain = new FeederTree(IntStream.range(0, length).boxed().toList(), lines);
    assertThat(chain.maxDepth()).isEqualTo(length - 1);
    assertThat(chain.topDown()).hasSize(length).startsWith(0).endsWith(length - 1);
  }

  @Test
  void refusesWhatIsNoTree() {
    assertThatThrownBy(() -> new FeederTree(List.of(1, 2), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("roots [1, 2]");
    assertThatThrownBy(() -> new FeederTree(List.of(1, 2, 3), List.of(line(1, 3), line(2, 3))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("roots [1, 2]");
    assertThatThrownBy(
            () -> new FeederTree(List.of(1, 2, 3), List.of(line(1, 2), line(2, 3), line(3, 2))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FeederTree(List.of(1, 2), List.of(line(1, 2), line(1, 2))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FeederTree(List.of(1, 2), List.of(line(1, 5))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void unknownNodesAreRefused() {
    assertThatThrownBy(() -> tree.depth(77)).isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(() -> tree.childLines(77)).isInstanceOf(NoSuchElementException.class);
  }
}
