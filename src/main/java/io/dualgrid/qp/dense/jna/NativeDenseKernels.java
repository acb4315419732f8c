package io.dualgrid.qp.dense.jna;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.dualgrid.qp.dense.DenseArguments;
import io.dualgrid.qp.dense.DenseKernels;
import io.dualgrid.qp.dense.SquareMatrix;
import java.util.Arrays;

/**
 * In C. The matrices are copied to memory outside the heap and back, which costs O(k²), and
 * overwritten there.
 */
public final class NativeDenseKernels implements DenseKernels {
  private final DenseFunctions functions;
  private final int scratch;

  /**
   * Loads the library when nothing has yet.
   *
   * @throws io.dualgrid.natives.NativeLibraryException when it is missing; the message says why
   */
  public NativeDenseKernels() {
    functions = DenseLibrary.load().functions();
    scratch = functions.dualgrid_dense_scratch();
  }

  @Override
  public void reflect(
      double[] matrix,
      int columns,
      double[] reflectors,
      double[] factors,
      double[] signs,
      boolean diagonal) {
    int k = factors.length;
    if (matrix.length != Math.multiplyExact(k, columns)
        || reflectors.length != Math.multiplyExact(k, k)
        || signs.length != k) {
      throw new IllegalArgumentException(
          "reflections of order " + k + " of a matrix of " + matrix.length + " entries");
    }
    try (Block block = new Block(matrix.length + reflectors.length + 2L * k + scratch)) {
      Pointer nativeMatrix = block.put(matrix);
      check(
          functions.dualgrid_dense_reflect(
              nativeMatrix,
              k,
              columns,
              block.put(reflectors),
              block.put(factors),
              block.put(signs),
              diagonal ? 1 : 0,
              block.rest()));
      nativeMatrix.read(0, matrix, 0, matrix.length);
    }
  }

  @Override
  public double[] symmetricProduct(double[] left, double[] right, int k) {
    if (left.length != right.length || left.length % k != 0) {
      throw new IllegalArgumentException(
          "product of " + left.length + " by " + right.length + " entries, order " + k);
    }
    double[] product = new double[Math.multiplyExact(k, k)];
    try (Block block = new Block((long) left.length + right.length + product.length + scratch)) {
      Pointer nativeProduct = block.put(product);
      check(
          functions.dualgrid_dense_symmetric_product(
              block.put(left), block.put(right), left.length / k, k, nativeProduct, block.rest()));
      nativeProduct.read(0, product, 0, product.length);
    }
    return product;
  }

  @Override
  public SquareMatrix keep(double[] entries, int k) {
    DenseArguments.requireSquare(entries, k);
    SquareMatrix kept = new NativeSquareMatrix(functions, entries, k);
    Arrays.fill(entries, 0.0);
    return kept;
  }

  static void check(int code) {
    if (code != 0) {
      throw new IllegalStateException("dense product: the library refused its arguments");
    }
  }

  /** Memory handed out piece by piece, overwritten when closed. */
  private static final class Block implements AutoCloseable {
    private final Memory memory;
    private long next;

    Block(long doubles) {
      memory = new Memory(doubles * Double.BYTES);
    }

    Pointer put(double[] values) {
      Pointer place = rest();
      place.write(0, values, 0, values.length);
      next += (long) values.length * Double.BYTES;
      return place;
    }

    Pointer rest() {
      return memory.share(next);
    }

    @Override
    public void close() {
      memory.clear();
      memory.close();
    }
  }
}
