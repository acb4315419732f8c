package io.dualgrid.qp;

/**
 * One energy system's share of an interior-point method that runs over all of them at once.
 *
 * <p>The program is min cᵀx − pᵀEx over l ≤ Ax ≤ u, where E picks c coupled variables (the
 * injections) and p are their prices. The kernel holds the point (x, the row values s, their
 * multipliers z_l, z_u and y = z_u − z_l) and the Newton matrix
 *
 * <pre>
 *   K = [ 0   Aᵀ   ]      Σ = z_l/(s − l) + z_u/(u − s), no Σ⁻¹ on equalities
 *       [ A  −Σ⁻¹  ]
 * </pre>
 *
 * <p>Its answers are what the coupling needs and no more: J = E K⁻¹ Eᵀ, by how much the injections
 * of the Newton step change with the prices, and r, how they change at unchanged prices (Mehrotra,
 * "On the implementation of a primal-dual interior point method", SIAM J. Optim. 2(4), 1992, for
 * predictor and corrector; Boyd and Vandenberghe, "Convex Optimization", 10.4, for the
 * elimination).
 *
 * <p>Order of calls: {@link #start}; then for each iteration {@link #factorise}; {@link
 * #sensitivities} at will; {@link #aim} and {@link #direct}, once as predictor and once or more as
 * corrector; the step lengths; {@link #move}. One thread at a time. Arrays are the caller's and are
 * not kept; all are in per unit.
 */
public interface NewtonKernel extends AutoCloseable {
  /**
   * Share of the way to the nearest bound that a step may go: the same for kernels and for what
   * couples them, since all move by one step length.
   */
  double TO_BOUNDARY = 0.995;

  /** Number of finite bounds of rows that are no equalities: complementarity products. */
  int bounds();

  /**
   * Takes a starting point inside all bounds.
   *
   * @param prices p, length c, not modified
   */
  void start(double[] prices);

  /**
   * Computes the residuals at these prices and factorises K at the present point.
   *
   * @param prices p, length c, not modified
   */
  void factorise(double[] prices);

  /**
   * J = E K⁻¹ Eᵀ of the last factorisation: symmetric, positive semidefinite.
   *
   * @param packed upper triangle by columns, entry (i, j) with i ≤ j at j(j + 1)/2 + i, length c(c
   *     + 1)/2, overwritten
   */
  void sensitivities(double[] packed);

  /**
   * J v, from the sensitivities themselves: to ask a kernel in C for it takes longer.
   *
   * @param packed as {@link #sensitivities} writes them, not modified
   * @param v length c, not modified
   */
  static double[] product(double[] packed, double[] v) {
    double[] product = new double[v.length];
    for (int j = 0; j < v.length; j++) {
      int start = j * (j + 1) / 2;
      double sum = packed[start + j] * v[j];
      for (int i = 0; i < j; i++) {
        sum += packed[start + i] * v[i];
        product[i] += packed[start + i] * v[j];
      }
      product[j] += sum;
    }
    return product;
  }

  /**
   * Computes the Newton step at unchanged prices towards products of slack and multiplier that
   * equal the target.
   *
   * @param target wanted value of all products, zero for the predictor
   * @param secondOrder whether to add Mehrotra's correction, the products of the last direction's
   *     changes of slack and multiplier
   * @param response r = E Δx, length c, overwritten
   */
  void aim(double target, boolean secondOrder, double[] response);

  /**
   * Completes the step of the last {@link #aim} with a change of prices: E Δx = r + J Δp.
   *
   * @param priceStep Δp, length c, not modified
   */
  void direct(double[] priceStep);

  /** Largest α, 1 at most, at which s + α Δs stays within the bounds. */
  double longestPrimalStep();

  /** Largest α, 1 at most, at which z + α Δz stays positive. */
  double longestDualStep();

  /**
   * The sum of all products after steps α (primal) and β (dual) is k₀ + α k₁ + β k₂ + αβ k₃. From
   * {@link #factorise} to {@link #direct} k₀, their present sum, alone is of use.
   *
   * @param coefficients k, length 4, overwritten
   */
  void products(double[] coefficients);

  /**
   * Moves along the direction.
   *
   * @param primalStep of x and s
   * @param dualStep of the multipliers
   */
  void move(double primalStep, double dualStep);

  /**
   * The present injections.
   *
   * @param values E x, length c, overwritten
   */
  void coupled(double[] values);

  /** The present cᵀx. */
  double cost();

  /** Largest |A x − s| of the last factorisation. */
  double rowResidual();

  /** Largest |c − Eᵀp + Aᵀy| of the last factorisation. */
  double dualResidual();

  /** Frees what the kernel holds; every other call fails afterwards. */
  @Override
  void close();
}
