package io.dualgrid.site;

import io.dualgrid.device.DesProgram;
import io.dualgrid.device.Port;
import io.dualgrid.qp.FixedVariables;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;
import java.util.Arrays;

/**
 * The program of one energy system without its lines: its own cost over its own rows, of which the
 * feeder sees the injections only. Flows and voltages follow from all injections.
 *
 * @param own the program with its lines
 * @param program the program without them
 * @param places variable of the own program of each variable
 * @param injections variables of the active injection of each step, then of the reactive one
 * @param fixed values of the own program's variables that the rows leave no choice in; zero at all
 *     others
 * @param costScale what the costs of the own program were divided by
 */
public record SiteProgram(
    DesProgram own,
    QuadraticProgram program,
    int[] places,
    int[] injections,
    double[] fixed,
    double costScale) {

  /** Bounds nearer than this leave no choice, per unit: a milliwatt on a base of 1 MVA. */
  private static final double NARROW = 1e-9;

  /**
   * Leaves out the copies of lines and the node's voltage, and every row that has one of them.
   *
   * @param costScale what costs are divided by, so that prices are of the order of one
   */
  public static SiteProgram of(DesProgram own, double costScale) {
    return withoutLines(own, costScale).reduced();
  }

  /**
   * The same with everything in it that the rows leave no choice in.
   *
   * @param costScale what costs are divided by
   */
  public static SiteProgram withoutLines(DesProgram own, double costScale) {
    QuadraticProgram whole = own.program();
    boolean[] line = new boolean[whole.variableCount()];
    for (Port port : own.ports()) {
      mark(port.active(), line);
      mark(port.reactive(), line);
      mark(port.voltage(), line);
    }
    mark(own.nodeVoltage(), line);
    SparseMatrix a = whole.constraints();
    boolean[] dropped = new boolean[whole.rowCount()];
    int[] place = new int[line.length];
    int n = 0;
    for (int j = 0; j < line.length; j++) {
      place[j] = line[j] ? -1 : n++;
      for (int k = a.columnPointers()[j]; line[j] && k < a.columnPointers()[j + 1]; k++) {
        dropped[a.rowIndices()[k]] = true;
      }
    }
    int[] row = new int[dropped.length];
    int m = 0;
    for (int i = 0; i < dropped.length; i++) {
      row[i] = dropped[i] ? -1 : m++;
    }
    SparseMatrix.Builder rows = SparseMatrix.builder(m, n);
    int[] places = new int[n];
    double[] linear = new double[n];
    for (int j = 0; j < line.length; j++) {
      if (line[j]) {
        continue;
      }
      places[place[j]] = j;
      linear[place[j]] = whole.linear()[j] / costScale;
      for (int k = a.columnPointers()[j]; k < a.columnPointers()[j + 1]; k++) {
        if (!dropped[a.rowIndices()[k]]) {
          rows.add(row[a.rowIndices()[k]], place[j], a.values()[k]);
        }
      }
    }
    double[] lower = new double[m];
    double[] upper = new double[m];
    for (int i = 0; i < dropped.length; i++) {
      if (!dropped[i]) {
        lower[row[i]] = whole.lower()[i];
        upper[row[i]] = whole.upper()[i];
      }
    }
    int steps = own.horizon().steps();
    int[] injections = new int[2 * steps];
    for (int t = 0; t < steps; t++) {
      injections[t] = place[own.activeInjection()[t]];
      injections[steps + t] = place[own.reactiveInjection()[t]];
    }
    QuadraticProgram program =
        new QuadraticProgram(
            whole.name(), SparseMatrix.diagonal(new double[n]), linear, rows.build(), lower, upper);
    return new SiteProgram(own, program, places, injections, new double[line.length], costScale);
  }

  /** The same rows, at no cost. */
  public SiteProgram withoutCosts() {
    QuadraticProgram free =
        new QuadraticProgram(
            program.name(),
            program.quadratic(),
            new double[program.variableCount()],
            program.constraints(),
            program.lower(),
            program.upper());
    return new SiteProgram(own, free, places, injections, fixed, costScale);
  }

  /** Without what the rows leave no choice in. */
  private SiteProgram reduced() {
    FixedVariables fixed = FixedVariables.of(program, injections, NARROW);
    double[] values = new double[own.program().variableCount()];
    writeTo(fixed.values(), values);
    int[] newPlace = new int[places.length];
    for (int j = 0; j < fixed.places().length; j++) {
      newPlace[fixed.places()[j]] = j;
    }
    return new SiteProgram(
        own,
        fixed.program(),
        Arrays.stream(fixed.places()).map(j -> places[j]).toArray(),
        Arrays.stream(injections).map(j -> newPlace[j]).toArray(),
        values,
        costScale);
  }

  private static void mark(int[] variables, boolean[] marks) {
    for (int variable : variables) {
      marks[variable] = true;
    }
  }

  /** Number of time steps. */
  public int steps() {
    return own.horizon().steps();
  }

  /** Copies the injections out of a solution. */
  public double[] injectionsOf(double[] x) {
    return Arrays.stream(injections).mapToDouble(j -> x[j]).toArray();
  }

  /** Cost of a solution of the own program, in the unit of this one. */
  public double costOf(double[] ownX) {
    double cost = 0.0;
    for (int j = 0; j < ownX.length; j++) {
      cost += own.program().linear()[j] * ownX[j];
    }
    return cost / costScale;
  }

  /** Cost of what the rows leave no choice in. */
  public double fixedCost() {
    return costOf(fixed);
  }

  /** A solution as one of the own program, its lines left at zero. */
  public double[] ownSolution(double[] x) {
    double[] whole = fixed.clone();
    writeTo(x, whole);
    return whole;
  }

  private void writeTo(double[] x, double[] ownX) {
    for (int j = 0; j < places.length; j++) {
      ownX[places[j]] = x[j];
    }
  }
}
