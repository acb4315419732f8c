package io.dualgrid.qp.nativeqp;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.DoubleByReference;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;

/**
 * The functions of {@code dualgrid_qp}, under their native names; native/qp/dualgrid_qp.h says what
 * they do. Arrays are copied on the way; the solve takes pointers instead, into memory that the
 * caller keeps.
 */
final class NativeQpFunctions {
  native String dualgrid_qp_version();

  native int dualgrid_qp_create(
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
      double absolute,
      double relative,
      int maxIterations,
      PointerByReference workspace);

  native void dualgrid_qp_destroy(Pointer workspace);

  native String dualgrid_qp_error(Pointer workspace);

  native int dualgrid_qp_update_linear(Pointer workspace, Pointer linear, int n);

  native int dualgrid_qp_update_diagonal(Pointer workspace, double[] diagonal, int n);

  native int dualgrid_qp_warm_start(Pointer workspace, double[] x, int n, double[] y, int m);

  native int dualgrid_qp_solve(
      Pointer workspace,
      Pointer linear,
      int n,
      Pointer x,
      Pointer y,
      int m,
      Pointer info,
      int infoCount);

  native int dualgrid_qp_newton_create(
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
      int[] coupled,
      int count,
      IntByReference bounds,
      PointerByReference newton);

  native void dualgrid_qp_newton_destroy(Pointer newton);

  native String dualgrid_qp_newton_error(Pointer newton);

  native int dualgrid_qp_newton_start(Pointer newton, double[] prices, int count);

  native int dualgrid_qp_newton_factorise(
      Pointer newton, double[] prices, int count, double[] state, int stateCount);

  native int dualgrid_qp_newton_sensitivities(Pointer newton, double[] packed, int packedCount);

  native int dualgrid_qp_newton_aim(
      Pointer newton, double target, int secondOrder, double[] response, int count);

  native int dualgrid_qp_newton_direct(
      Pointer newton, double[] priceStep, int count, double[] outlook, int outlookCount);

  native int dualgrid_qp_newton_move(Pointer newton, double primalStep, double dualStep);

  native int dualgrid_qp_newton_coupled(
      Pointer newton, double[] values, int count, DoubleByReference cost);

  native int dualgrid_qp_interior_create(
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
      PointerByReference interior);

  native void dualgrid_qp_interior_destroy(Pointer interior);

  native String dualgrid_qp_interior_error(Pointer interior);

  native int dualgrid_qp_interior_update_diagonal(Pointer interior, double[] diagonal, int n);

  native int dualgrid_qp_interior_solve(
      Pointer interior,
      double[] linear,
      int n,
      double absolute,
      double relative,
      int maxIterations,
      double[] x,
      double[] y,
      int m,
      double[] info,
      int infoCount);
}
