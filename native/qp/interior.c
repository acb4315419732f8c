/* See interior.h. */
#include "interior.h"

#include <math.h>
#include <string.h>

#include "memory.h"

static const double LARGEST_OBJECTIVE = 1e20;
static const double LARGEST_MULTIPLIER = 1e16;

void qp_interior_set_diagonal(qp_barrier *w, const double *diagonal) {
  for (int32_t j = 0; j < w->n; j++) {
    w->p_values[w->p_pointers[j + 1] - 1] = diagonal[j];
    w->base[w->diagonal_of_x[j]] = diagonal[j];
  }
  w->has_quadratic = 0;
  for (int32_t k = 0; k < w->p_pointers[w->n]; k++) {
    w->has_quadratic |= w->p_values[k] != 0.0;
  }
}

/* x'Px of the symmetric matrix whose upper triangle is stored. */
static double curvature(const qp_barrier *w) {
  double sum = 0.0;
  for (int32_t j = 0; w->has_quadratic && j < w->n; j++) {
    for (int32_t k = w->p_pointers[j]; k < w->p_pointers[j + 1]; k++) {
      int32_t i = w->p_rows[k];
      sum += (i == j ? 1.0 : 2.0) * w->p_values[k] * w->x[i] * w->x[j];
    }
  }
  return sum;
}

static double linear_part(const qp_barrier *w, const double *linear) {
  double sum = 0.0;
  for (int32_t j = 0; j < w->n; j++) {
    sum += linear[j] * w->x[j];
  }
  return sum;
}

/* -Σ (u_i z_u,i - l_i z_l,i), an equality counting as u_i y_i. */
static double bounds_part(const qp_barrier *w) {
  double sum = 0.0;
  for (int32_t i = 0; i < w->m; i++) {
    if (w->equality[i]) {
      sum -= w->upper[i] * w->y[i];
      continue;
    }
    if (w->lower[i] > -INFINITY) {
      sum += w->lower[i] * w->zl[i];
    }
    if (w->upper[i] < INFINITY) {
      sum -= w->upper[i] * w->zu[i];
    }
  }
  return sum;
}

static void direct(qp_barrier *w, double target, int second_order) {
  qp_barrier_aim(w, target, second_order);
  qp_barrier_solve(w, w->aimed);
  qp_copy(w->direction, w->solution, w->size, sizeof(double));
  qp_barrier_complete(w, target, second_order);
}

static void step(qp_barrier *w, int32_t bounds) {
  double k[4], primal, dual, mu, after;
  qp_barrier_factorise(w);
  direct(w, 0.0, 0);
  primal = qp_barrier_primal_step(w);
  dual = qp_barrier_dual_step(w);
  qp_barrier_products(w, k);
  mu = bounds == 0 ? 0.0 : k[0] / bounds;
  after = bounds == 0 ? 0.0 : (k[0] + primal * k[1] + dual * k[2] + primal * dual * k[3]) / bounds;
  direct(w, mu == 0 ? 0.0 : pow(after / mu, 3) * mu, 1);
  primal = qp_barrier_primal_step(w);
  dual = qp_barrier_dual_step(w);
  if (w->has_quadratic) {
    primal = dual = fmin(primal, dual);
  }
  qp_barrier_move(w, primal, dual);
}

static int within(const qp_interior_limits *limits, double error, double scale) {
  return error <= limits->absolute + limits->relative * scale;
}

qp_interior_outcome qp_interior_solve(qp_barrier *w, const double *linear,
                                      const qp_interior_limits *limits) {
  qp_interior_outcome outcome = {0, 0, 0.0};
  double linear_scale = qp_largest(linear, w->n);
  int32_t bounds = qp_barrier_bounds(w);
  qp_barrier_start(w, linear);
  for (;; outcome.iterations++) {
    double bent = curvature(w), objective = linear_part(w, linear) + 0.5 * bent;
    qp_barrier_residuals(w, linear);
    outcome.dual_objective = bounds_part(w) - 0.5 * bent;
    outcome.solved =
        within(limits, qp_largest(w->residual_row, w->m), qp_largest(w->s, w->m)) &&
        within(limits, qp_largest(w->residual_x, w->n), linear_scale) &&
        within(limits, fabs(objective - outcome.dual_objective), fabs(objective));
    if (outcome.solved || outcome.iterations == limits->max_iterations ||
        !(fabs(objective) < LARGEST_OBJECTIVE) ||
        !(qp_largest(w->y, w->m) < LARGEST_MULTIPLIER)) {
      return outcome;
    }
    step(w, bounds);
  }
}
