package io.dualgrid.qp.dense.jna;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import io.dualgrid.natives.NativeBuffer;
import io.dualgrid.natives.NativeHandle;
import io.dualgrid.qp.dense.DenseArguments;
import io.dualgrid.qp.dense.SparseRows;
import io.dualgrid.qp.dense.SquareMatrix;
import java.util.function.ToIntBiFunction;
import java.util.function.ToIntFunction;

/** In C, outside the heap. Numbers go through memory that is cleared after every call. */
final class NativeSquareMatrix implements SquareMatrix {
  private final DenseFunctions functions;
  private final int k;
  private final NativeHandle<Pointer> handle;
  private final NativeBuffer buffer = new NativeBuffer("the matrix");

  /** Copies the values. */
  NativeSquareMatrix(DenseFunctions functions, double[] values) {
    this.functions = functions;
    k = DenseArguments.requireOrder(values.length);
    PointerByReference made = new PointerByReference();
    int code =
        buffer.call(
            bytes(k),
            0,
            memory ->
                functions.dualgrid_dense_square_create(k, new Pieces(memory).put(values), made));
    if (code != 0) {
      throw new IllegalStateException(
          "a matrix of order " + k + ": the library refused it, or memory ran out");
    }
    handle =
        NativeHandle.exclusive(
            "the matrix", made.getValue(), functions::dualgrid_dense_square_destroy);
  }

  private static long bytes(long doubles) {
    return Math.multiplyExact(doubles, (long) Double.BYTES);
  }

  /** Room for sparse rows, each of their arrays from a whole double on. */
  private static long bytes(SparseRows rows) {
    return 2 * bytes(rows.entries()) + bytes(rows.count() + 2);
  }

  /** Memory handed out piece by piece. */
  private static final class Pieces {
    private final Pointer memory;
    private long next;

    Pieces(Pointer memory) {
      this.memory = memory;
    }

    Pointer room(long doubles) {
      Pointer place = rest();
      next += bytes(doubles);
      return place;
    }

    Pointer rest() {
      return memory.share(next);
    }

    Pointer put(double[] values) {
      return put(values, values.length);
    }

    Pointer put(double[] values, int count) {
      Pointer place = room(count);
      place.write(0, values, 0, count);
      return place;
    }

    Pointer put(int[] values, int count) {
      Pointer place = room((count + 1) / 2);
      place.write(0, values, 0, count);
      return place;
    }
  }

  /** Sparse rows on their way. */
  private record Sparse(Pointer starts, Pointer columns, Pointer values) {
    static Sparse put(Pieces pieces, SparseRows rows) {
      return new Sparse(
          pieces.put(rows.starts(), rows.count() + 1),
          pieces.put(rows.columns(), rows.entries()),
          pieces.put(rows.values(), rows.entries()));
    }
  }

  private void call(ToIntFunction<Pointer> function) {
    check(handle.call(function::applyAsInt));
  }

  private void call(long bytes, ToIntBiFunction<Pointer, Pieces> function) {
    call(
        matrix -> buffer.call(bytes, 0, memory -> function.applyAsInt(matrix, new Pieces(memory))));
  }

  private static void check(int code) {
    if (code != 0) {
      throw new IllegalStateException("dense product: the library refused its arguments");
    }
  }

  private long scratch(int rows) {
    return functions.dualgrid_dense_square_scratch(k, rows);
  }

  @Override
  public void reflect(double[] reflectors, double[] factors, double[] signs) {
    DenseArguments.requireReflections(reflectors, factors, signs, k);
    call(
        bytes(reflectors.length + 2L * k + scratch(0)),
        (matrix, pieces) ->
            functions.dualgrid_dense_square_reflect(
                matrix,
                pieces.put(reflectors),
                pieces.put(factors),
                pieces.put(signs),
                k,
                pieces.rest()));
  }

  @Override
  public void transpose() {
    call(functions::dualgrid_dense_square_transpose);
  }

  @Override
  public void solveTransposed(SparseRows below, double[] diagonal) {
    DenseArguments.requireTriangle(below, diagonal, k);
    call(
        bytes(below) + bytes(k),
        (matrix, pieces) -> {
          Sparse sparse = Sparse.put(pieces, below);
          return functions.dualgrid_dense_square_solve_transposed(
              matrix, sparse.starts, sparse.columns, sparse.values, pieces.put(diagonal), k);
        });
  }

  @Override
  public double[] multiplyLeft(SparseRows rows) {
    return multiply(rows, null);
  }

  @Override
  public double[] multiplyLeft(SparseRows rows, double[] lengths) {
    DenseArguments.requireLengths(rows, lengths);
    return multiply(rows, lengths);
  }

  private double[] multiply(SparseRows rows, double[] lengths) {
    double[] product = new double[DenseArguments.requireFactor(rows, k)];
    call(
        bytes(rows) + bytes(product.length + rows.count()),
        (matrix, pieces) -> {
          Sparse sparse = Sparse.put(pieces, rows);
          Pointer nativeLengths = lengths == null ? null : pieces.put(lengths);
          Pointer nativeProduct = pieces.rest();
          int code =
              functions.dualgrid_dense_square_multiply_left(
                  matrix,
                  sparse.starts,
                  sparse.columns,
                  sparse.values,
                  rows.count(),
                  nativeLengths,
                  nativeProduct,
                  k);
          nativeProduct.read(0, product, 0, product.length);
          if (lengths != null) {
            nativeLengths.read(0, lengths, 0, lengths.length);
          }
          return code;
        });
    return product;
  }

  @Override
  public double[] congruence(SparseRows rows, SparseRows weights) {
    DenseArguments.requireFactor(rows, k);
    DenseArguments.requireWeights(rows, weights);
    double[] product = new double[k * k];
    call(
        bytes(rows) + bytes(weights) + bytes(product.length + scratch(rows.count())),
        (matrix, pieces) -> {
          Sparse left = Sparse.put(pieces, rows);
          Sparse between = Sparse.put(pieces, weights);
          Pointer nativeProduct = pieces.room(product.length);
          int code =
              functions.dualgrid_dense_square_congruence(
                  matrix,
                  left.starts,
                  left.columns,
                  left.values,
                  rows.count(),
                  between.starts,
                  between.columns,
                  between.values,
                  nativeProduct,
                  k,
                  pieces.rest());
          nativeProduct.read(0, product, 0, product.length);
          return code;
        });
    return product;
  }

  @Override
  public void multiply(double[] vector, double[] product) {
    multiply(0, vector, product);
  }

  @Override
  public void multiplyTransposed(double[] vector, double[] product) {
    multiply(1, vector, product);
  }

  private void multiply(int transposed, double[] vector, double[] product) {
    DenseArguments.requireVectors(vector, product, k);
    call(
        2 * bytes(k),
        (matrix, pieces) -> {
          Pointer in = pieces.put(vector);
          Pointer out = pieces.rest();
          int code = functions.dualgrid_dense_square_multiply(matrix, transposed, in, out, k);
          out.read(0, product, 0, k);
          return code;
        });
  }

  @Override
  public void close() {
    handle.close();
    buffer.close();
  }
}
