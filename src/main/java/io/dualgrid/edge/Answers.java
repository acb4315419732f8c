package io.dualgrid.edge;

import io.dualgrid.securesum.WideNumbers;

/** What an energy system sends to the operator in the phase that an order has begun. */
interface Answers {
  /** Sends the present copies of all lines. */
  void boundaries();

  /** Sends what the end of a line adds to sums along the tree. */
  void treePart(LineEnd end, WideNumbers numbers);

  /**
   * From now on totals come out only if both ends of each line hold the same, see {@link
   * LineMasks#hold}.
   */
  void held();

  /** Sends scalars of which the operator gets the sum over all energy systems. */
  void report(double[] values);
}
