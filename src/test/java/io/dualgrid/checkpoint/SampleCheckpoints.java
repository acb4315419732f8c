package io.dualgrid.checkpoint;

import io.dualgrid.run.IterationRecord;
import io.dualgrid.run.RunSettings;
import io.dualgrid.run.RunState;
import io.dualgrid.runtime.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checkpoints, made up. */
final class SampleCheckpoints {
  static final double PRIVATE_VALUE = 1234.56789;

  private SampleCheckpoints() {}

  static Checkpoint.Order order(CheckpointInterval interval) {
    return new Checkpoint.Order(
        "6-bus", "ab".repeat(32), RunSettings.defaults(), true, "some/results", interval);
  }

  static RunState state(int iterations) {
    List<IterationRecord> history = new ArrayList<>();
    for (int k = 1; k <= iterations; k++) {
      history.add(
          new IterationRecord(
              k,
              0.1 * k,
              1.0 / k,
              Math.PI / k,
              1.0,
              2.0,
              3.0,
              0.02,
              477.0,
              k < 3 ? Double.NaN : 476.9,
              5,
              Map.of(Step.SOLVE, 0.05 * k)));
    }
    Map<String, double[]> values = new LinkedHashMap<>();
    values.put("node1/w", new double[] {PRIVATE_VALUE, -0.0, Double.MIN_VALUE});
    values.put("normBefore", new double[] {Double.POSITIVE_INFINITY});
    values.put("empty", new double[0]);
    return new RunState(history, List.of("a notice"), values);
  }

  static Checkpoint checkpoint(int iterations) {
    return new Checkpoint(order(CheckpointInterval.DEFAULT), state(iterations));
  }
}
