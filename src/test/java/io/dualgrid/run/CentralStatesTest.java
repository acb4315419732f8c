package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.device.DesProgram;
import io.dualgrid.device.DispatchQuantity;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.OnOff;
import io.dualgrid.device.Sampling;
import io.dualgrid.qp.BoundingSolvers;
import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QpStatus;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;
import io.dualgrid.site.CentralProgram;
import io.dualgrid.site.DesAssembler;
import io.dualgrid.site.GridCase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The optimum with states against trying out every schedule: of the same feeder without on/off
 * operation, with the bounds of both powers set by the schedule. Both solve to 1e-8 of costs near
 * 2000; the schedules found are the best to 1e-4 of these.
 */
class CentralStatesTest {
  private static final int STEPS = SwitchedCase.STEPS;
  private static final double HOURS = 4.0;
  private static final double SOLVED = 1e-4;
  private static final RunSettings SETTINGS =
      RunSettings.builder().privacy(Privacy.NONE).steps(STEPS).build();

  @Test
  void branchAndBoundFindsTheBestOfAllSchedules() {
    GridCase gridCase = SwitchedCase.of(SwitchedCase.UNIT, SwitchedCase.PUMP);
    CentralResult result = DispatchEngine.centralStates(gridCase, SETTINGS, Duration.ofMinutes(5));
    assertThat(result.status()).isEqualTo("solved");
    double best = best();
    assertThat(result.totalCost())
        .isBetween(best - SOLVED, best + SOLVED + 1e-4 * result.totalCost());
    assertThat(keepsTimes(states(result, "CHP"), SwitchedCase.UNIT)).isTrue();
    assertThat(keepsTimes(states(result, "AHP"), SwitchedCase.PUMP)).isTrue();
    CentralResult relaxed = DispatchEngine.central(gridCase, SETTINGS);
    CentralResult free = DispatchEngine.central(SwitchedCase.of(OnOff.NONE, OnOff.NONE), SETTINGS);
    assertThat(relaxed.totalCost())
        .isLessThan(result.totalCost() - 1)
        .isGreaterThan(free.totalCost() + 1);
  }

  private static boolean[] states(CentralResult result, String device) {
    DispatchSeries series =
        result.dispatch().stream()
            .filter(one -> one.device().equals(device) && one.quantity().equals("on"))
            .findFirst()
            .orElseThrow();
    boolean[] on = new boolean[STEPS];
    for (int t = 0; t < STEPS; t++) {
      on[t] = series.values()[t] > 0.5;
      // what is fixed is solved to 1e-8, too
      assertThat(series.values()[t]).isCloseTo(on[t] ? 1.0 : 0.0, within(1e-6));
    }
    return on;
  }

  /** The least cost over all schedules that keep their least times. */
  private static double best() {
    GridCase free = SwitchedCase.of(OnOff.NONE, OnOff.NONE);
    Horizon horizon = Horizon.of(free.limits(), STEPS, Sampling.FIRST);
    List<DesProgram> programs = new DesAssembler(free, horizon).assembleAll();
    CentralProgram central = CentralProgram.join(programs);
    int[] unit = power(central, "CHP");
    int[] pump = power(central, "AHP");
    double best = Double.POSITIVE_INFINITY;
    for (boolean[] first : schedules(SwitchedCase.UNIT)) {
      for (boolean[] second : schedules(SwitchedCase.PUMP)) {
        double cost = 20 * starts(first) + 5 * starts(second);
        cost += cost(central.program(), unit, first, 0.06, 0.1, pump, second, -0.04, -0.015);
        best = Math.min(best, cost);
      }
    }
    return best;
  }

  private static int[] power(CentralProgram central, String device) {
    for (int d = 0; d < central.offsets().length; d++) {
      for (DispatchQuantity quantity : central.programs().get(d).quantities()) {
        if (quantity.device().equals(device) && quantity.name().equals("P")) {
          int offset = central.offsets()[d];
          return Arrays.stream(quantity.variables()).map(j -> j + offset).toArray();
        }
      }
    }
    throw new AssertionError(device);
  }

  private static List<boolean[]> schedules(OnOff onOff) {
    List<boolean[]> schedules = new ArrayList<>();
    for (int code = 0; code < 1 << STEPS; code++) {
      boolean[] on = new boolean[STEPS];
      for (int t = 0; t < STEPS; t++) {
        on[t] = (code >> t & 1) == 1;
      }
      if (keepsTimes(on, onOff)) {
        schedules.add(on);
      }
    }
    return schedules;
  }

  /** Whether each stretch that begins and ends within the day is long enough. */
  private static boolean keepsTimes(boolean[] on, OnOff onOff) {
    int begin = 0;
    for (int t = 1; t < STEPS; t++) {
      if (on[t] != on[t - 1]) {
        double least = on[t - 1] ? onOff.onHoursMin() : onOff.offHoursMin();
        if (begin > 0 && (t - begin) * HOURS < least) {
          return false;
        }
        begin = t;
      }
    }
    return true;
  }

  private static int starts(boolean[] on) {
    int starts = 0;
    for (int t = 1; t < STEPS; t++) {
      starts += on[t] && !on[t - 1] ? 1 : 0;
    }
    return starts;
  }

  private static double cost(
      QuadraticProgram program,
      int[] unit,
      boolean[] first,
      double firstLow,
      double firstHigh,
      int[] pump,
      boolean[] second,
      double secondLow,
      double secondHigh) {
    int m = program.rowCount();
    SparseMatrix.Builder rows = SparseMatrix.builder(m + 2 * STEPS, program.variableCount());
    SparseMatrix a = program.constraints();
    for (int j = 0; j < program.variableCount(); j++) {
      for (int k = a.columnPointers()[j]; k < a.columnPointers()[j + 1]; k++) {
        rows.add(a.rowIndices()[k], j, a.values()[k]);
      }
    }
    double[] lower = Arrays.copyOf(program.lower(), m + 2 * STEPS);
    double[] upper = Arrays.copyOf(program.upper(), m + 2 * STEPS);
    for (int t = 0; t < STEPS; t++) {
      rows.add(m + t, unit[t], 1.0);
      lower[m + t] = first[t] ? firstLow : 0.0;
      upper[m + t] = first[t] ? firstHigh : 0.0;
      rows.add(m + STEPS + t, pump[t], 1.0);
      lower[m + STEPS + t] = second[t] ? secondLow : 0.0;
      upper[m + STEPS + t] = second[t] ? secondHigh : 0.0;
    }
    QuadraticProgram bounded =
        new QuadraticProgram(
            "schedule", program.quadratic(), program.linear(), rows.build(), lower, upper);
    try (QpSolver solver = BoundingSolvers.preferred().setup(bounded, 1e-8)) {
      QpResult result = solver.solve();
      return result.status() == QpStatus.SOLVED
          ? 1000 * bounded.objective(result.x())
          : Double.POSITIVE_INFINITY;
    }
  }
}
