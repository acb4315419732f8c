package io.dualgrid.consensus.newton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PriceSystemTest {
  private static final double ANY = Double.POSITIVE_INFINITY;

  private static final int STEPS = 3;
  private static final int[] ROW_STEPS = {1, 2, 1};
  private static final int D = 2 * STEPS + ROW_STEPS.length;

  private final Random random = new Random(5);

  /** Sites with random J = BBᵀ and random shares; the matrix is the plain sum of CᵀJC. */
  private final List<double[][]> sensitivities = new ArrayList<>();

  private final List<List<RowShare>> shares = new ArrayList<>();

  private double[][] matrix() {
    double[][] sum = new double[D][D];
    for (int site = 0; site < 4; site++) {
      double[][] b = new double[2 * STEPS][2 * STEPS];
      for (int i = 0; i < 2 * STEPS; i++) {
        for (int j = 0; j < 2 * STEPS; j++) {
          b[i][j] = 0.2 * random.nextGaussian() + (i == j ? 1 : 0);
        }
      }
      double[][] c = new double[2 * STEPS][D];
      List<RowShare> own = new ArrayList<>();
      for (int i = 0; i < 2 * STEPS; i++) {
        c[i][i] = 1;
      }
      for (int a = 0; a < ROW_STEPS.length; a++) {
        RowShare share = new RowShare(ROW_STEPS[a], random.nextDouble(), random.nextDouble());
        own.add(share);
        c[share.step()][2 * STEPS + a] = share.active();
        c[STEPS + share.step()][2 * STEPS + a] = share.reactive();
      }
      double[][] j = product(b, transposed(b));
      sensitivities.add(j);
      shares.add(own);
      double[][] part = product(transposed(c), product(j, c));
      for (int i = 0; i < D; i++) {
        for (int k = 0; k < D; k++) {
          sum[i][k] += part[i][k];
        }
      }
    }
    return sum;
  }

  private double[] entries(SensitivityPattern pattern) {
    double[] sum = new double[pattern.size()];
    for (int site = 0; site < sensitivities.size(); site++) {
      double[] packed = new double[STEPS * (2 * STEPS + 1)];
      for (int j = 0; j < 2 * STEPS; j++) {
        for (int i = 0; i <= j; i++) {
          packed[j * (j + 1) / 2 + i] = sensitivities.get(site)[i][j];
        }
      }
      double[] own = new double[pattern.size()];
      pattern.collect(packed, shares.get(site), own);
      for (int k = 0; k < own.length; k++) {
        sum[k] += own[k];
      }
    }
    return sum;
  }

  @Test
  void blocksWithRoundsAndTheWholeMatrixGiveTheSolution() {
    double[][] m = matrix();
    double[] inverses = new double[D];
    for (int a = 2 * STEPS; a < D; a++) {
      inverses[a] = 0.5 * (a - 2 * STEPS);
      m[a][a] += inverses[a];
    }
    double[] wanted = new double[D];
    double[] h = new double[D];
    for (int a = 0; a < D; a++) {
      wanted[a] = random.nextGaussian();
    }
    for (int a = 0; a < D; a++) {
      for (int b = 0; b < D; b++) {
        h[a] += m[a][b] * wanted[b];
      }
    }
    SensitivityPattern all = SensitivityPattern.of(STEPS, ROW_STEPS, true);
    SensitivityPattern blocks = SensitivityPattern.of(STEPS, ROW_STEPS, false);
    assertThat(all.size()).isEqualTo(D * (D + 1) / 2);
    // step 0: 2 prices, step 1: 4, step 2: 3
    assertThat(blocks.size()).isEqualTo(3 + 10 + 6);

    double[] direct =
        new PriceSystem(all, true, entries(all), inverses, v -> fail()).solve(h, 1e-1, ANY);
    PriceSystem iterative =
        new PriceSystem(blocks, false, entries(blocks), inverses, v -> image(m, inverses, v));
    double[] byRounds = iterative.solve(h, 1e-12, ANY);
    int rounds = iterative.rounds();
    // nothing is left of it outside of the directions that have been asked for
    double[] again = iterative.solve(h, 1e-6, ANY);
    assertThat(iterative.rounds()).isEqualTo(rounds);

    // the matrix has a condition number below 1e3, the regularisation is 1e-12 of its diagonal
    for (int a = 0; a < D; a++) {
      assertThat(direct[a]).isCloseTo(wanted[a], within(1e-9));
      assertThat(byRounds[a]).isCloseTo(wanted[a], within(1e-8));
      assertThat(again[a]).isCloseTo(wanted[a], within(1e-8));
    }
    // a norm that is small enough already does not do where the imbalance must be smaller
    PriceSystem other =
        new PriceSystem(blocks, false, entries(blocks), inverses, v -> image(m, inverses, v));
    double[] balanced = other.solve(h, 1.0, 1e-6);
    double imbalance = 0.0;
    for (int a = 0; a < 2 * STEPS; a++) {
      double residual = h[a];
      for (int b = 0; b < D; b++) {
        residual -= m[a][b] * balanced[b];
      }
      imbalance += Math.abs(residual);
    }
    // rounding of the updated residual
    assertThat(imbalance).isLessThan(1e-6 + 1e-9);

    // conjugate gradients end after D rounds but for rounding
    assertThat(rounds).isBetween(2, D + 2);
  }

  private static double[] fail() {
    throw new AssertionError("asked for a product that the whole matrix makes needless");
  }

  /** The sum over the sites, without the rows' own diagonal. */
  private static double[] image(double[][] m, double[] inverses, double[] v) {
    double[] image = new double[D];
    for (int a = 0; a < D; a++) {
      image[a] = -inverses[a] * v[a];
      for (int b = 0; b < D; b++) {
        image[a] += m[a][b] * v[b];
      }
    }
    return image;
  }

  private static double[][] transposed(double[][] a) {
    double[][] t = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        t[j][i] = a[i][j];
      }
    }
    return t;
  }

  private static double[][] product(double[][] a, double[][] b) {
    double[][] c = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b[0].length; j++) {
        for (int k = 0; k < b.length; k++) {
          c[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return c;
  }
}
