package io.dualgrid.mask.attack.structure;

import io.dualgrid.mask.MaskedProblem;
import io.dualgrid.qp.dense.Dense;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The directions that carry the quadratic term: those of the flows and voltages on an energy
 * system's lines and of its net injection, and no others, since the consensus penalises these only.
 */
final class BoundarySpace {
  /**
   * Smallest eigenvalue that counts, over the largest; penalties and mask span 1e7, rounding 1e15.
   */
  private static final double RANK = 1e-11;

  /** Length of what a unit vector keeps outside if it is not of this space. */
  private static final double OUTSIDE = 1e-6;

  private final List<double[]> directions = new ArrayList<>();
  private final int length;

  private BoundarySpace(int length) {
    this.length = length;
  }

  /** The range of the quadratic term of a masked program. O(k³). */
  static BoundarySpace of(MaskedProblem problem) {
    int k = problem.dimension();
    BoundarySpace space = new BoundarySpace(k);
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(k, true, true);
    eigen.decompose(new DMatrixRMaj(k, k, true, problem.quadratic().clone()));
    double largest = 0.0;
    for (int i = 0; i < k; i++) {
      largest = Math.max(largest, eigen.getEigenvalue(i).getReal());
    }
    for (int i = 0; i < k; i++) {
      if (largest > 0 && eigen.getEigenvalue(i).getReal() > RANK * largest) {
        space.directions.add(eigen.getEigenVector(i).data.clone());
      }
    }
    return space;
  }

  /** The part of a vector that no direction of this space carries. */
  double[] outside(double[] vector) {
    double[] rest = vector.clone();
    for (double[] direction : directions) {
      Dense.add(direction, 0, -Dense.dot(direction, 0, rest, 0, length), rest, 0, length);
    }
    return rest;
  }

  /** Whether a vector of length one is a combination of these directions. */
  boolean holds(double[] unit) {
    double[] rest = outside(unit);
    return Dense.dot(rest, 0, rest, 0, length) <= OUTSIDE * OUTSIDE;
  }
}
