/* See dualgrid_qp.h: what crosses the boundary is checked here, and nowhere after. */
#include "dualgrid_qp.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "memory.h"
#include "solver.h"

enum { ERROR_CAPACITY = 256 };

struct dualgrid_qp {
  int32_t n;
  int32_t m;
  int ready; /* loaded and factorised; without it nothing but its error and its end can be had */
  qp_solver solver;
  char error[ERROR_CAPACITY];
};

static int32_t fail(dualgrid_qp *w, int32_t code, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(w->error, ERROR_CAPACITY, format, arguments);
  va_end(arguments);
  return code;
}

static int32_t fail_to_load(dualgrid_qp *w, enum qp_ldl_outcome outcome) {
  return outcome == QP_LDL_TOO_LARGE
             ? fail(w, DUALGRID_QP_TOO_LARGE, "the factor has more than %d entries",
                    DUALGRID_QP_MOST_ENTRIES)
             : fail(w, DUALGRID_QP_OUT_OF_MEMORY, "out of memory");
}

static int32_t not_convex(dualgrid_qp *w) {
  return fail(w, DUALGRID_QP_NOT_CONVEX, "P is not positive semidefinite");
}

static int32_t check_length(dualgrid_qp *w, const char *name, const void *array, int32_t actual,
                            int32_t expected) {
  if (actual != expected || (array == NULL && expected > 0)) {
    return fail(w, DUALGRID_QP_BAD_ARGUMENT, "%s has length %d where %d is expected", name,
                array == NULL ? 0 : (int)actual, (int)expected);
  }
  return DUALGRID_QP_OK;
}

static int32_t check_finite(dualgrid_qp *w, const char *name, const double *values,
                            int32_t count) {
  for (int32_t i = 0; i < count; i++) {
    if (!isfinite(values[i])) {
      return fail(w, DUALGRID_QP_BAD_ARGUMENT, "%s[%d] is %g, not a finite number", name, (int)i,
                  values[i]);
    }
  }
  return DUALGRID_QP_OK;
}

static int32_t check_vector(dualgrid_qp *w, const char *name, const double *values, int32_t actual,
                            int32_t expected) {
  int32_t code = check_length(w, name, values, actual, expected);
  return code == DUALGRID_QP_OK ? check_finite(w, name, values, expected) : code;
}

static int32_t check_bounds(dualgrid_qp *w, const double *lower, const double *upper, int32_t m) {
  for (int32_t i = 0; i < m; i++) {
    if (!(lower[i] <= upper[i] && lower[i] < INFINITY && upper[i] > -INFINITY)) {
      return fail(w, DUALGRID_QP_BAD_ARGUMENT, "row %d has bounds [%g, %g]", (int)i, lower[i],
                  upper[i]);
    }
  }
  return DUALGRID_QP_OK;
}

static int32_t check_settings(dualgrid_qp *w, double absolute, double relative,
                              int32_t max_iterations) {
  if (!(absolute > 0 && absolute < INFINITY) || !(relative >= 0 && relative < INFINITY) ||
      max_iterations < 1) {
    return fail(w, DUALGRID_QP_BAD_ARGUMENT, "tolerances %g and %g, at most %d iterations",
                absolute, relative, (int)max_iterations);
  }
  return DUALGRID_QP_OK;
}

/* Whether the arrays are a matrix in compressed sparse column form. */
static int32_t check_matrix(dualgrid_qp *w, const char *name, int32_t rows, int32_t columns,
                            const int32_t *pointers, const int32_t *indices, const double *values,
                            int32_t count) {
  if (pointers == NULL || count < 0 || (count > 0 && (indices == NULL || values == NULL))) {
    return fail(w, DUALGRID_QP_BAD_ARGUMENT, "%s: an array is missing", name);
  }
  if (count > DUALGRID_QP_MOST_ENTRIES) {
    return fail(w, DUALGRID_QP_TOO_LARGE, "%s: %d entries, more than %d", name, (int)count,
                DUALGRID_QP_MOST_ENTRIES);
  }
  if (pointers[0] != 0 || pointers[columns] != count) {
    return fail(w, DUALGRID_QP_BAD_ARGUMENT, "%s: pointers from %d to %d over %d entries", name,
                (int)pointers[0], (int)pointers[columns], (int)count);
  }
  for (int32_t j = 0; j < columns; j++) {
    /* Within the entries, before one of them is read. */
    if (pointers[j + 1] < pointers[j] || pointers[j + 1] > count) {
      return fail(w, DUALGRID_QP_BAD_ARGUMENT, "%s: column pointers decrease at %d", name, (int)j);
    }
    for (int32_t k = pointers[j]; k < pointers[j + 1]; k++) {
      if (indices[k] < 0 || indices[k] >= rows || (k > pointers[j] && indices[k] <= indices[k - 1])) {
        return fail(w, DUALGRID_QP_BAD_ARGUMENT, "%s: row index %d in column %d", name,
                    (int)indices[k], (int)j);
      }
    }
  }
  return check_finite(w, name, values, count);
}

static int32_t check_diagonal_is_stored(dualgrid_qp *w, int32_t n, const int32_t *pointers,
                                        const int32_t *rows) {
  for (int32_t j = 0; j < n; j++) {
    int32_t last = pointers[j + 1] - 1;
    if (last < pointers[j] || rows[last] != j) {
      return fail(w, DUALGRID_QP_BAD_ARGUMENT,
                  "P: column %d does not end with its diagonal entry", (int)j);
    }
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
  if (n < 1 || m < 0) {
    return fail(w, DUALGRID_QP_BAD_ARGUMENT, "%d variables, %d rows", (int)n, (int)m);
  }
  if ((int64_t)n + m > DUALGRID_QP_MOST_ENTRIES) {
    return fail(w, DUALGRID_QP_TOO_LARGE, "%d variables and %d rows, more than %d", (int)n, (int)m,
                DUALGRID_QP_MOST_ENTRIES);
  }
  if ((code = check_length(w, "lower", lower, m, m)) != DUALGRID_QP_OK ||
      (code = check_length(w, "upper", upper, m, m)) != DUALGRID_QP_OK ||
      (code = check_vector(w, "q", q, n, n)) != DUALGRID_QP_OK ||
      (code = check_matrix(w, "P", n, n, p_pointers, p_rows, p_values, p_count)) !=
          DUALGRID_QP_OK ||
      (code = check_diagonal_is_stored(w, n, p_pointers, p_rows)) != DUALGRID_QP_OK ||
      (code = check_matrix(w, "A", m, n, a_pointers, a_rows, a_values, a_count)) !=
          DUALGRID_QP_OK ||
      (code = check_bounds(w, lower, upper, m)) != DUALGRID_QP_OK ||
      (code = check_settings(w, absolute, relative, max_iterations)) != DUALGRID_QP_OK) {
    return code;
  }
  w->n = n;
  w->m = m;
  outcome = qp_solver_load(&w->solver, &given, DUALGRID_QP_MOST_ENTRIES);
  if (outcome != QP_LDL_OK) {
    return fail_to_load(w, outcome);
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

const char *dualgrid_qp_error(const dualgrid_qp *w) { return w == NULL ? "out of memory" : w->error; }

static int32_t check_ready(dualgrid_qp *w) {
  if (w == NULL) {
    return DUALGRID_QP_BAD_ARGUMENT;
  }
  if (!w->ready) {
    return fail(w, DUALGRID_QP_BAD_ARGUMENT, "the workspace was not set up");
  }
  w->error[0] = '\0';
  return DUALGRID_QP_OK;
}

int32_t dualgrid_qp_update_linear(dualgrid_qp *w, const double *q, int32_t n) {
  int32_t code;
  if ((code = check_ready(w)) != DUALGRID_QP_OK ||
      (code = check_vector(w, "q", q, n, w->n)) != DUALGRID_QP_OK) {
    return code;
  }
  qp_program_set_linear(&w->solver.program, q);
  return DUALGRID_QP_OK;
}

int32_t dualgrid_qp_update_diagonal(dualgrid_qp *w, const double *diagonal, int32_t n) {
  int32_t code;
  if ((code = check_ready(w)) != DUALGRID_QP_OK ||
      (code = check_vector(w, "diagonal", diagonal, n, w->n)) != DUALGRID_QP_OK) {
    return code;
  }
  for (int32_t j = 0; j < n; j++) {
    if (diagonal[j] < 0) {
      return fail(w, DUALGRID_QP_BAD_ARGUMENT, "diagonal[%d] is %g, which is not convex", (int)j,
                  diagonal[j]);
    }
  }
  return qp_solver_set_diagonal(&w->solver, diagonal) ? DUALGRID_QP_OK : not_convex(w);
}

int32_t dualgrid_qp_update_bounds(dualgrid_qp *w, const double *lower, const double *upper,
                                  int32_t m) {
  int32_t code;
  if ((code = check_ready(w)) != DUALGRID_QP_OK ||
      (code = check_length(w, "lower", lower, m, w->m)) != DUALGRID_QP_OK ||
      (code = check_length(w, "upper", upper, m, w->m)) != DUALGRID_QP_OK ||
      (code = check_bounds(w, lower, upper, m)) != DUALGRID_QP_OK) {
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
      (code = check_vector(w, "x", x, n, w->n)) != DUALGRID_QP_OK ||
      (code = check_vector(w, "y", y, m, w->m)) != DUALGRID_QP_OK) {
    return code;
  }
  qp_solver_start(&w->solver, x, y);
  return DUALGRID_QP_OK;
}

int32_t dualgrid_qp_solve(dualgrid_qp *w, const double *q, int32_t n, double *x, double *y,
                          int32_t m, double *info, int32_t info_count) {
  int32_t code;
  if ((code = check_ready(w)) != DUALGRID_QP_OK ||
      (code = check_length(w, "x", x, n, w->n)) != DUALGRID_QP_OK ||
      (code = check_length(w, "y", y, m, w->m)) != DUALGRID_QP_OK ||
      (code = check_length(w, "info", info, info_count, DUALGRID_QP_INFO_COUNT)) !=
          DUALGRID_QP_OK ||
      (q != NULL && (code = check_vector(w, "q", q, n, w->n)) != DUALGRID_QP_OK)) {
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
