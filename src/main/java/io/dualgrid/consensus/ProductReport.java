package io.dualgrid.consensus;

/**
 * Where each number stands in what an energy system reports in an iteration of the accelerated
 * consensus: inner products of its blocks with the memory of the acceleration (see {@link
 * MixingBlock#addProducts}), then distances, counts and movements.
 */
public final class ProductReport {
  /** Columns that the acceleration remembers. */
  public static final int MEMORY = 40;

  /** Σ (x2 − x1)², then Σ x1², of the flows of lines; what stands before it are inner products. */
  public static final int DISTANCE = 1 + 2 * MEMORY;

  /** Line ends with a mismatch above the tolerance. */
  public static final int ENDS_ABOVE = DISTANCE + 2;

  /** One for an energy system whose copies still differ or move. */
  public static final int UNSETTLED = ENDS_ABOVE + 1;

  /** Of P, then Q, then V: Σ Δλ²/ρ and Σ ρ Δx² since the last look at the penalties. */
  public static final int MOVEMENTS = UNSETTLED + 1;

  /** Of the whole report. */
  public static final int LENGTH = MOVEMENTS + 6;

  private ProductReport() {}
}
