package io.dualgrid.mask.attack.structure;

import io.dualgrid.qp.dense.Dense;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads the limits of photovoltaics and wind against that of the CHP. The net injection is a
 * direction of the quadratic term; so, these directions aside, the powers of one step depend on one
 * another, each with coefficient one: in that unit, the width of a row is the limit itself.
 */
final class LimitReader {
  private LimitReader() {}

  /** All that can be read, step by step in no order. */
  static List<Reading> read(DeviceRows devices, BoundarySpace boundary) {
    SeenProgram program = devices.program();
    int[] powers =
        IntStream.range(0, program.count())
            .filter(row -> devices.isPower(row) && !boundary.holds(program.row(row)))
            .toArray();
    double[][] rows = new double[powers.length][];
    double[] lengths = new double[powers.length];
    for (int i = 0; i < powers.length; i++) {
      rows[i] = boundary.outside(program.row(powers[i]));
      lengths[i] = Math.sqrt(Dense.dot(rows[i], 0, rows[i], 0, rows[i].length));
      Dense.scale(rows[i], 0, 1.0 / lengths[i], rows[i].length);
    }
    List<Reading> readings = new ArrayList<>();
    int[] equal = new int[rows.length];
    for (RowDependency found : RowDependencies.find(rows, equal, StructureAttack.LONGEST)) {
      double[] coefficients = new double[found.size()];
      int[] numbers = new int[found.size()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = powers[found.rows()[i]];
        coefficients[i] = found.coefficients()[i] / lengths[found.rows()[i]];
      }
      read(devices, new RowDependency(numbers, coefficients), readings);
    }
    return readings;
  }

  private static void read(DeviceRows devices, RowDependency step, List<Reading> readings) {
    int chp = devices.onlyChp(step.rowList());
    if (chp < 0) {
      return;
    }
    double limit = supply(devices, step, chp);
    for (int row : step.rows()) {
      if (row != chp && devices.cone(row) != null && devices.sides().areBothReal(row)) {
        double ratio = supply(devices, step, row) / limit;
        if (ratio > 0) { // what takes power has the other sign
          readings.add(new Reading(Quantity.RENEWABLE_LIMIT, ratio));
        }
      }
    }
  }

  /** Most that a device adds to the injection, in an unknown unit of either sign. */
  private static double supply(DeviceRows devices, RowDependency step, int row) {
    return step.coefficient(row) * devices.cone(row).sense() * devices.program().width(row);
  }
}
