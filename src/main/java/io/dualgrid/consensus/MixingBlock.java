package io.dualgrid.consensus;

import io.dualgrid.runtime.StateArchive;

/**
 * One block of the fixed-point state with its history: w, the residual r = T(w) − w, and between
 * iterations the differences Δr, and Δ(w + r), by which a step goes. Inner products are weighted by
 * the block's metric ρ.
 */
public final class MixingBlock {
  private final double[] w;
  private final double[] r;
  private final double[] metric;
  private final double[] previousW;
  private final double[] previousR;
  private final double[][] residualColumns; // by slot; null where nothing has been stored yet
  private final double[][] stepColumns;

  /** Keeps the metric, which its owner may change when the history is forgotten. */
  public MixingBlock(double[] metric, int memory) {
    int length = metric.length;
    this.metric = metric;
    w = new double[length];
    r = new double[length];
    previousW = new double[length];
    previousR = new double[length];
    residualColumns = new double[memory][];
    stepColumns = new double[memory][];
  }

  /** The state w itself, which its owner may change. */
  public double[] w() {
    return w;
  }

  /** The residual r itself, which its owner sets. */
  public double[] r() {
    return r;
  }

  /** Stores the differences since the last iterate in a slot. */
  public void storeColumn(int slot) {
    if (residualColumns[slot] == null) {
      residualColumns[slot] = new double[w.length];
      stepColumns[slot] = new double[w.length];
    }
    double[] residualColumn = residualColumns[slot];
    double[] stepColumn = stepColumns[slot];
    for (int i = 0; i < w.length; i++) {
      residualColumn[i] = r[i] - previousR[i];
      stepColumn[i] = residualColumn[i] + (w[i] - previousW[i]);
    }
  }

  /**
   * Adds this block's inner products to a report: ‖r‖², then for each slot ⟨r, Δr_slot⟩, then for
   * each slot ⟨Δr_new, Δr_slot⟩.
   *
   * @param newSlot slot of the newest column, or −1
   * @param report length at least 1 + 2 · memory
   */
  public void addProducts(int newSlot, double[] report) {
    int memory = residualColumns.length;
    double squared = 0.0;
    for (int i = 0; i < r.length; i++) {
      squared += metric[i] * r[i] * r[i];
    }
    report[0] += squared;
    if (newSlot < 0) {
      return;
    }
    double[] newest = residualColumns[newSlot];
    for (int slot = 0; slot < memory; slot++) {
      double[] column = residualColumns[slot];
      if (column == null) {
        continue; // as if it were zero
      }
      double withResidual = 0.0;
      double withNewest = 0.0;
      for (int i = 0; i < column.length; i++) {
        double weighted = metric[i] * column[i];
        withResidual += weighted * r[i];
        withNewest += weighted * newest[i];
      }
      report[1 + slot] += withResidual;
      report[1 + memory + slot] += withNewest;
    }
  }

  /** Moves on: w ← w + r − Σ γ_j (Δr_j + Δw_j), remembering the present w and r. */
  public void mix(double[] coefficients) {
    for (int i = 0; i < w.length; i++) {
      previousW[i] = w[i];
      previousR[i] = r[i];
      w[i] += r[i];
    }
    for (int slot = 0; slot < coefficients.length; slot++) {
      double coefficient = coefficients[slot];
      if (coefficient != 0.0 && stepColumns[slot] != null) {
        double[] stepColumn = stepColumns[slot];
        for (int i = 0; i < w.length; i++) {
          w[i] -= coefficient * stepColumn[i];
        }
      }
    }
  }

  /** Keeps or takes up w; the history is not kept, so mixing has to begin anew. */
  public void state(StateArchive archive) {
    archive.array("w", w);
  }

  /** Goes back to the plain step from the last iterate: w ← w' + r'. */
  public void fallBack() {
    for (int i = 0; i < w.length; i++) {
      w[i] = previousW[i] + previousR[i];
    }
  }
}
