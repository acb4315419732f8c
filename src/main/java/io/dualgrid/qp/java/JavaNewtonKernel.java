package io.dualgrid.qp.java;

import io.dualgrid.qp.NewtonKernel;
import io.dualgrid.qp.QuadraticProgram;
import java.util.Arrays;

/** {@link NewtonKernel} on the sparse LDLᵀ of this package. */
public final class JavaNewtonKernel implements NewtonKernel {
  /** Sensitivities tell which way to go, and how far is told by solves as exact as can be. */
  private static final double SENSITIVITY_ENOUGH = 1e-9;

  private final BarrierPoint point;
  private final int[] coupled;
  private final int bounds;
  private final double[] linear;
  private final double[] base; // the direction at unchanged prices
  private final double[] unit;
  private final double[] column;
  private double target;
  private boolean secondOrder;

  /**
   * Analyses.
   *
   * @param program its linear term is the cost, its quadratic term zero; kept, not modified
   * @param coupled the coupled variables, all different
   */
  public JavaNewtonKernel(QuadraticProgram program, int[] coupled) {
    point = new BarrierPoint(program);
    this.coupled = coupled.clone();
    bounds = point.bounds();
    linear = new double[program.variableCount()];
    base = new double[point.kkt.size];
    unit = new double[point.kkt.size];
    column = new double[point.kkt.size];
  }

  @Override
  public int bounds() {
    return bounds;
  }

  @Override
  public void start(double[] prices) {
    price(prices);
    point.start(linear);
  }

  @Override
  public void factorise(double[] prices) {
    price(prices);
    point.residuals(linear);
    point.factorise();
  }

  private void price(double[] prices) {
    System.arraycopy(point.program.linear(), 0, linear, 0, linear.length);
    for (int c = 0; c < coupled.length; c++) {
      linear[coupled[c]] -= prices[c];
    }
  }

  @Override
  public void sensitivities(double[] packed) {
    Arrays.fill(unit, 0.0);
    for (int j = 0; j < coupled.length; j++) {
      unit[coupled[j]] = 1.0;
      point.kkt.solveRefined(unit, column, SENSITIVITY_ENOUGH);
      unit[coupled[j]] = 0.0;
      for (int i = 0; i <= j; i++) {
        packed[j * (j + 1) / 2 + i] = column[coupled[i]];
      }
    }
  }

  @Override
  public void aim(double aimed, boolean corrected, double[] response) {
    target = aimed;
    secondOrder = corrected;
    point.aim(target, secondOrder);
    point.solve();
    System.arraycopy(point.direction, 0, base, 0, base.length);
    for (int c = 0; c < coupled.length; c++) {
      response[c] = base[coupled[c]];
    }
  }

  @Override
  public void direct(double[] priceStep) {
    Arrays.fill(unit, 0.0);
    for (int c = 0; c < coupled.length; c++) {
      unit[coupled[c]] = priceStep[c];
    }
    point.kkt.solveRefined(unit, column, BarrierKkt.ENOUGH);
    for (int k = 0; k < base.length; k++) {
      point.direction[k] = base[k] + column[k];
    }
    point.complete(target, secondOrder);
  }

  @Override
  public double longestPrimalStep() {
    return Math.min(1.0, TO_BOUNDARY * point.stepLength(true));
  }

  @Override
  public double longestDualStep() {
    return Math.min(1.0, TO_BOUNDARY * point.stepLength(false));
  }

  @Override
  public void products(double[] coefficients) {
    point.products(coefficients);
  }

  @Override
  public void move(double primalStep, double dualStep) {
    point.move(primalStep, dualStep);
  }

  @Override
  public void coupled(double[] values) {
    for (int c = 0; c < coupled.length; c++) {
      values[c] = point.x[coupled[c]];
    }
  }

  @Override
  public double cost() {
    double cost = 0.0;
    double[] own = point.program.linear();
    for (int j = 0; j < own.length; j++) {
      cost += own[j] * point.x[j];
    }
    return cost;
  }

  @Override
  public double rowResidual() {
    return BarrierKkt.largest(point.residualRow);
  }

  @Override
  public double dualResidual() {
    return BarrierKkt.largest(point.residualX);
  }

  @Override
  public void close() {
    // the heap is all it holds
  }
}
