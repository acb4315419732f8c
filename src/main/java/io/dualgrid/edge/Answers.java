package io.dualgrid.edge;

/** What an energy system sends to the operator in the phase that an order has begun. */
interface Answers {
  /**
   * Sends a copy of one line.
   *
   * @param values P, Q, V, length 3 · steps, not modified
   */
  void boundary(LineEnd end, double[] values);

  /** Sends the present copies of all lines. */
  void boundaries();

  /** Sends scalars of which the operator gets the sum over all energy systems. */
  void report(double[] values);
}
