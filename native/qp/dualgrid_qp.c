/* See dualgrid_qp.h: what crosses the boundary is checked by checks.h, and nowhere after. */
#include "dualgrid_qp.h"

#include <math.h>
#include <stdlib.h>

#include "checks.h"
#include "memory.h"
#include "solver.h"

struct dualgrid_qp {
  int32_t n;
  int32_t m;
  int ready; /* loaded and factorised; without it nothing but its error and its end can be had */
  qp_solver solver;
  qp_error error;
};

static int32_t not_convex(dualgrid_qp *w) {
  return qp_fail(&w->error, DUALGRID_QP_NOT_CONVEX, "P is not positive semidefinite");
}

static int32_t check_settings(dualgrid_qp *w, double absolute, double relative,
                              int32_t max_iterations) {
  if (!(absolute > 0 && absolute < INFINITY) || !(relative >= 0 && relative < INFINITY) ||
      max_iterations < 1) {
    return qp_fail(&w->error, DUALGRID_QP_BAD_ARGUMENT,
                   "tolerances %g and %g, at most %d iterations", absolute, relative,
                   (int)max_iterations);
  }
  return DUALGRID_QP_OK;
}

int32_t dualgrid_qp_abi_version(void) { return DUALGRID_QP_ABI_VERSION; }

const char *dualgrid_qp_version(void) { return "1.0"; }

int32_t dualgrid_qp_create(int32_t n, int32_t m, const int32_t *p_pointers, const int32_t *p_rows,
                           const double *p_values, int32_t p_count, const double *q,
                           const int32_t *a_pointers, const int32_t *a_rows, const double *a_values,
                           int32_t a_count, const double *lower, const double *upper,
                           double absolute, double relative, int32_t max_iterations,
                           dualgrid_qp **workspace) {
  qp_given given = {n, m, p_pointers, p_rows, p_values, q, a_pointers, a_rows, a_values, lower,
                    upper};
  enum qp_ldl_outcome outcome;
  dualgrid_qp *w;
  int32_t code;
  if (workspace == NULL) {
    return DUALGRID_QP_BAD_ARGUMENT;
  }
  w = qp_new(1, sizeof(dualgrid_qp));
  *workspace = w;
  if (w == NULL) {
    return DUALGRID_QP_OUT_OF_MEMORY;
  }
  if ((code = qp_check_program(&w->error, &given, p_count, a_count)) != DUALGRID_QP_OK ||
      (code = check_settings(w, absolute, relative, max_iterations)) != DUALGRID_QP_OK) {
    return code;
  }
  w->n = n;
  w->m = m;
  outcome = qp_solver_load(&w->solver, &given, DUALGRID_QP_MOST_ENTRIES);
  if (outcome != QP_LDL_OK) {
    return qp_fail_to_load(&w->error, outcome);
  }
  w->solver.absolute = absolute;
  w->solver.relative = relative;
  w->solver.max_iterations = max_iterations;
  if (!qp_solver_factorise(&w->solver)) {
    return not_convex(w);
  }
  w->ready = 1;
  return DUALGRID_QP_OK;
}

void dualgrid_qp_destroy(dualgrid_qp *w) {
  if (w != NULL) {
    qp_solver_free(&w->solver);
    free(w);
  }
}

const char *dualgrid_qp_error(const dualgrid_qp *w) { return w == NULL ? "out of memory" : w->error.text; }

static int32_t check_ready(dualgrid_qp *w) {
  if (w == NULL) {
    return DUALGRID_QP_BAD_ARGUMENT;
  }
  if (!w->ready) {
    return qp_fail(&w->error, DUALGRID_QP_BAD_ARGUMENT, "the workspace was not set up");
  }
  w->error.text[0] = '\0';
  return DUALGRID_QP_OK;
}

int32_t dualgrid_qp_update_linear(dualgrid_qp *w, const double *q, int32_t n) {
  int32_t code;
  if ((code = check_ready(w)) != DUALGRID_QP_OK ||
      (code = qp_check_vector(&w->error, "q", q, n, w->n)) != DUALGRID_QP_OK) {
    return code;
  }
  qp_program_set_linear(&w->solver.program, q);
  return DUALGRID_QP_OK;
}

int32_t dualgrid_qp_update_diagonal(dualgrid_qp *w, const double *diagonal, int32_t n) {
  int32_t code;
  if ((code = check_ready(w)) != DUALGRID_QP_OK ||
      (code = qp_check_vector(&w->error, "diagonal", diagonal, n, w->n)) != DUALGRID_QP_OK) {
    return code;
  }
  for (int32_t j = 0; j < n; j++) {
    if (diagonal[j] < 0) {
      return qp_fail(&w->error, DUALGRID_QP_BAD_ARGUMENT, "diagonal[%d] is %g, which is not convex", (int)j,
                  diagonal[j]);
    }
  }
  return qp_solver_set_diagonal(&w->solver, diagonal) ? DUALGRID_QP_OK : not_convex(w);
}

int32_t dualgrid_qp_update_bounds(dualgrid_qp *w, const double *lower, const double *upper,
                                  int32_t m) {
  int32_t code;
  if ((code = check_ready(w)) != DUALGRID_QP_OK ||
      (code = qp_check_length(&w->error, "lower", lower, m, w->m)) != DUALGRID_QP_OK ||
      (code = qp_check_length(&w->error, "upper", upper, m, w->m)) != DUALGRID_QP_OK ||
      (code = qp_check_bounds(&w->error, lower, upper, m)) != DUALGRID_QP_OK) {
    return code;
  }
  qp_program_set_bounds(&w->solver.program, lower, upper);
  return DUALGRID_QP_OK;
}

int32_t dualgrid_qp_update_settings(dualgrid_qp *w, double absolute, double relative,
                                    int32_t max_iterations) {
  int32_t code;
  if ((code = check_ready(w)) != DUALGRID_QP_OK ||
      (code = check_settings(w, absolute, relative, max_iterations)) != DUALGRID_QP_OK) {
    return code;
  }
  w->solver.absolute = absolute;
  w->solver.relative = relative;
  w->solver.max_iterations = max_iterations;
  return DUALGRID_QP_OK;
}

int32_t dualgrid_qp_warm_start(dualgrid_qp *w, const double *x, int32_t n, const double *y,
                               int32_t m) {
  int32_t code;
  if ((code = check_ready(w)) != DUALGRID_QP_OK ||
      (code = qp_check_vector(&w->error, "x", x, n, w->n)) != DUALGRID_QP_OK ||
      (code = qp_check_vector(&w->error, "y", y, m, w->m)) != DUALGRID_QP_OK) {
    return code;
  }
  qp_solver_start(&w->solver, x, y);
  return DUALGRID_QP_OK;
}

int32_t dualgrid_qp_solve(dualgrid_qp *w, const double *q, int32_t n, double *x, double *y,
                          int32_t m, double *info, int32_t info_count) {
  int32_t code;
  if ((code = check_ready(w)) != DUALGRID_QP_OK ||
      (code = qp_check_length(&w->error, "x", x, n, w->n)) != DUALGRID_QP_OK ||
      (code = qp_check_length(&w->error, "y", y, m, w->m)) != DUALGRID_QP_OK ||
      (code = qp_check_length(&w->error, "info", info, info_count, DUALGRID_QP_INFO_COUNT)) !=
          DUALGRID_QP_OK ||
      (q != NULL && (code = qp_check_vector(&w->error, "q", q, n, w->n)) != DUALGRID_QP_OK)) {
    return code;
  }
  if (q != NULL) {
    qp_program_set_linear(&w->solver.program, q);
  }
  /* The order of enum dualgrid_qp_status. */
  info[DUALGRID_QP_INFO_STATUS] = (double)qp_solver_solve(&w->solver, x, y);
  info[DUALGRID_QP_INFO_ITERATIONS] = w->solver.iterations;
  info[DUALGRID_QP_INFO_ROW_RESIDUAL] = w->solver.row_residual;
  info[DUALGRID_QP_INFO_DUAL_RESIDUAL] = w->solver.dual_residual;
  return DUALGRID_QP_OK;
}
