package io.dualgrid.audit;

import io.dualgrid.mask.attack.AttackResult;
import io.dualgrid.protocol.NewtonAim;
import io.dualgrid.protocol.NewtonOpen;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Regression of the loads of single sites on the sums of newton: who knows a site's load at all
 * steps but one fits it, step by step, by what the sums say of these steps, and reads the missing
 * one off. The fit is ridge regression (Hoerl and Kennard, Technometrics 12, 1970) of standardised
 * sums: injections of P and Q, their 2 × 2 block of sensitivities, and how they would move, each at
 * the first iteration and at the last. By chance: the same with the sums of each step given to
 * another one, all shifts of a day in turn.
 */
final class LoadRegression {
  private static final double RIDGE = 1e-3;

  /** A load counts as read when it is right to this part of itself. */
  private static final double RIGHT = 0.01;

  private final double[][] features; // by step

  /**
   * With the sums of a run.
   *
   * @param totals the sums of rounds, in their order
   * @param steps T
   */
  LoadRegression(List<SumTotal> totals, int steps) {
    List<double[]> columns = new ArrayList<>();
    List<SumTotal> opens = totals.stream().filter(t -> t.order() instanceof NewtonOpen).toList();
    List<SumTotal> aims = totals.stream().filter(t -> t.order() instanceof NewtonAim).toList();
    for (List<SumTotal> kind : List.of(opens, aims)) {
      for (int place : new int[] {0, kind.size() - 1}) {
        if (place >= 0 && place < kind.size()) {
          addColumns(kind.get(place), steps, columns);
        }
      }
    }
    features = new double[steps][columns.size()];
    for (int c = 0; c < columns.size(); c++) {
      standardise(columns.get(c));
      for (int t = 0; t < steps; t++) {
        features[t][c] = columns.get(c)[t];
      }
    }
  }

  private static void addColumns(SumTotal total, int steps, List<double[]> columns) {
    double[] sums = total.sums();
    addColumn(sums, 0, 1, steps, columns);
    addColumn(sums, steps, 1, steps, columns);
    if (total.order() instanceof NewtonOpen open) {
      int prices = open.prices().length;
      addColumn(sums, prices, 1, steps, columns); // the response
      addColumn(sums, prices + steps, 1, steps, columns);
      int blocks = 2 * prices + 2; // P-P of all steps, then P-Q and Q-Q of each
      addColumn(sums, blocks, 1, steps, columns);
      addColumn(sums, blocks + steps, 2, steps, columns);
      addColumn(sums, blocks + steps + 1, 2, steps, columns);
    }
  }

  private static void addColumn(
      double[] sums, int first, int stride, int steps, List<double[]> columns) {
    double[] column = new double[steps];
    for (int t = 0; t < steps; t++) {
      column[t] = sums[first + stride * t];
    }
    columns.add(column);
  }

  private static void standardise(double[] column) {
    double mean = 0.0;
    for (double value : column) {
      mean += value / column.length;
    }
    double variance = 0.0;
    for (double value : column) {
      variance += (value - mean) * (value - mean) / column.length;
    }
    double scale = variance > 0 ? 1.0 / Math.sqrt(variance) : 0.0;
    for (int t = 0; t < column.length; t++) {
      column[t] = scale * (column[t] - mean);
    }
  }

  /**
   * Attacks.
   *
   * @param loads of each site by step, none of them the same throughout
   */
  AttackResult attack(Collection<double[]> loads) {
    int steps = features.length;
    double score = read(loads, 0);
    double mean = 0.0;
    double squares = 0.0;
    for (int shift = 1; shift < steps; shift++) {
      double other = read(loads, shift);
      mean += other / (steps - 1);
      squares += other * other / (steps - 1);
    }
    return new AttackResult(
        "regression of loads on the sums",
        "a site's load at all steps but one",
        score,
        mean,
        Math.sqrt(Math.max(0.0, squares - mean * mean)),
        String.format(
            Locale.ROOT,
            "%d loads of %d steps by %d sums, right to 1 %%",
            loads.size(),
            steps,
            steps == 0 ? 0 : features[0].length));
  }

  /** The part of all loads that is read when sums are those of so many steps later. */
  private double read(Collection<double[]> loads, int shift) {
    int right = 0;
    int all = 0;
    for (double[] load : loads) {
      for (int missing = 0; missing < load.length; missing++) {
        double guess = fitted(load, missing, shift);
        right += Math.abs(guess - load[missing]) <= RIGHT * Math.abs(load[missing]) ? 1 : 0;
        all++;
      }
    }
    return all == 0 ? 0.0 : (double) right / all;
  }

  /** The load at one step, fitted by all others. */
  private double fitted(double[] load, int missing, int shift) {
    int steps = load.length;
    int columns = features[0].length;
    double mean = 0.0;
    double[] centre = new double[columns];
    for (int t = 0; t < steps; t++) {
      mean += t == missing ? 0.0 : load[t] / (steps - 1);
      for (int a = 0; a < columns && t != missing; a++) {
        centre[a] += features[(t + shift) % steps][a] / (steps - 1);
      }
    }
    DMatrixRMaj normal = new DMatrixRMaj(columns, columns);
    DMatrixRMaj right = new DMatrixRMaj(columns, 1);
    for (int t = 0; t < steps; t++) {
      double[] x = features[(t + shift) % steps];
      for (int a = 0; a < columns && t != missing; a++) {
        for (int b = 0; b < columns; b++) {
          normal.add(a, b, (x[a] - centre[a]) * (x[b] - centre[b]));
        }
        right.add(a, 0, (x[a] - centre[a]) * (load[t] - mean));
      }
    }
    for (int a = 0; a < columns; a++) {
      normal.add(a, a, RIDGE * steps);
    }
    DMatrixRMaj weights = new DMatrixRMaj(columns, 1);
    CommonOps_DDRM.solveSPD(normal, right, weights);
    double guess = mean;
    for (int a = 0; a < columns; a++) {
      guess += weights.get(a) * (features[(missing + shift) % steps][a] - centre[a]);
    }
    return guess;
  }
}
