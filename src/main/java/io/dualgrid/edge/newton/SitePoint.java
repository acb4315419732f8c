package io.dualgrid.edge.newton;

import io.dualgrid.qp.BoundingSolvers;
import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QpStatus;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;
import io.dualgrid.site.SiteProgram;
import java.util.Arrays;

/**
 * What a site contributes to a certificate: the least its program can cost at given prices, and a
 * point of its program near its iterate. Not thread safe.
 *
 * <p>Solves end at a distance that is absolute, 1e-9 per unit, and numbers of a site of a few watts
 * are hardly larger. Such a one is solved in units of its own size σ, a power of two, so that
 * nothing is rounded: with x = σx', the program is min cᵀx' + σ/2 x'ᵀPx', l/σ ≤ Ax' ≤ u/σ at a σ-th
 * of the cost, and its multipliers are the same.
 */
public final class SitePoint implements AutoCloseable {
  private static final double TOLERANCE = 1e-9;

  /** Prices beyond this, in dearest ones, belong to no dispatch; solvers get them scaled down. */
  private static final double DEAR = 100.0;

  /** Capacity, per unit, below which a site is solved in units of its size: a kilowatt. */
  private static final double SMALL = 1e-3;

  private final SiteProgram site;
  private final QpSolver solver;
  private final double[] flat;
  private final double[] curved;
  private final double weight;
  private final double size;

  /**
   * For a program.
   *
   * @param weight curvature on the distance of injections, in cost per unit of power squared
   * @param capacity of its devices, per unit; zero where that says nothing of its powers
   * @param solvers that solve it
   */
  public SitePoint(SiteProgram site, double weight, double capacity, BoundingSolvers solvers) {
    this.site = site;
    this.weight = weight;
    boolean small = capacity > 0.0 && capacity < SMALL;
    size = small ? Math.scalb(1.0, Math.getExponent(capacity)) : 1.0;
    solver = solvers.setup(inUnitsOf(size, site.program()), TOLERANCE);
    flat = new double[site.program().variableCount()];
    curved = new double[flat.length];
    for (int j : site.injections()) {
      curved[j] = size * weight;
    }
  }

  private static QuadraticProgram inUnitsOf(double size, QuadraticProgram linear) {
    return size == 1.0
        ? linear
        : new QuadraticProgram(
            linear.name(),
            linear.quadratic(), // zero, and set before each solve
            linear.linear(),
            linear.constraints(),
            dividedBy(size, linear.lower()),
            dividedBy(size, linear.upper()));
  }

  private static double[] dividedBy(double size, double[] values) {
    return Arrays.stream(values).map(value -> value / size).toArray();
  }

  /**
   * min cᵀx − sᵀEx over the site's rows, from below.
   *
   * @param prices s, length 2T
   * @return negative infinity when the solver finds no answer
   */
  public double bound(double[] prices) {
    return least(linear(prices, null)) + site.fixedCost();
  }

  /**
   * min −sᵀEx over the site's rows, from below: what it takes less than these prices offer for it,
   * whatever it costs.
   *
   * @param prices s, length 2T
   * @return negative infinity when the solver finds no answer
   */
  public double freeBound(double[] prices) {
    double[] linear = new double[flat.length];
    for (int c = 0; c < prices.length; c++) {
      linear[site.injections()[c]] = -prices[c];
    }
    return least(linear);
  }

  /** Overwrites the costs. */
  private double least(double[] linear) {
    double scale = 1.0;
    for (double cost : linear) {
      scale = Math.max(scale, Math.abs(cost) / DEAR);
    }
    for (int j = 0; j < linear.length; j++) {
      linear[j] /= scale;
    }
    solver.updateQuadraticDiagonal(flat);
    solver.updateLinear(linear);
    QpResult result = solver.solve();
    return result.status() == QpStatus.SOLVED
        ? size * scale * result.dualObjective()
        : Double.NEGATIVE_INFINITY;
  }

  /**
   * argmin cᵀx − sᵀEx + w/2‖Ex − u‖² over the site's rows.
   *
   * @param prices s, length 2T
   * @param injections u, length 2T
   * @return the point, or null when the solver finds none
   */
  public double[] near(double[] prices, double[] injections) {
    solver.updateQuadraticDiagonal(curved);
    solver.updateLinear(linear(prices, injections));
    QpResult result = solver.solve();
    return result.status() == QpStatus.SOLVED
        ? Arrays.stream(result.x()).map(value -> size * value).toArray()
        : null;
  }

  private double[] linear(double[] prices, double[] centre) {
    double[] linear = site.program().linear().clone();
    for (int c = 0; c < prices.length; c++) {
      linear[site.injections()[c]] -= prices[c] + (centre == null ? 0.0 : weight * centre[c]);
    }
    return linear;
  }

  /** cᵀx, with what is fixed. */
  public double costOf(double[] x) {
    double cost = site.fixedCost();
    for (int j = 0; j < x.length; j++) {
      cost += site.program().linear()[j] * x[j];
    }
    return cost;
  }

  /**
   * The cheapest point of a program whose injections are given: what the root does with the flows
   * of its lines.
   *
   * @param injections length 2T
   * @param solvers that solve for it
   * @return the point, or null when there is none
   */
  public static double[] serve(SiteProgram site, double[] injections, BoundingSolvers solvers) {
    QuadraticProgram own = site.program();
    int m = own.rowCount();
    SparseMatrix.Builder rows = SparseMatrix.builder(m + injections.length, own.variableCount());
    SparseMatrix a = own.constraints();
    for (int j = 0; j < own.variableCount(); j++) {
      for (int k = a.columnPointers()[j]; k < a.columnPointers()[j + 1]; k++) {
        rows.add(a.rowIndices()[k], j, a.values()[k]);
      }
    }
    double[] lower = Arrays.copyOf(own.lower(), m + injections.length);
    double[] upper = Arrays.copyOf(own.upper(), m + injections.length);
    for (int c = 0; c < injections.length; c++) {
      rows.add(m + c, site.injections()[c], 1.0);
      lower[m + c] = injections[c];
      upper[m + c] = injections[c];
    }
    QuadraticProgram program =
        new QuadraticProgram(own.name(), own.quadratic(), own.linear(), rows.build(), lower, upper);
    try (QpSolver solver = solvers.setup(program, TOLERANCE)) {
      QpResult result = solver.solve();
      return result.status() == QpStatus.SOLVED ? result.x().clone() : null;
    }
  }

  @Override
  public void close() {
    solver.close();
  }
}
