package io.dualgrid.qp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every kernel of coupled interior-point steps must do. */
public abstract class NewtonKernelContract {
  private static final int[] COUPLED = {3, 0, 7, 12};
  private static final double[] PRICES = {0.7, -0.2, 0.0, 1.3};

  /** The kernel under test. */
  protected abstract NewtonKernel kernel(QuadraticProgram program, int[] coupled);

  /** A linear program with a known optimum when the coupled variables are paid these prices. */
  private static PlantedProgram planted(long seed) {
    PlantedProgram.Recipe recipe = new PlantedProgram.Recipe();
    recipe.quadraticRank = 0;
    recipe.rows = 80; // enough for the set of optima to be bounded
    recipe.activeShare = 0.6;
    PlantedProgram planted = recipe.plant(seed);
    QuadraticProgram program = planted.program();
    double[] cost = program.linear().clone();
    for (int c = 0; c < COUPLED.length; c++) {
      cost[COUPLED[c]] += PRICES[c];
    }
    QuadraticProgram paid =
        new QuadraticProgram(
            program.name(),
            program.quadratic(),
            cost,
            program.constraints(),
            program.lower(),
            program.upper());
    return new PlantedProgram(paid, planted.x(), planted.y());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void findsTheOptimumAtFixedPrices(long seed) {
    PlantedProgram planted = planted(seed);
    try (NewtonKernel kernel = kernel(planted.program(), COUPLED)) {
      kernel.start(PRICES);
      double[] k = new double[4];
      double[] ignored = new double[COUPLED.length];
      for (int iteration = 0; iteration < 40; iteration++) {
        kernel.factorise(PRICES);
        kernel.aim(0.0, false, ignored);
        kernel.direct(new double[COUPLED.length]);
        kernel.products(k);
        if (k[0] < 1e-9) {
          break;
        }
        double mu = k[0] / kernel.bounds();
        double affine = after(k, kernel.longestPrimalStep(), kernel.longestDualStep());
        double sigma = Math.pow(affine / k[0], 3);
        kernel.aim(sigma * mu, true, ignored);
        kernel.direct(new double[COUPLED.length]);
        kernel.move(kernel.longestPrimalStep(), kernel.longestDualStep());
      }
      // the gap of the optimum is the sum of the products, 1e-9, plus residuals that full steps
      // have brought to rounding
      assertThat(kernel.cost())
          .isCloseTo(
              planted.program().objective(planted.x()) + offsetOf(planted, kernel), within(1e-7));
      assertThat(kernel.rowResidual()).isLessThan(1e-9);
      assertThat(kernel.dualResidual()).isLessThan(1e-9);
    }
  }

  /** cᵀx differs between optima by what is paid for their coupled variables. */
  private static double offsetOf(PlantedProgram planted, NewtonKernel kernel) {
    double[] coupled = new double[COUPLED.length];
    kernel.coupled(coupled);
    double offset = 0.0;
    for (int c = 0; c < COUPLED.length; c++) {
      offset += PRICES[c] * (coupled[c] - planted.x()[COUPLED[c]]);
    }
    return offset;
  }

  @Test
  void sensitivitiesAreTheDerivativeOfTheResponse() {
    PlantedProgram planted = planted(4);
    int size = COUPLED.length;
    try (NewtonKernel kernel = kernel(planted.program(), COUPLED)) {
      kernel.start(PRICES);
      kernel.factorise(PRICES);
      double[] packed = new double[size * (size + 1) / 2];
      kernel.sensitivities(packed);
      double[] before = new double[size];
      kernel.aim(0.1, false, before);
      for (int j = 0; j < size; j++) {
        double[] dearer = PRICES.clone();
        dearer[j] += 0.5;
        double[] step = new double[size];
        step[j] = 0.5;
        // at the same point, so K is the same and the response linear in the prices
        kernel.factorise(PRICES);
        kernel.sensitivities(packed);
        double[] product = NewtonKernel.product(packed, step);
        kernel.factorise(dearer);
        double[] after = new double[size];
        kernel.aim(0.1, false, after);
        for (int i = 0; i < size; i++) {
          double entry = packed[i <= j ? j * (j + 1) / 2 + i : i * (i + 1) / 2 + j];
          // refined solves are exact to 1e-13 of their right-hand side
          assertThat(after[i] - before[i]).isCloseTo(0.5 * entry, within(1e-9));
          assertThat(product[i]).isCloseTo(0.5 * entry, within(1e-9));
        }
      }
    }
  }

  @Test
  void movesByResponseAndSensitivities() {
    int size = COUPLED.length;
    try (NewtonKernel kernel = kernel(planted(5).program(), COUPLED)) {
      kernel.start(PRICES);
      kernel.factorise(PRICES);
      double[] before = new double[size];
      kernel.coupled(before);
      double[] step = {0.05, -0.02, 0.01, 0.03};
      double[] packed = new double[size * (size + 1) / 2];
      kernel.sensitivities(packed);
      double[] product = NewtonKernel.product(packed, step);
      double[] response = new double[size];
      kernel.aim(0.0, false, response);
      kernel.direct(step);
      kernel.aim(0.05, true, response);
      kernel.direct(step);
      double primal = 0.5 * kernel.longestPrimalStep();
      double dual = 0.25 * kernel.longestDualStep();
      double[] k = new double[4];
      kernel.products(k);
      kernel.move(primal, dual);
      double[] after = new double[size];
      kernel.coupled(after);
      for (int c = 0; c < size; c++) {
        assertThat(after[c] - before[c])
            .isCloseTo(primal * (response[c] + product[c]), within(1e-9));
      }
      kernel.factorise(PRICES);
      double[] now = new double[4];
      kernel.products(now);
      assertThat(now[0]).isCloseTo(after(k, primal, dual), within(1e-9 * k[0]));
      kernel.aim(0.0, false, response);
      kernel.direct(step);
      kernel.products(now);
      assertThat(now[0]).isCloseTo(after(k, primal, dual), within(1e-9 * k[0]));
    }
  }

  private static double after(double[] k, double primal, double dual) {
    return k[0] + primal * k[1] + dual * k[2] + primal * dual * k[3];
  }
}
