/* The part of dualgrid_qp.h on single accurate solves. */
#include <math.h>

#include "checks.h"
#include "dualgrid_qp.h"
#include "interior.h"
#include "memory.h"

struct dualgrid_qp_interior {
  int ready;
  qp_barrier point;
  qp_error error;
};

int32_t dualgrid_qp_interior_create(int32_t n, int32_t m, const int32_t *p_pointers,
                                    const int32_t *p_rows, const double *p_values,
                                    int32_t p_count, const double *q, const int32_t *a_pointers,
                                    const int32_t *a_rows, const double *a_values,
                                    int32_t a_count, const double *lower, const double *upper,
                                    dualgrid_qp_interior **interior) {
  qp_given given = {n, m, p_pointers, p_rows, p_values, q, a_pointers, a_rows, a_values, lower,
                    upper};
  enum qp_ldl_outcome outcome;
  dualgrid_qp_interior *w;
  int32_t code;
  if (interior == NULL) {
    return DUALGRID_QP_BAD_ARGUMENT;
  }
  w = qp_new(1, sizeof(dualgrid_qp_interior));
  *interior = w;
  if (w == NULL) {
    return DUALGRID_QP_OUT_OF_MEMORY;
  }
  if ((code = qp_check_program(&w->error, &given, p_count, a_count)) != DUALGRID_QP_OK) {
    return code;
  }
  outcome = qp_barrier_load(&w->point, &given, DUALGRID_QP_MOST_ENTRIES);
  if (outcome != QP_LDL_OK) {
    return qp_fail_to_load(&w->error, outcome);
  }
  w->ready = 1;
  return DUALGRID_QP_OK;
}

void dualgrid_qp_interior_destroy(dualgrid_qp_interior *w) {
  if (w != NULL) {
    qp_barrier_free(&w->point);
    free(w);
  }
}

const char *dualgrid_qp_interior_error(const dualgrid_qp_interior *w) {
  return w == NULL ? "out of memory" : w->error.text;
}

static int32_t check_ready(dualgrid_qp_interior *w) {
  if (w == NULL) {
    return DUALGRID_QP_BAD_ARGUMENT;
  }
  if (!w->ready) {
    return qp_fail(&w->error, DUALGRID_QP_BAD_ARGUMENT, "the workspace was not set up");
  }
  w->error.text[0] = '\0';
  return DUALGRID_QP_OK;
}

int32_t dualgrid_qp_interior_update_diagonal(dualgrid_qp_interior *w, const double *diagonal,
                                             int32_t n) {
  int32_t code;
  if ((code = check_ready(w)) != DUALGRID_QP_OK ||
      (code = qp_check_vector(&w->error, "diagonal", diagonal, n, w->point.n)) !=
          DUALGRID_QP_OK) {
    return code;
  }
  for (int32_t j = 0; j < n; j++) {
    if (diagonal[j] < 0) {
      return qp_fail(&w->error, DUALGRID_QP_BAD_ARGUMENT,
                     "diagonal[%d] is %g, which is not convex", (int)j, diagonal[j]);
    }
  }
  qp_interior_set_diagonal(&w->point, diagonal);
  return DUALGRID_QP_OK;
}

int32_t dualgrid_qp_interior_solve(dualgrid_qp_interior *w, const double *q, int32_t n,
                                   double absolute, double relative, int32_t max_iterations,
                                   double *x, double *y, int32_t m, double *info,
                                   int32_t info_count) {
  qp_interior_limits limits = {absolute, relative, max_iterations};
  qp_interior_outcome outcome;
  int32_t code;
  if ((code = check_ready(w)) != DUALGRID_QP_OK ||
      (code = qp_check_vector(&w->error, "q", q, n, w->point.n)) != DUALGRID_QP_OK ||
      (code = qp_check_length(&w->error, "x", x, n, w->point.n)) != DUALGRID_QP_OK ||
      (code = qp_check_length(&w->error, "y", y, m, w->point.m)) != DUALGRID_QP_OK ||
      (code = qp_check_length(&w->error, "info", info, info_count,
                              DUALGRID_QP_INTERIOR_COUNT)) != DUALGRID_QP_OK) {
    return code;
  }
  if (!(absolute > 0 && absolute < INFINITY) || !(relative >= 0 && relative < INFINITY) ||
      max_iterations < 1) {
    return qp_fail(&w->error, DUALGRID_QP_BAD_ARGUMENT,
                   "tolerances %g and %g, at most %d iterations", absolute, relative,
                   (int)max_iterations);
  }
  outcome = qp_interior_solve(&w->point, q, &limits);
  qp_copy(x, w->point.x, n, sizeof(double));
  qp_copy(y, w->point.y, m, sizeof(double));
  info[DUALGRID_QP_INTERIOR_SOLVED] = outcome.solved;
  info[DUALGRID_QP_INTERIOR_ITERATIONS] = outcome.iterations;
  info[DUALGRID_QP_INTERIOR_DUAL_OBJECTIVE] = outcome.dual_objective;
  return DUALGRID_QP_OK;
}
