package io.dualgrid.mask.attack.structure;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads loads and the cost of the CHP where an energy system can sell. Its sale, s ≥ 0 with net
 * injection − s ≤ 0, adds two rows without a second side to speak of, and a dependency: the sum of
 * both is the sum of the powers less the load. At a solution one of the two holds with equality, as
 * selling is charged for.
 *
 * <p>Outside the directions of the quadratic term, the linear term of every iteration is the cost
 * of the CHP and that charge, and nothing else; in the unit of the same dependency their ratio is
 * that of the two prices. It is the same in every step, which tells a step that was misread.
 */
final class SaleReader {
  /** A row so many times as wide as the limit of the CHP has one side only. */
  private static final double WIDE = 20.0;

  /** What a side that holds may be off, over the limit of the CHP: the solver's tolerance. */
  private static final double HOLDS = 1e-5;

  /** Agreeing steps that a claim needs. */
  private static final int LEAST_STEPS = 2;

  private final DeviceRows devices;
  private final SeenProgram program;
  private final List<Sale> sales = new ArrayList<>();

  /** What one step shows: rows, and what one unit of power is in the unit of each. */
  private record Sale(int chp, double chpUnit, int sale, double saleUnit, double loadOverLimit) {}

  private SaleReader(DeviceRows devices) {
    this.devices = devices;
    program = devices.program();
  }

  /**
   * All that can be read.
   *
   * @param dependencies small ones, powers expressed by powers
   * @param linear masked linear term that the solution belongs to
   */
  static List<Reading> read(
      DeviceRows devices,
      List<RowDependency> dependencies,
      BoundarySpace boundary,
      double[] linear) {
    SaleReader reader = new SaleReader(devices);
    for (RowDependency dependency : dependencies) {
      reader.look(dependency, dependencies);
    }
    return reader.sales.isEmpty() ? List.of() : reader.readings(boundary, linear);
  }

  private void look(RowDependency step, List<RowDependency> dependencies) {
    int chp = devices.onlyChp(step.rowList());
    if (chp < 0) {
      return;
    }
    double limit = Math.abs(step.coefficient(chp)) * program.width(chp);
    List<Integer> pair = new ArrayList<>();
    for (int row : step.rows()) {
      boolean wide = Math.abs(step.coefficient(row)) * program.width(row) > WIDE * limit;
      boolean only = dependencies.stream().filter(other -> other.contains(row)).count() == 1;
      if (devices.cone(row) == null && wide && only) {
        pair.add(row);
      } else if (!devices.isPower(row)) {
        return;
      }
    }
    if (pair.size() == 2) {
      // positive where a row adds to the injection
      double sign = -devices.cone(chp).sense() * Math.signum(step.coefficient(chp));
      take(step, chp, pair.get(0), pair.get(1), sign);
      take(step, chp, pair.get(1), pair.get(0), sign);
    }
  }

  /** Reads a step, taking one of the two rows for the sale and the other for what limits it. */
  private void take(RowDependency step, int chp, int saleRow, int otherRow, double sign) {
    double limit = Math.abs(step.coefficient(chp)) * program.width(chp);
    double saleWeight = sign * step.coefficient(saleRow);
    double otherWeight = sign * step.coefficient(otherRow);
    double sold = saleWeight * (program.value(saleRow) - program.side(saleRow, saleWeight < 0));
    double slack =
        otherWeight * (program.side(otherRow, otherWeight > 0) - program.value(otherRow));
    if (Math.min(sold, slack) > HOLDS * limit || Math.max(sold, slack) > WIDE * limit) {
      return;
    }
    double supplied = 0.0;
    for (int row : step.rows()) {
      if (row != saleRow && row != otherRow) {
        double weight = -sign * step.coefficient(row);
        Cone cone = devices.cone(row);
        // what has no cone is a heater, which is off where the injection is largest
        boolean offAtUpper = cone == null ? weight > 0 : cone.zeroAtUpper();
        supplied += weight * (program.value(row) - program.side(row, offAtUpper));
      }
    }
    double load = supplied - (sold - slack);
    if (Double.isFinite(load)) {
      sales.add(
          new Sale(
              chp,
              Math.abs(step.coefficient(chp)),
              saleRow,
              Math.abs(step.coefficient(saleRow)),
              load / limit));
    }
  }

  private List<Reading> readings(BoundarySpace boundary, double[] linear) {
    int m = program.count();
    double[][] rows = new double[m + 1][];
    int[] tiers = new int[m + 1];
    for (int row = 0; row < m; row++) {
      rows[row] = boundary.outside(program.row(row));
      tiers[row] = 1;
    }
    for (Sale sale : sales) {
      tiers[sale.chp] = 0;
      tiers[sale.sale] = 0;
    }
    rows[m] = boundary.outside(linear);
    double[] prices = RowDependencies.express(rows, tiers, m);
    List<Double> ratios = new ArrayList<>();
    for (Sale sale : sales) {
      double cost = Math.abs(prices[sale.chp] / sale.chpUnit);
      ratios.add(cost / Math.abs(prices[sale.sale] / sale.saleUnit));
    }
    double ratio = Agreement.of(ratios);
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < ratios.size(); i++) {
      if (Agreement.agree(ratios.get(i), ratio)) {
        readings.add(new Reading(Quantity.LOAD, sales.get(i).loadOverLimit));
      }
    }
    if (readings.size() < LEAST_STEPS || !(ratio > 0) || ratio == Double.POSITIVE_INFINITY) {
      return List.of();
    }
    readings.add(new Reading(Quantity.CHP_COST, ratio));
    return readings;
  }
}
