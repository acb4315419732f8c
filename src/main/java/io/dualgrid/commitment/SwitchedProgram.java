package io.dualgrid.commitment;

import io.dualgrid.device.Switching;
import io.dualgrid.qp.BoundingSolvers;
import io.dualgrid.qp.BoundsPropagation;
import io.dualgrid.qp.FixedVariables;
import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QpStatus;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A linear program with devices that are switched on and off: the relaxation, with any of the
 * states set to 0 or 1.
 */
final class SwitchedProgram {
  /** State of a step that may be either. */
  static final byte OPEN = -1;

  /** Relative, of each relaxation; two orders finer than the gaps that are asked for. */
  private static final double TOLERANCE = 1e-8;

  /** Bounds nearer than this leave no choice, per unit. */
  private static final double NARROW = 1e-9;

  private final QuadraticProgram program;
  private final List<Switching> switchings;
  private final SparseMatrix rows; // column i holds row i
  private final boolean[] whole; // which variables are states
  private final int[] boundRows;
  private final double scale;

  /**
   * What a relaxation comes to.
   *
   * @param states that were set, and those that these leave no choice in
   * @param bound no solution with these states costs less; infinite where there is none, and
   *     negative infinity where the solver has no answer
   * @param x its solution; null where there is none
   */
  record Relaxed(byte[][] states, double bound, double[] x) {}

  /**
   * For a program.
   *
   * @param switchings in its variables
   */
  SwitchedProgram(QuadraticProgram program, List<Switching> switchings) {
    this.program = program;
    this.switchings = switchings;
    rows = program.constraints().transpose();
    whole = new boolean[program.variableCount()];
    for (Switching switching : switchings) {
      for (int on : switching.on()) {
        whole[on] = true;
      }
    }
    boundRows = boundRows(rows);
    double dearest = 0.0;
    for (double cost : program.linear()) {
      dearest = Math.max(dearest, Math.abs(cost));
    }
    scale = dearest > 0 ? dearest : 1.0;
  }

  /** The same choice of states, and a relaxation that is nearer to it. */
  SwitchedProgram tightened() {
    return new SwitchedProgram(Tightening.of(program, rows, whole), switchings);
  }

  QuadraticProgram program() {
    return program;
  }

  List<Switching> switchings() {
    return switchings;
  }

  double[] linear() {
    return program.linear();
  }

  /** No state set. */
  byte[][] open() {
    return constant(OPEN);
  }

  /** The same state of all devices at all steps. */
  byte[][] constant(byte state) {
    byte[][] states = new byte[switchings.size()][];
    for (int k = 0; k < states.length; k++) {
      states[k] = new byte[switchings.get(k).on().length];
      Arrays.fill(states[k], state);
    }
    return states;
  }

  /** The program with states set, and starts where both states of a change are. */
  QuadraticProgram with(byte[][] states) {
    double[] lower = program.lower().clone();
    double[] upper = program.upper().clone();
    for (int k = 0; k < states.length; k++) {
      Switching switching = switchings.get(k);
      for (int t = 0; t < states[k].length; t++) {
        byte state = states[k][t];
        if (state != OPEN) {
          setAt(boundRows[switching.on()[t]], state, lower, upper);
        }
        if (switching.tiesSteps() && t > 0 && state != OPEN && states[k][t - 1] != OPEN) {
          int start = state == 1 && states[k][t - 1] == 0 ? 1 : 0;
          setAt(boundRows[switching.starts()[t]], start, lower, upper);
        }
      }
    }
    return new QuadraticProgram(
        program.name(), program.quadratic(), program.linear(), program.constraints(), lower, upper);
  }

  private static void setAt(int row, int value, double[] lower, double[] upper) {
    lower[row] = value;
    upper[row] = value;
  }

  /** Solves the relaxation with some states set, and those that these leave no choice in. */
  Relaxed solve(byte[][] some) {
    QuadraticProgram set = with(some);
    BoundsPropagation implied = new BoundsPropagation(rows, set.lower(), set.upper(), whole);
    if (implied.contradictory()) {
      return new Relaxed(some, Double.POSITIVE_INFINITY, null);
    }
    byte[][] states = states(implied);
    FixedVariables reduced = FixedVariables.of(with(states), new int[0], NARROW);
    QuadraticProgram small = reduced.program();
    if (reduced.contradictory()) {
      return new Relaxed(states, Double.POSITIVE_INFINITY, null);
    }
    double fixedCost = 0.0;
    for (int j = 0; j < reduced.values().length; j++) {
      fixedCost += program.linear()[j] * reduced.values()[j];
    }
    if (small.variableCount() == 0) {
      return new Relaxed(states, fixedCost, reduced.values());
    }
    double[] linear = small.linear().clone();
    for (int j = 0; j < linear.length; j++) {
      linear[j] /= scale;
    }
    try (QpSolver solver = BoundingSolvers.preferred().setup(small, TOLERANCE)) {
      solver.updateLinear(linear);
      QpResult result = solver.solve();
      if (result.status() == QpStatus.SOLVED) {
        return new Relaxed(
            states, scale * result.dualObjective() + fixedCost, reduced.complete(result.x()));
      }
      return new Relaxed(
          states,
          result.status() == QpStatus.PRIMAL_INFEASIBLE
              ? Double.POSITIVE_INFINITY
              : Double.NEGATIVE_INFINITY,
          null);
    }
  }

  /** Those that are 0 or 1 by their bounds. */
  private byte[][] states(BoundsPropagation bounds) {
    byte[][] states = open();
    for (int k = 0; k < states.length; k++) {
      for (int t = 0; t < states[k].length; t++) {
        int on = switchings.get(k).on()[t];
        if (bounds.upper(on) < 0.5) {
          states[k][t] = 0;
        } else if (bounds.lower(on) > 0.5) {
          states[k][t] = 1;
        }
      }
    }
    return states;
  }

  /** Cost of a solution. */
  double cost(double[] x) {
    double cost = 0.0;
    for (int j = 0; j < x.length; j++) {
      cost += program.linear()[j] * x[j];
    }
    return cost;
  }

  /**
   * The states nearest to those of a relaxation that keep the least times.
   *
   * @param set states that stay as they are
   * @return null where there are none
   */
  byte[][] rounded(double[] x, byte[][] set) {
    byte[][] states = new byte[set.length][];
    for (int k = 0; k < set.length; k++) {
      Switching switching = switchings.get(k);
      double[] off = new double[set[k].length];
      double[] on = new double[set[k].length];
      for (int t = 0; t < off.length; t++) {
        double state = x[switching.on()[t]];
        off[t] = set[k][t] == 1 ? Double.POSITIVE_INFINITY : state;
        on[t] = set[k][t] == 0 ? Double.POSITIVE_INFINITY : 1.0 - state;
      }
      boolean[] schedule = DaySchedule.cheapest(off, on, 0.0, switching);
      if (schedule == null) {
        return null;
      }
      states[k] = bytes(schedule);
    }
    return states;
  }

  static byte[] bytes(boolean[] schedule) {
    byte[] states = new byte[schedule.length];
    for (int t = 0; t < states.length; t++) {
      states[t] = (byte) (schedule[t] ? 1 : 0);
    }
    return states;
  }

  static States states(byte[][] set) {
    List<boolean[]> on = new ArrayList<>();
    for (byte[] one : set) {
      boolean[] schedule = new boolean[one.length];
      for (int t = 0; t < one.length; t++) {
        schedule[t] = one[t] == 1;
      }
      on.add(schedule);
    }
    return new States(on);
  }

  /** The row of each variable that has no other in it; −1 where there is none. */
  private static int[] boundRows(SparseMatrix rows) {
    int[] boundRows = new int[rows.rows()];
    Arrays.fill(boundRows, -1);
    for (int row = 0; row < rows.columns(); row++) {
      int begin = rows.columnPointers()[row];
      if (rows.columnPointers()[row + 1] == begin + 1) {
        boundRows[rows.rowIndices()[begin]] = row;
      }
    }
    return boundRows;
  }
}
