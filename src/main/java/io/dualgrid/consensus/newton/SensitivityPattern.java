package io.dualgrid.consensus.newton;

import java.util.List;

/**
 * Which entries of ΣCᵢᵀJᵢCᵢ are summed: all of its upper triangle, or those between prices of one
 * step. Index a is the price of P at step a, of Q at step a − T, then of the rows in the order in
 * which they entered.
 */
public final class SensitivityPattern {
  private final int steps;
  private final int[] stepOf;
  private final int[] first;
  private final int[] second;

  private SensitivityPattern(int steps, int[] stepOf, boolean full) {
    this.steps = steps;
    this.stepOf = stepOf;
    int size = 0;
    for (int b = 0; b < stepOf.length; b++) {
      for (int a = 0; a <= b; a++) {
        size += full || stepOf[a] == stepOf[b] ? 1 : 0;
      }
    }
    first = new int[size];
    second = new int[size];
    int entry = 0;
    for (int b = 0; b < stepOf.length; b++) {
      for (int a = 0; a <= b; a++) {
        if (full || stepOf[a] == stepOf[b]) {
          first[entry] = a;
          second[entry++] = b;
        }
      }
    }
  }

  /**
   * For the rows of now.
   *
   * @param steps T
   * @param rowSteps the step of each row
   * @param full true for all entries, false for the blocks of each step
   */
  public static SensitivityPattern of(int steps, int[] rowSteps, boolean full) {
    int[] stepOf = new int[2 * steps + rowSteps.length];
    for (int a = 0; a < stepOf.length; a++) {
      stepOf[a] = a < 2 * steps ? a % steps : rowSteps[a - 2 * steps];
    }
    return new SensitivityPattern(steps, stepOf, full);
  }

  /** Number of entries that are summed. */
  public int size() {
    return first.length;
  }

  /** Number D of prices. */
  public int prices() {
    return stepOf.length;
  }

  /** Number 2T of prices of injections, the first ones. */
  int injections() {
    return 2 * steps;
  }

  /** The step of a price. */
  int stepOf(int price) {
    return stepOf[price];
  }

  /** Lower index of an entry. */
  int first(int entry) {
    return first[entry];
  }

  /** Higher index of an entry. */
  int second(int entry) {
    return second[entry];
  }

  /**
   * Computes one site's entries.
   *
   * @param packed the site's J, see {@link io.dualgrid.qp.NewtonKernel#sensitivities}
   * @param shares the site's part of each row
   * @param entries length size, overwritten
   */
  public void collect(double[] packed, List<RowShare> shares, double[] entries) {
    double[] active = new double[prices()];
    double[] reactive = new double[prices()];
    for (int a = 0; a < prices(); a++) {
      if (a < 2 * steps) {
        active[a] = a < steps ? 1.0 : 0.0;
        reactive[a] = a < steps ? 0.0 : 1.0;
      } else {
        active[a] = shares.get(a - 2 * steps).active();
        reactive[a] = shares.get(a - 2 * steps).reactive();
      }
    }
    for (int k = 0; k < entries.length; k++) {
      int a = first[k];
      int b = second[k];
      int s = stepOf[a];
      int t = stepOf[b];
      double value = 0.0;
      if (active[a] != 0.0) {
        value +=
            active[a] * (active[b] * at(packed, s, t) + reactive[b] * at(packed, s, steps + t));
      }
      if (reactive[a] != 0.0) {
        value +=
            reactive[a]
                * (active[b] * at(packed, steps + s, t)
                    + reactive[b] * at(packed, steps + s, steps + t));
      }
      entries[k] = value;
    }
  }

  private static double at(double[] packed, int i, int j) {
    return i <= j ? packed[j * (j + 1) / 2 + i] : packed[i * (i + 1) / 2 + j];
  }
}
