package io.dualgrid.edge;

import io.dualgrid.device.DesProgram;
import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.qp.BoundingSolvers;
import io.dualgrid.runtime.StateArchive;
import io.dualgrid.runtime.Step;
import io.dualgrid.runtime.StepClock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The controller of one energy system: its program, its line ends and its solver. It knows nothing
 * of any other but what comes in messages. Used by one thread at a time.
 */
final class EdgeSystem implements AutoCloseable {
  private final DesProgram program;
  private final Supplier<LocalProblem> maker;
  private LocalProblem problem; // null before the first penalty
  private final BoundingSolvers boundingSolvers;
  private final List<LineEnd> ends;
  private final StepClock clock;
  private final Map<String, Integer> noted = new TreeMap<>();
  private final double[] linear;
  private final double[] diagonal;
  private double[] penaltyInUse;
  private NodePrices prices = NodePrices.NONE;
  private double[] solution;

  /**
   * Before any solve.
   *
   * @param maker of what solves the program with penalties, for algorithms that have them
   */
  EdgeSystem(
      DesProgram program,
      Supplier<LocalProblem> maker,
      BoundingSolvers boundingSolvers,
      List<LineEnd> ends,
      StepClock clock) {
    this.boundingSolvers = boundingSolvers;
    this.clock = clock;
    this.program = program;
    this.maker = maker;
    this.ends = List.copyOf(ends);
    int n = program.program().variableCount();
    linear = new double[n];
    diagonal = new double[n];
    solution = new double[n];
  }

  int nodeId() {
    return program.nodeId();
  }

  DesProgram program() {
    return program;
  }

  /** What its bounds and its points within limits are solved by. */
  BoundingSolvers boundingSolvers() {
    return boundingSolvers;
  }

  List<LineEnd> ends() {
    return ends;
  }

  StepClock clock() {
    return clock;
  }

  /** The last solution, length of the program's variables; not to be modified. */
  double[] solution() {
    return solution;
  }

  /**
   * Copies the net injections (active, then reactive, per unit) out of the last solution.
   *
   * @param injection length 2 · steps, overwritten
   */
  void readInjection(double[] injection) {
    int steps = program.horizon().steps();
    for (int t = 0; t < steps; t++) {
      injection[t] = solution[program.activeInjection()[t]];
      injection[steps + t] = solution[program.reactiveInjection()[t]];
    }
  }

  /** Cost in currency of the last solution. */
  double cost() {
    return program.costOf(solution);
  }

  /** The same in the unit of money of the run. */
  double money() {
    return program.moneyOf(solution);
  }

  /**
   * Sets the quadratic term of line ends and injections; the solver factorises again only where it
   * differs from the one in use.
   *
   * @param weights per line end, length 3 · steps: ½ · weight · x² is added to the objective
   * @param activeWeight the same for each active injection, zero for none
   * @param reactiveWeight the same for each reactive injection
   */
  void usePenalty(double[][] weights, double activeWeight, double reactiveWeight) {
    clock.start();
    Arrays.fill(diagonal, 0.0);
    for (int t = 0; t < program.horizon().steps(); t++) {
      diagonal[program.activeInjection()[t]] = activeWeight;
      diagonal[program.reactiveInjection()[t]] = reactiveWeight;
    }
    for (int e = 0; e < ends.size(); e++) {
      ends.get(e).port.addTo(weights[e], diagonal);
    }
    if (penaltyInUse == null || !Arrays.equals(penaltyInUse, diagonal)) {
      penaltyInUse = diagonal.clone();
      clock.lap(Step.LINEAR_TERM);
      if (problem == null) {
        problem = maker.get();
      }
      problem.updatePenalty(diagonal, clock);
    } else {
      clock.lap(Step.LINEAR_TERM);
    }
  }

  /**
   * Solves its program with a linear term added, and takes the new copies of its line ends.
   *
   * @param boundaryLinear per line end, length 3 · steps
   * @param injectionLinear active, then reactive injection, length 2 · steps; null for none
   */
  void solve(double[][] boundaryLinear, double[] injectionLinear) {
    clock.start();
    double[] cost = program.program().linear();
    System.arraycopy(cost, 0, linear, 0, linear.length);
    for (int e = 0; e < ends.size(); e++) {
      ends.get(e).port.addTo(boundaryLinear[e], linear);
    }
    if (injectionLinear != null) {
      int steps = program.horizon().steps();
      for (int t = 0; t < steps; t++) {
        linear[program.activeInjection()[t]] += injectionLinear[t];
        linear[program.reactiveInjection()[t]] += injectionLinear[steps + t];
      }
    }
    clock.lap(Step.LINEAR_TERM);
    solution = problem.solve(linear, clock);
    for (LineEnd end : ends) {
      end.take(solution);
    }
  }

  /** Keeps or takes up the solution, and with it the copies of the line ends. */
  void state(StateArchive archive) {
    archive.array("solution", solution);
    for (LineEnd end : ends) {
      end.port.read(solution, end.x);
    }
  }

  /** The same, with the prices that belong to it. */
  void adopt(double[] candidate, NodePrices newPrices) {
    prices = newPrices;
    adopt(candidate);
  }

  /** The prices that belong to the solution. */
  NodePrices prices() {
    return prices;
  }

  /** Replaces the solution and the copies taken from it by a feasible point near it. */
  void adopt(double[] candidate) {
    solution = candidate;
    for (LineEnd end : ends) {
      end.port.read(candidate, end.x);
    }
  }

  /**
   * The line end that a message is for.
   *
   * @throws ProtocolException when it is none of this energy system
   */
  LineEnd end(int line, boolean downstream) {
    for (LineEnd end : ends) {
      if (end.line == line && end.port.downstream() == downstream) {
        return end;
      }
    }
    throw new ProtocolException(
        AbortCode.UNEXPECTED, "node " + nodeId() + " received a message for line " + line);
  }

  /** What went wrong in its solves so far and was worked around, with its count. */
  Map<String, Integer> incidents() {
    Map<String, Integer> all = new TreeMap<>(noted);
    if (problem != null) {
      problem.incidents().forEach((what, count) -> all.merge(what, count, Integer::sum));
    }
    return all;
  }

  /** Notes an incident, for its owner. */
  void note(String what) {
    noted.merge(what, 1, Integer::sum);
  }

  @Override
  public void close() {
    if (problem != null) {
      problem.close();
    }
    ends.forEach(LineEnd::close);
    Arrays.fill(linear, 0.0);
    Arrays.fill(solution, 0.0);
  }
}
