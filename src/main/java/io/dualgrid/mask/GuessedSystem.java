package io.dualgrid.mask;

import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.dense.DenseKernels;
import io.dualgrid.qp.dense.JavaDenseKernels;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * What somebody who guesses an energy system's program can compute from it without any secret: its
 * rows on the solutions of its equalities, in orthonormal coordinates. An attacker's knowledge, for
 * audits.
 *
 * <p>Arrays are the object's own and must not be modified.
 */
public final class GuessedSystem {
  private static final DenseKernels KERNELS = new JavaDenseKernels();

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
    DMatrixRMaj map = basis.multiply(CommonOps_DDRM.identity(dimension));
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
    quadratic =
        Mask.quadraticOn(
            (j, target, offset) ->
                System.arraycopy(map.data, j * map.numCols, target, offset, map.numCols),
            map.numCols,
            program.quadratic(),
            KERNELS);
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
