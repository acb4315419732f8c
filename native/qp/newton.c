/* See newton.h. */
#include "newton.h"

#include <string.h>

#include "memory.h"

/* Sensitivities tell which way to go, and how far is told by solves as exact as can be. */
static const double SENSITIVITY_ENOUGH = 1e-9;

int64_t qp_newton_packed(int32_t count) { return (int64_t)count * ((int64_t)count + 1) / 2; }

enum qp_ldl_outcome qp_newton_load(qp_newton *w, const qp_given *given, const int32_t *coupled,
                                   int32_t count, int64_t most_entries) {
  enum qp_ldl_outcome outcome;
  memset(w, 0, sizeof(qp_newton));
  outcome = qp_barrier_load(&w->point, given, most_entries);
  if (outcome != QP_LDL_OK) {
    return outcome;
  }
  w->count = count;
  w->coupled = qp_new_indices(count);
  w->cost = qp_new_doubles(given->n);
  w->linear = qp_new_doubles(given->n);
  w->base = qp_new_doubles(w->point.size);
  if (!w->coupled || !w->cost || !w->linear || !w->base) {
    return QP_LDL_OUT_OF_MEMORY;
  }
  qp_copy(w->coupled, coupled, count, sizeof(int32_t));
  qp_copy(w->cost, given->q, given->n, sizeof(double));
  return QP_LDL_OK;
}

void qp_newton_free(qp_newton *w) {
  qp_barrier_free(&w->point);
  free(w->coupled);
  free(w->cost);
  free(w->linear);
  free(w->base);
}

static void price(qp_newton *w, const double *prices) {
  qp_copy(w->linear, w->cost, w->point.n, sizeof(double));
  for (int32_t c = 0; c < w->count; c++) {
    w->linear[w->coupled[c]] -= prices[c];
  }
}

void qp_newton_start(qp_newton *w, const double *prices) {
  price(w, prices);
  qp_barrier_start(&w->point, w->linear);
}

void qp_newton_factorise(qp_newton *w, const double *prices) {
  price(w, prices);
  qp_barrier_residuals(&w->point, w->linear);
  qp_barrier_factorise(&w->point);
}

/* Columns j to j + QP_LANES of the sensitivities, from as many solves at once. */
static void learn_columns(qp_newton *w, int32_t begin, double *packed) {
  int32_t end = w->count - begin < QP_LANES ? w->count : begin + QP_LANES;
  for (int32_t j = begin; j < end; j++) {
    w->point.right[(int64_t)w->coupled[j] * QP_LANES + (j - begin)] = 1.0;
  }
  qp_barrier_solve_lanes(&w->point, SENSITIVITY_ENOUGH);
  for (int32_t j = begin; j < end; j++) {
    double *column = packed + qp_newton_packed(j);
    for (int32_t i = 0; i <= j; i++) {
      column[i] = w->point.solution[(int64_t)w->coupled[i] * QP_LANES + (j - begin)];
    }
    w->point.right[(int64_t)w->coupled[j] * QP_LANES + (j - begin)] = 0.0;
  }
}

void qp_newton_sensitivities(qp_newton *w, double *packed) {
  memset(w->point.right, 0, (size_t)w->point.size * QP_LANES * sizeof(double));
  for (int32_t j = 0; j < w->count; j += QP_LANES) {
    learn_columns(w, j, packed);
  }
}

void qp_newton_aim(qp_newton *w, double target, int second_order, double *response) {
  qp_barrier *point = &w->point;
  w->target = target;
  w->second_order = second_order;
  qp_barrier_aim(point, target, second_order);
  qp_barrier_solve(point, point->aimed);
  qp_copy(w->base, point->solution, point->size, sizeof(double));
  for (int32_t c = 0; c < w->count; c++) {
    response[c] = w->base[w->coupled[c]];
  }
}

void qp_newton_direct(qp_newton *w, const double *price_step) {
  qp_barrier *point = &w->point;
  memset(point->right, 0, (size_t)point->size * sizeof(double));
  for (int32_t c = 0; c < w->count; c++) {
    point->right[w->coupled[c]] = price_step[c];
  }
  qp_barrier_solve(point, point->right);
  for (int32_t k = 0; k < point->size; k++) {
    point->direction[k] = w->base[k] + point->solution[k];
  }
  qp_barrier_complete(point, w->target, w->second_order);
}

double qp_newton_coupled(const qp_newton *w, double *values) {
  double cost = 0.0;
  for (int32_t c = 0; c < w->count; c++) {
    values[c] = w->point.x[w->coupled[c]];
  }
  for (int32_t j = 0; j < w->point.n; j++) {
    cost += w->cost[j] * w->point.x[j];
  }
  return cost;
}
