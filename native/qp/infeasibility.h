/* Proofs that a program has no solution, from the steps between multiplier updates; the twin of
 * InfeasibilityTest in Java. */
#ifndef DUALGRID_QP_INFEASIBILITY_H
#define DUALGRID_QP_INFEASIBILITY_H

#include "program.h"

typedef struct {
  const qp_program *program;
  double *rows;
  double *columns;
  double multiplier_length;
  double variable_length;
} qp_infeasibility;

/* 0 when memory runs out; qp_infeasibility_free must follow either way. */
int qp_infeasibility_load(qp_infeasibility *w, const qp_program *program);

void qp_infeasibility_free(qp_infeasibility *w);

/* Forgets earlier steps. */
void qp_infeasibility_start(qp_infeasibility *w);

/*
 * Whether a step of the multipliers proves that no point meets the constraints.
 *
 * step   scaled, length m, overwritten
 * proof  length m, overwritten: the plain direction, when true
 */
int qp_proves_primal(qp_infeasibility *w, double *step, double *proof);

/* Whether a step of the variables (length n) proves that the objective has no lower bound. */
int qp_proves_dual(qp_infeasibility *w, const double *step, double *proof);

#endif
