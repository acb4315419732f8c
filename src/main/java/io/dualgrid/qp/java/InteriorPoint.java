package io.dualgrid.qp.java;

import io.dualgrid.qp.NewtonKernel;
import io.dualgrid.qp.QpArguments;
import io.dualgrid.qp.QpException;
import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QpStatus;
import io.dualgrid.qp.QuadraticProgram;
import java.util.Locale;

/**
 * A primal-dual interior-point method for sparse convex quadratic programs (Mehrotra, "On the
 * implementation of a primal-dual interior point method", SIAM J. Optim. 2(4), 1992), for one
 * accurate solve where operator splitting would need many: the central optimum and the lower bound.
 *
 * <p>Point, residuals and Newton step are {@link BarrierPoint}'s. The pattern is analysed once.
 * Each solve starts from the middle of the rows: a point at the bounds is a bad start.
 */
final class InteriorPoint implements QpSolver {
  private static final double LARGEST_OBJECTIVE = 1e20;
  private static final double LARGEST_MULTIPLIER = 1e16;

  /** Relative error of a predictor that leads on; a factorisation that rounding spoilt has none. */
  private static final double USABLE = 1e-6;

  private static final double LARGEST_REGULARISATION = 1e-5;

  private final String name;
  private final BoundedRows rows;
  private final BarrierPoint point;
  private final RecessionProof recession;
  private final double[] linear;
  private final double[] products = new double[4];
  private final QpSettings settings;
  private final FarkasProof farkas;
  private final int bounds;
  private boolean closed;

  /** Analyses. */
  InteriorPoint(QuadraticProgram program, QpSettings settings) {
    name = program.name();
    this.settings = settings;
    linear = program.linear().clone();
    rows = new BoundedRows(program);
    farkas = new FarkasProof(rows.program());
    recession = new RecessionProof(rows.program());
    point = new BarrierPoint(rows.program());
    bounds = point.bounds();
    requireConvex();
  }

  private void requireConvex() {
    if (!point.kkt.isConvex()) {
      throw new QpException(name + ": P is not positive semidefinite");
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(name + ": the solver is closed");
    }
  }

  @Override
  public void updateLinear(double[] newLinear) {
    requireOpen();
    QpArguments.requireFinite(name, "linear", newLinear, linear.length);
    System.arraycopy(newLinear, 0, linear, 0, linear.length);
  }

  @Override
  public void updateQuadraticDiagonal(double[] diagonal) {
    requireOpen();
    QpArguments.requireDiagonal(name, diagonal, linear.length);
    point.kkt.updateQuadraticDiagonal(diagonal);
    requireConvex();
  }

  @Override
  public void warmStart(double[] x, double[] y) {
    requireOpen();
    QpArguments.requireFinite(name, "x", x, point.n);
    QpArguments.requireFinite(name, "y", y, rows.rowCount());
  }

  /** What has no point, and what has no lower bound, is told by a proof: see the two classes. */
  @Override
  public QpResult solve() {
    requireOpen();
    point.start(linear);
    double linearScale = BarrierKkt.largest(linear);
    for (int iteration = 0; ; iteration++) {
      point.residuals(linear);
      double primal = BarrierKkt.largest(point.residualRow);
      double dual = BarrierKkt.largest(point.residualX);
      double objective = point.objective(linear);
      double gap = Math.abs(objective - point.dualObjective());
      boolean meetsRows = isWithinTolerance(primal, BarrierKkt.largest(point.s));
      if (meetsRows
          && isWithinTolerance(dual, linearScale)
          && isWithinTolerance(gap, Math.abs(objective))) {
        return result(QpStatus.SOLVED, iteration, "");
      }
      if (!meetsRows && farkas.proves(point.y)) {
        return result(
            QpStatus.PRIMAL_INFEASIBLE, iteration, name + ": no point meets the constraints");
      }
      boolean diverged =
          !(Math.abs(objective) < LARGEST_OBJECTIVE)
              || !(BarrierKkt.largest(point.y) < LARGEST_MULTIPLIER);
      if (iteration > 0 && recession.proves(point.direction, linear, point.kkt.quadratic)) {
        return result(
            QpStatus.DUAL_INFEASIBLE, iteration, name + ": the objective has no lower bound");
      }
      if (diverged || iteration == settings.maxIterations()) {
        return result(
            diverged ? QpStatus.ERROR : QpStatus.ITERATION_LIMIT,
            iteration,
            failure(diverged ? "diverged" : "no convergence", iteration, primal, dual, gap));
      }
      step();
    }
  }

  private boolean isWithinTolerance(double error, double scale) {
    return error <= settings.absoluteTolerance() + settings.relativeTolerance() * scale;
  }

  /** One step of Mehrotra's: a predictor straight to zero, then a corrector towards the centre. */
  private void step() {
    point.factorise();
    direction(0.0, false);
    double delta = 10 * BarrierKkt.REGULARISATION;
    while (!(point.error() <= USABLE) && delta <= LARGEST_REGULARISATION) {
      point.kkt.factorise(delta);
      direction(0.0, false);
      delta *= 10;
    }
    double mu = mu(0.0, 0.0);
    double affineMu = mu(point.stepLength(true), point.stepLength(false));
    direction(mu == 0 ? 0.0 : Math.pow(affineMu / mu, 3) * mu, true);
    double primalStep = Math.min(1.0, NewtonKernel.TO_BOUNDARY * point.stepLength(true));
    double dualStep = Math.min(1.0, NewtonKernel.TO_BOUNDARY * point.stepLength(false));
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
    return new QpResult(
        status, point.x, rows.multipliers(point.y), iterations, message, point.dualObjective());
  }

  private String failure(String what, int iterations, double primal, double dual, double gap) {
    return String.format(
        Locale.ROOT,
        "%s: %s in %d iterations (row residual %.1e, dual residual %.1e, gap %.1e)",
        name,
        what,
        iterations,
        primal,
        dual,
        gap);
  }

  @Override
  public void close() {
    closed = true;
  }
}
