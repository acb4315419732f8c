package io.dualgrid.qp.osqp;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;

/**
 * The functions of {@code dualgrid_osqp}, under their native names; native/osqp/dualgrid_osqp.h
 * says what they do. Arrays are copied on the way; the solve takes pointers instead, into memory
 * that the caller keeps.
 */
final class OsqpFunctions {
  native int dualgrid_osqp_create(
      int n,
      int m,
      int[] quadraticPointers,
      int[] quadraticRows,
      double[] quadraticValues,
      int quadraticCount,
      double[] linear,
      int[] constraintPointers,
      int[] constraintRows,
      double[] constraintValues,
      int constraintCount,
      double[] lower,
      double[] upper,
      double[] settings,
      int settingCount,
      PointerByReference workspace);

  native void dualgrid_osqp_destroy(Pointer workspace);

  native String dualgrid_osqp_version();

  native String dualgrid_osqp_error(Pointer workspace);

  native int dualgrid_osqp_update_diagonal(Pointer workspace, double[] diagonal, int n);

  native int dualgrid_osqp_warm_start(Pointer workspace, double[] x, int n, double[] y, int m);

  native int dualgrid_osqp_solve(
      Pointer workspace,
      Pointer linear,
      int n,
      Pointer x,
      Pointer y,
      int m,
      Pointer info,
      int infoCount);
}
