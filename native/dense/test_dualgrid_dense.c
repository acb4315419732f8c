/* Calls every function of dualgrid_dense, misuse included; for scripts/check-native-memory. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dualgrid_dense.h"

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

static double *numbers(size_t count) {
  double *values = malloc((count > 0 ? count : 1) * sizeof(double));
  for (size_t i = 0; i < count; i++) {
    values[i] = number();
  }
  return values;
}

/* Largest violation of the optimality conditions. */
static double defect(int k, int m, const double *h, const double *g, const double *lower,
                     const double *upper, const double *c, const double *y, const double *lambda) {
  double worst = 0.0;
  double *gradient = malloc((size_t)k * sizeof(double));
  for (int i = 0; i < k; i++) {
    gradient[i] = c[i];
    for (int j = 0; j < k; j++) {
      gradient[i] += h[i * k + j] * y[j];
    }
  }
  for (int i = 0; i < m; i++) {
    double value = 0.0;
    for (int j = 0; j < k; j++) {
      value += g[i * k + j] * y[j];
      gradient[j] += g[i * k + j] * lambda[i];
    }
    worst = fmax(worst, fmax(value - upper[i], lower[i] - value));
    worst = fmax(worst, fmin(fabs(lambda[i]), lambda[i] > 0 ? upper[i] - value : value - lower[i]));
  }
  for (int i = 0; i < k; i++) {
    worst = fmax(worst, fabs(gradient[i]));
  }
  free(gradient);
  return worst;
}

static void solves(int k, int m) {
  double *h = calloc((size_t)k * k, sizeof(double));
  double *g = numbers((size_t)m * k), *lower = numbers(m), *upper = numbers(m);
  double *c = numbers(k), *y = malloc((size_t)k * sizeof(double));
  double *lambda = malloc(((size_t)m + 1) * sizeof(double)), info[DUALGRID_DENSE_INFO_COUNT];
  dualgrid_dense *workspace = NULL;
  for (int j = 0; j < k; j++) {
    h[j * k + j] = 1.5 + number();
  }
  for (int i = 0; i < m; i++) {
    lower[i] = i % 5 == 4 ? -INFINITY : -0.1 - fabs(lower[i]);
    upper[i] = 0.1 + fabs(upper[i]);
  }
  EXPECT(dualgrid_dense_create(k, m, h, g, lower, upper, 1e-9, 1e-10, 1000, &workspace) == 0);
  for (int turn = 0; turn < 40; turn++) {
    for (int j = 0; j < k; j++) {
      c[j] += number();
    }
    EXPECT(dualgrid_dense_solve(workspace, c, y, k, lambda, m, info, DUALGRID_DENSE_INFO_COUNT) ==
           0);
    EXPECT(info[DUALGRID_DENSE_INFO_STATUS] == DUALGRID_DENSE_SOLVED);
    EXPECT(defect(k, m, h, g, lower, upper, c, y, lambda) < 1e-7);
    if (turn == 20) {
      EXPECT(dualgrid_dense_start(workspace, y, k, lambda, m) == 0);
    }
  }
  EXPECT(dualgrid_dense_solve(workspace, c, y, k + 1, lambda, m, info, 2) ==
         DUALGRID_DENSE_BAD_ARGUMENT);
  EXPECT(dualgrid_dense_error(workspace)[0] != '\0');
  EXPECT(dualgrid_dense_solve(workspace, c, y, k, lambda, m, info, 1) ==
         DUALGRID_DENSE_BAD_ARGUMENT);
  EXPECT(dualgrid_dense_solve(workspace, NULL, y, k, lambda, m, info, 2) ==
         DUALGRID_DENSE_BAD_ARGUMENT);
  EXPECT(dualgrid_dense_start(workspace, y, k, lambda, m + 1) == DUALGRID_DENSE_BAD_ARGUMENT);
  c[0] = NAN;
  EXPECT(dualgrid_dense_solve(workspace, c, y, k, lambda, m, info, 2) ==
         DUALGRID_DENSE_BAD_ARGUMENT);
  dualgrid_dense_destroy(workspace);
  free(h), free(g), free(lower), free(upper), free(c), free(y), free(lambda);
}

static void refusals(void) {
  double one = 1.0, two = 2.0;
  dualgrid_dense *workspace = NULL;
  EXPECT(dualgrid_dense_create(0, 1, &one, &one, &one, &one, 1e-9, 0, 10, &workspace) ==
         DUALGRID_DENSE_BAD_ARGUMENT);
  /* what was not set up solves nothing, whatever lengths it is asked for */
  double info[DUALGRID_DENSE_INFO_COUNT];
  EXPECT(dualgrid_dense_solve(workspace, &one, &two, 0, &two, 0, info, 2) ==
         DUALGRID_DENSE_BAD_ARGUMENT);
  EXPECT(dualgrid_dense_start(workspace, &one, 0, &one, 0) == DUALGRID_DENSE_BAD_ARGUMENT);
  dualgrid_dense_destroy(workspace);
  /* refused before a single entry is read, or memory is asked for */
  EXPECT(dualgrid_dense_create(1 << 15, 1, &one, &one, &one, &one, 1e-9, 0, 10, &workspace) ==
         DUALGRID_DENSE_BAD_ARGUMENT);
  dualgrid_dense_destroy(workspace);
  EXPECT(dualgrid_dense_create(1 << 14, INT32_MAX, &one, &one, &one, &one, 1e-9, 0, 10,
                               &workspace) == DUALGRID_DENSE_BAD_ARGUMENT);
  dualgrid_dense_destroy(workspace);
  EXPECT(dualgrid_dense_create(1, 1 << 28, &one, &one, &one, &one, 1e-9, 0, 10, &workspace) ==
         DUALGRID_DENSE_BAD_ARGUMENT);
  dualgrid_dense_destroy(workspace);
  EXPECT(dualgrid_dense_create(1, 1, &one, &one, &two, &one, 1e-9, 0, 10, &workspace) ==
         DUALGRID_DENSE_BAD_ARGUMENT);
  EXPECT(strstr(dualgrid_dense_error(workspace), "row 0") != NULL);
  dualgrid_dense_destroy(workspace);
  EXPECT(dualgrid_dense_create(1, 1, &one, &one, &one, &one, NAN, 0, 10, &workspace) ==
         DUALGRID_DENSE_BAD_ARGUMENT);
  dualgrid_dense_destroy(workspace);
  double lost[] = {NAN, INFINITY, -INFINITY}, huge[] = {1e200, 1e200}, none[4] = {0};
  for (int i = 0; i < 3; i++) {
    EXPECT(dualgrid_dense_create(1, 1, lost + i, &one, &one, &one, 1e-9, 0, 10, &workspace) ==
           DUALGRID_DENSE_BAD_ARGUMENT);
    dualgrid_dense_destroy(workspace);
    EXPECT(dualgrid_dense_create(1, 1, &one, lost + i, &one, &one, 1e-9, 0, 10, &workspace) ==
           DUALGRID_DENSE_BAD_ARGUMENT);
    dualgrid_dense_destroy(workspace);
  }
  /* found while it is set up: nothing is left that could be solved or started */
  EXPECT(dualgrid_dense_create(2, 1, none, huge, &one, &one, 1e-9, 0, 10, &workspace) ==
         DUALGRID_DENSE_BAD_ARGUMENT);
  EXPECT(strstr(dualgrid_dense_error(workspace), "row 0") != NULL);
  EXPECT(dualgrid_dense_solve(workspace, huge, none, 2, none, 1, info, 2) ==
         DUALGRID_DENSE_BAD_ARGUMENT);
  EXPECT(dualgrid_dense_start(workspace, huge, 2, none, 1) == DUALGRID_DENSE_BAD_ARGUMENT);
  dualgrid_dense_destroy(workspace);
  EXPECT(dualgrid_dense_create(1, 1, &one, &one, &one, &one, 1e-9, 0, 10, NULL) ==
         DUALGRID_DENSE_BAD_ARGUMENT);
  dualgrid_dense_destroy(NULL);
  EXPECT(dualgrid_dense_error(NULL)[0] != '\0');
}

/* Two entries in each row, if k has as many columns to the left of it, or columns at all. */
static void sparse_rows(int count, int k, int triangular, int32_t *starts, int32_t *columns,
                        double *values) {
  starts[0] = 0;
  for (int i = 0; i < count; i++) {
    int bound = triangular ? i : k;
    starts[i + 1] = starts[i];
    for (int e = 0; e < 2 && e < bound; e++) {
      columns[starts[i + 1]] = (i * 7 + e * 3) % bound;
      values[starts[i + 1]++] = 0.3 - 0.2 * e;
    }
  }
}

/* Its entries, as its product with an identity. */
static void read_entries(const dualgrid_dense_square *square, int k, double *entries) {
  int32_t *each = malloc((k + 1) * sizeof(int32_t));
  double *ones = malloc(k * sizeof(double));
  for (int i = 0; i <= k; i++) {
    each[i] = i;
  }
  for (int i = 0; i < k; i++) {
    ones[i] = 1.0;
  }
  EXPECT(dualgrid_dense_square_multiply_left(square, each, each, ones, k, NULL, entries, k) == 0);
  free(each), free(ones);
}

static void squares(int k) {
  size_t order = (size_t)k;
  int count = 2 * k + 1;
  double *diagonal = malloc(order * sizeof(double)), *signs = malloc(order * sizeof(double));
  double *factors = malloc(order * sizeof(double)), *v = numbers(order * order);
  double *a = malloc(order * order * sizeof(double)), *x = numbers(order);
  double *product = malloc((size_t)count * order * sizeof(double));
  double *h = malloc(order * order * sizeof(double)), *lengths = malloc(count * sizeof(double));
  double *scratch =
      malloc((size_t)dualgrid_dense_square_scratch(k, count) * sizeof(double));
  int32_t *starts = malloc((count + 1) * sizeof(int32_t)), *columns = malloc(2 * count * sizeof(int32_t));
  int32_t *each = malloc((count + 1) * sizeof(int32_t));
  double *values = malloc(2 * count * sizeof(double)), before = 0.0, after = 0.0;
  dualgrid_dense_square *square = NULL;
  for (int j = 0; j < k; j++) {
    double length = 0.0;
    for (int i = 0; i < k; i++) {
      v[j * k + i] = i < j ? 0.0 : v[j * k + i];
      length += v[j * k + i] * v[j * k + i];
    }
    factors[j] = 2.0 / length;
    signs[j] = j % 2 ? 1.0 : -1.0;
    diagonal[j] = 1.0 + j % 3;
    before += diagonal[j] * diagonal[j];
  }
  EXPECT(dualgrid_dense_square_create(k, diagonal, &square) == 0);
  for (int turn = 0; turn < 2; turn++) { /* of a diagonal matrix, and of a full one */
    EXPECT(dualgrid_dense_square_reflect(square, v, factors, signs, k, scratch) == 0);
    EXPECT(dualgrid_dense_square_transpose(square) == 0);
    read_entries(square, k, a);
    after = 0.0;
    for (size_t i = 0; i < order * order; i++) {
      after += a[i] * a[i];
    }
    EXPECT(fabs(after - before) < 1e-9 * before); /* a rotation keeps lengths */
  }
  for (int transposed = 0; transposed < 2; transposed++) {
    EXPECT(dualgrid_dense_square_multiply(square, transposed, x, product, k) == 0);
    for (int i = 0; i < k; i++) {
      double expected = 0.0;
      for (int j = 0; j < k; j++) {
        expected += (transposed ? a[j * k + i] : a[i * k + j]) * x[j];
      }
      EXPECT(fabs(product[i] - expected) < 1e-12 * k);
    }
  }

  sparse_rows(count, k, 0, starts, columns, values);
  for (int i = 0; i < count; i++) {
    lengths[i] = i % 2 ? 0.5 : -2.0;
    each[i] = i;
  }
  each[count] = count;
  EXPECT(dualgrid_dense_square_multiply_left(square, starts, columns, values, count, NULL, product,
                                             k) == 0);
  for (int i = 0; i < count; i++) {
    for (int j = 0; j < k; j++) {
      double expected = 0.0;
      for (int p = starts[i]; p < starts[i + 1]; p++) {
        expected += values[p] * a[columns[p] * k + j];
      }
      EXPECT(fabs(product[i * k + j] - expected) < 1e-12);
    }
  }
  double *weights = malloc(count * sizeof(double)), trace = 0.0;
  for (int i = 0; i < count; i++) {
    weights[i] = 1.0 + i % 4;
    for (int j = 0; j < k; j++) {
      trace += weights[i] * product[i * k + j] * product[i * k + j];
    }
  }
  EXPECT(dualgrid_dense_square_congruence(square, starts, columns, values, count, each, each,
                                          weights, h, k, scratch) == 0);
  for (int j = 0; j < k; j++) {
    trace -= h[j * k + j];
    EXPECT(h[j * k] == h[j]);
  }
  EXPECT(fabs(trace) < 1e-10 * k);
  EXPECT(dualgrid_dense_square_multiply_left(square, starts, columns, values, count, lengths,
                                             product, k) == 0);
  for (int i = 0; i < count; i++) {
    double length = 0.0;
    for (int j = 0; j < k; j++) {
      length += product[i * k + j] * product[i * k + j];
    }
    EXPECT(fabs(length - (i % 2 ? 0.25 : 4.0)) < 1e-12);
    EXPECT(i % 2 ? lengths[i] > 0 : lengths[i] < 0);
  }

  /* refused before anything is written */
  EXPECT(dualgrid_dense_square_reflect(square, v, factors, signs, k + 1, scratch) ==
         DUALGRID_DENSE_BAD_ARGUMENT);
  EXPECT(dualgrid_dense_square_reflect(square, NULL, factors, signs, k, scratch) ==
         DUALGRID_DENSE_BAD_ARGUMENT);
  EXPECT(dualgrid_dense_square_transpose(NULL) == DUALGRID_DENSE_BAD_ARGUMENT);
  EXPECT(dualgrid_dense_square_multiply(square, 0, x, product, k + 1) ==
         DUALGRID_DENSE_BAD_ARGUMENT);
  EXPECT(dualgrid_dense_square_multiply(square, 0, x, NULL, k) == DUALGRID_DENSE_BAD_ARGUMENT);
  EXPECT(dualgrid_dense_square_multiply(NULL, 0, x, product, k) == DUALGRID_DENSE_BAD_ARGUMENT);
  int32_t last = columns[0];
  for (int wrong = 0; wrong < 2; wrong++) {
    columns[0] = wrong ? -1 : k;
    EXPECT(dualgrid_dense_square_multiply_left(square, starts, columns, values, count, NULL,
                                               product, k) == DUALGRID_DENSE_BAD_ARGUMENT);
    EXPECT(dualgrid_dense_square_congruence(square, starts, columns, values, count, each, each,
                                            weights, h, k, scratch) ==
           DUALGRID_DENSE_BAD_ARGUMENT);
  }
  columns[0] = last;
  each[0] = 1;
  EXPECT(dualgrid_dense_square_congruence(square, starts, columns, values, count, each, each,
                                          weights, h, k, scratch) == DUALGRID_DENSE_BAD_ARGUMENT);
  each[0] = count;
  EXPECT(dualgrid_dense_square_congruence(square, starts, columns, values, count, starts, each,
                                          weights, h, k, scratch) == DUALGRID_DENSE_BAD_ARGUMENT);
  read_entries(square, k, h);
  EXPECT(memcmp(a, h, order * order * sizeof(double)) == 0);

  sparse_rows(k, k, 1, starts, columns, values);
  EXPECT(dualgrid_dense_square_solve_transposed(square, starts, columns, values, diagonal, k) == 0);
  read_entries(square, k, h);
  for (int i = 0; i < k; i++) { /* L' H is A again */
    for (int j = 0; j < k; j++) {
      product[i * k + j] = diagonal[i] * h[i * k + j];
    }
  }
  for (int i = 0; i < k; i++) {
    for (int p = starts[i]; p < starts[i + 1]; p++) {
      for (int j = 0; j < k; j++) {
        product[columns[p] * k + j] += values[p] * h[i * k + j];
      }
    }
  }
  for (size_t i = 0; i < order * order; i++) {
    EXPECT(fabs(product[i] - a[i]) < 1e-11 * k);
  }
  if (k > 1) {
    columns[starts[1]] = 1; /* of row 1: on the diagonal */
    EXPECT(dualgrid_dense_square_solve_transposed(square, starts, columns, values, diagonal, k) ==
           DUALGRID_DENSE_BAD_ARGUMENT);
  }
  dualgrid_dense_square_destroy(square);
  dualgrid_dense_square_destroy(NULL);
  /* refused before an entry is read, or memory is asked for */
  EXPECT(dualgrid_dense_square_create(0, a, &square) == DUALGRID_DENSE_BAD_ARGUMENT);
  EXPECT(dualgrid_dense_square_create((1 << 14) + 1, a, &square) == DUALGRID_DENSE_BAD_ARGUMENT);
  EXPECT(dualgrid_dense_square_create(k, NULL, &square) == DUALGRID_DENSE_BAD_ARGUMENT);
  EXPECT(square == NULL);
  EXPECT(dualgrid_dense_square_create(k, a, NULL) == DUALGRID_DENSE_BAD_ARGUMENT);
  EXPECT(dualgrid_dense_square_scratch(0, 1) == -1);
  EXPECT(dualgrid_dense_square_scratch(1, -1) == -1);
  EXPECT(dualgrid_dense_square_scratch(1 << 14, (1 << 14) + 1) == -1);
  free(diagonal), free(signs), free(factors), free(v), free(a), free(x), free(product), free(h);
  free(lengths), free(scratch), free(starts), free(columns), free(each), free(values);
  free(weights);
}

int main(void) {
  EXPECT(dualgrid_dense_abi_version() == DUALGRID_DENSE_ABI_VERSION);
  EXPECT(dualgrid_dense_version()[0] != '\0');
  solves(1, 0);
  solves(3, 2);
  solves(40, 60);
  solves(70, 35);
  refusals();
  for (int k = 1; k <= 25; k += 3) {
    squares(k);
  }
  squares(33);
  squares(141);
  squares(515);
  printf("dualgrid_dense %s: %s\n", dualgrid_dense_version(),
         failures == 0 ? "all checks passed" : "FAILED");
  return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
