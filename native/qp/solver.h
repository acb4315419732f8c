/*
 * The proximal augmented Lagrangian method with semismooth Newton steps, the twin of the solver in
 * Java: the method, its constants and their sources stand there.
 */
#ifndef DUALGRID_QP_SOLVER_H
#define DUALGRID_QP_SOLVER_H

#include "infeasibility.h"
#include "kkt.h"
#include "program.h"

enum qp_status { QP_SOLVED, QP_ITERATION_LIMIT, QP_PRIMAL_INFEASIBLE, QP_DUAL_INFEASIBLE };

typedef struct {
  qp_program program;
  qp_kkt kkt;
  qp_infeasibility infeasibility;
  double absolute;
  double relative;
  int32_t max_iterations;
  /* The iterate, scaled. */
  double *x;
  double *y;
  double *centre;
  double *ax;
  double *px;
  int fresh; /* ax and px are products of x, not sums over the steps to it */
  /* What follows from it. */
  double *shifted;     /* s = Ax + y/ρ */
  double *multipliers; /* ρ(s − z), z the bounds' nearest to s; 0 where a row is within them */
  double *transposed;  /* A' times them */
  double *gradient;
  double gradient_norm;
  double row_residual;
  double row_scale;
  double dual_residual;
  double dual_scale;
  double *step;
  double *a_step;
  double *p_step;
  double *last_multiplier_step;
  int has_last_multiplier_step;
  double *plain;                /* n + m numbers on their way from one scaling to the next */
  int32_t iterations;           /* of the last solve */
} qp_solver;

/* Loads and analyses, without a factor yet; qp_solver_free must follow whatever the outcome. */
enum qp_ldl_outcome qp_solver_load(qp_solver *w, const qp_given *given, int64_t most_entries);

void qp_solver_free(qp_solver *w);

/* Factorises anew; 0 when P is not positive semidefinite. */
int qp_solver_factorise(qp_solver *w);

/* Replaces the diagonal of P and factorises, keeping the iterate; 0 as above. */
int qp_solver_set_diagonal(qp_solver *w, const double *diagonal);

void qp_solver_start(qp_solver *w, const double *x, const double *y);

/* Solves from the last iterate; x and y get what dualgrid_qp_solve says. */
enum qp_status qp_solver_solve(qp_solver *w, double *x, double *y);

#endif
