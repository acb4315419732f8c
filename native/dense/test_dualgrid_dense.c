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

static void products(int k, int columns) {
  size_t order = (size_t)k;
  double *scratch = malloc((size_t)dualgrid_dense_scratch() * sizeof(double));
  double *v = numbers(order * order), *factors = malloc(order * sizeof(double));
  double *signs = malloc(order * sizeof(double)), *right = numbers(order * columns);
  double *product = malloc(order * order * sizeof(double)), before = 0.0, after = 0.0;
  for (int j = 0; j < k; j++) {
    double square = 0.0;
    for (int i = 0; i < k; i++) {
      v[j * k + i] = i < j ? 0.0 : v[j * k + i];
      square += v[j * k + i] * v[j * k + i];
    }
    factors[j] = 2.0 / square;
    signs[j] = j % 2 ? 1.0 : -1.0;
  }
  for (size_t i = 0; i < order * columns; i++) {
    before += right[i] * right[i];
  }
  EXPECT(dualgrid_dense_reflect(right, k, columns, v, factors, signs, 0, scratch) == 0);
  for (size_t i = 0; i < order * columns; i++) {
    after += right[i] * right[i];
  }
  EXPECT(fabs(after - before) < 1e-9 * before); /* a rotation keeps lengths */
  for (int j = 0; j < k; j++) {
    for (int i = 0; i < k; i++) {
      v[j * k + i] = i < j ? 0.1 / k : i == j ? 1.0 : 0.0; /* a lower triangle */
    }
  }
  EXPECT(dualgrid_dense_symmetric_product(v, v, k, k, product, scratch) == 0);
  EXPECT(fabs(product[k * k - 1] - 1.0) < 1e-12);
  EXPECT(dualgrid_dense_reflect(right, 0, columns, v, factors, signs, 0, scratch) ==
         DUALGRID_DENSE_BAD_ARGUMENT);
  EXPECT(dualgrid_dense_symmetric_product(v, v, -1, k, product, scratch) ==
         DUALGRID_DENSE_BAD_ARGUMENT);
  free(scratch), free(v), free(factors), free(signs), free(right), free(product);
}

static void squares(int k) {
  size_t order = (size_t)k;
  double *a = numbers(order * order), *v = numbers(order), *again = numbers(order * order);
  double *product = malloc(order * sizeof(double));
  dualgrid_dense_square *square = NULL;
  EXPECT(dualgrid_dense_square_create(k, a, &square) == 0);
  EXPECT(dualgrid_dense_square_entries(square, again, k) == 0);
  EXPECT(memcmp(a, again, order * order * sizeof(double)) == 0);
  for (int transposed = 0; transposed < 2; transposed++) {
    EXPECT(dualgrid_dense_square_multiply(square, transposed, v, product, k) == 0);
    for (int i = 0; i < k; i++) {
      double expected = 0.0;
      for (int j = 0; j < k; j++) {
        expected += (transposed ? a[j * k + i] : a[i * k + j]) * v[j];
      }
      EXPECT(fabs(product[i] - expected) < 1e-13 * k);
    }
  }
  EXPECT(dualgrid_dense_square_multiply(square, 0, v, product, k + 1) ==
         DUALGRID_DENSE_BAD_ARGUMENT);
  EXPECT(dualgrid_dense_square_multiply(square, 0, v, NULL, k) == DUALGRID_DENSE_BAD_ARGUMENT);
  EXPECT(dualgrid_dense_square_multiply(NULL, 0, v, product, k) == DUALGRID_DENSE_BAD_ARGUMENT);
  EXPECT(dualgrid_dense_square_entries(square, again, -1) == DUALGRID_DENSE_BAD_ARGUMENT);
  dualgrid_dense_square_destroy(square);
  dualgrid_dense_square_destroy(NULL);
  /* refused before an entry is read, or memory is asked for */
  EXPECT(dualgrid_dense_square_create(0, a, &square) == DUALGRID_DENSE_BAD_ARGUMENT);
  EXPECT(dualgrid_dense_square_create((1 << 14) + 1, a, &square) == DUALGRID_DENSE_BAD_ARGUMENT);
  EXPECT(dualgrid_dense_square_create(k, NULL, &square) == DUALGRID_DENSE_BAD_ARGUMENT);
  EXPECT(square == NULL);
  EXPECT(dualgrid_dense_square_create(k, a, NULL) == DUALGRID_DENSE_BAD_ARGUMENT);
  free(a), free(v), free(again), free(product);
}

int main(void) {
  EXPECT(dualgrid_dense_abi_version() == DUALGRID_DENSE_ABI_VERSION);
  EXPECT(dualgrid_dense_version()[0] != '\0');
  solves(1, 0);
  solves(3, 2);
  solves(40, 60);
  solves(70, 35);
  refusals();
  products(1, 1);
  products(33, 7);
  products(67, 530);
  for (int k = 1; k <= 25; k += 3) {
    squares(k);
  }
  squares(141);
  printf("dualgrid_dense %s: %s\n", dualgrid_dense_version(),
         failures == 0 ? "all checks passed" : "FAILED");
  return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
