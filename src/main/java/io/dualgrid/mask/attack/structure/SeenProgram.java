package io.dualgrid.mask.attack.structure;

import io.dualgrid.mask.MaskedProblem;
import io.dualgrid.qp.dense.Dense;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of a masked program as the cloud has them, at the solution that it computed itself:
 * every row scaled to length one, parallel rows made one, and where the solution lies between the
 * sides of each.
 */
final class SeenProgram {
  /** Distance of unit vectors taken for equal: rounding leaves 1e-14, devices differ by more. */
  private static final double PARALLEL = 1e-9;

  /** Sides so close together are one; the widths of devices are 1e-4 per unit and more. */
  private static final double FLAT = 1e-9;

  private final double[][] rows;
  private final double[] lower;
  private final double[] upper;
  private final double[] values;

  private SeenProgram(double[][] rows, double[] lower, double[] upper, double[] values) {
    this.rows = rows;
    this.lower = lower;
    this.upper = upper;
    this.values = values;
  }

  /**
   * Of a problem and an answer to it.
   *
   * @param y length k
   */
  static SeenProgram of(MaskedProblem problem, double[] y) {
    int k = problem.dimension();
    List<double[]> rows = new ArrayList<>();
    List<double[]> sides = new ArrayList<>();
    for (int i = 0; i < problem.rowCount(); i++) {
      double[] row = Arrays.copyOfRange(problem.rows(), i * k, (i + 1) * k);
      double norm = Math.sqrt(Dense.dot(row, 0, row, 0, k));
      if (norm == 0.0) {
        continue;
      }
      Dense.scale(row, 0, 1.0 / norm, k);
      double[] own = {problem.lower()[i] / norm, problem.upper()[i] / norm};
      int same = 0;
      int at = 0;
      while (at < rows.size() && (same = sense(rows.get(at), row)) == 0) {
        at++;
      }
      if (same == 0) {
        rows.add(row);
        sides.add(own);
      } else {
        double[] merged = sides.get(at);
        merged[0] = Math.max(merged[0], same > 0 ? own[0] : -own[1]);
        merged[1] = Math.min(merged[1], same > 0 ? own[1] : -own[0]);
      }
    }
    return new SeenProgram(
        rows.toArray(double[][]::new),
        sides.stream().mapToDouble(side -> side[0]).toArray(),
        sides.stream().mapToDouble(side -> side[1]).toArray(),
        rows.stream().mapToDouble(row -> Dense.dot(row, 0, y, 0, k)).toArray());
  }

  /** 1 for equal unit vectors, −1 for opposite ones, 0 for others. */
  private static int sense(double[] first, double[] second) {
    double cosine = Dense.dot(first, 0, second, 0, first.length);
    if (Math.abs(cosine) < 0.999) {
      return 0;
    }
    double sign = Math.signum(cosine);
    double square = 0.0;
    for (int c = 0; c < first.length; c++) {
      double difference = first[c] - sign * second[c];
      square += difference * difference;
    }
    return square < PARALLEL * PARALLEL ? (int) sign : 0;
  }

  /** The same without some rows. */
  SeenProgram keeping(int[] kept) {
    return new SeenProgram(
        Arrays.stream(kept).mapToObj(i -> rows[i]).toArray(double[][]::new),
        Arrays.stream(kept).mapToDouble(i -> lower[i]).toArray(),
        Arrays.stream(kept).mapToDouble(i -> upper[i]).toArray(),
        Arrays.stream(kept).mapToDouble(i -> values[i]).toArray());
  }

  int count() {
    return rows.length;
  }

  /** Row i, of length one; not to be modified. */
  double[] row(int i) {
    return rows[i];
  }

  double[][] rows() {
    return rows;
  }

  double lower(int i) {
    return lower[i];
  }

  double upper(int i) {
    return upper[i];
  }

  double side(int i, boolean upperSide) {
    return upperSide ? upper[i] : lower[i];
  }

  /** Distance of the sides, infinite where there is one only. */
  double width(int i) {
    return upper[i] - lower[i];
  }

  /** Whether both sides are the same: an equality. */
  boolean isFlat(int i) {
    return width(i) <= FLAT;
  }

  /** gᵢ·y. */
  double value(int i) {
    return values[i];
  }
}
