/* Calls every function of dualgrid_osqp, misuse included; for scripts/check-native-memory. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "dualgrid_osqp.h"

enum { N = 2, M = 3, P_COUNT = 3, A_COUNT = 4 };

static int failures = 0;

#define EXPECT(condition)                                              \
  do {                                                                 \
    if (!(condition)) {                                                \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);  \
      failures++;                                                      \
    }                                                                  \
  } while (0)

/* Minimise 2x² + xy + y² + x + y over x + y = 1, 0 <= x, y <= 0.7: x = 0.3, y = 0.7. */
typedef struct {
  int32_t p_pointers[N + 1], p_rows[P_COUNT], a_pointers[N + 1], a_rows[A_COUNT];
  double p_values[P_COUNT], a_values[A_COUNT], q[N], lower[M], upper[M];
  double settings[DUALGRID_OSQP_SETTING_COUNT];
} program;

static program planted(void) {
  program p = {{0, 1, 3},   {0, 0, 1},    {0, 2, 4}, {0, 1, 0, 2},  {4, 1, 2},
               {1, 1, 1, 1}, {1, 1}, {1, 0, 0}, {1, 0.7, 0.7}, {0}};
  p.settings[DUALGRID_OSQP_ABSOLUTE_TOLERANCE] = 1e-9;
  p.settings[DUALGRID_OSQP_INFEASIBILITY_TOLERANCE] = 1e-9;
  p.settings[DUALGRID_OSQP_MAX_ITERATIONS] = 20000;
  p.settings[DUALGRID_OSQP_CHECK_INTERVAL] = 5;
  p.settings[DUALGRID_OSQP_RHO] = 0.1;
  p.settings[DUALGRID_OSQP_RHO_INTERVAL] = 50;
  p.settings[DUALGRID_OSQP_RHO_TOLERANCE] = 5;
  p.settings[DUALGRID_OSQP_SIGMA] = 1e-6;
  p.settings[DUALGRID_OSQP_ALPHA] = 1.6;
  p.settings[DUALGRID_OSQP_SCALING] = 10;
  p.settings[DUALGRID_OSQP_POLISH] = 1;
  return p;
}

static int32_t create(const program *p, dualgrid_osqp **w) {
  return dualgrid_osqp_create(N, M, p->p_pointers, p->p_rows, p->p_values, P_COUNT, p->q,
                              p->a_pointers, p->a_rows, p->a_values, A_COUNT, p->lower, p->upper,
                              p->settings, DUALGRID_OSQP_SETTING_COUNT, w);
}

static int32_t solve(dualgrid_osqp *w, const double *q, double *x, double *y, double *info) {
  return dualgrid_osqp_solve(w, q, N, x, y, M, info, DUALGRID_OSQP_INFO_COUNT);
}

static void solves(void) {
  program p = planted();
  dualgrid_osqp *w = NULL;
  double x[N], y[M], info[DUALGRID_OSQP_INFO_COUNT];
  EXPECT(create(&p, &w) == DUALGRID_OSQP_OK);
  EXPECT(solve(w, NULL, x, y, info) == DUALGRID_OSQP_OK);
  EXPECT(info[DUALGRID_OSQP_INFO_STATUS] == DUALGRID_OSQP_SOLVED);
  /* 1e-9 on residuals of entries near one */
  EXPECT(fabs(x[0] - 0.3) < 1e-7 && fabs(x[1] - 0.7) < 1e-7);
  /* With y <= 0.5 it is x = y = 0.5, and a steeper x² keeps it there. */
  p.upper[2] = 0.5;
  EXPECT(dualgrid_osqp_update_bounds(w, p.lower, p.upper, M) == DUALGRID_OSQP_OK);
  EXPECT(dualgrid_osqp_warm_start(w, x, N, y, M) == DUALGRID_OSQP_OK);
  EXPECT(solve(w, p.q, x, y, info) == DUALGRID_OSQP_OK);
  EXPECT(fabs(x[0] - 0.5) < 1e-7 && fabs(x[1] - 0.5) < 1e-7);
  double diagonal[N] = {40, 2};
  EXPECT(dualgrid_osqp_update_diagonal(w, diagonal, N) == DUALGRID_OSQP_OK);
  p.settings[DUALGRID_OSQP_POLISH] = 0;
  EXPECT(dualgrid_osqp_update_settings(w, p.settings, DUALGRID_OSQP_SETTING_COUNT) ==
         DUALGRID_OSQP_OK);
  EXPECT(solve(w, p.q, x, y, info) == DUALGRID_OSQP_OK);
  EXPECT(info[DUALGRID_OSQP_INFO_STATUS] == DUALGRID_OSQP_SOLVED);
  EXPECT(fabs(x[0] - 0.5) < 1e-7 && fabs(x[1] - 0.5) < 1e-7);
  /* x + y = 1 and both at most 0.4 */
  p.upper[1] = p.upper[2] = 0.4;
  EXPECT(dualgrid_osqp_update_bounds(w, p.lower, p.upper, M) == DUALGRID_OSQP_OK);
  EXPECT(solve(w, NULL, x, y, info) == DUALGRID_OSQP_OK);
  EXPECT(info[DUALGRID_OSQP_INFO_STATUS] == DUALGRID_OSQP_PRIMAL_INFEASIBLE);
  dualgrid_osqp_destroy(w);
}

/* One argument wrong at a time; the workspace must tell, and must take being destroyed. */
static void refused(const program *p) {
  dualgrid_osqp *w = NULL;
  double x[N], y[M], info[DUALGRID_OSQP_INFO_COUNT];
  EXPECT(create(p, &w) == DUALGRID_OSQP_BAD_ARGUMENT);
  EXPECT(dualgrid_osqp_error(w)[0] != '\0');
  EXPECT(solve(w, NULL, x, y, info) != DUALGRID_OSQP_OK);
  EXPECT(dualgrid_osqp_update_diagonal(w, p->q, N) != DUALGRID_OSQP_OK);
  EXPECT(dualgrid_osqp_update_bounds(w, p->lower, p->upper, M) != DUALGRID_OSQP_OK);
  EXPECT(dualgrid_osqp_warm_start(w, p->q, N, p->upper, M) != DUALGRID_OSQP_OK);
  dualgrid_osqp_destroy(w);
}

static void refusals(void) {
  program good = planted(), p;
  p = good, p.q[1] = NAN, refused(&p);
  p = good, p.p_values[2] = INFINITY, refused(&p);
  p = good, p.a_values[3] = NAN, refused(&p);
  p = good, p.lower[2] = 1, refused(&p);
  p = good, p.upper[2] = NAN, refused(&p);
  p = good, p.a_rows[0] = M, refused(&p);
  p = good, p.a_rows[0] = -1, refused(&p);
  p = good, p.a_pointers[0] = 1, refused(&p);
  p = good, p.a_pointers[1] = 9, refused(&p);
  p = good, p.a_pointers[1] = -7, refused(&p);
  p = good, p.p_rows[0] = 1, refused(&p);
  p = good, p.settings[DUALGRID_OSQP_ABSOLUTE_TOLERANCE] = NAN, refused(&p);
}

static void misuse(void) {
  program p = planted();
  dualgrid_osqp *w = NULL;
  double x[N], y[M], info[DUALGRID_OSQP_INFO_COUNT];
  EXPECT(create(&p, NULL) == DUALGRID_OSQP_BAD_ARGUMENT);
  EXPECT(create(&p, &w) == DUALGRID_OSQP_OK);
  EXPECT(dualgrid_osqp_solve(w, p.q, N + 1, x, y, M, info, DUALGRID_OSQP_INFO_COUNT) ==
         DUALGRID_OSQP_BAD_ARGUMENT);
  EXPECT(dualgrid_osqp_solve(w, p.q, N, x, y, M - 1, info, DUALGRID_OSQP_INFO_COUNT) ==
         DUALGRID_OSQP_BAD_ARGUMENT);
  EXPECT(dualgrid_osqp_solve(w, p.q, N, x, y, M, info, DUALGRID_OSQP_INFO_COUNT - 1) ==
         DUALGRID_OSQP_BAD_ARGUMENT);
  EXPECT(dualgrid_osqp_error(w)[0] != '\0');
  EXPECT(dualgrid_osqp_warm_start(w, p.q, N, p.upper, -M) == DUALGRID_OSQP_BAD_ARGUMENT);
  EXPECT(dualgrid_osqp_update_bounds(w, p.upper, p.lower, M) == DUALGRID_OSQP_BAD_ARGUMENT);
  EXPECT(dualgrid_osqp_update_settings(w, p.settings, 1) == DUALGRID_OSQP_BAD_ARGUMENT);
  /* What was refused has changed nothing. */
  EXPECT(solve(w, NULL, x, y, info) == DUALGRID_OSQP_OK);
  EXPECT(fabs(x[0] - 0.3) < 1e-7 && fabs(x[1] - 0.7) < 1e-7);
  dualgrid_osqp_destroy(w);
  dualgrid_osqp_destroy(NULL);
  EXPECT(dualgrid_osqp_error(NULL)[0] != '\0');
}

int main(void) {
  EXPECT(dualgrid_osqp_abi_version() == DUALGRID_OSQP_ABI_VERSION);
  solves();
  refusals();
  misuse();
  if (failures == 0) {
    printf("dualgrid_osqp %s: all checks passed\n", dualgrid_osqp_version());
  }
  return failures == 0 ? 0 : 1;
}
