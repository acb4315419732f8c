package io.dualgrid.run;

import io.dualgrid.consensus.newton.FeederPaths;
import io.dualgrid.consensus.newton.Shortfall;
import io.dualgrid.consensus.newton.Shortfall.Kind;
import io.dualgrid.consensus.newton.ShortfallReport;
import io.dualgrid.device.DesProgram;
import io.dualgrid.device.Port;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.feeder.RatingPolygon;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.qp.BoundingSolvers;
import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QpStatus;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;
import io.dualgrid.site.CentralProgram;
import io.dualgrid.site.GridCase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Why no dispatch meets the limits of a case: the whole case once more, with the limits of
 * voltages, flows and what nodes sell and the balance of the root let loose, at a price per unit of
 * what they are broken by and nothing else. Devices keep their limits. The least that has to be
 * broken is
 *
 * <p>min Σ(lo + hi + lack + surplus) subject to l ≤ a·x + lo − hi ≤ u for every limit of a voltage,
 * flow or sale, and lack − surplus added to what the devices of the root supply.
 *
 * <p>For somebody who knows the whole case. Not thread safe.
 */
final class Shortfalls {
  private static final double TOLERANCE = 1e-8;

  private final GridCase gridCase;
  private final List<DesProgram> programs;
  private final CentralProgram central;
  private final Map<Integer, Integer> indexOf = new HashMap<>();
  private final List<Loose> loose = new ArrayList<>();
  private double powerFactor = 1.0; // at which the root could supply all that it has to

  /**
   * A row let loose.
   *
   * @param row of the whole program
   * @param sign by which more of the first slack enters the row
   * @param node index of the node whose voltage, whose line above, or of the root
   * @param turned whether the row grows with flow away from the node
   */
  private record Loose(int row, double sign, Kind kind, int node, int step, boolean turned) {
    Shortfall brokenBy(boolean firstSlack, double amount) {
      return switch (kind) {
        // copies count flow towards the node, of which the lower side has too little
        case FLOW -> new Shortfall(kind, node, step, !firstSlack, amount);
        case RATING ->
            new Shortfall(kind, node, step, firstSlack == turned, RatingPolygon.ratingRise(amount));
        default -> new Shortfall(kind, node, step, firstSlack, amount);
      };
    }
  }

  private Shortfalls(GridCase gridCase, List<DesProgram> programs) {
    this.gridCase = gridCase;
    this.programs = programs;
    central = CentralProgram.join(programs);
    for (int index = 0; index < programs.size(); index++) {
      indexOf.put(programs.get(index).nodeId(), index);
    }
  }

  /**
   * Names what is short: the node, the step, how much, the limit, and a way out each, at the worst
   * step of each kind of limit.
   *
   * @return empty where nothing of these is short, or the solver finds no answer
   */
  static List<CaseProblem> of(GridCase gridCase, List<DesProgram> programs) {
    Shortfalls shortfalls = new Shortfalls(gridCase, programs);
    shortfalls.findRows();
    return shortfalls.told(shortfalls.solve());
  }

  private void findRows() {
    int firstRow = 0;
    for (int index = 0; index < programs.size(); index++) {
      DesProgram program = programs.get(index);
      find(program, index, firstRow);
      firstRow += program.program().rowCount();
    }
  }

  /** Limits are the rows, other than equations, that have nothing but copies of lines in them. */
  private void find(DesProgram program, int index, int firstRow) {
    QuadraticProgram own = program.program();
    Kind[] kindOf = new Kind[own.variableCount()];
    int[] nodeOf = new int[own.variableCount()];
    int[] stepOf = new int[own.variableCount()];
    for (Port port : program.ports()) {
      int below = indexOf.get(port.line().to());
      mark(port.active(), Kind.FLOW, below, kindOf, nodeOf, stepOf);
      mark(port.reactive(), Kind.FLOW, below, kindOf, nodeOf, stepOf);
      int above = indexOf.get(port.line().from());
      mark(port.voltage(), Kind.VOLTAGE, above, kindOf, nodeOf, stepOf);
    }
    mark(program.nodeVoltage(), Kind.VOLTAGE, index, kindOf, nodeOf, stepOf);
    boolean[] mixed = new boolean[own.rowCount()];
    int[] column = new int[own.rowCount()];
    int[] entries = new int[own.rowCount()];
    double[][] factors = new double[own.rowCount()][2];
    SparseMatrix a = own.constraints();
    for (int j = 0; j < kindOf.length; j++) {
      for (int k = a.columnPointers()[j]; k < a.columnPointers()[j + 1]; k++) {
        int row = a.rowIndices()[k];
        mixed[row] |= kindOf[j] == null || own.lower()[row] == own.upper()[row];
        factors[row][Math.min(entries[row], 1)] = a.values()[k];
        entries[row]++;
        column[row] = j;
      }
    }
    for (int row = 0; row < column.length; row++) {
      int j = column[row];
      if (!mixed[row] && entries[row] > 0) {
        boolean rating = entries[row] == 2; // of P, then of Q: no other limit has two
        boolean turned = rating && RatingPolygon.isTurned(factors[row][0], factors[row][1]);
        Kind kind = rating ? Kind.RATING : kindOf[j];
        loose.add(new Loose(firstRow + row, 1.0, kind, nodeOf[j], stepOf[j], turned));
      }
    }
    if (program.nodeId() != gridCase.tree().root()) {
      loosenExchange(program, index, firstRow);
    } else {
      loosenBalance(
          program, index, firstRow, program.activeInjection(), Kind.ACTIVE_BALANCE, kindOf);
      loosenBalance(
          program, index, firstRow, program.reactiveInjection(), Kind.REACTIVE_BALANCE, kindOf);
    }
  }

  private static void mark(
      int[] variables, Kind kind, int node, Kind[] kindOf, int[] nodeOf, int[] stepOf) {
    for (int t = 0; t < variables.length; t++) {
      kindOf[variables[t]] = kind;
      nodeOf[variables[t]] = node;
      stepOf[variables[t]] = t;
    }
  }

  /**
   * The rows −exchangeMax ≤ P − psell ≤ 0: no other but equations have a node's injection in them.
   * As psell is no larger than exchangeMax, what breaks such a row is what P is beyond it.
   */
  private void loosenExchange(DesProgram program, int index, int firstRow) {
    QuadraticProgram own = program.program();
    SparseMatrix a = own.constraints();
    int[] injection = program.activeInjection();
    for (int t = 0; t < injection.length; t++) {
      for (int k = a.columnPointers()[injection[t]];
          k < a.columnPointers()[injection[t] + 1];
          k++) {
        int row = a.rowIndices()[k];
        if (own.lower()[row] != own.upper()[row]) {
          loose.add(new Loose(firstRow + row, 1.0, Kind.EXCHANGE, index, t, false));
        }
      }
    }
  }

  /** The equations that say what the root's devices supply: those without its lines. */
  private void loosenBalance(
      DesProgram program, int index, int firstRow, int[] injection, Kind kind, Kind[] kindOf) {
    SparseMatrix a = program.program().constraints();
    boolean[] hasLine = new boolean[a.rows()];
    for (int j = 0; j < kindOf.length; j++) {
      for (int k = a.columnPointers()[j]; kindOf[j] != null && k < a.columnPointers()[j + 1]; k++) {
        hasLine[a.rowIndices()[k]] = true;
      }
    }
    for (int t = 0; t < injection.length; t++) {
      int column = injection[t];
      for (int k = a.columnPointers()[column]; k < a.columnPointers()[column + 1]; k++) {
        int row = a.rowIndices()[k];
        boolean equation = program.program().lower()[row] == program.program().upper()[row];
        if (equation && !hasLine[row]) {
          // devices − injection + lack − surplus = 0
          double sign = -Math.signum(a.values()[k]);
          loose.add(new Loose(firstRow + row, sign, kind, index, t, false));
        }
      }
    }
  }

  private List<Shortfall> solve() {
    QuadraticProgram whole = central.program();
    int n = whole.variableCount();
    int m = whole.rowCount();
    int slacks = 2 * loose.size();
    SparseMatrix.Builder rows = SparseMatrix.builder(m + slacks, n + slacks);
    SparseMatrix a = whole.constraints();
    for (int j = 0; j < n; j++) {
      for (int k = a.columnPointers()[j]; k < a.columnPointers()[j + 1]; k++) {
        rows.add(a.rowIndices()[k], j, a.values()[k]);
      }
    }
    double[] linear = new double[n + slacks];
    double[] lower = Arrays.copyOf(whole.lower(), m + slacks);
    double[] upper = Arrays.copyOf(whole.upper(), m + slacks);
    for (int k = 0; k < slacks; k++) {
      Loose one = loose.get(k / 2);
      rows.add(one.row(), n + k, k % 2 == 0 ? one.sign() : -one.sign());
      rows.add(m + k, n + k, 1.0);
      upper[m + k] = Double.POSITIVE_INFINITY;
      linear[n + k] = 1.0;
    }
    QuadraticProgram relaxed =
        new QuadraticProgram(
            "the relaxed case",
            SparseMatrix.diagonal(new double[n + slacks]),
            linear,
            rows.build(),
            lower,
            upper);
    List<Shortfall> found = new ArrayList<>();
    try (QpSolver solver = BoundingSolvers.preferred().setup(relaxed, TOLERANCE)) {
      QpResult result = solver.solve();
      for (int k = 0; result.status() == QpStatus.SOLVED && k < slacks; k++) {
        if (result.x()[n + k] > Shortfall.LEAST) {
          Loose one = loose.get(k / 2);
          found.add(one.brokenBy(k % 2 == 0, result.x()[n + k]));
          if (one.kind() == Kind.REACTIVE_BALANCE) {
            powerFactor = Math.min(powerFactor, powerFactorOf(one, result.x()));
          }
        }
      }
    }
    return found;
  }

  /** Of what the root has to supply at a step, its lack included. */
  private double powerFactorOf(Loose balance, double[] x) {
    DesProgram root = programs.get(balance.node());
    double[] own = central.partOf(balance.node(), x);
    double active = own[root.activeInjection()[balance.step()]];
    return Math.abs(active) / Math.hypot(active, own[root.reactiveInjection()[balance.step()]]);
  }

  /** Whether the root's reactive power is held by a least power factor, and not by limits alone. */
  static boolean hasPowerFactor(GridCase gridCase) {
    return GridInterface.among(gridCase.node(gridCase.tree().root()).devices()).stream()
        .anyMatch(grid -> !Double.isNaN(grid.powerFactorMin()));
  }

  private List<CaseProblem> told(List<Shortfall> found) {
    List<Integer> ids = gridCase.nodes().stream().map(GridCase.Node::id).toList();
    FeederPaths paths = new FeederPaths(gridCase.tree(), ids, gridCase.limits());
    double stepHours = programs.get(0).horizon().stepHours();
    List<CaseProblem> problems =
        new ArrayList<>(
            new ShortfallReport(gridCase.limits(), paths, ids, stepHours)
                .problems(found, hasPowerFactor(gridCase) ? powerFactor : Double.NaN));
    double factor = LoadRelief.factor(programs, paths, found);
    if (factor < 1) {
      problems.add(ShortfallReport.loads(factor));
    }
    return problems;
  }
}
