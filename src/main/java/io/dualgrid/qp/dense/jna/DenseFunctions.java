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

  native int dualgrid_dense_square_create(int k, Pointer diagonal, PointerByReference square);

  native void dualgrid_dense_square_destroy(Pointer square);

  native int dualgrid_dense_square_multiply(
      Pointer square, int transposed, Pointer vector, Pointer product, int k);

  native long dualgrid_dense_square_scratch(int k, int rows);

  native int dualgrid_dense_square_reflect(
      Pointer square, Pointer reflectors, Pointer factors, Pointer signs, int k, Pointer scratch);

  native int dualgrid_dense_square_transpose(Pointer square);

  native int dualgrid_dense_square_solve_transposed(
      Pointer square, Pointer starts, Pointer columns, Pointer values, Pointer diagonal, int k);

  native int dualgrid_dense_square_multiply_left(
      Pointer square,
      Pointer starts,
      Pointer columns,
      Pointer values,
      int count,
      Pointer lengths,
      Pointer product,
      int k);

  native int dualgrid_dense_square_congruence(
      Pointer square,
      Pointer starts,
      Pointer columns,
      Pointer values,
      int count,
      Pointer weightStarts,
      Pointer weightColumns,
      Pointer weights,
      Pointer product,
      int k,
      Pointer scratch);
}
