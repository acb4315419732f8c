package io.dualgrid.qp.nativeqp;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.DoubleByReference;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;

/**
 * The functions of {@code dualgrid_qp}, under their native names; native/qp/dualgrid_qp.h says what
 * they do. Arrays are copied on the way; the solve takes pointers instead, into memory that the
 * caller keeps.
 */
interface NativeQpFunctions extends Library {
  String dualgrid_qp_version();

  int dualgrid_qp_create(
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

  void dualgrid_qp_destroy(Pointer workspace);

  String dualgrid_qp_error(Pointer workspace);

  int dualgrid_qp_update_linear(Pointer workspace, Pointer linear, int n);

  int dualgrid_qp_update_diagonal(Pointer workspace, double[] diagonal, int n);

  int dualgrid_qp_warm_start(Pointer workspace, double[] x, int n, double[] y, int m);

  int dualgrid_qp_solve(
      Pointer workspace,
      Pointer linear,
      int n,
      Pointer x,
      Pointer y,
      int m,
      Pointer info,
      int infoCount);

  int dualgrid_qp_newton_create(
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

  void dualgrid_qp_newton_destroy(Pointer newton);

  String dualgrid_qp_newton_error(Pointer newton);

  int dualgrid_qp_newton_start(Pointer newton, double[] prices, int count);

  int dualgrid_qp_newton_factorise(
      Pointer newton, double[] prices, int count, double[] state, int stateCount);

  int dualgrid_qp_newton_sensitivities(Pointer newton, double[] packed, int packedCount);

  int dualgrid_qp_newton_aim(
      Pointer newton, double target, int secondOrder, double[] response, int count);

  int dualgrid_qp_newton_direct(
      Pointer newton, double[] priceStep, int count, double[] outlook, int outlookCount);

  int dualgrid_qp_newton_move(Pointer newton, double primalStep, double dualStep);

  int dualgrid_qp_newton_coupled(
      Pointer newton, double[] values, int count, DoubleByReference cost);

  int dualgrid_qp_interior_create(
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

  void dualgrid_qp_interior_destroy(Pointer interior);

  String dualgrid_qp_interior_error(Pointer interior);

  int dualgrid_qp_interior_update_diagonal(Pointer interior, double[] diagonal, int n);

  int dualgrid_qp_interior_solve(
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
