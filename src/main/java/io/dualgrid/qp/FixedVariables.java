package io.dualgrid.qp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A linear or quadratic program without the variables that its rows leave no choice in, found by
 * following rows with one free variable (Andersen and Andersen, "Presolving in linear programming",
 * Math. Prog. 71, 1995, singleton rows and fixed variables).
 *
 * <p>An interior-point method needs it: a cone |Q| ≤ kP at P = 0 has no inside, and its multipliers
 * grow without bound.
 *
 * @param program what remains; every bound of one variable is one row
 * @param places variable of the original program of each remaining one
 * @param values of all variables of the original program, zero at those that remain
 * @param contradictory whether bounds contradict each other; the program is the original one then
 */
public record FixedVariables(
    QuadraticProgram program, int[] places, double[] values, boolean contradictory) {

  /**
   * Reduces a program.
   *
   * @param original its quadratic term must be zero on what gets fixed off the diagonal
   * @param protectedVariables that remain whatever their bounds
   * @param tolerance width of bounds at which a variable counts as fixed
   * @return the program itself, where bounds contradict each other
   */
  public static FixedVariables of(
      QuadraticProgram original, int[] protectedVariables, double tolerance) {
    return new Reducer(original, protectedVariables, tolerance).reduce();
  }

  /**
   * Completes a solution.
   *
   * @param x of the remaining program
   * @return of the original one
   */
  public double[] complete(double[] x) {
    double[] whole = values.clone();
    for (int j = 0; j < places.length; j++) {
      whole[places[j]] = x[j];
    }
    return whole;
  }

  private static final class Reducer {
    private final QuadraticProgram original;
    private final double tolerance;
    private final int n;
    private final int m;
    private final int[] rowPointers;
    private final int[] rowColumns;
    private final double[] rowValues;
    private final boolean[] kept;
    private final boolean[] fixed;
    private final boolean[] dropped;
    private final double[] value;
    private final double[] least;
    private final double[] most;
    private boolean contradiction;

    Reducer(QuadraticProgram original, int[] protectedVariables, double tolerance) {
      this.original = original;
      this.tolerance = tolerance;
      n = original.variableCount();
      m = original.rowCount();
      SparseMatrix rows = original.constraints().transpose();
      rowPointers = rows.columnPointers();
      rowColumns = rows.rowIndices();
      rowValues = rows.values();
      kept = new boolean[n];
      for (int j : protectedVariables) {
        kept[j] = true;
      }
      fixed = new boolean[n];
      dropped = new boolean[m];
      value = new double[n];
      least = new double[n];
      most = new double[n];
      Arrays.fill(least, Double.NEGATIVE_INFINITY);
      Arrays.fill(most, Double.POSITIVE_INFINITY);
    }

    FixedVariables reduce() {
      boolean changed = true;
      while (changed && !contradiction) {
        changed = false;
        for (int i = 0; i < m; i++) {
          changed |= !dropped[i] && follow(i);
        }
      }
      return contradiction ? unchanged() : assemble();
    }

    /** Turns a row with one free variable into bounds of it; whether anything changed. */
    private boolean follow(int row) {
      int free = -1;
      double coefficient = 0.0;
      double constant = 0.0;
      for (int k = rowPointers[row]; k < rowPointers[row + 1]; k++) {
        int j = rowColumns[k];
        if (fixed[j]) {
          constant += rowValues[k] * value[j];
        } else if (rowValues[k] != 0.0) {
          if (free >= 0) {
            return false;
          }
          free = j;
          coefficient = rowValues[k];
        }
      }
      double low = original.lower()[row] - constant;
      double high = original.upper()[row] - constant;
      dropped[row] = true;
      if (free < 0) {
        contradiction |= low > tolerance || high < -tolerance;
        return true;
      }
      double first = coefficient > 0 ? low / coefficient : high / coefficient;
      double second = coefficient > 0 ? high / coefficient : low / coefficient;
      least[free] = Math.max(least[free], first);
      most[free] = Math.min(most[free], second);
      contradiction |= least[free] > most[free] + tolerance;
      if (!kept[free] && most[free] - least[free] <= tolerance) {
        fixed[free] = true;
        // at its nearer bound to zero, which is exact for what is switched off
        value[free] = Math.abs(least[free]) < Math.abs(most[free]) ? least[free] : most[free];
      }
      return true;
    }

    private FixedVariables unchanged() {
      int[] places = new int[n];
      Arrays.setAll(places, j -> j);
      return new FixedVariables(original, places, new double[n], true);
    }

    private FixedVariables assemble() {
      int[] place = new int[n];
      int count = 0;
      for (int j = 0; j < n; j++) {
        place[j] = fixed[j] ? -1 : count++;
      }
      int[] places = new int[count];
      double[] linear = new double[count];
      List<double[]> bounds = new ArrayList<>(); // lower, upper of each row
      List<int[]> rows = new ArrayList<>(); // variables
      List<double[]> coefficients = new ArrayList<>();
      for (int i = 0; i < m; i++) {
        if (!dropped[i]) {
          addRow(i, place, rows, coefficients, bounds);
        }
      }
      for (int j = 0; j < n; j++) {
        if (fixed[j]) {
          continue;
        }
        places[place[j]] = j;
        linear[place[j]] = original.linear()[j];
        if (least[j] > Double.NEGATIVE_INFINITY || most[j] < Double.POSITIVE_INFINITY) {
          boolean narrow = most[j] - least[j] <= tolerance;
          double middle = 0.5 * (least[j] + most[j]);
          rows.add(new int[] {place[j]});
          coefficients.add(new double[] {1.0});
          bounds.add(narrow ? new double[] {middle, middle} : new double[] {least[j], most[j]});
        }
      }
      SparseMatrix.Builder matrix = SparseMatrix.builder(rows.size(), count);
      for (int i = 0; i < rows.size(); i++) {
        for (int k = 0; k < rows.get(i).length; k++) {
          matrix.add(i, rows.get(i)[k], coefficients.get(i)[k]);
        }
      }
      QuadraticProgram program =
          new QuadraticProgram(
              original.name(),
              quadratic(place, count),
              linear,
              matrix.build(),
              bounds.stream().mapToDouble(pair -> pair[0]).toArray(),
              bounds.stream().mapToDouble(pair -> pair[1]).toArray());
      return new FixedVariables(program, places, value, false);
    }

    private void addRow(
        int row,
        int[] place,
        List<int[]> rows,
        List<double[]> coefficients,
        List<double[]> bounds) {
      int entries = 0;
      double constant = 0.0;
      for (int k = rowPointers[row]; k < rowPointers[row + 1]; k++) {
        if (fixed[rowColumns[k]]) {
          constant += rowValues[k] * value[rowColumns[k]];
        } else {
          entries++;
        }
      }
      int[] variables = new int[entries];
      double[] factors = new double[entries];
      int next = 0;
      for (int k = rowPointers[row]; k < rowPointers[row + 1]; k++) {
        if (!fixed[rowColumns[k]]) {
          variables[next] = place[rowColumns[k]];
          factors[next++] = rowValues[k];
        }
      }
      rows.add(variables);
      coefficients.add(factors);
      bounds.add(new double[] {original.lower()[row] - constant, original.upper()[row] - constant});
    }

    private SparseMatrix quadratic(int[] place, int count) {
      SparseMatrix p = original.quadratic();
      SparseMatrix.Builder builder = SparseMatrix.builder(count, count);
      for (int j = 0; j < n; j++) {
        for (int k = p.columnPointers()[j]; k < p.columnPointers()[j + 1]; k++) {
          int i = p.rowIndices()[k];
          if (!fixed[i] && !fixed[j]) {
            builder.add(place[i], place[j], p.values()[k]);
          }
        }
      }
      return builder.build();
    }
  }
}
