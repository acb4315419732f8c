package io.dualgrid.mask.attack.structure;

import io.dualgrid.qp.dense.Dense;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the dependencies of few rows among many. The rows that depend on a basis of rows give one
 * dependency each; these span all there are, but each may be long. Pairs of them are then combined
 * as long as that leaves fewer rows in one, which is a sparse basis of the left null space (the
 * null space problem of Coleman and Pothen, SIAM J. Algebraic Discrete Methods 7, 1986, by the
 * simplest of heuristics). O(m·k·rank) for m rows of length k.
 */
final class RowDependencies {
  /**
   * Residual of a unit row that depends on others; rounding leaves 1e-13, independent rows 1e-4.
   */
  private static final double DEPENDENT = 1e-8;

  /** Coefficients below this part of the largest are rounding. */
  private static final double NOTHING = 1e-8;

  /** Two ratios of coefficients that agree to so much cancel together. */
  private static final double SAME_RATIO = 1e-6;

  private static final int PASSES = 40;

  private final double[][] rows;
  private final int length;

  private RowDependencies(double[][] rows) {
    this.rows = rows;
    length = rows.length == 0 ? 0 : rows[0].length;
  }

  /**
   * Finds them.
   *
   * @param rows of length about one, all of the same number of entries; not modified
   * @param tiers for each row how late it may become part of the basis: rows of a lower tier
   *     express those of a higher one
   * @param longest more rows than that are no small dependency
   */
  static List<RowDependency> find(double[][] rows, int[] tiers, int longest) {
    List<double[]> vectors = new RowDependencies(rows).nullVectors(tiers);
    sparsify(vectors);
    List<RowDependency> found = new ArrayList<>();
    for (double[] vector : vectors) {
      int[] support = support(vector);
      if (support.length >= 2 && support.length <= longest) {
        found.add(
            new RowDependency(
                support, Arrays.stream(support).mapToDouble(i -> vector[i]).toArray()));
      }
    }
    return found;
  }

  /**
   * Coefficients of a row in the basis: target = Σ xᵢ·rowᵢ, NaN throughout where it is independent.
   *
   * @param tiers as above; the target's is the last, of its own
   */
  static double[] express(double[][] rows, int[] tiers, int target) {
    double scale = Math.sqrt(Dense.dot(rows[target], 0, rows[target], 0, rows[target].length));
    double[][] scaled = rows.clone();
    scaled[target] = rows[target].clone();
    Dense.scale(scaled[target], 0, 1.0 / scale, scaled[target].length);
    int[] order = tiers.clone();
    order[target] = Integer.MAX_VALUE;
    for (double[] vector : new RowDependencies(scaled).nullVectors(order)) {
      if (vector[target] != 0.0) {
        double[] x = new double[rows.length];
        for (int i = 0; i < x.length; i++) {
          x[i] = i == target ? 0.0 : -scale * vector[i] / vector[target];
        }
        return x;
      }
    }
    double[] none = new double[rows.length];
    Arrays.fill(none, Double.NaN);
    return none;
  }

  /** One vector a dependent row: 1 for itself, minus its coordinates for the rows of the basis. */
  private List<double[]> nullVectors(int[] tiers) {
    int m = rows.length;
    double[][] residuals = new double[m][];
    double[][] coordinates = new double[m][Math.min(m, length)]; // in the orthonormal directions
    double[] squares = new double[m];
    for (int i = 0; i < m; i++) {
      residuals[i] = rows[i].clone();
      squares[i] = Dense.dot(rows[i], 0, rows[i], 0, length);
    }
    boolean[] chosen = new boolean[m];
    List<Integer> basis = new ArrayList<>();
    int[] order = Arrays.stream(tiers).distinct().sorted().toArray();
    for (int tier : order) {
      for (int next = largest(squares, chosen, tiers, tier);
          next >= 0 && basis.size() < length;
          next = largest(squares, chosen, tiers, tier)) {
        chosen[next] = true;
        int direction = basis.size();
        basis.add(next);
        double[] unit = residuals[next];
        double norm = Math.sqrt(Dense.dot(unit, 0, unit, 0, length));
        coordinates[next][direction] = norm;
        Dense.scale(unit, 0, 1.0 / norm, length);
        for (int i = 0; i < m; i++) {
          if (!chosen[i]) {
            double part = Dense.dot(residuals[i], 0, unit, 0, length);
            coordinates[i][direction] = part;
            Dense.add(unit, 0, -part, residuals[i], 0, length);
            squares[i] = Dense.dot(residuals[i], 0, residuals[i], 0, length);
          }
        }
      }
    }
    List<double[]> vectors = new ArrayList<>();
    for (int i = 0; i < m; i++) {
      if (!chosen[i]) {
        vectors.add(nullVector(i, basis, coordinates));
      }
    }
    return vectors;
  }

  private static int largest(double[] squares, boolean[] chosen, int[] tiers, int tier) {
    int best = -1;
    for (int i = 0; i < squares.length; i++) {
      if (!chosen[i]
          && tiers[i] == tier
          && squares[i] > DEPENDENT * DEPENDENT
          && (best < 0 || squares[i] > squares[best])) {
        best = i;
      }
    }
    return best;
  }

  /** Solves coordinates(basis)ᵀ·c = coordinates(row), upper triangular, from the last backwards. */
  private double[] nullVector(int row, List<Integer> basis, double[][] coordinates) {
    double[] rest = coordinates[row].clone();
    double[] vector = new double[rows.length];
    vector[row] = 1.0;
    for (int d = basis.size() - 1; d >= 0; d--) {
      double[] element = coordinates[basis.get(d)];
      double factor = rest[d] / element[d];
      vector[basis.get(d)] = -factor;
      Dense.add(element, 0, -factor, rest, 0, d + 1);
    }
    clean(vector);
    return vector;
  }

  /** Scales to a largest entry of one and drops what is rounding. */
  private static void clean(double[] vector) {
    double scale = 1.0 / Dense.largest(vector);
    for (int i = 0; i < vector.length; i++) {
      double value = scale * vector[i];
      vector[i] = Math.abs(value) < NOTHING ? 0.0 : value;
    }
  }

  private static int[] support(double[] vector) {
    int[] found = new int[vector.length];
    int count = 0;
    for (int i = 0; i < vector.length; i++) {
      if (vector[i] != 0.0) {
        found[count++] = i;
      }
    }
    return Arrays.copyOf(found, count);
  }

  private static void sparsify(List<double[]> vectors) {
    int[][] supports = new int[vectors.size()][];
    for (int i = 0; i < supports.length; i++) {
      supports[i] = support(vectors.get(i));
    }
    boolean changed = true;
    for (int pass = 0; pass < PASSES && changed; pass++) {
      changed = false;
      for (int i = 0; i < supports.length; i++) {
        for (int j = 0; j < supports.length; j++) {
          if (i != j && shorten(vectors.get(i), supports[i], vectors.get(j), supports[j])) {
            supports[i] = support(vectors.get(i));
            changed = true;
          }
        }
      }
    }
  }

  /** Subtracts the multiple of another vector that cancels most; false where that adds more. */
  private static boolean shorten(double[] vector, int[] own, double[] other, int[] otherSupport) {
    double[] ratios = new double[otherSupport.length];
    int common = 0;
    for (int row : otherSupport) {
      if (vector[row] != 0.0) {
        ratios[common++] = vector[row] / other[row];
      }
    }
    int added = otherSupport.length - common;
    if (common <= added) {
      return false;
    }
    Arrays.sort(ratios, 0, common);
    int most = 0;
    double best = 0.0;
    for (int from = 0; from < common; from++) {
      int to = from;
      while (to < common && ratios[to] - ratios[from] <= SAME_RATIO * Math.abs(ratios[from])) {
        to++;
      }
      if (to - from > most) {
        most = to - from;
        best = ratios[from + (to - from) / 2];
      }
    }
    if (most <= added) {
      return false;
    }
    for (int row : otherSupport) {
      double value = vector[row] - best * other[row];
      boolean cancels = Math.abs(value) <= SAME_RATIO * Math.abs(vector[row]);
      vector[row] = cancels ? 0.0 : value;
    }
    clean(vector);
    return true;
  }
}
