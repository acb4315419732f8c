package io.dualgrid.qp.java;

import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpStatus;
import io.dualgrid.qp.QuadraticProgram;

/**
 * A primal-dual interior-point method for sparse convex quadratic programs (Mehrotra, "On the
 * implementation of a primal-dual interior point method", SIAM J. Optim. 2(4), 1992), for one
 * accurate solve where operator splitting would need many: the central optimum and the lower bound.
 *
 * <p>Point, residuals and Newton step are {@link BarrierPoint}'s. The pattern is analysed once;
 * further solves may change the linear term and the diagonal of P. Not thread safe.
 */
public final class InteriorPoint {
  private static final int MAX_ITERATIONS = 200;

  private final QuadraticProgram program;
  private final FarkasProof farkas;
  private final double tolerance;
  private final BarrierPoint point;
  private final int bounds;
  private final double[] products = new double[4];

  /**
   * Analyses.
   *
   * @param tolerance on relative primal and dual residual and relative gap
   */
  public InteriorPoint(QuadraticProgram program, double tolerance) {
    this.program = program;
    this.farkas = new FarkasProof(program);
    this.tolerance = tolerance;
    point = new BarrierPoint(program);
    bounds = point.bounds();
  }

  /**
   * Solves. A program without a point is told by a proof that the multipliers give, see {@link
   * FarkasProof}.
   *
   * @param linear linear term to use in place of the program's, length n
   * @return the result; x and y are overwritten by the next solve
   */
  public QpResult solve(double[] linear) {
    point.start(linear);
    double linearScale = 1 + BarrierKkt.largest(linear);
    double primal = 0.0;
    double dual = 0.0;
    double gap = 0.0;
    for (int iteration = 1; iteration <= MAX_ITERATIONS; iteration++) {
      point.residuals(linear);
      primal = BarrierKkt.largest(point.residualRow) / (1 + BarrierKkt.largest(point.s));
      dual = BarrierKkt.largest(point.residualX) / linearScale;
      double primalObjective = point.objective(linear);
      gap = Math.abs(primalObjective - point.dualObjective()) / (1 + Math.abs(primalObjective));
      if (primal <= tolerance && dual <= tolerance && gap <= tolerance) {
        return result(QpStatus.SOLVED, iteration - 1, "");
      }
      if (primal > tolerance && farkas.proves(point.y)) {
        return result(
            QpStatus.PRIMAL_INFEASIBLE,
            iteration - 1,
            program.name() + ": no point meets the constraints");
      }
      if (!(Math.abs(primalObjective) < 1e20) || !(BarrierKkt.largest(point.y) < 1e16)) {
        return result(QpStatus.ERROR, iteration, failure("diverged", primal, dual, gap));
      }
      step();
    }
    return result(
        QpStatus.ITERATION_LIMIT, MAX_ITERATIONS, failure("no convergence", primal, dual, gap));
  }

  /** One step of Mehrotra's: a predictor straight to zero, then a corrector towards the centre. */
  private void step() {
    point.factorise();
    direction(0.0, false);
    double mu = mu(0.0, 0.0);
    double affineMu = mu(point.stepLength(true), point.stepLength(false));
    direction(mu == 0 ? 0.0 : Math.pow(affineMu / mu, 3) * mu, true);
    double primalStep = Math.min(1.0, BarrierPoint.TO_BOUNDARY * point.stepLength(true));
    double dualStep = Math.min(1.0, BarrierPoint.TO_BOUNDARY * point.stepLength(false));
    if (point.kkt.hasQuadratic()) {
      primalStep = Math.min(primalStep, dualStep);
      dualStep = primalStep;
    }
    point.move(primalStep, dualStep);
  }

  private void direction(double target, boolean secondOrder) {
    point.aim(target, secondOrder);
    point.solve();
    point.complete(target, secondOrder);
  }

  private double mu(double primalStep, double dualStep) {
    if (bounds == 0) {
      return 0.0;
    }
    point.products(products);
    return (products[0]
            + primalStep * products[1]
            + dualStep * products[2]
            + primalStep * dualStep * products[3])
        / bounds;
  }

  private QpResult result(QpStatus status, int iterations, String message) {
    return new QpResult(status, point.x, point.y, iterations, message, point.dualObjective());
  }

  /**
   * Replaces the diagonal of P.
   *
   * @param diagonal length n, not negative; copied
   */
  public void updateQuadraticDiagonal(double[] diagonal) {
    point.kkt.updateQuadraticDiagonal(diagonal);
  }

  /**
   * The dual objective at the last multipliers, −½ xᵀPx − Σ_i (u_i·y_i where y_i is positive, else
   * l_i·y_i): a lower bound on the optimum up to the dual residual.
   */
  public double dualObjective() {
    return point.dualObjective();
  }

  private String failure(String what, double primal, double dual, double gap) {
    return String.format(
        java.util.Locale.ROOT,
        "%s: %s (primal residual %.1e, dual %.1e, gap %.1e)",
        program.name(),
        what,
        primal,
        dual,
        gap);
  }
}
