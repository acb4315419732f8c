package io.dualgrid.device;

import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reduces {@link OpposedPair}s of a solution to their net, where that is a tie: where the cost
 * stays as it is and every row of the program is kept as a solver keeps it. Where it is none, as
 * when losses pay for themselves at negative prices, both stay, and are told.
 *
 * @param solution of the program, with the nets
 * @param kept pairs of which both are in use at some step, for people
 */
public record Netting(double[] solution, List<Kept> kept) {
  /** What rounding may change of a cost or a row, of the sum of the parts that change. */
  private static final double ROUNDING = 1e-12;

  /**
   * What a solution may be outside of a row anyway, per unit: the accuracy of the solvers that
   * points come from.
   */
  private static final double SOLVED = 1e-8;

  /**
   * What counts as in use, of the largest of the device over the horizon: dispatches are certified
   * to 1e-3 or 1e-4, and what an interior point leaves of the other power is far below.
   */
  private static final double IN_USE = 1e-3;

  /**
   * A pair that is not reduced to its net.
   *
   * @param node id
   * @param device label
   * @param firstName series of the first
   * @param secondName series of the second
   * @param steps at which both are in use
   * @param largestKw the most that both do at once
   * @param forReactivePower whether it is reactive power there that takes both; else their net
   *     would cost another amount, or break a row
   */
  public record Kept(
      int node,
      String device,
      String firstName,
      String secondName,
      List<Integer> steps,
      double largestKw,
      boolean forReactivePower) {}

  /**
   * Of one energy system.
   *
   * @param x solution of the program; not modified
   */
  public static Netting of(DesProgram program, double[] x) {
    return new Reducer(program, x).reduce();
  }

  /** Works on one solution. */
  private static final class Reducer {
    private final DesProgram program;
    private final QuadraticProgram rows;
    private final double[] solution;
    private final double[] activity; // of each row
    private final List<Kept> kept = new ArrayList<>();

    Reducer(DesProgram program, double[] x) {
      this.program = program;
      rows = program.program();
      solution = x.clone();
      activity = new double[rows.rowCount()];
      rows.constraints().multiply(solution, activity);
    }

    Netting reduce() {
      program.opposed().forEach(this::reduce);
      return new Netting(solution, List.copyOf(kept));
    }

    private void reduce(OpposedPair pair) {
      double largest = 0.0;
      for (int t = 0; t < pair.first().length; t++) {
        largest =
            Math.max(largest, Math.max(solution[pair.first()[t]], solution[pair.second()[t]]));
      }
      List<Integer> steps = new ArrayList<>();
      double most = 0.0;
      boolean forReactivePower = false;
      for (int t = 0; t < pair.first().length; t++) {
        boolean tie = net(pair, t);
        double both = Math.min(solution[pair.first()[t]], solution[pair.second()[t]]);
        if (both > IN_USE * largest) {
          steps.add(t);
          forReactivePower = both > most ? tie : forReactivePower;
          most = Math.max(most, both);
        }
      }
      if (!steps.isEmpty()) {
        kept.add(
            new Kept(
                program.nodeId(),
                pair.device(),
                pair.firstName(),
                pair.secondName(),
                List.copyOf(steps),
                most * program.horizon().basePowerKw(),
                forReactivePower));
      }
    }

    /** Nets one step; whether that is a tie. */
    private boolean net(OpposedPair pair, int step) {
      int[] variables = pair.variables(step);
      double[] before = new double[variables.length];
      for (int k = 0; k < before.length; k++) {
        before[k] = solution[variables[k]];
      }
      if (Math.min(before[0], before[1]) <= 0) {
        return true;
      }
      double[] change = pair.net(before);
      for (int k = 0; k < change.length; k++) {
        change[k] -= before[k];
      }
      Map<Integer, Change> ofRows = ofRows(variables, change);
      boolean tie =
          keepsCost(variables, change) && ofRows.entrySet().stream().allMatch(this::keepsRow);
      if (tie) {
        for (int k = 0; k < variables.length; k++) {
          solution[variables[k]] += change[k];
        }
        ofRows.forEach((row, ofRow) -> activity[row] += ofRow.sum);
      }
      return tie;
    }

    private boolean keepsCost(int[] variables, double[] change) {
      Change cost = new Change();
      for (int k = 0; k < variables.length; k++) {
        cost.add(rows.linear()[variables[k]] * change[k]);
      }
      return cost.isRounding();
    }

    private Map<Integer, Change> ofRows(int[] variables, double[] change) {
      SparseMatrix a = rows.constraints();
      Map<Integer, Change> changes = new HashMap<>();
      for (int v = 0; v < variables.length; v++) {
        for (int k = a.columnPointers()[variables[v]];
            k < a.columnPointers()[variables[v] + 1];
            k++) {
          changes
              .computeIfAbsent(a.rowIndices()[k], row -> new Change())
              .add(a.values()[k] * change[v]);
        }
      }
      return changes;
    }

    /** Whether a row is no further outside of its limits than before, or than solutions may be. */
    private boolean keepsRow(Map.Entry<Integer, Change> changed) {
      int row = changed.getKey();
      Change change = changed.getValue();
      return change.isRounding()
          || outside(row, activity[row] + change.sum)
              <= Math.max(SOLVED, outside(row, activity[row]));
    }

    private double outside(int row, double value) {
      return Math.max(0.0, Math.max(rows.lower()[row] - value, value - rows.upper()[row]));
    }
  }

  /** A sum of parts, and how large they are. */
  private static final class Change {
    private double sum;
    private double parts;

    void add(double part) {
      sum += part;
      parts += Math.abs(part);
    }

    boolean isRounding() {
      return Math.abs(sum) <= ROUNDING * parts;
    }
  }
}
