package io.dualgrid.mask;

import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.dense.DenseKernels;
import io.dualgrid.qp.dense.JavaDenseKernels;
import io.dualgrid.qp.dense.SquareMatrix;
import io.dualgrid.qp.dense.jna.NativeDenseKernels;
import io.dualgrid.run.Recording;
import io.dualgrid.run.StepBenchmark;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.CommonOps_MT_DDRM;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The matrix products behind one mask of one energy system, by EJML and by what a mask does in
 * their place, for the smallest, the median and the largest energy system of yingkou-60.
 */
public class MaskProductBenchmark extends StepBenchmark {
  @Param({"smallest", "median", "largest"})
  public String system;

  @Param({"native", "java"})
  public String kernels;

  private Random random;
  private DenseKernels chosen;
  private OrthonormalBasis basis;
  private DMatrixRMaj dense; // N, n by k
  private DMatrixRMaj transform; // T, k by k
  private DMatrixRMaj mapped; // Z = N T
  private DMatrixRMaj weighted; // P Z
  private DMatrixRMaj quadratic;
  private DMatrixRMaj product;
  private HaarRotation rotation;
  private SquareMatrix rotated;

  @Setup
  public void setUp() {
    random = new Random(SEED);
    chosen = kernels.equals("native") ? new NativeDenseKernels() : new JavaDenseKernels();
    List<OrthonormalBasis> bases =
        Recording.load().programs().stream()
            .map(this::basisOf)
            .sorted(Comparator.comparingInt(OrthonormalBasis::dimension))
            .toList();
    basis =
        switch (system) {
          case "smallest" -> bases.get(0);
          case "median" -> bases.get(bases.size() / 2);
          default -> bases.get(bases.size() - 1);
        };
    int k = basis.dimension();
    dense = DMatrixRMaj.wrap(basis.variables(), k, basisProductByFactors());
    transform = RandomMatrices_DDRM.rectangle(k, k, random);
    mapped = new DMatrixRMaj(dense.numRows, k);
    CommonOps_DDRM.mult(dense, transform, mapped);
    weighted = mapped.copy();
    quadratic = new DMatrixRMaj(k, k);
    product = new DMatrixRMaj(dense.numRows, k);
    rotation = new HaarRotation(k, random);
    rotated = identity();
    rotation.multiplyLeft(rotated); // full from now on
  }

  private OrthonormalBasis basisOf(QuadraticProgram program) {
    return new OrthonormalBasis(
        new ReducedProgram(program, true, Double.POSITIVE_INFINITY).basis());
  }

  /** N·T, n·k² multiplications. */
  @Benchmark
  public DMatrixRMaj basisProductByEjml() {
    CommonOps_DDRM.mult(dense, transform, product);
    return product;
  }

  /** The same on all processors. */
  @Benchmark
  public DMatrixRMaj basisProductByEjmlThreads() {
    CommonOps_MT_DDRM.mult(dense, transform, product);
    return product;
  }

  /** N from its factors, which is N·T with another T. */
  @Benchmark
  public double[] basisProductByFactors() {
    try (SquareMatrix free = identity()) {
      basis.toFree(free);
      return free.multiplyLeft(basis.rows());
    }
  }

  private SquareMatrix identity() {
    double[] ones = new double[basis.dimension()];
    Arrays.fill(ones, 1.0);
    return chosen.diagonal(ones);
  }

  /** Zᵀ·(P·Z). */
  @Benchmark
  public DMatrixRMaj quadraticProductByEjml() {
    CommonOps_DDRM.multTransA(mapped, weighted, quadratic);
    return quadratic;
  }

  /** A Haar matrix as the orthogonal factor of a Gaussian one. */
  @Benchmark
  public DMatrixRMaj haarByEjml() {
    int k = basis.dimension();
    QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(k, k);
    qr.decompose(gaussian(k));
    return qr.getQ(null, false);
  }

  private DMatrixRMaj gaussian(int k) {
    DMatrixRMaj matrix = new DMatrixRMaj(k, k);
    RandomMatrices_DDRM.fillGaussian(matrix, 0, 1, random);
    return matrix;
  }

  /** A Haar matrix from reflections. */
  @Benchmark
  public double haarByReflections() {
    double[] first = new double[basis.dimension()];
    double[] column = first.clone();
    first[0] = 1.0;
    try (SquareMatrix matrix = identity()) {
      new HaarRotation(basis.dimension(), random).multiplyLeft(matrix);
      matrix.multiply(first, column);
      return column[0];
    }
  }

  /** Q·M with a rotation at hand. */
  @Benchmark
  public void rotateByReflections() {
    rotation.multiplyLeft(rotated);
  }

  @TearDown
  public void tearDown() {
    rotated.close();
  }
}
