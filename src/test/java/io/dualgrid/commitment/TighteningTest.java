package io.dualgrid.commitment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.device.Switching;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A heat pump with a coefficient of 1, a heater and a store, over four steps. */
class TighteningTest {
  private static final int STEPS = 4;
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double SIZE = 50.0;

  /** Blocks of variables: power, state, heater, energy at the end of each step. */
  private static QuadraticProgram program(
      double[] load, double[] price, double leastPower, double store) {
    int n = 4 * STEPS;
    SparseMatrix.Builder rows = SparseMatrix.builder(7 * STEPS, n);
    double[] lower = new double[7 * STEPS];
    double[] upper = new double[7 * STEPS];
    double[] cost = new double[n];
    double[] most = {SIZE, 1.0, INF, store};
    for (int t = 0; t < STEPS; t++) {
      for (int block = 0; block < 4; block++) {
        rows.add(7 * t + block, block * STEPS + t, 1.0);
        upper[7 * t + block] = most[block];
      }
      // power + heater + energy before − energy after = load
      int balance = 7 * t + 4;
      rows.add(balance, t, 1.0);
      rows.add(balance, 2 * STEPS + t, 1.0);
      rows.add(balance, 3 * STEPS + t, -1.0);
      if (t > 0) {
        rows.add(balance, 3 * STEPS + t - 1, 1.0);
      }
      lower[balance] = load[t];
      upper[balance] = load[t];
      rows.add(balance + 1, t, 1.0);
      rows.add(balance + 1, STEPS + t, -SIZE);
      lower[balance + 1] = -INF;
      rows.add(balance + 2, t, 1.0);
      rows.add(balance + 2, STEPS + t, -leastPower);
      upper[balance + 2] = INF;
      cost[t] = price[t];
      cost[2 * STEPS + t] = 2.5 * price[t];
    }
    return new QuadraticProgram(
        "heat", SparseMatrix.diagonal(new double[n]), cost, rows.build(), lower, upper);
  }

  private static List<Switching> switching() {
    return List.of(
        new Switching("EHP", new int[] {0, 1, 2, 3}, new int[] {4, 5, 6, 7}, null, 1, 1));
  }

  @Test
  void boundIsNearerAndStatesCostWhatTheyDid() {
    // 3 of heat at 1 a step by a pump of at least 2, or by a heater at 2.5
    QuadraticProgram program =
        program(new double[] {3, 3, 3, 1}, new double[] {1, 1, 1, 1}, 2.0, 0.0);
    SwitchedProgram plain = new SwitchedProgram(program, switching());
    SwitchedProgram tight = plain.tightened();
    // without a store the last load, below the least power, is the heater's: 3 · 3 + 2.5
    assertThat(tight.solve(tight.open()).bound()).isCloseTo(11.5, within(1e-6));
    byte[][] best = {{1, 1, 1, 0}};
    assertThat(plain.cost(plain.solve(best).x())).isCloseTo(11.5, within(1e-6));
    assertThat(tight.cost(tight.solve(best).x())).isCloseTo(11.5, within(1e-6));
  }

  @Test
  void searchFindsTheBestOfAllStatesEachSolvedAlone() {
    Random random = new Random(3);
    for (int trial = 0; trial < 25; trial++) {
      double[] load = random.doubles(STEPS, 0.0, 6.0).toArray();
      double[] price = random.doubles(STEPS, 0.5, 1.5).toArray();
      double leastPower = 1.0 + 4.0 * random.nextDouble();
      QuadraticProgram program = program(load, price, leastPower, 4.0 * random.nextDouble());
      SwitchedProgram plain = new SwitchedProgram(program, switching());
      double best = INF;
      for (int code = 0; code < 1 << STEPS; code++) {
        byte[][] states = plain.open();
        for (int t = 0; t < STEPS; t++) {
          states[0][t] = (byte) (code >> t & 1);
        }
        double[] x = plain.solve(states).x();
        best = x == null ? best : Math.min(best, plain.cost(x));
      }
      BranchAndBound.Result found =
          BranchAndBound.search(
              program,
              switching(),
              new BranchAndBound.Gap(1e-6, 0.0),
              BranchAndBound.Effort.within(Duration.ofMinutes(1)));
      assertThat(found.proved()).as("trial %d", trial).isTrue();
      // the gap, and solves to 1e-8 twice
      assertThat(found.cost()).as("trial %d", trial).isCloseTo(best, within(2e-6 * best));
    }
  }
}
