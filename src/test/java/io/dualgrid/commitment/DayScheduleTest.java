package io.dualgrid.commitment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.device.DesProgram;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.OnOff;
import io.dualgrid.device.Profile;
import io.dualgrid.device.Sampling;
import io.dualgrid.device.Switching;
import io.dualgrid.device.generation.CombinedHeatPower;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.device.load.PowerLoad;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.site.DesAssembler;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Dynamic programming against trying out every schedule, and branch and bound against it. */
class DayScheduleTest {
  private static final int STEPS = 8;

  /** Sums of eight numbers below ten. */
  private static final double ROUNDING = 1e-13;

  private static Switching times(int onSteps, int offSteps) {
    return new Switching("unit", new int[STEPS], new int[STEPS], null, onSteps, offSteps);
  }

  private static double[] costs(Random random, double impossible) {
    double[] costs = new double[STEPS];
    for (int t = 0; t < STEPS; t++) {
      costs[t] = random.nextDouble() < impossible ? Double.POSITIVE_INFINITY : random.nextDouble();
    }
    return costs;
  }

  private static double cost(boolean[] on, double[] offCosts, double[] onCosts, double start) {
    double cost = 0.0;
    for (int t = 0; t < STEPS; t++) {
      cost += (on[t] ? onCosts : offCosts)[t] + (t > 0 && on[t] && !on[t - 1] ? start : 0.0);
    }
    return cost;
  }

  /** Whether each stretch that begins and ends within the day is long enough. */
  private static boolean keeps(boolean[] on, int onSteps, int offSteps) {
    int begin = 0;
    for (int t = 1; t < STEPS; t++) {
      if (on[t] != on[t - 1]) {
        if (begin > 0 && t - begin < (on[t - 1] ? onSteps : offSteps)) {
          return false;
        }
        begin = t;
      }
    }
    return true;
  }

  @Test
  void findsTheCheapestOfAllSchedules() {
    Random random = new Random(5);
    for (int trial = 0; trial < 300; trial++) {
      int onSteps = 1 + random.nextInt(4);
      int offSteps = 1 + random.nextInt(4);
      double[] off = costs(random, 0.1);
      double[] on = costs(random, 0.1);
      double start = random.nextDouble();
      double best = Double.POSITIVE_INFINITY;
      for (int code = 0; code < 1 << STEPS; code++) {
        boolean[] schedule = new boolean[STEPS];
        for (int t = 0; t < STEPS; t++) {
          schedule[t] = (code >> t & 1) == 1;
        }
        if (keeps(schedule, onSteps, offSteps)) {
          best = Math.min(best, cost(schedule, off, on, start));
        }
      }
      boolean[] found = DaySchedule.cheapest(off, on, start, times(onSteps, offSteps));
      if (best == Double.POSITIVE_INFINITY) {
        assertThat(found).isNull();
      } else {
        assertThat(keeps(found, onSteps, offSteps)).isTrue();
        assertThat(cost(found, off, on, start)).isCloseTo(best, within(ROUNDING));
      }
    }
  }

  /**
   * A unit beside a load at the root: what is missing is bought. Its steps are separate, and a
   * linear cost is least at an end of its range, so that dynamic programming has exact costs.
   */
  @Test
  void branchAndBoundAgreesWithDynamicProgramming() {
    Random random = new Random(7);
    for (int trial = 0; trial < 8; trial++) {
      double[] price = new double[STEPS];
      for (int t = 0; t < STEPS; t++) {
        price[t] = 0.3 + 0.4 * random.nextDouble();
      }
      OnOff onOff = new OnOff(60, 3 * random.nextInt(4), 3 * random.nextInt(4), 4);
      DesProgram program = atTheRoot(price, onOff);
      Switching switching = program.switchings().get(0);
      double[] off = new double[STEPS];
      double[] on = new double[STEPS];
      for (int t = 0; t < STEPS; t++) {
        off[t] = 3 * 100 * price[t];
        double least = 3 * (40 * price[t] + 60 * 0.5);
        double most = 3 * 100 * 0.5;
        on[t] = Math.min(least, most);
      }
      boolean[] cheapest = DaySchedule.cheapest(off, on, 4.0, switching);
      double expected = cost(cheapest, off, on, 4.0);
      BranchAndBound.Result found =
          BranchAndBound.search(
              program.program(),
              program.switchings(),
              new BranchAndBound.Gap(1e-6, 0.0),
              BranchAndBound.Effort.within(Duration.ofMinutes(2)));
      assertThat(found.proved()).isTrue();
      // relaxations are solved to 1e-8, and the search ends at 1e-6 of the cost
      assertThat(1000 * found.cost()).isCloseTo(expected, within(2e-6 * expected));
      assertThat(1000 * found.bound()).isLessThanOrEqualTo(expected * (1 + 1e-7));
    }
  }

  private static DesProgram atTheRoot(double[] price, OnOff onOff) {
    double[] load = new double[STEPS];
    Arrays.fill(load, 100.0);
    Node node =
        new Node(
            0,
            "root",
            List.of(
                new GridInterface(1000, 0, profile(price), profile(new double[STEPS]), 0.8),
                new PowerLoad(profile(load)),
                new CombinedHeatPower(100, 0.0, 0.5, 0.8, onOff)));
    NetworkLimits limits =
        new NetworkLimits(24.0, STEPS, 1000.0, 100.0, 0.95, 1.05, 1.0, 1e5, 0.244343);
    GridCase gridCase =
        new GridCase(
            "unit",
            "hand-made",
            limits,
            List.of(node),
            List.of(),
            new FeederTree(List.of(0), List.of()));
    return new DesAssembler(gridCase, Horizon.of(limits, STEPS, Sampling.FIRST)).assemble(node);
  }

  private static Profile profile(double[] values) {
    return new Profile("p.csv", "1", 1.0, values);
  }
}
