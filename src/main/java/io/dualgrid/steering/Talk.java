package io.dualgrid.steering;

import io.dualgrid.protocol.Broadcast;

/** A talk with all energy systems, one phase a call. */
public interface Talk {
  /** Tells a decision that is not answered. */
  void tell(Broadcast order);

  /** Asks for a report of everybody; the sum over all. */
  double[] sum(Broadcast order);

  /** Has all line ends send their copies, which nobody reads yet. */
  void copies(Broadcast order);

  /** Has all line ends send their copies and read their consensus. */
  void exchange(Broadcast order);

  /** Has copies pass along the lines; the sum over the reports of all at its end. */
  double[] sweep(Broadcast order);
}
