package io.dualgrid.consensus;

/**
 * What the capacity of an energy system counts for in the weights of injections: at least a part of
 * all capacity, and the root, which can serve everything, as much as all others together. Any unit.
 */
public final class CountedCapacity {
  private static final double FLOOR = 1e-3;

  private CountedCapacity() {}

  /**
   * The part that everybody knows.
   *
   * @param root whether it is the root's
   * @param total capacity of all but the root
   */
  public static double known(boolean root, double total) {
    return root ? total : FLOOR * total;
  }

  /**
   * All of it.
   *
   * @param root whether it is the root's
   * @param own capacity of the energy system; the root's does not matter
   * @param total capacity of all but the root
   */
  public static double of(boolean root, double own, double total) {
    return root ? known(true, total) : own + known(false, total);
  }
}
