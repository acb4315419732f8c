package io.dualgrid.mask;

import io.dualgrid.qp.SparseMatrix;
import io.dualgrid.qp.dense.Dense;
import io.dualgrid.qp.dense.DenseKernels;
import io.dualgrid.qp.dense.SparseRows;
import io.dualgrid.qp.dense.SquareMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One drawn mask: the secret map between an energy system's program and what the cloud sees.
 *
 * <p>Masked row j stands for Σ wᵢ·gᵢ over slabs i, times a secret scale of either sign: one slab
 * for a real row, a few for a redundant one. A row keeps both sides of its slab: the rows of a pair
 * are parallel under any affine map, so the cloud could pair them anyway, and one row with two
 * sides costs half as much as two. Where a slab has one side only, a redundant other side makes it
 * look like the rest.
 */
final class Mask {
  private final OrthonormalBasis basis;
  private final QuadraticTerm quadratic;
  private final SquareMatrix freeMap; // from y to the free variables; Z = S · freeMap
  private final double[] origin; // x0 + Z t
  private final double objectiveScale;
  private final List<Slab> slabs;
  private final List<MaskedRow> rows;
  private final int dimension;
  private final double[] maskedLower;
  private final double[] maskedUpper;
  private final double[] start;
  private final double[] startMultipliers;
  private double[] maskedQuadratic; // this and the rows until the cloud has them
  private double[] maskedRows;

  /** A masked row: scale · Σ weights · slabs. */
  private static final class MaskedRow {
    final int[] slabs;
    final double[] weights;
    double lower;
    double upper;
    double scale = 1.0;

    MaskedRow(int[] slabs, double[] weights, double lower, double upper) {
      this.slabs = slabs;
      this.weights = weights;
      this.lower = lower;
      this.upper = upper;
    }
  }

  Mask(
      ReducedProgram reduced,
      OrthonormalBasis basis,
      SparseMatrix quadratic,
      MaskSettings settings,
      double[] startFree,
      double[] startSlabMultipliers,
      RandomGenerator random,
      DenseKernels kernels) {
    boolean hardened = settings.kind() == MaskKind.HARDENED;
    int k = basis.dimension();
    dimension = k;
    slabs = reduced.slabs();
    this.basis = basis;
    this.quadratic = new QuadraticTerm(quadratic);
    HaarRotation left = new HaarRotation(k, random);
    HaarRotation right = hardened ? new HaarRotation(k, random) : null;
    double[] singular = new double[k];
    Arrays.fill(singular, 1.0);
    if (hardened) {
      drawSingularValues(singular, settings.conditionNumber(), random);
    }
    freeMap = transform(left, kernels.diagonal(singular), right);
    basis.toFree(freeMap);
    double[] shift = new double[k];
    double[] freeShift = new double[k];
    origin = reduced.particular().clone();
    if (hardened) {
      double length = logUniform(0.5, 2.0, random); // per unit: as large as what it hides
      for (int c = 0; c < k; c++) {
        shift[c] = length * random.nextGaussian();
      }
      freeMap.multiply(shift, freeShift);
      basis.addVariables(freeShift, origin);
    }
    start = new double[k];
    if (startFree != null) {
      maskPoint(basis.coordinates(startFree), left, singular, right);
      for (int c = 0; c < k; c++) {
        start[c] -= shift[c];
      }
    }
    // before H' and G' take their place in memory
    left.erase();
    if (right != null) {
      right.erase();
    }
    Arrays.fill(singular, 0.0);
    Arrays.fill(shift, 0.0);
    maskedQuadratic = this.quadratic.on(basis.rows(), freeMap);
    objectiveScale = hardened ? normalise(maskedQuadratic, random) : 1.0;

    rows = hardened ? hardenedRows(slabs, settings, random) : plainRows(slabs);
    int m = rows.size();
    maskedRows = hardened ? scaledRows(random) : freeMap.multiplyLeft(sparseRows());
    maskedLower = new double[m];
    maskedUpper = new double[m];
    for (int j = 0; j < m; j++) {
      maskBounds(j, freeShift);
    }
    startMultipliers = new double[m];
    if (startSlabMultipliers != null) {
      for (int j = 0; j < m; j++) {
        MaskedRow row = rows.get(j);
        if (row.slabs.length == 1) {
          startMultipliers[j] = startSlabMultipliers[row.slabs[0]] * objectiveScale / row.scale;
        }
      }
    }
    Arrays.fill(freeShift, 0.0);
  }

  /** T = left · singular values · rightᵀ; a missing rotation is the identity. */
  private static SquareMatrix transform(
      HaarRotation left, SquareMatrix singular, HaarRotation right) {
    if (right != null) {
      right.multiplyLeft(singular);
      singular.transpose();
    }
    left.multiplyLeft(singular);
    return singular;
  }

  /** start = T⁻¹ · coordinates. */
  private void maskPoint(
      double[] coordinates, HaarRotation left, double[] singular, HaarRotation right) {
    left.multiplyTransposed(coordinates);
    for (int c = 0; c < dimension; c++) {
      coordinates[c] /= singular[c];
    }
    if (right != null) {
      right.multiply(coordinates);
    }
    System.arraycopy(coordinates, 0, start, 0, dimension);
  }

  /**
   * Random singular values that fall like 1, 1/2, 1/3, … down to the bound of the condition number.
   *
   * <p>Angles between rows change by about the ratio of ‖S²‖ to the trace of S². With values spread
   * evenly over the same condition number that is 1.4/√k: a rotation in high dimension averages the
   * distortion away, and templates of a guessed device library find its rows again. With a few
   * large values it is about one half, whatever k.
   */
  private static void drawSingularValues(
      double[] singular, double condition, RandomGenerator random) {
    double most = Math.sqrt(condition);
    for (int c = 0; c < singular.length; c++) {
      double falling = most / (c + 1) * logUniform(0.7, 1.0, random);
      double least = logUniform(1.0, 1.4, random) / most;
      singular[c] = Math.min(most, Math.max(falling, least));
    }
  }

  private static double logUniform(double least, double most, RandomGenerator random) {
    return least * Math.pow(most / least, random.nextDouble());
  }

  /** Scales to a mean diagonal entry of about 1, which hides the size of the penalties. */
  private double normalise(double[] values, RandomGenerator random) {
    double trace = 0.0;
    for (int c = 0; c < dimension; c++) {
      trace += values[c * dimension + c];
    }
    double mean = trace / dimension;
    double scale = logUniform(0.5, 2.0, random) / (mean > 0 ? mean : 1.0);
    Dense.scale(values, 0, scale, values.length);
    return scale;
  }

  private static List<MaskedRow> plainRows(List<Slab> slabs) {
    List<MaskedRow> rows = new ArrayList<>();
    for (int i = 0; i < slabs.size(); i++) {
      // The published mask shows the rows as they are written: undo the scaling to a unit entry.
      Slab slab = slabs.get(i);
      double factor = slab.upperRow >= 0 ? slab.upperFactor : slab.lowerFactor;
      MaskedRow row = new MaskedRow(new int[] {i}, new double[] {1.0}, slab.lower, slab.upper);
      row.scale = factor;
      rows.add(row);
    }
    return rows;
  }

  private static List<MaskedRow> hardenedRows(
      List<Slab> slabs, MaskSettings settings, RandomGenerator random) {
    List<MaskedRow> rows = new ArrayList<>();
    List<MaskedRow> twoSided = new ArrayList<>();
    for (int i = 0; i < slabs.size(); i++) {
      Slab slab = slabs.get(i);
      double lower = slab.lower;
      double upper = slab.upper;
      if (lower == Double.NEGATIVE_INFINITY && slab.smallest > Double.NEGATIVE_INFINITY) {
        lower = slab.smallest - margin(upper - slab.smallest, random);
      } else if (upper == Double.POSITIVE_INFINITY && slab.largest < Double.POSITIVE_INFINITY) {
        upper = slab.largest + margin(slab.largest - lower, random);
      }
      MaskedRow row = new MaskedRow(new int[] {i}, new double[] {1.0}, lower, upper);
      rows.add(row);
      if (Double.isFinite(lower) && Double.isFinite(upper)) {
        twoSided.add(row);
      }
    }
    int padding =
        twoSided.size() < 2
            ? 0
            : (int)
                Math.round(settings.paddingFraction() * rows.size() * (0.5 + random.nextDouble()));
    for (int p = 0; p < padding; p++) {
      rows.add(redundantRow(twoSided, random));
    }
    for (int i = rows.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      MaskedRow swapped = rows.get(i);
      rows.set(i, rows.get(j));
      rows.set(j, swapped);
    }
    return rows;
  }

  /** How far outside what can be reached a redundant side stands. */
  private static double margin(double width, RandomGenerator random) {
    return Math.max(width, 1e-3) * (0.05 + 0.45 * random.nextDouble());
  }

  /** A combination of two or three rows, bounded by the same combination of their bounds. */
  private static MaskedRow redundantRow(List<MaskedRow> from, RandomGenerator random) {
    int count = from.size() > 2 ? 2 + random.nextInt(2) : 2;
    int[] chosen = new int[count];
    double[] weights = new double[count];
    double lower = 0.0;
    double upper = 0.0;
    for (int c = 0; c < count; c++) {
      MaskedRow row;
      boolean repeated;
      do {
        row = from.get(random.nextInt(from.size()));
        repeated = false;
        for (int other = 0; other < c; other++) {
          repeated |= chosen[other] == row.slabs[0];
        }
      } while (repeated);
      chosen[c] = row.slabs[0];
      double weight = logUniform(0.2, 5.0, random) * (random.nextBoolean() ? 1 : -1);
      weights[c] = weight;
      lower += weight * (weight > 0 ? row.lower : row.upper);
      upper += weight * (weight > 0 ? row.upper : row.lower);
    }
    double width = upper - lower;
    return new MaskedRow(
        chosen, weights, lower - margin(width, random), upper + margin(width, random));
  }

  /** The rows as combinations of free variables: scales · weights · slabs. */
  private SparseRows sparseRows() {
    int[] starts = new int[rows.size() + 1];
    for (int j = 0; j < rows.size(); j++) {
      starts[j + 1] = starts[j];
      for (int slab : rows.get(j).slabs) {
        starts[j + 1] += slabs.get(slab).indices.length;
      }
    }
    int[] columns = new int[starts[rows.size()]];
    double[] values = new double[columns.length];
    int at = 0;
    for (MaskedRow row : rows) {
      for (int c = 0; c < row.slabs.length; c++) {
        Slab slab = slabs.get(row.slabs[c]);
        for (int s = 0; s < slab.indices.length; s++) {
          columns[at] = slab.indices[s];
          values[at++] = row.scale * row.weights[c] * slab.coefficients[s];
        }
      }
    }
    return new SparseRows(starts, columns, values);
  }

  /** G' with rows of random length and sign, which sets their scales. */
  private double[] scaledRows(RandomGenerator random) {
    double[] scales = new double[rows.size()];
    for (int j = 0; j < scales.length; j++) {
      scales[j] = (random.nextBoolean() ? 1.0 : -1.0) * logUniform(0.5, 2.0, random);
    }
    double[] scaled = freeMap.multiplyLeft(sparseRows(), scales);
    for (int j = 0; j < scales.length; j++) {
      rows.get(j).scale = scales[j];
    }
    return scaled;
  }

  private void maskBounds(int j, double[] freeShift) {
    MaskedRow row = rows.get(j);
    double offset = 0.0;
    for (int c = 0; c < row.slabs.length; c++) {
      offset += row.weights[c] * slabs.get(row.slabs[c]).dot(freeShift);
    }
    double low = (row.lower - offset) * row.scale;
    double high = (row.upper - offset) * row.scale;
    maskedLower[j] = Math.min(low, high);
    maskedUpper[j] = Math.max(low, high);
  }

  /**
   * The message to the cloud: the same again whenever asked for, but for rounding, computed anew
   * where it has been forgotten.
   */
  MaskedProblem problem(long identity) {
    if (maskedQuadratic == null) {
      maskedQuadratic = quadratic.on(basis.rows(), freeMap);
      Dense.scale(maskedQuadratic, 0, objectiveScale, maskedQuadratic.length);
      maskedRows = freeMap.multiplyLeft(sparseRows());
    }
    return new MaskedProblem(
        identity,
        dimension,
        maskedQuadratic,
        maskedRows,
        maskedLower,
        maskedUpper,
        start,
        startMultipliers);
  }

  /** Lets go of H' and G', two thirds of a mask's memory. */
  void forgetProblem() {
    maskedQuadratic = null;
    maskedRows = null;
  }

  int dimension() {
    return dimension;
  }

  int rowCount() {
    return maskedLower.length;
  }

  /** x at y = 0, length n; not to be modified. */
  double[] origin() {
    return origin;
  }

  /**
   * Whether an answer meets the optimality conditions of the masked problem itself, whatever that
   * means for the program. From what stays here: H'y + c' = s·Zᵀ(Px + q) at x = Z·y + origin, and
   * G' = D·W·g·F with rows D, weights W, slabs g and F the map to the free variables. O(k² +
   * entries).
   *
   * @param termScale largest entry of the masked linear term
   * @param fullGradient Px + q at the answer, length n; not modified
   */
  boolean isSolved(double termScale, double[] fullGradient, MaskedAnswer answer, double tolerance) {
    double[] free = new double[dimension];
    freeMap.multiply(answer.y(), free);
    double[] gradient = basis.toFree(objectiveScale, fullGradient);
    double scale = Math.max(1.0, termScale);
    for (int j = 0; j < maskedLower.length; j++) {
      MaskedRow row = rows.get(j);
      double value = 0.0;
      for (int c = 0; c < row.slabs.length; c++) {
        value += row.scale * row.weights[c] * slabs.get(row.slabs[c]).dot(free);
      }
      double multiplier = answer.multipliers()[j];
      double slack = multiplier > 0 ? maskedUpper[j] - value : value - maskedLower[j];
      boolean inside = value >= maskedLower[j] - tolerance && value <= maskedUpper[j] + tolerance;
      if (!inside || (Math.abs(multiplier) > tolerance * scale && !(slack <= tolerance))) {
        return false;
      }
      for (int c = 0; c < row.slabs.length; c++) {
        double weight = multiplier * row.scale * row.weights[c];
        slabs.get(row.slabs[c]).add(weight, gradient);
      }
    }
    return Dense.largest(toMasked(gradient)) <= tolerance * scale;
  }

  /** s·Zᵀ·gradient, length k. */
  double[] maskGradient(double[] gradient) {
    return toMasked(basis.toFree(objectiveScale, gradient));
  }

  private double[] toMasked(double[] free) {
    double[] masked = new double[dimension];
    freeMap.multiplyTransposed(free, masked);
    return masked;
  }

  /** x = Z·y + origin. */
  void unmask(double[] y, double[] x) {
    double[] free = new double[dimension];
    freeMap.multiply(y, free);
    System.arraycopy(origin, 0, x, 0, origin.length);
    basis.addVariables(free, x);
  }

  /** The slab behind each row, −1 for a redundant one. */
  int[] rowSlabs() {
    return rows.stream().mapToInt(row -> row.slabs.length == 1 ? row.slabs[0] : -1).toArray();
  }

  /** Multipliers of the slabs. */
  double[] unmaskMultipliers(double[] masked) {
    double[] bySlab = new double[slabs.size()];
    for (int j = 0; j < masked.length; j++) {
      MaskedRow row = rows.get(j);
      double value = masked[j] * row.scale / objectiveScale;
      for (int c = 0; c < row.slabs.length; c++) {
        bySlab[row.slabs[c]] += row.weights[c] * value;
      }
    }
    return bySlab;
  }

  void erase() {
    freeMap.close();
    Arrays.fill(origin, 0.0);
    rows.clear();
  }
}
