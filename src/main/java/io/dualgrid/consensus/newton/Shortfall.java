package io.dualgrid.consensus.newton;

/**
 * By how much a limit has to be broken where no dispatch meets all of them.
 *
 * @param kind of the limit
 * @param node index of the node whose voltage or exchange it is, in which the line ends whose flow
 *     it is, or of the root
 * @param step time step
 * @param lack whether there is too little (a voltage too low, a root that supplies too little, a
 *     flow towards the node too large), else too much
 * @param amount per unit
 */
public record Shortfall(Kind kind, int node, int step, boolean lack, double amount) {
  /** What a limit is of. */
  public enum Kind {
    /** Voltage of a node. */
    VOLTAGE,
    /** Active or reactive flow of a line. */
    FLOW,
    /** Apparent power of a line; the amount is what its rating lacks. */
    RATING,
    /** Active power of the root. */
    ACTIVE_BALANCE,
    /** Reactive power of the root. */
    REACTIVE_BALANCE,
    /** Active power that a node buys (lack) or sells, known to whoever knows the whole case. */
    EXCHANGE
  }

  /**
   * What a bound without costs must be worth at least to prove that no dispatch meets the limits,
   * as power per unit at the largest price: sites' bounds are right to 1e-9 of what they can trade,
   * which is below 1e4 per unit in all.
   */
  public static final double SURE = 1e-5;

  /** What a solver may leave of a limit that need not be broken, per unit. */
  public static final double LEAST = 1e-5;
}
