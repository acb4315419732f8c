package io.dualgrid.mask;

import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.dense.JavaDenseKernels;
import io.dualgrid.qp.dense.SquareMatrix;
import java.util.Arrays;
import java.util.List;

/**
 * What somebody who guesses an energy system's program can compute from it without any secret: its
 * rows on the solutions of its equalities, in orthonormal coordinates. An attacker's knowledge, for
 * audits.
 *
 * <p>Arrays are the object's own and must not be modified.
 */
public final class GuessedSystem {
  private final int dimension;
  private final double[] lower;
  private final double[] upper;
  private final int[] sourceRows;
  private final double[] quadratic;
  private final double objectiveAtParticular;

  /**
   * Reduces the guess as an energy system reduces its program.
   *
   * @param program the guess, with the penalties in place
   * @param settings of the mask that is attacked; they are no secret
   */
  public GuessedSystem(QuadraticProgram program, MaskSettings settings) {
    ReducedProgram reduced = MaskedDes.reduce(program, settings);
    OrthonormalBasis basis = new OrthonormalBasis(reduced.basis());
    dimension = reduced.dimension();
    List<Slab> slabs = reduced.slabs();
    int r = slabs.size();
    lower = new double[r];
    upper = new double[r];
    sourceRows = new int[r];
    for (int i = 0; i < r; i++) {
      Slab slab = slabs.get(i);
      lower[i] = slab.lower;
      upper[i] = slab.upper;
      sourceRows[i] = slab.upperRow >= 0 ? slab.upperRow : slab.lowerRow;
    }
    double[] ones = new double[dimension];
    Arrays.fill(ones, 1.0);
    try (SquareMatrix free = new JavaDenseKernels().diagonal(ones)) {
      basis.toFree(free);
      quadratic = new QuadraticTerm(program.quadratic()).on(basis.rows(), free);
    }
    objectiveAtParticular = program.objective(reduced.particular());
  }

  /** Free dimension k. */
  public int dimension() {
    return dimension;
  }

  /** Lower bounds less the particular solution's share. */
  public double[] lower() {
    return lower;
  }

  /** Upper bounds likewise. */
  public double[] upper() {
    return upper;
  }

  /** A row of the program that each row comes from. */
  public int[] sourceRows() {
    return sourceRows;
  }

  /** Objective at the particular solution x0, the constant that masking drops. */
  public double objectiveAtParticular() {
    return objectiveAtParticular;
  }

  /** NᵀPN, dimension by dimension. */
  public double[] quadratic() {
    return quadratic;
  }
}
