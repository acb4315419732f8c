/* Calls every function of dualgrid_qp, misuse included; for scripts/check-native-memory. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dualgrid_qp.h"

enum { MOST = 200 };

static int failures = 0;

#define EXPECT(condition)                                              \
  do {                                                                 \
    if (!(condition)) {                                                \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);  \
      failures++;                                                      \
    }                                                                  \
  } while (0)

static uint64_t state = 88172645463325252u;

/* Even over -1 to 1: a test wants the same numbers at every run. */
static double number(void) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return (double)(state >> 11) / 4503599627370496.0 - 1.0;
}

typedef struct {
  int n, m;
  int32_t p_pointers[MOST + 1], p_rows[MOST * 4], a_pointers[MOST + 1], a_rows[MOST * MOST];
  double p_values[MOST * 4], a_values[MOST * MOST];
  double q[MOST], lower[MOST], upper[MOST];
} program;

static int32_t create(const program *p, dualgrid_qp **w) {
  return dualgrid_qp_create(p->n, p->m, p->p_pointers, p->p_rows, p->p_values,
                            p->p_pointers[p->n], p->q, p->a_pointers, p->a_rows, p->a_values,
                            p->a_pointers[p->n], p->lower, p->upper, 1e-9, 1e-9, 20000, w);
}

/* A diagonally dominant P with entries beside the diagonal, a sparse A that 0 is inside of. */
static void plant(program *p, int n, int m, double density) {
  int count = 0;
  p->n = n;
  p->m = m;
  p->p_pointers[0] = p->a_pointers[0] = 0;
  for (int j = 0; j < n; j++) {
    if (j > 0 && j % 3 == 0) {
      p->p_rows[count] = j - 1;
      p->p_values[count++] = 0.3 * number();
    }
    p->p_rows[count] = j;
    p->p_values[count++] = 1.5 + 0.5 * number();
    p->p_pointers[j + 1] = count;
    p->q[j] = number();
  }
  count = 0;
  for (int j = 0; j < n; j++) {
    for (int i = 0; i < m; i++) {
      if (number() < 2 * density - 1) {
        p->a_rows[count] = i;
        p->a_values[count++] = number();
      }
    }
    p->a_pointers[j + 1] = count;
  }
  for (int i = 0; i < m; i++) {
    double below = -0.01 - 0.05 * fabs(number()), above = 0.01 + 0.05 * fabs(number());
    p->lower[i] = i % 7 == 0 ? 0.0 : i % 5 == 4 ? -INFINITY : below;
    p->upper[i] = i % 7 == 0 ? 0.0 : above;
  }
}

/* Largest violation of the optimality conditions. */
static double defect(const program *p, const double *x, const double *y) {
  double worst = 0.0, gradient[MOST], activity[MOST] = {0};
  for (int j = 0; j < p->n; j++) {
    gradient[j] = p->q[j];
  }
  for (int j = 0; j < p->n; j++) {
    for (int k = p->p_pointers[j]; k < p->p_pointers[j + 1]; k++) {
      int i = p->p_rows[k];
      gradient[i] += p->p_values[k] * x[j];
      gradient[j] += i == j ? 0.0 : p->p_values[k] * x[i];
    }
    for (int k = p->a_pointers[j]; k < p->a_pointers[j + 1]; k++) {
      gradient[j] += p->a_values[k] * y[p->a_rows[k]];
      activity[p->a_rows[k]] += p->a_values[k] * x[j];
    }
  }
  for (int i = 0; i < p->m; i++) {
    double room = y[i] > 0 ? p->upper[i] - activity[i] : activity[i] - p->lower[i];
    worst = fmax(worst, fmax(activity[i] - p->upper[i], p->lower[i] - activity[i]));
    worst = fmax(worst, fmin(fabs(y[i]), room));
  }
  for (int j = 0; j < p->n; j++) {
    worst = fmax(worst, fabs(gradient[j]));
  }
  return worst;
}

static void solves(int n, int m, double density) {
  static program p;
  dualgrid_qp *w = NULL;
  double x[MOST], y[MOST], diagonal[MOST], info[DUALGRID_QP_INFO_COUNT];
  plant(&p, n, m, density);
  EXPECT(create(&p, &w) == DUALGRID_QP_OK);
  for (int turn = 0; turn < 30; turn++) {
    for (int j = 0; j < n; j++) {
      p.q[j] += 0.3 * number();
    }
    if (turn % 7 == 3) {
      for (int j = 0; j < n; j++) {
        int place = p.p_pointers[j + 1] - 1;
        diagonal[j] = p.p_values[place] = p.p_values[place] + 0.1;
      }
      EXPECT(dualgrid_qp_update_linear(w, p.q, n) == DUALGRID_QP_OK);
      EXPECT(dualgrid_qp_update_diagonal(w, diagonal, n) == DUALGRID_QP_OK);
    }
    if (turn % 7 == 5) {
      for (int i = 0; i < m; i++) {
        p.upper[i] += i % 7 == 0 ? 0.0 : 0.01;
      }
      EXPECT(dualgrid_qp_update_bounds(w, p.lower, p.upper, m) == DUALGRID_QP_OK);
    }
    if (turn == 20) {
      EXPECT(dualgrid_qp_warm_start(w, p.q, n, p.upper, m) == DUALGRID_QP_OK);
      EXPECT(dualgrid_qp_update_settings(w, 1e-8, 0.0, 5000) == DUALGRID_QP_OK);
    }
    EXPECT(dualgrid_qp_solve(w, p.q, n, x, y, m, info, DUALGRID_QP_INFO_COUNT) == DUALGRID_QP_OK);
    EXPECT(info[DUALGRID_QP_INFO_STATUS] == DUALGRID_QP_SOLVED);
    /* The tolerance, on the residuals and, by the length of what they are multiplied with, on the
     * products of multipliers and slacks; all entries are near 1. */
    EXPECT(defect(&p, x, y) < 1e-7);
  }
  EXPECT(dualgrid_qp_solve(w, NULL, n, x, y, m, info, DUALGRID_QP_INFO_COUNT) == DUALGRID_QP_OK);
  EXPECT(defect(&p, x, y) < 1e-7);
  dualgrid_qp_destroy(w);
}

static void proves_infeasibility(void) {
  /* x <= 0 and x >= 1; then minimise -x over x >= 0. */
  int32_t p_pointers[] = {0, 1}, p_rows[] = {0}, a_pointers[] = {0, 2}, a_rows[] = {0, 1};
  double p_values[] = {0}, a_values[] = {1, 1}, q[] = {-1}, x[1], y[2], info[4];
  double lower[] = {-INFINITY, 1}, upper[] = {0, INFINITY};
  dualgrid_qp *w = NULL;
  EXPECT(dualgrid_qp_create(1, 2, p_pointers, p_rows, p_values, 1, q, a_pointers, a_rows, a_values,
                            2, lower, upper, 1e-7, 1e-9, 20000, &w) == DUALGRID_QP_OK);
  EXPECT(dualgrid_qp_solve(w, NULL, 1, x, y, 2, info, 4) == DUALGRID_QP_OK);
  EXPECT(info[DUALGRID_QP_INFO_STATUS] == DUALGRID_QP_PRIMAL_INFEASIBLE);
  EXPECT(x[0] == 0.0 && y[0] > 0.99 && y[1] < -0.99);
  lower[0] = lower[1] = 0;
  upper[0] = upper[1] = INFINITY;
  EXPECT(dualgrid_qp_update_bounds(w, lower, upper, 2) == DUALGRID_QP_OK);
  EXPECT(dualgrid_qp_solve(w, NULL, 1, x, y, 2, info, 4) == DUALGRID_QP_OK);
  EXPECT(info[DUALGRID_QP_INFO_STATUS] == DUALGRID_QP_DUAL_INFEASIBLE);
  EXPECT(x[0] == 1.0 && y[0] == 0.0 && y[1] == 0.0);
  dualgrid_qp_destroy(w);
}

/* What is within its tolerance, but beyond all numbers in the program's units, is not solved. */
static void overflows(void) {
  int32_t p_pointers[] = {0, 1}, p_rows[] = {0}, a_pointers[] = {0, 1}, a_rows[] = {0};
  double p_values[] = {1}, a_values[] = {1e-8}, q[] = {1}, x[] = {1e300}, y[] = {1e308}, info[4];
  double lower[] = {-INFINITY}, upper[] = {0};
  dualgrid_qp *w = NULL;
  EXPECT(dualgrid_qp_create(1, 1, p_pointers, p_rows, p_values, 1, q, a_pointers, a_rows, a_values,
                            1, lower, upper, 1e-7, 9.0, 100, &w) == DUALGRID_QP_OK);
  EXPECT(dualgrid_qp_warm_start(w, x, 1, y, 1) == DUALGRID_QP_OK);
  EXPECT(dualgrid_qp_solve(w, NULL, 1, x, y, 1, info, 4) == DUALGRID_QP_OK);
  EXPECT(info[DUALGRID_QP_INFO_STATUS] != DUALGRID_QP_SOLVED || isfinite(x[0] + y[0]));
  EXPECT(dualgrid_qp_update_settings(w, 1e-7, 0, 100) == DUALGRID_QP_OK);
  x[0] = y[0] = 0;
  EXPECT(dualgrid_qp_warm_start(w, x, 1, y, 1) == DUALGRID_QP_OK);
  EXPECT(dualgrid_qp_solve(w, NULL, 1, x, y, 1, info, 4) == DUALGRID_QP_OK);
  EXPECT(info[DUALGRID_QP_INFO_STATUS] == DUALGRID_QP_SOLVED && fabs(x[0] + 1) < 1e-6);
  dualgrid_qp_destroy(w);
}

/* One argument wrong at a time; the workspace must tell, and must take being destroyed. */
static void refused(const program *p, int32_t expected, const char *text) {
  dualgrid_qp *w = NULL;
  double x[MOST], y[MOST], info[DUALGRID_QP_INFO_COUNT];
  EXPECT(create(p, &w) == expected);
  EXPECT(strstr(dualgrid_qp_error(w), text) != NULL);
  EXPECT(dualgrid_qp_solve(w, NULL, p->n, x, y, p->m, info, DUALGRID_QP_INFO_COUNT) ==
         DUALGRID_QP_BAD_ARGUMENT);
  EXPECT(dualgrid_qp_update_diagonal(w, p->q, p->n) == DUALGRID_QP_BAD_ARGUMENT);
  dualgrid_qp_destroy(w);
}

static void refusals(void) {
  static program good, p;
  plant(&good, 10, 8, 0.5);
  p = good, p.n = 0, refused(&p, DUALGRID_QP_BAD_ARGUMENT, "0 variables");
  p = good, p.m = -1, refused(&p, DUALGRID_QP_BAD_ARGUMENT, "-1 rows");
  p = good, p.q[3] = NAN, refused(&p, DUALGRID_QP_BAD_ARGUMENT, "q[3]");
  p = good, p.p_values[2] = INFINITY, refused(&p, DUALGRID_QP_BAD_ARGUMENT, "P[2]");
  p = good, p.a_values[5] = NAN, refused(&p, DUALGRID_QP_BAD_ARGUMENT, "A[5]");
  p = good, p.lower[2] = 1, refused(&p, DUALGRID_QP_BAD_ARGUMENT, "row 2");
  p = good, p.upper[2] = NAN, refused(&p, DUALGRID_QP_BAD_ARGUMENT, "row 2");
  p = good, p.lower[1] = p.upper[1] = INFINITY, refused(&p, DUALGRID_QP_BAD_ARGUMENT, "row 1");
  p = good, p.a_rows[0] = 8, refused(&p, DUALGRID_QP_BAD_ARGUMENT, "row index 8");
  p = good, p.a_rows[0] = -1, refused(&p, DUALGRID_QP_BAD_ARGUMENT, "row index -1");
  p = good, p.a_pointers[0] = 1, refused(&p, DUALGRID_QP_BAD_ARGUMENT, "pointers from 1");
  p = good, p.a_pointers[4] = p.a_pointers[10] + 1;
  refused(&p, DUALGRID_QP_BAD_ARGUMENT, "decrease");
  p = good, p.a_pointers[4] = -7, refused(&p, DUALGRID_QP_BAD_ARGUMENT, "decrease");
  p = good, p.p_rows[0] = 5, refused(&p, DUALGRID_QP_BAD_ARGUMENT, "column 0");
  p = good, p.p_values[0] = -3, refused(&p, DUALGRID_QP_NOT_CONVEX, "semidefinite");
}

static void refuses_sizes(void) {
  static program p;
  dualgrid_qp *w = NULL;
  plant(&p, 3, 2, 0.5);
  EXPECT(dualgrid_qp_create(INT32_MAX, INT32_MAX, p.p_pointers, p.p_rows, p.p_values, 3, p.q,
                            p.a_pointers, p.a_rows, p.a_values, 1, p.lower, p.upper, 1e-9, 0, 10,
                            &w) == DUALGRID_QP_TOO_LARGE);
  dualgrid_qp_destroy(w);
  EXPECT(dualgrid_qp_create(3, 2, p.p_pointers, p.p_rows, p.p_values, INT32_MAX, p.q, p.a_pointers,
                            p.a_rows, p.a_values, 1, p.lower, p.upper, 1e-9, 0, 10,
                            &w) == DUALGRID_QP_TOO_LARGE);
  dualgrid_qp_destroy(w);
  EXPECT(dualgrid_qp_create(3, 2, NULL, p.p_rows, p.p_values, 3, p.q, p.a_pointers, p.a_rows,
                            p.a_values, 1, p.lower, p.upper, 1e-9, 0, 10,
                            &w) == DUALGRID_QP_BAD_ARGUMENT);
  dualgrid_qp_destroy(w);
  EXPECT(dualgrid_qp_create(3, 2, p.p_pointers, p.p_rows, p.p_values, 3, p.q, p.a_pointers,
                            p.a_rows, p.a_values, p.a_pointers[3], p.lower, p.upper, NAN, 0, 10,
                            &w) == DUALGRID_QP_BAD_ARGUMENT);
  dualgrid_qp_destroy(w);
  EXPECT(dualgrid_qp_create(3, 2, p.p_pointers, p.p_rows, p.p_values, 3, p.q, p.a_pointers,
                            p.a_rows, p.a_values, 1, p.lower, p.upper, 1e-9, 0, 10,
                            NULL) == DUALGRID_QP_BAD_ARGUMENT);
}

static void misuse(void) {
  static program p;
  dualgrid_qp *w = NULL;
  double x[MOST], y[MOST], info[DUALGRID_QP_INFO_COUNT];
  plant(&p, 10, 8, 0.5);
  EXPECT(create(&p, &w) == DUALGRID_QP_OK);
  EXPECT(dualgrid_qp_solve(w, p.q, 10, x, y, 7, info, 4) == DUALGRID_QP_BAD_ARGUMENT);
  EXPECT(dualgrid_qp_solve(w, p.q, 11, x, y, 8, info, 4) == DUALGRID_QP_BAD_ARGUMENT);
  EXPECT(dualgrid_qp_solve(w, p.q, 10, NULL, y, 8, info, 4) == DUALGRID_QP_BAD_ARGUMENT);
  EXPECT(dualgrid_qp_solve(w, p.q, 10, x, y, 8, info, 3) == DUALGRID_QP_BAD_ARGUMENT);
  EXPECT(dualgrid_qp_error(w)[0] != '\0');
  EXPECT(dualgrid_qp_update_linear(w, p.q, 9) == DUALGRID_QP_BAD_ARGUMENT);
  EXPECT(dualgrid_qp_warm_start(w, p.q, 10, p.upper, -8) == DUALGRID_QP_BAD_ARGUMENT);
  EXPECT(dualgrid_qp_update_bounds(w, p.upper, p.lower, 8) == DUALGRID_QP_BAD_ARGUMENT);
  EXPECT(dualgrid_qp_update_settings(w, 0, 0, 1) == DUALGRID_QP_BAD_ARGUMENT);
  EXPECT(dualgrid_qp_update_settings(w, 1e-9, -1, 1) == DUALGRID_QP_BAD_ARGUMENT);
  EXPECT(dualgrid_qp_update_settings(w, 1e-9, 0, 0) == DUALGRID_QP_BAD_ARGUMENT);
  p.q[0] = -1;
  EXPECT(dualgrid_qp_update_diagonal(w, p.q, 10) == DUALGRID_QP_BAD_ARGUMENT);
  p.q[0] = INFINITY;
  EXPECT(dualgrid_qp_solve(w, p.q, 10, x, y, 8, info, 4) == DUALGRID_QP_BAD_ARGUMENT);
  /* What was refused has changed nothing. */
  EXPECT(dualgrid_qp_solve(w, NULL, 10, x, y, 8, info, 4) == DUALGRID_QP_OK);
  EXPECT(info[DUALGRID_QP_INFO_STATUS] == DUALGRID_QP_SOLVED);
  EXPECT(dualgrid_qp_error(w)[0] == '\0');
  dualgrid_qp_destroy(w);
  dualgrid_qp_destroy(NULL);
  EXPECT(dualgrid_qp_error(NULL)[0] != '\0');
  EXPECT(dualgrid_qp_solve(NULL, p.q, 10, x, y, 8, info, 4) == DUALGRID_QP_BAD_ARGUMENT);
}

static int32_t create_newton(const program *p, const int32_t *coupled, int32_t count,
                             dualgrid_qp_newton **w) {
  int32_t bounds;
  return dualgrid_qp_newton_create(p->n, p->m, p->p_pointers, p->p_rows, p->p_values,
                                   p->p_pointers[p->n], p->q, p->a_pointers, p->a_rows,
                                   p->a_values, p->a_pointers[p->n], p->lower, p->upper, coupled,
                                   count, &bounds, w);
}

/* Sensitivities are how the step of the coupled variables changes with their prices. */
static void newton(int n, int m, int32_t count) {
  static program p;
  dualgrid_qp_newton *w = NULL;
  int32_t coupled[MOST];
  double prices[MOST] = {0}, change[MOST], before[MOST], after[MOST], product[MOST];
  double packed[MOST * (MOST + 1) / 2];
  double state[DUALGRID_QP_STATE_COUNT], outlook[DUALGRID_QP_OUTLOOK_COUNT], cost;
  plant(&p, n, m, 0.3);
  for (int32_t c = 0; c < count; c++) {
    coupled[c] = n - 1 - c;
  }
  EXPECT(create_newton(&p, coupled, count, &w) == DUALGRID_QP_OK);
  EXPECT(dualgrid_qp_newton_start(w, prices, count) == DUALGRID_QP_OK);
  for (int turn = 0; turn < 5; turn++) {
    double changed = 0.0;
    for (int32_t c = 0; c < count; c++) {
      change[c] = number();
      changed += fabs(change[c]);
    }
    EXPECT(dualgrid_qp_newton_factorise(w, prices, count, state, DUALGRID_QP_STATE_COUNT) ==
           DUALGRID_QP_OK);
    EXPECT(dualgrid_qp_newton_sensitivities(w, packed, count * (count + 1) / 2) == DUALGRID_QP_OK);
    for (int32_t i = 0; i < count; i++) {
      product[i] = 0.0;
      for (int32_t j = 0; j < count; j++) {
        product[i] += packed[i <= j ? j * (j + 1) / 2 + i : i * (i + 1) / 2 + j] * change[j];
      }
    }
    EXPECT(dualgrid_qp_newton_aim(w, 0.1, 0, before, count) == DUALGRID_QP_OK);
    for (int32_t c = 0; c < count; c++) {
      prices[c] += change[c];
    }
    EXPECT(dualgrid_qp_newton_factorise(w, prices, count, state, DUALGRID_QP_STATE_COUNT) ==
           DUALGRID_QP_OK);
    EXPECT(dualgrid_qp_newton_aim(w, 0.1, 0, after, count) == DUALGRID_QP_OK);
    for (int32_t c = 0; c < count; c++) {
      /* Aims are exact to 1e-13 of right-hand sides near 10, and each sensitivity to 1e-9
         (newton.c); the product takes as much of each as its price has changed. */
      EXPECT(fabs(after[c] - before[c] - product[c]) < 1e-9 * changed);
    }
    EXPECT(dualgrid_qp_newton_direct(w, change, count, outlook, DUALGRID_QP_OUTLOOK_COUNT) ==
           DUALGRID_QP_OK);
    /* what the direction starts from is what was factorised */
    EXPECT(outlook[DUALGRID_QP_OUTLOOK_PRODUCTS] == state[DUALGRID_QP_STATE_PRODUCTS]);
    EXPECT(outlook[DUALGRID_QP_OUTLOOK_PRIMAL_STEP] > 0 &&
           outlook[DUALGRID_QP_OUTLOOK_PRIMAL_STEP] <= 1);
    EXPECT(dualgrid_qp_newton_move(w, outlook[0], outlook[1]) == DUALGRID_QP_OK);
    EXPECT(dualgrid_qp_newton_coupled(w, before, count, &cost) == DUALGRID_QP_OK);
  }
  EXPECT(dualgrid_qp_newton_sensitivities(w, packed, 0) == DUALGRID_QP_BAD_ARGUMENT);
  EXPECT(dualgrid_qp_newton_factorise(w, prices, count, NULL, DUALGRID_QP_STATE_COUNT) == DUALGRID_QP_BAD_ARGUMENT);
  EXPECT(dualgrid_qp_newton_aim(w, NAN, 0, before, count) == DUALGRID_QP_BAD_ARGUMENT);
  EXPECT(dualgrid_qp_newton_direct(w, change, count, outlook, 2) == DUALGRID_QP_BAD_ARGUMENT);
  EXPECT(dualgrid_qp_newton_move(w, 1, INFINITY) == DUALGRID_QP_BAD_ARGUMENT);
  EXPECT(dualgrid_qp_newton_coupled(w, before, count, NULL) == DUALGRID_QP_BAD_ARGUMENT);
  EXPECT(dualgrid_qp_newton_error(w)[0] != '\0');
  dualgrid_qp_newton_destroy(w);
  coupled[0] = n;
  EXPECT(create_newton(&p, coupled, count, &w) == DUALGRID_QP_BAD_ARGUMENT);
  EXPECT(dualgrid_qp_newton_start(w, prices, count) == DUALGRID_QP_BAD_ARGUMENT);
  dualgrid_qp_newton_destroy(w);
  EXPECT(create_newton(&p, coupled, n + 1, &w) == DUALGRID_QP_BAD_ARGUMENT);
  dualgrid_qp_newton_destroy(w);
  dualgrid_qp_newton_destroy(NULL);
  EXPECT(dualgrid_qp_newton_start(NULL, prices, count) == DUALGRID_QP_BAD_ARGUMENT);
}

static int32_t create_interior(const program *p, dualgrid_qp_interior **w) {
  return dualgrid_qp_interior_create(p->n, p->m, p->p_pointers, p->p_rows, p->p_values,
                                     p->p_pointers[p->n], p->q, p->a_pointers, p->a_rows,
                                     p->a_values, p->a_pointers[p->n], p->lower, p->upper, w);
}

/* Both methods find the same optimum, and the bound is below it. */
static void interior(int n, int m, double density) {
  static program p;
  dualgrid_qp *other = NULL;
  dualgrid_qp_interior *w = NULL;
  double x[MOST], y[MOST], expected[MOST], diagonal[MOST];
  double info[DUALGRID_QP_INTERIOR_COUNT], others[DUALGRID_QP_INFO_COUNT];
  plant(&p, n, m, density);
  EXPECT(create(&p, &other) == DUALGRID_QP_OK);
  EXPECT(create_interior(&p, &w) == DUALGRID_QP_OK);
  for (int turn = 0; turn < 3; turn++) {
    for (int32_t j = 0; j < n; j++) {
      diagonal[j] = 1 + turn + fabs(number());
    }
    EXPECT(dualgrid_qp_update_diagonal(other, diagonal, n) == DUALGRID_QP_OK);
    EXPECT(dualgrid_qp_interior_update_diagonal(w, diagonal, n) == DUALGRID_QP_OK);
    EXPECT(dualgrid_qp_solve(other, p.q, n, expected, y, m, others, DUALGRID_QP_INFO_COUNT) ==
           DUALGRID_QP_OK);
    EXPECT(others[DUALGRID_QP_INFO_STATUS] == DUALGRID_QP_SOLVED);
    EXPECT(dualgrid_qp_interior_solve(w, p.q, n, 1e-10, 1e-10, 100, x, y, m, info,
                                      DUALGRID_QP_INTERIOR_COUNT) == DUALGRID_QP_OK);
    EXPECT(info[DUALGRID_QP_INTERIOR_SOLVED] == 1);
    EXPECT(info[DUALGRID_QP_INTERIOR_ITERATIONS] <= 100);
    for (int32_t j = 0; j < n; j++) {
      /* P is 1 at least: a gap of 1e-10 times objectives near 100 moves x by its root. */
      EXPECT(fabs(x[j] - expected[j]) < 1e-3);
    }
  }
  EXPECT(dualgrid_qp_interior_solve(w, p.q, n, 1e-10, 1e-10, 100, x, y, m + 1, info,
                                    DUALGRID_QP_INTERIOR_COUNT) == DUALGRID_QP_BAD_ARGUMENT);
  EXPECT(dualgrid_qp_interior_solve(w, p.q, n, 0, 1e-10, 100, x, y, m, info,
                                    DUALGRID_QP_INTERIOR_COUNT) == DUALGRID_QP_BAD_ARGUMENT);
  EXPECT(dualgrid_qp_interior_solve(w, p.q, n, 1e-10, 0, 100, x, y, m, info, 1) ==
         DUALGRID_QP_BAD_ARGUMENT);
  diagonal[0] = -1;
  EXPECT(dualgrid_qp_interior_update_diagonal(w, diagonal, n) == DUALGRID_QP_BAD_ARGUMENT);
  EXPECT(dualgrid_qp_interior_update_diagonal(w, p.q, n + 1) == DUALGRID_QP_BAD_ARGUMENT);
  EXPECT(dualgrid_qp_interior_error(w)[0] != '\0');
  dualgrid_qp_interior_destroy(w);
  dualgrid_qp_destroy(other);
  p.p_pointers[0] = 1;
  EXPECT(create_interior(&p, &w) == DUALGRID_QP_BAD_ARGUMENT);
  EXPECT(dualgrid_qp_interior_update_diagonal(w, diagonal, n) == DUALGRID_QP_BAD_ARGUMENT);
  dualgrid_qp_interior_destroy(w);
  dualgrid_qp_interior_destroy(NULL);
  EXPECT(dualgrid_qp_interior_update_diagonal(NULL, diagonal, n) == DUALGRID_QP_BAD_ARGUMENT);
}

int main(void) {
  EXPECT(dualgrid_qp_abi_version() == DUALGRID_QP_ABI_VERSION);
  EXPECT(dualgrid_qp_version()[0] != '\0');
  solves(1, 0, 0.0);
  solves(1, 1, 1.0);
  solves(10, 6, 0.3);
  solves(60, 40, 0.1);
  solves(120, 90, 0.05);
  solves(40, 30, 1.0);
  proves_infeasibility();
  overflows();
  refusals();
  refuses_sizes();
  misuse();
  newton(1, 0, 1);
  newton(12, 9, 3);
  newton(60, 40, 17);
  interior(1, 0, 0.0);
  interior(12, 9, 0.3);
  interior(60, 40, 0.1);
  printf("dualgrid_qp %s: %s\n", dualgrid_qp_version(),
         failures == 0 ? "all checks passed" : "FAILED");
  return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
