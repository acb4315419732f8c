package io.dualgrid.caseio.check;

import io.dualgrid.feeder.Line;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;

/** Directs lines away from the root, for sources that leave their direction open. */
public final class LineDirection {
  private LineDirection() {}

  /**
   * Turns the lines that lead towards the root; those that close a loop or that the root does not
   * reach stay as they are, for {@link NetworkCheck} to name.
   *
   * @param root a node
   * @param lines not modified
   * @param turned takes the index of every line that was turned
   * @return the lines in the same order
   */
  public static List<Line> awayFrom(int root, List<Line> lines, IntConsumer turned) {
    Map<Integer, List<Integer>> touching = new HashMap<>();
    for (int k = 0; k < lines.size(); k++) {
      touching.computeIfAbsent(lines.get(k).from(), node -> new ArrayList<>()).add(k);
      touching.computeIfAbsent(lines.get(k).to(), node -> new ArrayList<>()).add(k);
    }
    List<Line> directed = new ArrayList<>(lines);
    Set<Integer> reached = new HashSet<>(Set.of(root));
    ArrayDeque<Integer> queue = new ArrayDeque<>(reached);
    while (!queue.isEmpty()) {
      int node = queue.remove();
      for (int k : touching.getOrDefault(node, List.of())) {
        Line line = directed.get(k);
        int other = line.from() == node ? line.to() : line.from();
        if (!reached.add(other)) {
          continue;
        }
        if (line.to() == node) {
          directed.set(k, line.turned());
          turned.accept(k);
        }
        queue.add(other);
      }
    }
    return directed;
  }
}
