package io.dualgrid.feeder;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Flows of a feeder without losses, for tests that hold voltages and limits against them. */
public final class SubtreeSums {
  private SubtreeSums() {}

  /** For each node the sum of a quantity over the node and all nodes below it. */
  public static Map<Integer, Double> of(FeederTree tree, ToDoubleFunction<Integer> quantity) {
    List<Integer> topDown = tree.topDown();
    Map<Integer, Double> sums = new HashMap<>();
    for (int k = topDown.size() - 1; k >= 0; k--) {
      double sum = quantity.applyAsDouble(topDown.get(k));
      for (Line line : tree.childLines(topDown.get(k))) {
        sum += sums.get(line.to());
      }
      sums.put(topDown.get(k), sum);
    }
    return sums;
  }
}
