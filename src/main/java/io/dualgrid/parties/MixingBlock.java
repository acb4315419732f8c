package io.dualgrid.parties;

/**
 * One block of the fixed-point state with its history: w, the residual r = T(w) − w, and the
 * differences of both between iterations. Inner products are weighted by the block's metric;
 * entries from {@code split} on form a second group with coefficients of its own.
 */
final class MixingBlock {
  final double[] w;
  final double[] r;
  private final double[] metric;
  private final int split;
  private final double[] previousW;
  private final double[] previousR;
  private final double[][] residualColumns;
  private final double[][] stateColumns;

  MixingBlock(double[] metric, int split, int memory) {
    int length = metric.length;
    this.metric = metric;
    this.split = split;
    w = new double[length];
    r = new double[length];
    previousW = new double[length];
    previousR = new double[length];
    residualColumns = new double[memory][length];
    stateColumns = new double[memory][length];
  }

  double metric(int index) {
    return metric[index];
  }

  /** Stores the differences since the last accepted iterate in a slot. */
  void storeColumn(int slot) {
    double[] residualColumn = residualColumns[slot];
    double[] stateColumn = stateColumns[slot];
    for (int i = 0; i < w.length; i++) {
      residualColumn[i] = r[i] - previousR[i];
      stateColumn[i] = w[i] - previousW[i];
    }
  }

  /**
   * Adds this block's inner products to a report. Layout, for each of the two groups: ‖r‖², then
   * for each slot ⟨r, Δr_slot⟩, then for each slot ⟨Δr_new, Δr_slot⟩.
   *
   * @param newSlot slot of the newest column, or −1
   * @param report length 2 · (1 + 2 · memory)
   */
  void addProducts(int newSlot, double[] report) {
    int memory = residualColumns.length;
    int stride = 1 + 2 * memory;
    for (int group = 0; group < 2; group++) {
      int from = group == 0 ? 0 : split;
      int to = group == 0 ? split : w.length;
      int base = group * stride;
      double squared = 0.0;
      for (int i = from; i < to; i++) {
        squared += metric[i] * r[i] * r[i];
      }
      report[base] += squared;
      for (int slot = 0; slot < memory; slot++) {
        double[] column = residualColumns[slot];
        double withResidual = 0.0;
        for (int i = from; i < to; i++) {
          withResidual += metric[i] * r[i] * column[i];
        }
        report[base + 1 + slot] += withResidual;
        if (newSlot >= 0) {
          double[] newest = residualColumns[newSlot];
          double withNewest = 0.0;
          for (int i = from; i < to; i++) {
            withNewest += metric[i] * newest[i] * column[i];
          }
          report[base + 1 + memory + slot] += withNewest;
        }
      }
    }
  }

  /** Moves on: w ← w + r − Σ γ_j (Δr_j + Δw_j), remembering the present w and r. */
  void mix(double[][] coefficients) {
    for (int i = 0; i < w.length; i++) {
      previousW[i] = w[i];
      previousR[i] = r[i];
      w[i] += r[i];
    }
    for (int slot = 0; slot < residualColumns.length; slot++) {
      for (int group = 0; group < 2; group++) {
        double coefficient = coefficients[group][slot];
        if (coefficient != 0.0) {
          int from = group == 0 ? 0 : split;
          int to = group == 0 ? split : w.length;
          for (int i = from; i < to; i++) {
            w[i] -= coefficient * (residualColumns[slot][i] + stateColumns[slot][i]);
          }
        }
      }
    }
  }

  /** Goes back to the plain step from the last accepted iterate: w ← w' + r'. */
  void fallBack() {
    for (int i = 0; i < w.length; i++) {
      w[i] = previousW[i] + previousR[i];
    }
  }
}
