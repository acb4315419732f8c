/* See infeasibility.h. */
#include "infeasibility.h"

#include <math.h>

#include "memory.h"

static const double TOLERANCE = 1e-6;
static const double SHRINKING = 0.9;

int qp_infeasibility_load(qp_infeasibility *w, const qp_program *program) {
  w->program = program;
  w->rows = qp_new_doubles(program->m);
  w->columns = qp_new_doubles(program->n);
  return w->rows != NULL && w->columns != NULL;
}

void qp_infeasibility_free(qp_infeasibility *w) {
  free(w->rows);
  free(w->columns);
}

void qp_infeasibility_start(qp_infeasibility *w) {
  w->multiplier_length = INFINITY;
  w->variable_length = INFINITY;
}

static double norm(const double *values, int32_t count) {
  double largest = 0.0;
  for (int32_t i = 0; i < count; i++) {
    largest = fmax(largest, fabs(values[i]));
  }
  return largest;
}

/* Whether a direction is as long as the one before, within reason, so that it may prove something:
 * the steps of a program that has a solution shrink. */
static int keeps_its_length(double length, double *last) {
  int shrinks = !(length > SHRINKING * *last);
  *last = length;
  return !shrinks && length != 0.0;
}

static int vanishes(const qp_program *p, const double *columns, double limit) {
  for (int32_t j = 0; j < p->n; j++) {
    if (!(fabs(columns[j] * p->plain_columns[j]) <= limit)) {
      return 0;
    }
  }
  return 1;
}

int qp_proves_primal(qp_infeasibility *w, double *step, double *proof) {
  const qp_program *p = w->program;
  double length, support = 0.0;
  for (int32_t i = 0; i < p->m; i++) {
    if (isinf(step[i] > 0 ? p->upper[i] : p->lower[i])) {
      step[i] = 0.0;
    }
  }
  qp_unscale_multipliers(p, step, proof);
  length = norm(proof, p->m);
  if (!keeps_its_length(length, &w->multiplier_length)) {
    return 0;
  }
  for (int32_t i = 0; i < p->m; i++) {
    if (step[i] != 0.0) {
      double bound = step[i] > 0 ? p->upper[i] : p->lower[i];
      support += bound * step[i] / p->objective;
    }
    proof[i] /= length;
  }
  if (!(support < -TOLERANCE * length)) {
    return 0;
  }
  qp_multiply_transposed(p, step, w->columns);
  return vanishes(p, w->columns, TOLERANCE * length);
}

int qp_proves_dual(qp_infeasibility *w, const double *step, double *proof) {
  const qp_program *p = w->program;
  double length, decrease = 0.0;
  qp_unscale_variables(p, step, proof);
  length = norm(proof, p->n);
  if (!keeps_its_length(length, &w->variable_length)) {
    return 0;
  }
  for (int32_t j = 0; j < p->n; j++) {
    decrease += p->q[j] * step[j] / p->objective;
    proof[j] /= length;
  }
  if (!(decrease < -TOLERANCE * length)) {
    return 0;
  }
  qp_multiply_p(p, step, w->columns);
  if (!vanishes(p, w->columns, TOLERANCE * length)) {
    return 0;
  }
  qp_multiply_a(p, step, w->rows);
  for (int32_t i = 0; i < p->m; i++) {
    double moved = w->rows[i] * p->plain_rows[i];
    if ((!(moved <= TOLERANCE * length) && !isinf(p->upper[i])) ||
        (!(moved >= -TOLERANCE * length) && !isinf(p->lower[i]))) {
      return 0;
    }
  }
  return 1;
}
