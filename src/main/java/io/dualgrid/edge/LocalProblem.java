package io.dualgrid.edge;

import io.dualgrid.runtime.StepClock;
import java.util.Map;

/**
 * The program of one energy system as it is solved in each iteration: its own cost and constraints
 * plus a linear and a diagonal quadratic term that the consensus adds.
 */
public interface LocalProblem extends AutoCloseable {

  /**
   * Replaces the diagonal quadratic term.
   *
   * @param diagonal length of the program's variables, not negative; copied
   * @param clock gets the time by step
   */
  void updatePenalty(double[] diagonal, StepClock clock);

  /**
   * Solves.
   *
   * @param linear the whole linear term, length of the program's variables, not modified
   * @param clock gets the time by step
   * @return the solution, a buffer that the next solve overwrites
   * @throws SolveException when there is no usable solution; the message names the node
   */
  double[] solve(double[] linear, StepClock clock);

  /** What went wrong so far and was worked around, with its count. */
  Map<String, Integer> incidents();

  @Override
  void close();
}
