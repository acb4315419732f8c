package io.dualgrid.consensus;

/**
 * When and by how much the penalties of a kind of quantity change: towards the ratio of how far
 * multipliers and copies have moved since the last look, each in the other's norm, as primal
 * weights do in PDLP (Applegate et al., "Practical large-scale linear programming using primal-dual
 * hybrid gradient", NeurIPS 2021) and HPR-LP (Chen et al., arXiv:2408.12179).
 */
public final class PenaltyAdaptation {
  private static final double DEAD_ZONE = 3.0;
  private static final double LARGEST_CHANGE = 10.0;

  private PenaltyAdaptation() {}

  /**
   * The factor.
   *
   * @param multiplierMovement Σ Δλ²/ρ
   * @param copyMovement Σ ρ Δx²
   * @return 1 unless the two are out of balance by more than a factor of three
   */
  public static double factor(double multiplierMovement, double copyMovement) {
    double ratio = Math.sqrt(Math.max(0, multiplierMovement) / Math.max(copyMovement, 1e-300));
    if (ratio >= 1 / DEAD_ZONE && ratio <= DEAD_ZONE) {
      return 1.0;
    }
    return Math.min(LARGEST_CHANGE, Math.max(1 / LARGEST_CHANGE, ratio));
  }
}
