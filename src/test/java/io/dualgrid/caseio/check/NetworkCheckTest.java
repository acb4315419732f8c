package io.dualgrid.caseio.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.feeder.Line;
import io.dualgrid.problem.CaseProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Networks that are wrong all over, as a table with swapped columns is. */
class NetworkCheckTest {
  private static final int NODES = 20_000;

  private final List<CaseProblem> problems = new ArrayList<>();

  private void check(List<Line> lines, int root) {
    List<Integer> ids = IntStream.rangeClosed(1, NODES).boxed().toList();
    new NetworkCheck("lines.csv", ids, lines, problems::add).run(List.of(root));
  }

  private static Line line(int from, int to) {
    return new Line(from, to, 0.1, 0.1);
  }

  @Test
  void everyLineThatPointsToTheRootIsNamedFromTheRootOutwards() {
    List<Line> lines = IntStream.range(1, NODES).mapToObj(k -> line(k + 1, k)).toList();
    check(lines, 1);
    assertThat(problems).hasSize(NODES - 1);
    assertThat(problems.get(0).toString())
        .isEqualTo(
            "lines.csv: line 1 (2 -> 1): from = 2: leads into the root, so that node 2 would be a"
                + " second root; swap the ends: from 1 to 2");
    assertThat(problems)
        .extracting(CaseProblem::value)
        .isEqualTo(IntStream.rangeClosed(2, NODES).mapToObj(String::valueOf).toList());
  }

  @Test
  void everyLoopIsNamedAndNoMessageIsAsLongAsTheFeeder() {
    List<Line> lines = new ArrayList<>();
    IntStream.range(1, NODES).forEach(k -> lines.add(line(k, k + 1)));
    IntStream.range(3, NODES + 1).forEach(k -> lines.add(line(1, k)));
    check(lines, 1);
    assertThat(problems).hasSize(NODES - 2);
    assertThat(problems)
        .allSatisfy(problem -> assertThat(problem.message()).startsWith("closes a loop"))
        .allSatisfy(problem -> assertThat(problem.toString()).hasSizeLessThan(600));
  }

  @Test
  void thousandsOfNodesWithoutAPathAreOneShortMessage() {
    check(List.of(line(1, 2)), 1);
    assertThat(problems)
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.toString())
                    .startsWith("lines.csv: nodes 3, 4, 5, ")
                    .contains(", 52 and " + (NODES - 52) + " more: no path from root 1"));
  }
}
