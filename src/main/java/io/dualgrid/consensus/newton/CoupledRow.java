package io.dualgrid.consensus.newton;

/**
 * A coupled row within the interior-point method, as the operator keeps it: the balance of a step,
 * or a limit. Its value is base + Σgᵢᵀuᵢ; its price is one of the vector q.
 */
interface CoupledRow {
  /** The price as sites see it. */
  double price();

  /** How many products of slack and multiplier it has. */
  int bounds();

  /** The diagonal entry it adds to the system of prices. */
  double inverse();

  /**
   * By how much injections differ from what the row says at present.
   *
   * @param reached Σgᵢᵀuᵢ
   */
  double missed(double reached);

  /**
   * Aims at products of slack and multiplier.
   *
   * @param target wanted value
   * @param secondOrder whether to add the products of the last direction's changes
   */
  void aim(double target, boolean secondOrder);

  /**
   * The row's part of the right-hand side.
   *
   * @param reached Σgᵢᵀ(uᵢ + rᵢ)
   */
  double rightHandSide(double reached);

  /** Completes the direction with the change of the row's price. */
  void direct(double priceStep);

  /** Largest primal step, 1 at most. */
  double longestPrimalStep();

  /** Largest dual step, 1 at most. */
  double longestDualStep();

  /** The sum of its products after steps. */
  double products(double primalStep, double dualStep);

  /** Moves along the direction. */
  void move(double primalStep, double dualStep);
}
