/*
 * One accurate solve of a program by Mehrotra's predictor and corrector from the middle of its rows;
 * the method of InteriorPoint in Java, which tells why a program has no solution where this does not
 * end.
 */
#ifndef DUALGRID_QP_INTERIOR_H
#define DUALGRID_QP_INTERIOR_H

#include "barrier.h"

typedef struct {
  double absolute;
  double relative;
  int32_t max_iterations;
} qp_interior_limits;

typedef struct {
  int solved;
  int32_t iterations;
  double dual_objective;
} qp_interior_outcome;

/* Replaces the diagonal of P, none of it negative. */
void qp_interior_set_diagonal(qp_barrier *w, const double *diagonal);

/* Solves for a linear term of length n; the answer is w->x and w->y. */
qp_interior_outcome qp_interior_solve(qp_barrier *w, const double *linear,
                                      const qp_interior_limits *limits);

#endif
