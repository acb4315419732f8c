package io.dualgrid.commitment;

import io.dualgrid.device.Switching;
import java.util.Arrays;

/**
 * The cheapest schedule of one device whose steps have costs of their own, by dynamic programming
 * over state and time in that state (Bellman); O(steps · (least steps on + least steps off)). What
 * begins before the day or ends after it may be short, as in {@link Switching}.
 */
final class DaySchedule {
  private final double[][] stepCosts; // off, on; infinite where a state is impossible
  private final double startCost;
  private final int[] least; // steps off, on
  private final int steps;
  private final double[][] value; // by state and age, capped at the least: cost up to the step
  private final int[][][] from; // by step, state and age: state · (most age + 1) + age before

  private DaySchedule(
      double[] offCosts, double[] onCosts, double startCost, int offSteps, int onSteps) {
    stepCosts = new double[][] {offCosts, onCosts};
    this.startCost = startCost;
    least = new int[] {offSteps, onSteps};
    steps = onCosts.length;
    value = new double[][] {new double[offSteps + 1], new double[onSteps + 1]};
    from = new int[steps][2][];
  }

  /**
   * The cheapest schedule.
   *
   * @param offCosts of each step when off, infinite where it cannot be off
   * @param onCosts of each step when on, infinite where it cannot be on
   * @return the state of each step; null where there is none
   */
  static boolean[] cheapest(
      double[] offCosts, double[] onCosts, double startCost, Switching switching) {
    return new DaySchedule(offCosts, onCosts, startCost, switching.offSteps(), switching.onSteps())
        .search();
  }

  private boolean[] search() {
    for (int state = 0; state < 2; state++) {
      Arrays.fill(value[state], Double.POSITIVE_INFINITY);
      value[state][least[state]] = stepCosts[state][0];
    }
    for (int t = 1; t < steps; t++) {
      advance(t);
    }
    int state = 0;
    int age = 0;
    double best = Double.POSITIVE_INFINITY;
    for (int s = 0; s < 2; s++) {
      for (int a = 1; a <= least[s]; a++) {
        if (value[s][a] < best) {
          best = value[s][a];
          state = s;
          age = a;
        }
      }
    }
    return best < Double.POSITIVE_INFINITY ? trace(state, age) : null;
  }

  private void advance(int t) {
    double[][] next = new double[2][];
    for (int state = 0; state < 2; state++) {
      next[state] = new double[least[state] + 1];
      Arrays.fill(next[state], Double.POSITIVE_INFINITY);
      from[t][state] = new int[least[state] + 1];
    }
    for (int state = 0; state < 2; state++) {
      for (int age = 1; age <= least[state]; age++) {
        offer(next, t, state, age, state, Math.min(age + 1, least[state]));
        if (age == least[state]) {
          offer(next, t, state, age, 1 - state, 1);
        }
      }
    }
    value[0] = next[0];
    value[1] = next[1];
  }

  private void offer(double[][] next, int t, int state, int age, int newState, int newAge) {
    boolean start = state == 0 && newState == 1;
    double cost = value[state][age] + stepCosts[newState][t] + (start ? startCost : 0.0);
    if (cost < next[newState][newAge]) {
      next[newState][newAge] = cost;
      from[t][newState][newAge] = age << 1 | state;
    }
  }

  private boolean[] trace(int lastState, int lastAge) {
    boolean[] on = new boolean[steps];
    int state = lastState;
    int age = lastAge;
    for (int t = steps - 1; t >= 0; t--) {
      on[t] = state == 1;
      if (t > 0) {
        int before = from[t][state][age];
        state = before & 1;
        age = before >> 1;
      }
    }
    return on;
  }
}
