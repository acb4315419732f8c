package io.dualgrid.run;

import io.dualgrid.device.DesProgram;
import java.util.List;

/** What the dispatch of an energy system costs, as series: a device and a part of the cost each. */
final class CostTable {
  private CostTable() {}

  /** The series of one energy system; they add up to its cost. */
  static List<DispatchSeries> ofNode(DesProgram program, double[] x) {
    String node = Integer.toString(program.nodeId());
    return program.costs().stream()
        .map(
            item ->
                new DispatchSeries(
                    node, item.device(), item.part().id(), "currency", program.costOf(item, x)))
        .toList();
  }
}
