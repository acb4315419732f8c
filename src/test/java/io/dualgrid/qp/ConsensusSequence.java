package io.dualgrid.qp;

import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.device.DesProgram;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.Port;
import io.dualgrid.device.Sampling;
import io.dualgrid.feeder.Line;
import io.dualgrid.site.DesAssembler;
import io.dualgrid.site.GridCase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The sequence of programs that the backends are for: plain consensus ADMM over the lines of a
 * published case, every solve held to its tolerances.
 */
public final class ConsensusSequence {
  private static final int STEPS = 24;

  private final List<DesProgram> systems;
  private final Map<Line, double[][]> copies = new HashMap<>(); // upstream, downstream
  private final Map<Line, double[][]> multipliers = new HashMap<>();
  private final Map<Line, double[]> consensus = new HashMap<>();
  private final double[] weights = new double[3 * STEPS];

  /**
   * Starts from no flow and nominal voltage.
   *
   * @param caseName of a published case
   * @param power penalty of P and Q, per unit
   * @param voltage penalty of V, per unit
   */
  public ConsensusSequence(String caseName, double power, double voltage) {
    GridCase gridCase = CaseLocator.read(caseName);
    Horizon horizon = Horizon.of(gridCase.limits(), STEPS, Sampling.FIRST);
    systems = new DesAssembler(gridCase, horizon).assembleAll();
    java.util.Arrays.fill(weights, 0, 2 * STEPS, power);
    java.util.Arrays.fill(weights, 2 * STEPS, 3 * STEPS, voltage);
    for (Line line : gridCase.lines()) {
      copies.put(line, new double[2][3 * STEPS]);
      multipliers.put(line, new double[2][3 * STEPS]);
      double[] start = new double[3 * STEPS];
      java.util.Arrays.fill(start, 2 * STEPS, 3 * STEPS, 1.0);
      consensus.put(line, start);
    }
  }

  /** Runs some iterations; each solve must end within tolerance. Gives the total of iterations. */
  public long run(QpSolverFactory factory, QpSettings settings, int iterations) {
    List<QpSolver> solvers = new ArrayList<>();
    List<SparseMatrix> quadratics = new ArrayList<>();
    long total = 0;
    try {
      for (DesProgram system : systems) {
        double[] diagonal = new double[system.program().variableCount()];
        for (Port port : system.ports()) {
          port.addTo(weights, diagonal);
        }
        QpSolver solver = factory.setup(system.program(), settings);
        solver.updateQuadraticDiagonal(diagonal);
        solvers.add(solver);
        quadratics.add(SparseMatrix.diagonal(diagonal));
      }
      for (int iteration = 0; iteration < iterations; iteration++) {
        for (int i = 0; i < systems.size(); i++) {
          DesProgram system = systems.get(i);
          double[] linear = linearTerm(system);
          solvers.get(i).updateLinear(linear);
          QpResult result = solvers.get(i).solve();
          QuadraticProgram base = system.program();
          QuadraticProgram program =
              new QuadraticProgram(
                  base.name(),
                  quadratics.get(i),
                  linear,
                  base.constraints(),
                  base.lower(),
                  base.upper());
          Kkt.assertSolved(program, result, settings);
          total += result.iterations();
          for (Port port : system.ports()) {
            port.read(result.x(), copies.get(port.line())[end(port)]);
          }
        }
        agree();
      }
    } finally {
      solvers.forEach(QpSolver::close);
    }
    return total;
  }

  private double[] linearTerm(DesProgram system) {
    double[] linear = system.program().linear().clone();
    double[] boundary = new double[3 * STEPS];
    for (Port port : system.ports()) {
      double[] multiplier = multipliers.get(port.line())[end(port)];
      double[] target = consensus.get(port.line());
      for (int k = 0; k < boundary.length; k++) {
        boundary[k] = multiplier[k] - weights[k] * target[k];
      }
      port.addTo(boundary, linear);
    }
    return linear;
  }

  private void agree() {
    for (Line line : copies.keySet()) {
      double[][] ends = copies.get(line);
      double[] mean = consensus.get(line);
      for (int k = 0; k < mean.length; k++) {
        mean[k] = 0.5 * (ends[0][k] + ends[1][k]);
        for (int end = 0; end < 2; end++) {
          multipliers.get(line)[end][k] += weights[k] * (ends[end][k] - mean[k]);
        }
      }
    }
  }

  private static int end(Port port) {
    return port.downstream() ? 1 : 0;
  }
}
