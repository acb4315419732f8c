package io.dualgrid.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AndersonCoefficientsTest {
  private static final int N = 6;

  /** On linear maps Anderson acceleration is GMRES: exact after as many mixes as unknowns. */
  @Test
  void solvesALinearFixedPointProblemInAsManyMixesAsUnknowns() {
    Random random = new Random(1);
    double[][] matrix = new double[N][N];
    double[] shift = new double[N];
    for (int i = 0; i < N; i++) {
      shift[i] = random.nextGaussian();
      for (int j = 0; j < N; j++) {
        matrix[i][j] = 0.35 * random.nextGaussian();
      }
    }
    AndersonCoefficients mixing = new AndersonCoefficients(N);
    double[] w = new double[N];
    double[] before = null;
    double[] residualBefore = null;
    double[][] residualColumns = new double[N][];
    double[][] stateColumns = new double[N][];
    double first = norm(residual(matrix, shift, w));
    for (int k = 0; k <= N; k++) {
      double[] r = residual(matrix, shift, w);
      if (before != null) {
        int slot = mixing.claimSlot();
        residualColumns[slot] = difference(r, residualBefore);
        stateColumns[slot] = difference(w, before);
        double[] products = new double[N];
        for (int j = 0; j < N; j++) {
          products[j] =
              residualColumns[j] == null ? 0 : dot(residualColumns[slot], residualColumns[j]);
        }
        mixing.noteColumn(slot, products);
      }
      double[] products = new double[N];
      for (int j = 0; j < N; j++) {
        products[j] = residualColumns[j] == null ? 0 : dot(r, residualColumns[j]);
      }
      double[] gamma = mixing.solve(products);
      before = w;
      residualBefore = r;
      w = w.clone();
      for (int i = 0; i < N; i++) {
        w[i] += r[i];
        for (int j = 0; j < N; j++) {
          if (gamma[j] != 0) {
            w[i] -= gamma[j] * (residualColumns[j][i] + stateColumns[j][i]);
          }
        }
      }
    }
    // the normal equations are regularised by 1e-10, which costs that times their condition
    assertThat(norm(residual(matrix, shift, w))).isLessThan(1e-4 * first);
  }

  private static double[] residual(double[][] matrix, double[] shift, double[] w) {
    double[] r = new double[w.length];
    for (int i = 0; i < r.length; i++) {
      r[i] = dot(matrix[i], w) + shift[i] - w[i];
    }
    return r;
  }

  private static double[] difference(double[] a, double[] b) {
    double[] d = new double[a.length];
    for (int i = 0; i < d.length; i++) {
      d[i] = a[i] - b[i];
    }
    return d;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }

  @Test
  void theOldestSlotIsUsedAgainWhenAllAreTaken() {
    AndersonCoefficients mixing = new AndersonCoefficients(3);
    assertThat(mixing.claimSlot()).isZero();
    assertThat(mixing.claimSlot()).isEqualTo(1);
    assertThat(mixing.claimSlot()).isEqualTo(2);
    assertThat(mixing.claimSlot()).isZero();
    assertThat(mixing.claimSlot()).isEqualTo(1);
    assertThat(mixing.columns()).isEqualTo(3);
  }

  @Test
  void droppedColumnsHaveNoCoefficientsAndTheirSlotsAreFree() {
    AndersonCoefficients mixing = orthonormal(3);
    mixing.drop(1);
    assertThat(mixing.columns()).isEqualTo(2);
    assertThat(mixing.solve(new double[] {1, 2, 3}))
        .containsExactly(new double[] {1, 0, 3}, within(1e-9));
    assertThat(mixing.claimSlot()).isEqualTo(1);
  }

  @Test
  void droppingTheOlderHalfKeepsTheNewest() {
    AndersonCoefficients mixing = orthonormal(3);
    mixing.dropOlderHalf();
    assertThat(mixing.solve(new double[] {1, 2, 3}))
        .containsExactly(new double[] {0, 0, 3}, within(1e-9));
    mixing.clear();
    assertThat(mixing.columns()).isZero();
    assertThat(mixing.solve(new double[] {1, 2, 3})).containsOnly(0);
  }

  /** Equal columns share what one of them would get: the regularisation decides between them. */
  @Test
  void dependentColumnsDoNoHarm() {
    AndersonCoefficients mixing = new AndersonCoefficients(2);
    mixing.noteColumn(mixing.claimSlot(), new double[] {4, 0});
    mixing.noteColumn(mixing.claimSlot(), new double[] {4, 4});
    double[] gamma = mixing.solve(new double[] {8, 8});
    assertThat(gamma[0] + gamma[1]).isCloseTo(2, within(1e-6));
    assertThat(gamma[0]).isCloseTo(gamma[1], within(1e-4));
  }

  private static AndersonCoefficients orthonormal(int memory) {
    AndersonCoefficients mixing = new AndersonCoefficients(memory);
    for (int k = 0; k < memory; k++) {
      double[] products = new double[memory];
      int slot = mixing.claimSlot();
      products[slot] = 1;
      mixing.noteColumn(slot, products);
    }
    return mixing;
  }
}
