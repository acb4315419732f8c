package io.dualgrid.results;

import io.dualgrid.powerflow.FlowSolution;
import io.dualgrid.powerflow.FlowStudy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a page shows of ac.csv.
 *
 * @param voltagePu by number of the node, one a step; NaN where the flow does not converge
 * @param lossKw of all lines, one a step; NaN where the flow does not converge
 */
public record AcTable(Map<String, double[]> voltagePu, double[] lossKw) {
  /** The same of the study that ac.csv is written of. */
  static AcTable of(FlowStudy study) {
    int steps = study.steps().size();
    Map<String, double[]> voltagePu = new LinkedHashMap<>();
    for (int node = 0; node < study.nodeCount(); node++) {
      double[] values = new double[steps];
      for (int t = 0; t < steps; t++) {
        FlowSolution flow = study.steps().get(t);
        values[t] = flow.converged() ? flow.voltagePu()[node] : Double.NaN;
      }
      voltagePu.put(Integer.toString(study.nodeId(node)), values);
    }
    double[] lossKw = new double[steps];
    for (int t = 0; t < steps; t++) {
      FlowSolution flow = study.steps().get(t);
      lossKw[t] = flow.converged() ? lossesKw(study, flow) : Double.NaN;
    }
    return new AcTable(voltagePu, lossKw);
  }

  private static double lossesKw(FlowStudy study, FlowSolution flow) {
    return IntStream.range(0, study.nodeCount())
        .filter(node -> study.line(node) != null)
        .mapToDouble(node -> AcCsv.withoutNoise(study, flow.lossKw(node)))
        .reduce(0.0, Double::sum);
  }
}
