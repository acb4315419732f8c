package io.dualgrid.parties;

import io.dualgrid.devices.DesProgram;
import java.util.ArrayList;
import java.util.List;

/**
 * The controller of one energy system: its program, its line ends and its solver. It knows nothing
 * of any other but what comes in messages. Used by one thread at a time.
 */
final class EdgeSystem implements AutoCloseable {
  private final DesProgram program;
  private final LocalProblem problem;
  private final List<LineEnd> ends;
  private final StepClock clock = new StepClock();
  private final double[] linear;
  private final double[] diagonal;
  private double[] penaltyInUse;
  private double[] solution;

  EdgeSystem(DesProgram program, LocalProblem problem, List<LineEnd> ends) {
    this.program = program;
    this.problem = problem;
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

  /** Cost in currency of the last solution. */
  double cost() {
    return program.costOf(solution);
  }

  /**
   * Sets the quadratic term of the line ends; the solver factorises again only where it differs
   * from the one in use.
   *
   * @param weights per line end, length 3 · steps: ½ · weight · x² is added to the objective
   */
  void usePenalty(double[][] weights) {
    clock.start();
    java.util.Arrays.fill(diagonal, 0.0);
    for (int e = 0; e < ends.size(); e++) {
      ends.get(e).port.addTo(weights[e], diagonal);
    }
    if (penaltyInUse == null || !java.util.Arrays.equals(penaltyInUse, diagonal)) {
      penaltyInUse = diagonal.clone();
      problem.updatePenalty(diagonal);
    }
    clock.lap(Step.LINEAR_TERM);
  }

  /**
   * Solves its program with a linear term added at each line end, and takes the new copies.
   *
   * @param boundaryLinear per line end, length 3 · steps
   */
  void solve(double[][] boundaryLinear) {
    clock.start();
    double[] cost = program.program().linear();
    System.arraycopy(cost, 0, linear, 0, linear.length);
    for (int e = 0; e < ends.size(); e++) {
      ends.get(e).port.addTo(boundaryLinear[e], linear);
    }
    clock.lap(Step.LINEAR_TERM);
    solution = problem.solve(linear, clock);
    for (LineEnd end : ends) {
      end.take(solution);
    }
  }

  /** The messages of all line ends with their present copies. */
  List<BoundaryMessage> send() {
    clock.start();
    List<BoundaryMessage> messages = new ArrayList<>(ends.size());
    for (LineEnd end : ends) {
      messages.add(end.codec.seal(end.x));
    }
    clock.lap(Step.ENCRYPT);
    return messages;
  }

  /** Reads the consensus of one of its line ends. */
  void receive(ConsensusMessage message) {
    clock.start();
    for (LineEnd end : ends) {
      if (end.line == message.line() && end.port.downstream() == message.toDownstream()) {
        end.codec.open(message, end.z);
        clock.lap(Step.DECRYPT);
        return;
      }
    }
    throw new ProtocolException(
        "node " + nodeId() + " received a message for line " + message.line());
  }

  @Override
  public void close() {
    problem.close();
  }
}
