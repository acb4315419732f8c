/*
 * A point of the primal-dual interior-point method with its Newton matrix [P, A'; A, -1/Σ], its
 * residuals and its step; the twin of BarrierPoint and BarrierKkt in Java, where the formulas stand.
 *
 * Rows with one entry that are no equalities are bounds: their barrier term goes to the diagonal of
 * P, and they are no rows of the matrix.
 */
#ifndef DUALGRID_QP_BARRIER_H
#define DUALGRID_QP_BARRIER_H

#include "ldl.h"
#include "program.h"

typedef struct {
  int32_t n;
  int32_t m;
  int32_t size;    /* of the matrix */
  int32_t entries; /* of its upper triangle */
  int32_t *p_pointers;
  int32_t *p_rows;
  double *p_values;
  int32_t *a_pointers;
  int32_t *a_rows;
  double *a_values;
  double *lower;
  double *upper;
  unsigned char *equality;
  int has_quadratic;
  /* The matrix. */
  int32_t *row_of;         /* row of the matrix, -1 for a bound */
  int32_t *bound_variable; /* variable of a bound */
  double *bound_coefficient;
  double *inverse_sigma;
  double *diagonal;    /* without P and regularisation, length size */
  int32_t *c_pointers; /* A by columns without the rows that are bounds */
  int32_t *c_rows;     /* of the matrix */
  double *c_values;
  double *base; /* what does not change of the values */
  double *values;
  int32_t *diagonal_of_x;
  int32_t *diagonal_of_row;
  qp_ldl factors;
  /* Of QP_LANES solves at once, or of one. */
  double *right;
  double *solution;
  double *correction;
  double *product;
  double *scratch;
  /* The point. */
  double *x;
  double *y;
  double *s;
  double *zl;
  double *zu;
  double *residual_x;
  double *residual_row;
  double *aimed;     /* right-hand side of a step, length size */
  double *direction; /* of x, then of the rows of the matrix */
  double *row_step;  /* of y */
  double *ds;
  double *dzl;
  double *dzu;
  double *row_product;
} qp_barrier;

/* Copies and analyses, see qp_ldl_analyse; qp_barrier_free must follow whatever the outcome. */
enum qp_ldl_outcome qp_barrier_load(qp_barrier *w, const qp_given *given, int64_t most_entries);

void qp_barrier_free(qp_barrier *w);

/* Number of finite bounds of rows that are no equalities. */
int32_t qp_barrier_bounds(const qp_barrier *w);

/* Takes a starting point near the middle of the rows. */
void qp_barrier_start(qp_barrier *w, const double *linear);

/* Px + linear + A'y and Ax - s. */
void qp_barrier_residuals(qp_barrier *w, const double *linear);

/* Factorises the matrix at the present point. */
void qp_barrier_factorise(qp_barrier *w);

/*
 * Solves for w->right, QP_LANES right-hand sides of length size interleaved, into w->solution, each
 * refined to the matrix without regularisation until what is left is as small a part of it as told.
 */
void qp_barrier_solve_lanes(qp_barrier *w, double enough);

/* The same for one right-hand side of length size, not modified, as exactly as can be. */
void qp_barrier_solve(qp_barrier *w, const double *right);

/* The right-hand side of a step towards a target of the products, into w->aimed. */
void qp_barrier_aim(qp_barrier *w, double target, int second_order);

/* From w->direction to those of row values and multipliers, as aimed. */
void qp_barrier_complete(qp_barrier *w, double target, int second_order);

/* Longest primal and dual steps that leave a share of the way to the bounds, at most 1. */
double qp_barrier_primal_step(const qp_barrier *w);
double qp_barrier_dual_step(const qp_barrier *w);

/* The sum of the products after steps α, β is k0 + α k1 + β k2 + αβ k3. */
void qp_barrier_products(const qp_barrier *w, double *k);

void qp_barrier_move(qp_barrier *w, double primal_step, double dual_step);

/* Largest absolute value, 0 of none. */
double qp_largest(const double *values, int32_t count);

#endif
