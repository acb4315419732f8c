package io.dualgrid.parties;

import io.dualgrid.cases.GridCase;
import io.dualgrid.cases.GridCase.Line;
import io.dualgrid.devices.DesProgram;
import io.dualgrid.devices.Port;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpSolverFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sets up the energy systems and the operator of a case. */
final class PartyFactory {
  /** The published weight of the copy of the node a line starts from. */
  private static final double UPSTREAM_WEIGHT = 0.5;

  private final GridCase gridCase;
  private final QpSolverFactory solvers;
  private final QpSettings qpSettings;

  PartyFactory(GridCase gridCase, QpSolverFactory solvers, QpSettings qpSettings) {
    this.gridCase = gridCase;
    this.solvers = solvers;
    this.qpSettings = qpSettings;
  }

  /** One energy system a node, in the order of the case. */
  List<EdgeSystem> edges(List<DesProgram> programs) {
    Map<Line, Integer> index = new HashMap<>();
    for (Line line : gridCase.lines()) {
      index.put(line, index.size());
    }
    List<EdgeSystem> edges = new ArrayList<>();
    try {
      for (DesProgram program : programs) {
        List<LineEnd> ends = new ArrayList<>();
        for (Port port : program.ports()) {
          int line = index.get(port.line());
          double weight = port.downstream() ? 1 - UPSTREAM_WEIGHT : UPSTREAM_WEIGHT;
          BoundaryCodec codec = new BoundaryCodec.Plain(line, port.downstream(), weight);
          ends.add(new LineEnd(line, port, codec, weight));
        }
        LocalProblem problem = new DirectProblem(solvers.setup(program.program(), qpSettings));
        edges.add(new EdgeSystem(program, problem, ends));
      }
      return edges;
    } catch (RuntimeException e) {
      edges.forEach(EdgeSystem::close);
      throw e;
    }
  }

  /** The operator of the network. */
  GridOperator operator() {
    double[] weights = new double[gridCase.lines().size()];
    Arrays.fill(weights, UPSTREAM_WEIGHT);
    return new GridOperator(weights, PayloadArithmetic.PLAIN);
  }
}
