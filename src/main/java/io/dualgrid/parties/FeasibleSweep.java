package io.dualgrid.parties;

import io.dualgrid.device.DesProgram;
import io.dualgrid.device.Port;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.feeder.RatingPolygon;
import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpStatus;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;
import io.dualgrid.qp.java.InteriorPoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * From an iterate to a point on which all energy systems agree exactly, and a bound on how far it
 * is from the optimum.
 *
 * <p>The devices stay as they are. Flows are added up from the leaves to the root, voltages follow
 * from the root to the leaves: the backward and forward sweep of radial load flow (Shirmohammadi et
 * al., "A compensation-based power flow method for weakly meshed distribution and transmission
 * networks", IEEE Trans. Power Systems 3(2), 1988), one boundary message a line each way. The root
 * then meets its lines' flows at least cost, with its own devices only. The point counts when the
 * root can and all voltages and flows lie within their limits.
 *
 * <p>The bound is the dual function at uniform prices δ of active and reactive injections: each
 * energy system minimises its cost plus δ·injection over its own constraints, without any penalty,
 * and the sum is a lower bound on the optimum for every δ, because the injections of the whole
 * feeder add up to zero. The operator learns the sums only: cost, bound, and injections at δ.
 */
final class FeasibleSweep {
  /** Voltages may exceed their limits by what a solver's tolerance would let pass. */
  private static final double VOLTAGE_TOLERANCE = 1e-6;

  /** The same for flows, of the rating or of the base. */
  private static final double RATING_TOLERANCE = 1e-6;

  private static final double BOUND_TOLERANCE = 1e-8;

  private final List<EdgeSystem> edges;
  private final Exchange exchange;
  private final ScalarSums sums;
  private final NetworkLimits limits;
  private final Map<Integer, Integer> indexOfNode = new HashMap<>();
  private final List<List<Integer>> levels; // indices of energy systems by depth
  private final double[][] candidates;
  private final InteriorPoint[] bounds;

  FeasibleSweep(
      List<EdgeSystem> edges,
      Exchange exchange,
      ScalarSums sums,
      FeederTree tree,
      NetworkLimits limits) {
    this.edges = edges;
    this.exchange = exchange;
    this.sums = sums;
    this.limits = limits;
    levels = new ArrayList<>();
    for (int depth = 0; depth <= tree.maxDepth(); depth++) {
      levels.add(new ArrayList<>());
    }
    for (int i = 0; i < edges.size(); i++) {
      indexOfNode.put(edges.get(i).nodeId(), i);
      levels.get(tree.depth(edges.get(i).nodeId())).add(i);
    }
    candidates = new double[edges.size()][];
    bounds = new InteriorPoint[edges.size()];
  }

  /**
   * Sweeps. The copies of the energy systems stay; the last messages on the lines are the sweep's.
   *
   * @return cost of the point in currency, infinite when it is not feasible
   */
  double cost() {
    boolean rootServed = sweep();
    List<double[]> reports = new ArrayList<>();
    for (int i = 0; i < edges.size(); i++) {
      double violated = withinLimits(edges.get(i), candidates[i]) ? 0 : 1;
      reports.add(new double[] {edges.get(i).program().costOf(candidates[i]), violated});
    }
    double[] sum = sum(reports);
    return rootServed && Math.round(sum[1]) == 0 ? sum[0] : Double.POSITIVE_INFINITY;
  }

  /**
   * Bounds the optimum at some prices.
   *
   * @param delta price of the active, then of the reactive injection, length 2 · steps
   * @return sum over the energy systems
   */
  PriceBound bound(double[] delta) {
    List<double[]> reports = new ArrayList<>(Collections.nCopies(edges.size(), (double[]) null));
    exchange
        .pool()
        .forEach(
            List.copyOf(indexOfNode.values()),
            i -> {
              EdgeSystem edge = edges.get(i);
              edge.clock().start();
              reports.set(i, boundOf(i, delta));
              edge.clock().lap(Step.CERTIFY);
            });
    return PriceBound.of(sum(reports));
  }

  private double[] sum(List<double[]> reports) {
    long begin = System.nanoTime();
    double[] sum = sums.sum(reports);
    exchange.book(Step.SECURE_SUM, System.nanoTime() - begin);
    return sum;
  }

  /** Makes the point of the last evaluation the solution of every energy system. */
  void adopt() {
    for (int i = 0; i < edges.size(); i++) {
      edges.get(i).adopt(candidates[i]);
    }
  }

  /** Backward and forward sweep; false when the root cannot meet its lines' flows. */
  private boolean sweep() {
    for (int i = 0; i < edges.size(); i++) {
      candidates[i] = edges.get(i).solution().clone();
    }
    for (int depth = levels.size() - 1; depth > 0; depth--) {
      exchange.pool().forEach(levels.get(depth), i -> addUpFlows(edges.get(i), candidates[i]));
      exchange.pool().forEach(levels.get(depth - 1), i -> readFlows(edges.get(i), candidates[i]));
    }
    int root = levels.get(0).get(0);
    boolean served = serveRoot(root);
    for (int depth = 0; depth < levels.size() - 1; depth++) {
      exchange.pool().forEach(levels.get(depth), i -> passVoltage(edges.get(i), candidates[i]));
      exchange
          .pool()
          .forEach(levels.get(depth + 1), i -> followVoltage(edges.get(i), candidates[i]));
    }
    return served;
  }

  /** Sets the flow of the line above to what the node and its child lines draw, and sends it. */
  private void addUpFlows(EdgeSystem edge, double[] candidate) {
    DesProgram program = edge.program();
    LineEnd up = parentEnd(edge);
    for (int t = 0; t < program.horizon().steps(); t++) {
      double active = -candidate[program.activeInjection()[t]];
      double reactive = -candidate[program.reactiveInjection()[t]];
      for (LineEnd end : edge.ends()) {
        if (!end.port.downstream()) {
          active += candidate[end.port.active()[t]];
          reactive += candidate[end.port.reactive()[t]];
        }
      }
      candidate[up.port.active()[t]] = active;
      candidate[up.port.reactive()[t]] = reactive;
    }
    send(edge, up, candidate);
  }

  /** Takes the flows of the child lines as their lower ends sent them. */
  private void readFlows(EdgeSystem edge, double[] candidate) {
    int steps = edge.program().horizon().steps();
    double[] other = new double[3 * steps];
    for (LineEnd end : edge.ends()) {
      if (!end.port.downstream()) {
        exchange.fetch(edge, end);
        end.readOther(other);
        for (int t = 0; t < steps; t++) {
          candidate[end.port.active()[t]] = other[t];
          candidate[end.port.reactive()[t]] = other[steps + t];
        }
      }
    }
  }

  /** Sends flows and voltage of the child lines. */
  private void passVoltage(EdgeSystem edge, double[] candidate) {
    for (LineEnd end : edge.ends()) {
      if (!end.port.downstream()) {
        send(edge, end, candidate);
      }
    }
  }

  /** Takes the voltage of the node above and computes the own one. */
  private void followVoltage(EdgeSystem edge, double[] candidate) {
    LineEnd up = parentEnd(edge);
    exchange.fetch(edge, up);
    int steps = edge.program().horizon().steps();
    double[] other = new double[3 * steps];
    up.readOther(other);
    Port port = up.port;
    double resistance = port.line().resistanceOhm() / limits.baseImpedanceOhm();
    double reactance = port.line().reactanceOhm() / limits.baseImpedanceOhm();
    for (int t = 0; t < steps; t++) {
      candidate[port.voltage()[t]] = other[2 * steps + t];
      candidate[edge.program().nodeVoltage()[t]] =
          other[2 * steps + t] / port.line().ratio()
              - resistance * candidate[port.active()[t]]
              - reactance * candidate[port.reactive()[t]];
    }
  }

  private void send(EdgeSystem edge, LineEnd end, double[] candidate) {
    double[] values = new double[end.x.length];
    end.port.read(candidate, values);
    exchange.deliver(edge.send(end, values));
  }

  /** Solves the root's own program with the flows of its lines fixed. */
  private boolean serveRoot(int root) {
    EdgeSystem edge = edges.get(root);
    edge.clock().start();
    QuadraticProgram own = edge.program().program();
    int n = own.variableCount();
    List<Integer> fixed = new ArrayList<>();
    for (LineEnd end : edge.ends()) {
      for (int variable : end.port.active()) {
        fixed.add(variable);
      }
      for (int variable : end.port.reactive()) {
        fixed.add(variable);
      }
    }
    int m = own.rowCount();
    SparseMatrix.Builder rows = SparseMatrix.builder(m + fixed.size(), n);
    SparseMatrix a = own.constraints();
    for (int j = 0; j < n; j++) {
      for (int k = a.columnPointers()[j]; k < a.columnPointers()[j + 1]; k++) {
        rows.add(a.rowIndices()[k], j, a.values()[k]);
      }
    }
    double[] lower = java.util.Arrays.copyOf(own.lower(), m + fixed.size());
    double[] upper = java.util.Arrays.copyOf(own.upper(), m + fixed.size());
    for (int k = 0; k < fixed.size(); k++) {
      rows.add(m + k, fixed.get(k), 1.0);
      lower[m + k] = candidates[root][fixed.get(k)];
      upper[m + k] = lower[m + k];
    }
    QuadraticProgram program =
        new QuadraticProgram(own.name(), own.quadratic(), own.linear(), rows.build(), lower, upper);
    QpResult result = new InteriorPoint(program, BOUND_TOLERANCE).solve(program.linear());
    edge.clock().lap(Step.CERTIFY);
    if (result.status() != QpStatus.SOLVED) {
      return false;
    }
    candidates[root] = result.x().clone();
    return true;
  }

  private double[] boundOf(int index, double[] delta) {
    DesProgram program = edges.get(index).program();
    if (bounds[index] == null) {
      bounds[index] = new InteriorPoint(program.program(), BOUND_TOLERANCE);
    }
    double[] linear = program.program().linear().clone();
    int steps = program.horizon().steps();
    for (int t = 0; t < steps; t++) {
      linear[program.activeInjection()[t]] += delta[t];
      linear[program.reactiveInjection()[t]] += delta[steps + t];
    }
    QpResult result = bounds[index].solve(linear);
    if (result.status() != QpStatus.SOLVED) {
      return PriceBound.none(delta.length);
    }
    double currency = program.horizon().basePowerKw();
    double[] injections = new double[delta.length];
    for (int t = 0; t < steps; t++) {
      injections[t] = currency * result.x()[program.activeInjection()[t]];
      injections[steps + t] = currency * result.x()[program.reactiveInjection()[t]];
    }
    return PriceBound.report(currency * bounds[index].dualObjective(), injections);
  }

  private boolean withinLimits(EdgeSystem edge, double[] candidate) {
    return voltagesWithinLimits(edge, candidate) && flowWithinRating(edge, candidate);
  }

  private static boolean flowWithinRating(EdgeSystem edge, double[] candidate) {
    for (LineEnd end : edge.ends()) {
      if (end.port.downstream() && end.port.line().isRated()) {
        double rating = edge.program().horizon().perUnit(end.port.line().ratingKva());
        double limit = RatingPolygon.limit(rating) + RATING_TOLERANCE * (1 + rating);
        for (int t = 0; t < end.port.active().length; t++) {
          double active = candidate[end.port.active()[t]];
          double reactive = candidate[end.port.reactive()[t]];
          if (RatingPolygon.largestRow(active, reactive) > limit) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private boolean voltagesWithinLimits(EdgeSystem edge, double[] candidate) {
    for (int variable : edge.program().nodeVoltage()) {
      double voltage = candidate[variable];
      if (edge.ends().stream().anyMatch(end -> end.port.downstream())
          && (voltage < limits.voltageMinPu() - VOLTAGE_TOLERANCE
              || voltage > limits.voltageMaxPu() + VOLTAGE_TOLERANCE)) {
        return false;
      }
    }
    return true;
  }

  private static LineEnd parentEnd(EdgeSystem edge) {
    for (LineEnd end : edge.ends()) {
      if (end.port.downstream()) {
        return end;
      }
    }
    throw new ProtocolException("node " + edge.nodeId() + " has no line above it");
  }
}
