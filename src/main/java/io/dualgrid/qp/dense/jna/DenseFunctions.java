package io.dualgrid.qp.dense.jna;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;

/**
 * The functions of {@code dualgrid_dense}, under their native names; native/dense/dualgrid_dense.h
 * says what they do. Arrays are copied on the way; the solve takes pointers instead, into memory
 * that the caller keeps.
 */
final class DenseFunctions {
  native String dualgrid_dense_version();

  native int dualgrid_dense_create(
      int k,
      int m,
      double[] quadratic,
      double[] rows,
      double[] lower,
      double[] upper,
      double absolute,
      double relative,
      int maxIterations,
      PointerByReference workspace);

  native void dualgrid_dense_destroy(Pointer workspace);

  native String dualgrid_dense_error(Pointer workspace);

  native int dualgrid_dense_start(
      Pointer workspace, double[] y, int k, double[] multipliers, int m);

  native int dualgrid_dense_solve(
      Pointer workspace,
      Pointer linear,
      Pointer y,
      int k,
      Pointer multipliers,
      int m,
      Pointer info,
      int infoCount);

  native int dualgrid_dense_scratch();

  native int dualgrid_dense_reflect(
      Pointer matrix,
      int k,
      int columns,
      Pointer reflectors,
      Pointer factors,
      Pointer signs,
      int diagonal,
      Pointer scratch);

  native int dualgrid_dense_symmetric_product(
      Pointer left, Pointer right, int count, int k, Pointer product, Pointer scratch);

  native int dualgrid_dense_square_create(int k, Pointer entries, PointerByReference square);

  native void dualgrid_dense_square_destroy(Pointer square);

  native int dualgrid_dense_square_multiply(
      Pointer square, int transposed, Pointer vector, Pointer product, int k);

  native int dualgrid_dense_square_entries(Pointer square, Pointer entries, int k);
}
