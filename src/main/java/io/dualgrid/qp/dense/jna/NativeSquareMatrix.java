package io.dualgrid.qp.dense.jna;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import io.dualgrid.natives.NativeBuffer;
import io.dualgrid.natives.NativeHandle;
import io.dualgrid.qp.dense.DenseArguments;
import io.dualgrid.qp.dense.SquareMatrix;

/** In C, outside the heap. Numbers go through memory that is cleared after every call. */
final class NativeSquareMatrix implements SquareMatrix {
  private final DenseFunctions functions;
  private final int k;
  private final NativeHandle<Pointer> handle;
  private final NativeBuffer buffer = new NativeBuffer("the matrix");

  /** Copies the entries. */
  NativeSquareMatrix(DenseFunctions functions, double[] entries, int k) {
    this.functions = functions;
    this.k = k;
    PointerByReference made = new PointerByReference();
    int code =
        buffer.call(
            bytes(entries.length),
            0,
            memory -> {
              memory.write(0, entries, 0, entries.length);
              return functions.dualgrid_dense_square_create(k, memory, made);
            });
    if (code != 0) {
      throw new IllegalStateException(
          "a matrix of order " + k + ": the library refused it, or memory ran out");
    }
    handle =
        NativeHandle.exclusive(
            "the matrix", made.getValue(), functions::dualgrid_dense_square_destroy);
  }

  private static long bytes(int count) {
    return (long) count * Double.BYTES;
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
    int code =
        handle.call(
            matrix ->
                buffer.call(
                    2 * bytes(k),
                    0,
                    memory -> {
                      Pointer out = memory.share(bytes(k));
                      memory.write(0, vector, 0, k);
                      int status =
                          functions.dualgrid_dense_square_multiply(
                              matrix, transposed, memory, out, k);
                      out.read(0, product, 0, k);
                      return status;
                    }));
    NativeDenseKernels.check(code);
  }

  @Override
  public double[] entries() {
    double[] entries = new double[Math.multiplyExact(k, k)];
    int code =
        handle.call(
            matrix ->
                buffer.call(
                    bytes(entries.length),
                    0,
                    memory -> {
                      int status = functions.dualgrid_dense_square_entries(matrix, memory, k);
                      memory.read(0, entries, 0, entries.length);
                      return status;
                    }));
    NativeDenseKernels.check(code);
    return entries;
  }

  @Override
  public void close() {
    handle.close();
    buffer.close();
  }
}
