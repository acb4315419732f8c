/* See dualgrid_osqp.h. */
#include "dualgrid_osqp.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "osqp.h"

/* Indices cross the ABI as they are. */
typedef char index_is_32_bits[sizeof(OSQPInt) == sizeof(int32_t) ? 1 : -1];
typedef char value_is_a_double[sizeof(OSQPFloat) == sizeof(double) ? 1 : -1];

enum { ERROR_CAPACITY = 256 };

/* Of variables, rows, entries: OSQP adds them up, several times over, in 32-bit indices. */
enum { MAX_SIZE = 1 << 26 };

/* See solve_and_settle. */
enum { LIVELY_ITERATIONS = 500, SETTLING_ITERATIONS = 1000, ADAPTATIONS_A_RUN = 5 };
static const double SETTLED_TOLERANCE = 5.0;

struct dualgrid_osqp {
  int32_t n;
  int32_t m;
  OSQPSolver *solver;
  int32_t *diagonal; /* place of each diagonal entry among the values of P, length n */
  double *x;         /* the last iterate, kept across changes of P, length n */
  double *y;         /* length m */
  double *l;         /* bounds with infinities as OSQP writes them, length m */
  double *u;
  char error[ERROR_CAPACITY];
};

static int32_t fail(dualgrid_osqp *workspace, int32_t code, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(workspace->error, ERROR_CAPACITY, format, arguments);
  va_end(arguments);
  return code;
}

static int32_t fail_in_osqp(dualgrid_osqp *workspace, const char *what, OSQPInt code) {
  const char *reason = code > 0 ? osqp_error_message(code) : "unknown error";
  return fail(workspace,
              code == OSQP_MEM_ALLOC_ERROR ? DUALGRID_OSQP_OUT_OF_MEMORY : DUALGRID_OSQP_FAILED,
              "OSQP: %s: %s", what, reason);
}

static double *new_doubles(int32_t count) {
  return calloc(count > 0 ? (size_t)count : 1, sizeof(double));
}

static int32_t check_finite(dualgrid_osqp *workspace, const char *name, const double *values,
                            int32_t count) {
  int32_t i;
  for (i = 0; i < count; i++) {
    if (!isfinite(values[i])) {
      return fail(workspace, DUALGRID_OSQP_BAD_ARGUMENT, "%s[%d] is %g, not a finite number", name,
                  (int)i, values[i]);
    }
  }
  return DUALGRID_OSQP_OK;
}

/* Whether the arrays are a matrix in compressed sparse column form. */
static int32_t check_matrix(dualgrid_osqp *workspace, const char *name, int32_t rows,
                            int32_t columns, const int32_t *pointers, const int32_t *row_indices,
                            const double *values, int32_t count) {
  int32_t j, k;
  if (pointers == NULL || count < 0 || (count > 0 && (row_indices == NULL || values == NULL))) {
    return fail(workspace, DUALGRID_OSQP_BAD_ARGUMENT, "%s: an array is missing", name);
  }
  if (count > MAX_SIZE) {
    return fail(workspace, DUALGRID_OSQP_BAD_ARGUMENT, "%s: %d entries, at most %d", name,
                (int)count, (int)MAX_SIZE);
  }
  if (pointers[0] != 0 || pointers[columns] != count) {
    return fail(workspace, DUALGRID_OSQP_BAD_ARGUMENT,
                "%s: column pointers from %d to %d over %d entries", name, (int)pointers[0],
                (int)pointers[columns], (int)count);
  }
  for (j = 0; j < columns; j++) {
    /* Within the entries, before one of them is read. */
    if (pointers[j + 1] < pointers[j] || pointers[j + 1] > count) {
      return fail(workspace, DUALGRID_OSQP_BAD_ARGUMENT, "%s: column pointers decrease at %d", name,
                  (int)j);
    }
    for (k = pointers[j]; k < pointers[j + 1]; k++) {
      if (row_indices[k] < 0 || row_indices[k] >= rows ||
          (k > pointers[j] && row_indices[k] <= row_indices[k - 1])) {
        return fail(workspace, DUALGRID_OSQP_BAD_ARGUMENT, "%s: row index %d in column %d", name,
                    (int)row_indices[k], (int)j);
      }
    }
  }
  return check_finite(workspace, name, values, count);
}

static int32_t read_settings(dualgrid_osqp *workspace, const double *values, int32_t count,
                             OSQPSettings *settings) {
  int32_t i;
  if (values == NULL || count != DUALGRID_OSQP_SETTING_COUNT) {
    return fail(workspace, DUALGRID_OSQP_BAD_ARGUMENT, "%d settings where %d are expected",
                (int)count, (int)DUALGRID_OSQP_SETTING_COUNT);
  }
  for (i = 0; i < DUALGRID_OSQP_SETTING_COUNT; i++) {
    /* What counts becomes an integer below. */
    if (!(values[i] >= 0 && values[i] <= INT32_MAX / 2)) {
      return fail(workspace, DUALGRID_OSQP_BAD_ARGUMENT, "setting %d is %g", (int)i, values[i]);
    }
  }
  settings->eps_abs = values[DUALGRID_OSQP_ABSOLUTE_TOLERANCE];
  settings->eps_rel = values[DUALGRID_OSQP_RELATIVE_TOLERANCE];
  settings->eps_prim_inf = values[DUALGRID_OSQP_INFEASIBILITY_TOLERANCE];
  settings->eps_dual_inf = values[DUALGRID_OSQP_INFEASIBILITY_TOLERANCE];
  settings->max_iter = (OSQPInt)values[DUALGRID_OSQP_MAX_ITERATIONS];
  settings->check_termination = (OSQPInt)values[DUALGRID_OSQP_CHECK_INTERVAL];
  settings->rho = values[DUALGRID_OSQP_RHO];
  settings->adaptive_rho = values[DUALGRID_OSQP_RHO_INTERVAL] > 0
                               ? OSQP_ADAPTIVE_RHO_UPDATE_ITERATIONS
                               : OSQP_ADAPTIVE_RHO_UPDATE_DISABLED;
  settings->adaptive_rho_interval = (OSQPInt)values[DUALGRID_OSQP_RHO_INTERVAL];
  settings->adaptive_rho_tolerance = values[DUALGRID_OSQP_RHO_TOLERANCE];
  settings->sigma = values[DUALGRID_OSQP_SIGMA];
  settings->alpha = values[DUALGRID_OSQP_ALPHA];
  settings->scaling = (OSQPInt)values[DUALGRID_OSQP_SCALING];
  settings->polishing = values[DUALGRID_OSQP_POLISH] != 0;
  settings->verbose = 0;
  settings->warm_starting = 1;
  /* The tolerances are of the residuals alone, as the Java contract has them. */
  settings->check_dualgap = 0;
  return DUALGRID_OSQP_OK;
}

static double clipped(double bound) {
  return fmax(-DUALGRID_OSQP_INFINITY, fmin(DUALGRID_OSQP_INFINITY, bound));
}

static int32_t copy_bounds(dualgrid_osqp *workspace, const double *l, const double *u) {
  int32_t i;
  for (i = 0; i < workspace->m; i++) {
    if (!(l[i] <= u[i])) {
      return fail(workspace, DUALGRID_OSQP_BAD_ARGUMENT, "row %d has bounds [%g, %g]", (int)i, l[i],
                  u[i]);
    }
  }
  for (i = 0; i < workspace->m; i++) {
    workspace->l[i] = clipped(l[i]);
    workspace->u[i] = clipped(u[i]);
  }
  return DUALGRID_OSQP_OK;
}

int32_t dualgrid_osqp_abi_version(void) { return DUALGRID_OSQP_ABI_VERSION; }

const char *dualgrid_osqp_version(void) { return osqp_version(); }

int32_t dualgrid_osqp_create(int32_t n, int32_t m, const int32_t *p_pointers, const int32_t *p_rows,
                             const double *p_values, int32_t p_count, const double *q,
                             const int32_t *a_pointers, const int32_t *a_rows,
                             const double *a_values, int32_t a_count, const double *l,
                             const double *u, const double *settings, int32_t setting_count,
                             dualgrid_osqp **workspace) {
  dualgrid_osqp *created;
  OSQPSettings osqp_settings;
  OSQPCscMatrix p, a;
  OSQPInt osqp_code;
  int32_t code, j;

  if (workspace == NULL) {
    return DUALGRID_OSQP_BAD_ARGUMENT;
  }
  *workspace = NULL;
  created = calloc(1, sizeof(dualgrid_osqp));
  if (created == NULL) {
    return DUALGRID_OSQP_OUT_OF_MEMORY;
  }
  *workspace = created;
  if (n < 1 || m < 0) {
    return fail(created, DUALGRID_OSQP_BAD_ARGUMENT, "%d variables, %d rows", (int)n, (int)m);
  }
  if (n > MAX_SIZE || m > MAX_SIZE) {
    return fail(created, DUALGRID_OSQP_BAD_ARGUMENT, "%d variables, %d rows, at most %d", (int)n,
                (int)m, (int)MAX_SIZE);
  }
  if (q == NULL || (m > 0 && (l == NULL || u == NULL))) {
    return fail(created, DUALGRID_OSQP_BAD_ARGUMENT, "an array is missing");
  }
  created->n = n;
  created->m = m;
  if ((code = check_matrix(created, "P", n, n, p_pointers, p_rows, p_values, p_count)) !=
          DUALGRID_OSQP_OK ||
      (code = check_matrix(created, "A", m, n, a_pointers, a_rows, a_values, a_count)) !=
          DUALGRID_OSQP_OK ||
      (code = check_finite(created, "q", q, n)) != DUALGRID_OSQP_OK) {
    return code;
  }
  osqp_set_default_settings(&osqp_settings);
  if ((code = read_settings(created, settings, setting_count, &osqp_settings)) !=
      DUALGRID_OSQP_OK) {
    return code;
  }
  created->diagonal = calloc((size_t)n, sizeof(int32_t));
  created->x = new_doubles(n);
  created->y = new_doubles(m);
  created->l = new_doubles(m);
  created->u = new_doubles(m);
  if (created->diagonal == NULL || created->x == NULL || created->y == NULL || created->l == NULL ||
      created->u == NULL) {
    return fail(created, DUALGRID_OSQP_OUT_OF_MEMORY, "out of memory");
  }
  for (j = 0; j < n; j++) {
    int32_t last = p_pointers[j + 1] - 1;
    if (last < p_pointers[j] || p_rows[last] != j) {
      return fail(created, DUALGRID_OSQP_BAD_ARGUMENT,
                  "P: column %d does not end with its diagonal entry", (int)j);
    }
    created->diagonal[j] = last;
  }
  if ((code = copy_bounds(created, l, u)) != DUALGRID_OSQP_OK) {
    return code;
  }

  /* osqp_setup only reads what these point to. */
  OSQPCscMatrix_set_data(&p, n, n, p_pointers[n], (OSQPFloat *)p_values, (OSQPInt *)p_rows,
                         (OSQPInt *)p_pointers);
  OSQPCscMatrix_set_data(&a, m, n, a_pointers[n], (OSQPFloat *)a_values, (OSQPInt *)a_rows,
                         (OSQPInt *)a_pointers);
  osqp_code =
      osqp_setup(&created->solver, &p, q, &a, created->l, created->u, m, n, &osqp_settings);
  if (osqp_code != 0) {
    /* OSQP leaves half a solver behind, which nothing may be asked of */
    osqp_cleanup(created->solver);
    created->solver = NULL;
    return fail_in_osqp(created, "setup", osqp_code);
  }
  return DUALGRID_OSQP_OK;
}

void dualgrid_osqp_destroy(dualgrid_osqp *workspace) {
  if (workspace == NULL) {
    return;
  }
  osqp_cleanup(workspace->solver);
  free(workspace->diagonal);
  free(workspace->x);
  free(workspace->y);
  free(workspace->l);
  free(workspace->u);
  free(workspace);
}

const char *dualgrid_osqp_error(const dualgrid_osqp *workspace) {
  return workspace == NULL ? "out of memory" : workspace->error;
}

/* A workspace whose setup failed can be asked for its error and destroyed, nothing else. */
static int32_t check_ready(dualgrid_osqp *workspace) {
  if (workspace == NULL) {
    return DUALGRID_OSQP_BAD_ARGUMENT;
  }
  workspace->error[0] = '\0';
  if (workspace->solver == NULL) {
    return fail(workspace, DUALGRID_OSQP_BAD_ARGUMENT, "the workspace was not set up");
  }
  return DUALGRID_OSQP_OK;
}

static int32_t check_length(dualgrid_osqp *workspace, const char *name, const void *array,
                            int32_t actual, int32_t expected) {
  if (actual != expected || (array == NULL && expected > 0)) {
    return fail(workspace, DUALGRID_OSQP_BAD_ARGUMENT, "%s has length %d where %d is expected",
                name, array == NULL ? 0 : (int)actual, (int)expected);
  }
  return DUALGRID_OSQP_OK;
}

int32_t dualgrid_osqp_update_diagonal(dualgrid_osqp *workspace, const double *diagonal, int32_t n) {
  OSQPInt osqp_code;
  int32_t code;
  if ((code = check_ready(workspace)) != DUALGRID_OSQP_OK ||
      (code = check_length(workspace, "diagonal", diagonal, n, workspace->n)) != DUALGRID_OSQP_OK) {
    return code;
  }
  osqp_code = osqp_update_data_mat(workspace->solver, diagonal, workspace->diagonal, n, NULL, NULL,
                                   0);
  if (osqp_code != 0) {
    return fail(workspace, DUALGRID_OSQP_FAILED, "OSQP: update of P failed (%d)", (int)osqp_code);
  }
  /* OSQP has scaled the problem anew, but not its iterate. */
  osqp_warm_start(workspace->solver, workspace->x, workspace->y);
  return DUALGRID_OSQP_OK;
}

int32_t dualgrid_osqp_update_bounds(dualgrid_osqp *workspace, const double *l, const double *u,
                                    int32_t m) {
  OSQPInt osqp_code;
  int32_t code;
  if ((code = check_ready(workspace)) != DUALGRID_OSQP_OK ||
      (code = check_length(workspace, "l", l, m, workspace->m)) != DUALGRID_OSQP_OK ||
      (code = check_length(workspace, "u", u, m, workspace->m)) != DUALGRID_OSQP_OK ||
      (code = copy_bounds(workspace, l, u)) != DUALGRID_OSQP_OK || m == 0) {
    return code;
  }
  osqp_code = osqp_update_data_vec(workspace->solver, NULL, workspace->l, workspace->u);
  return osqp_code == 0 ? DUALGRID_OSQP_OK
                        : fail_in_osqp(workspace, "update of the bounds", osqp_code);
}

int32_t dualgrid_osqp_update_settings(dualgrid_osqp *workspace, const double *settings,
                                      int32_t setting_count) {
  OSQPSettings osqp_settings;
  OSQPInt osqp_code;
  int32_t code;
  if ((code = check_ready(workspace)) != DUALGRID_OSQP_OK) {
    return code;
  }
  osqp_settings = *workspace->solver->settings;
  if ((code = read_settings(workspace, settings, setting_count, &osqp_settings)) !=
      DUALGRID_OSQP_OK) {
    return code;
  }
  osqp_code = osqp_update_settings(workspace->solver, &osqp_settings);
  return osqp_code == 0 ? DUALGRID_OSQP_OK
                        : fail_in_osqp(workspace, "update of the settings", osqp_code);
}

int32_t dualgrid_osqp_warm_start(dualgrid_osqp *workspace, const double *x, int32_t n,
                                 const double *y, int32_t m) {
  int32_t code;
  if ((code = check_ready(workspace)) != DUALGRID_OSQP_OK ||
      (code = check_length(workspace, "x", x, n, workspace->n)) != DUALGRID_OSQP_OK ||
      (code = check_length(workspace, "y", y, m, workspace->m)) != DUALGRID_OSQP_OK) {
    return code;
  }
  memcpy(workspace->x, x, (size_t)n * sizeof(double));
  if (m > 0) {
    memcpy(workspace->y, y, (size_t)m * sizeof(double));
  }
  osqp_warm_start(workspace->solver, workspace->x, workspace->y);
  return DUALGRID_OSQP_OK;
}

/* An answer within ten times the tolerances counts as what it is: an iteration limit. */
static int32_t status_of(OSQPInt status) {
  switch (status) {
    case OSQP_SOLVED:
      return DUALGRID_OSQP_SOLVED;
    case OSQP_PRIMAL_INFEASIBLE:
      return DUALGRID_OSQP_PRIMAL_INFEASIBLE;
    case OSQP_DUAL_INFEASIBLE:
      return DUALGRID_OSQP_DUAL_INFEASIBLE;
    case OSQP_SOLVED_INACCURATE:
    case OSQP_PRIMAL_INFEASIBLE_INACCURATE:
    case OSQP_DUAL_INFEASIBLE_INACCURATE:
    case OSQP_MAX_ITER_REACHED:
      return DUALGRID_OSQP_ITERATION_LIMIT;
    case OSQP_NON_CVX:
      return DUALGRID_OSQP_NOT_CONVEX;
    default:
      return -1;
  }
}

static int are_finite(const double *values, int32_t count) {
  int32_t i;
  for (i = 0; i < count; i++) {
    if (!isfinite(values[i])) {
      return 0;
    }
  }
  return 1;
}

/*
 * Runs OSQP, with a penalty that settles. Adapting it often and for little is what makes most solves
 * short, but a few then swing to and fro for ever; so after a while it is adapted only when it is
 * far off, and ever more seldom. Each run of OSQP goes on where the last one stopped.
 */
static OSQPInt solve_and_settle(OSQPSolver *solver, OSQPInt *iterations) {
  OSQPSettings *settings = solver->settings;
  const OSQPInt limit = settings->max_iter;
  const OSQPInt interval = settings->adaptive_rho_interval;
  const OSQPFloat tolerance = settings->adaptive_rho_tolerance;
  OSQPInt run = LIVELY_ITERATIONS;
  OSQPInt code;
  *iterations = 0;
  for (;;) {
    settings->max_iter = limit - *iterations < run ? limit - *iterations : run;
    code = osqp_solve(solver);
    *iterations += solver->info->iter;
    if (code != 0 || *iterations >= limit ||
        (solver->info->status_val != OSQP_MAX_ITER_REACHED &&
         solver->info->status_val != OSQP_SOLVED_INACCURATE)) {
      break;
    }
    run = *iterations == LIVELY_ITERATIONS ? SETTLING_ITERATIONS : 2 * run;
    settings->adaptive_rho_interval = run / ADAPTATIONS_A_RUN;
    settings->adaptive_rho_tolerance = SETTLED_TOLERANCE;
  }
  settings->max_iter = limit;
  settings->adaptive_rho_interval = interval;
  settings->adaptive_rho_tolerance = tolerance;
  return code;
}

int32_t dualgrid_osqp_solve(dualgrid_osqp *workspace, const double *q, int32_t n, double *x,
                            double *y, int32_t m, double *info, int32_t info_count) {
  const OSQPInfo *result;
  const OSQPSolution *solution;
  OSQPInt osqp_code, iterations;
  int32_t code, status;
  size_t x_bytes, y_bytes;
  if ((code = check_ready(workspace)) != DUALGRID_OSQP_OK ||
      (code = check_length(workspace, "x", x, n, workspace->n)) != DUALGRID_OSQP_OK ||
      (code = check_length(workspace, "y", y, m, workspace->m)) != DUALGRID_OSQP_OK ||
      (code = check_length(workspace, "info", info, info_count, DUALGRID_OSQP_INFO_COUNT)) !=
          DUALGRID_OSQP_OK) {
    return code;
  }
  if (q != NULL) {
    osqp_code = osqp_update_data_vec(workspace->solver, q, NULL, NULL);
    if (osqp_code != 0) {
      return fail_in_osqp(workspace, "update of q", osqp_code);
    }
  }
  osqp_code = solve_and_settle(workspace->solver, &iterations);
  result = workspace->solver->info;
  solution = workspace->solver->solution;
  if (osqp_code != 0) {
    return fail_in_osqp(workspace, "solve", osqp_code);
  }
  status = status_of(result->status_val);
  if (status < 0) {
    return fail(workspace, DUALGRID_OSQP_FAILED, "OSQP: unexpected status: %s", result->status);
  }
  if (status <= DUALGRID_OSQP_ITERATION_LIMIT &&
      !(are_finite(solution->x, n) && are_finite(solution->y, m))) {
    /* OSQP's norms pass over NaN, so it may even call this solved; and it would start from there. */
    memset(workspace->x, 0, (size_t)n * sizeof(double));
    memset(workspace->y, 0, (size_t)m * sizeof(double));
    osqp_warm_start(workspace->solver, workspace->x, workspace->y);
    return fail(workspace, DUALGRID_OSQP_FAILED, "OSQP: the numbers of the program overflow");
  }
  x_bytes = (size_t)n * sizeof(double);
  y_bytes = (size_t)m * sizeof(double);
  memset(x, 0, x_bytes);
  if (m > 0) {
    memset(y, 0, y_bytes);
  }
  switch (result->status_val) {
    case OSQP_SOLVED:
    case OSQP_SOLVED_INACCURATE:
    case OSQP_MAX_ITER_REACHED:
      memcpy(x, solution->x, x_bytes);
      if (m > 0) {
        memcpy(y, solution->y, y_bytes);
      }
      memcpy(workspace->x, x, x_bytes);
      if (m > 0) {
        memcpy(workspace->y, y, y_bytes);
      }
      break;
    default:
      /* OSQP starts the next solve from zero. */
      memset(workspace->x, 0, x_bytes);
      if (m > 0) {
        memset(workspace->y, 0, y_bytes);
      }
      if (status == DUALGRID_OSQP_PRIMAL_INFEASIBLE && m > 0) {
        memcpy(y, solution->prim_inf_cert, y_bytes);
      } else if (status == DUALGRID_OSQP_DUAL_INFEASIBLE) {
        memcpy(x, solution->dual_inf_cert, x_bytes);
      }
  }
  info[DUALGRID_OSQP_INFO_STATUS] = status;
  info[DUALGRID_OSQP_INFO_ITERATIONS] = iterations;
  info[DUALGRID_OSQP_INFO_PRIMAL_RESIDUAL] = result->prim_res;
  info[DUALGRID_OSQP_INFO_DUAL_RESIDUAL] = result->dual_res;
  info[DUALGRID_OSQP_INFO_RHO] = workspace->solver->settings->rho;
  info[DUALGRID_OSQP_INFO_RHO_UPDATES] = result->rho_updates;
  info[DUALGRID_OSQP_INFO_POLISH] = result->status_polish == OSQP_POLISH_SUCCESS;
  return DUALGRID_OSQP_OK;
}
