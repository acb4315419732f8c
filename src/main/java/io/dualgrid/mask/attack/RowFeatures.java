package io.dualgrid.mask.attack;

import java.util.Arrays;
import java.util.List;

/** What an attacker reads off each row of a dense program: a vector of figures a row. */
interface RowFeatures {
  /** Name of the attack that uses them. */
  String name();

  /** One vector a row, all of the same length. */
  double[][] of(DenseRows rows);

  /** Norm of each row and distance of its sides: survives a rotation as it is. */
  RowFeatures KNOWN_ROW =
      new RowFeatures() {
        @Override
        public String name() {
          return "known row (length and width)";
        }

        @Override
        public double[][] of(DenseRows rows) {
          double[][] features = new double[rows.count()][];
          for (int i = 0; i < features.length; i++) {
            double width = rows.width(i);
            boolean twoSided = Double.isFinite(width);
            double length = rows.norm(i);
            features[i] =
                new double[] {
                  Math.log(length),
                  twoSided ? Math.log(Math.max(width, 1e-12)) : 0.0,
                  twoSided ? Math.log(Math.max(width, 1e-12) / length) : 0.0,
                  twoSided ? 1.0 : 0.0
                };
          }
          return features;
        }
      };

  /** Inner products of each row with all others, largest first. */
  RowFeatures GRAM =
      new RowFeatures() {
        @Override
        public String name() {
          return "Gram matrix";
        }

        @Override
        public double[][] of(DenseRows rows) {
          return profiles(rows.gram(), false);
        }
      };

  /** Cosines of the angles of each row with all others, largest first. */
  RowFeatures ANGLE =
      new RowFeatures() {
        @Override
        public String name() {
          return "angles between rows";
        }

        @Override
        public double[][] of(DenseRows rows) {
          return profiles(rows.cosines(), true);
        }
      };

  /**
   * Cosines in a position that no invertible map of the variables and no scaling of rows changes.
   */
  RowFeatures AFFINE =
      new RowFeatures() {
        @Override
        public String name() {
          return "affine invariants (isotropic position)";
        }

        @Override
        public double[][] of(DenseRows rows) {
          return profiles(rows.isotropicCosines(), true);
        }
      };

  /** All, from the one that needs most to the one that needs least to survive. */
  List<RowFeatures> ALL = List.of(KNOWN_ROW, GRAM, ANGLE, AFFINE);

  /**
   * Largest entries of each row off the diagonal and quantiles of the rest, on a stretched scale.
   */
  private static double[][] profiles(double[][] matrix, boolean cosines) {
    int largest = 16;
    int quantiles = 8;
    int n = matrix.length;
    double[][] profiles = new double[n][largest + quantiles];
    for (int i = 0; i < n; i++) {
      double[] sorted = new double[n - 1];
      for (int j = 0, at = 0; j < n; j++) {
        if (j != i) {
          sorted[at++] = Math.abs(matrix[i][j]);
        }
      }
      Arrays.sort(sorted);
      for (int q = 0; q < largest; q++) {
        int at = sorted.length - 1 - q;
        profiles[i][q] = stretch(at >= 0 ? sorted[at] : 0.0, cosines);
      }
      for (int q = 0; q < quantiles; q++) {
        int at = sorted.length * (q + 1) / (quantiles + 1);
        profiles[i][largest + q] = stretch(sorted.length > 0 ? sorted[at] : 0.0, cosines);
      }
    }
    return profiles;
  }

  private static double stretch(double value, boolean cosine) {
    if (!cosine) {
      return Math.log(value + 1e-6);
    }
    double capped = Math.min(value, 1 - 1e-9);
    return 0.5 * Math.log((1 + capped) / (1 - capped));
  }
}
