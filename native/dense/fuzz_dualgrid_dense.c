/*
 * Feeds the C ABI of dualgrid_dense programs, calls and products made of arbitrary bytes, to be run
 * under sanitizers (scripts/fuzz-native).
 *
 * Arrays have exactly the lengths that are told, so that a read or write beyond one is noticed.
 * What is called solved must be numbers.
 */
#include "dualgrid_dense.h"
#include "input.h"

enum { MOST_VARIABLES = 12, MOST_ROWS = 16, MOST_CALLS = 8, MOST_ITERATIONS = 60, MOST_ORDER = 40 };

/* Mostly convex: symmetric, with a large diagonal. */
static double *new_quadratic(fuzz_input *in, int32_t k) {
  double *h = fuzz_numbers(in, k * k);
  for (int32_t i = 0; i < k && !fuzz_seldom(in); i++) {
    for (int32_t j = 0; j < i; j++) {
      h[i * k + j] = h[j * k + i] /= (double)k;
    }
    h[i * k + i] = fabs(h[i * k + i]) + 8.0;
  }
  return h;
}

static void solve(fuzz_input *in, dualgrid_dense *w, int32_t k, int32_t m) {
  double *c = fuzz_numbers(in, k), *y = fuzz_memory((size_t)k, sizeof(double));
  double *multipliers = fuzz_memory((size_t)m, sizeof(double)), info[DUALGRID_DENSE_INFO_COUNT];
  int32_t told_k = fuzz_seldom(in) ? (int32_t)fuzz_word(in) : k;
  int32_t told_m = fuzz_seldom(in) ? (int32_t)fuzz_word(in) : m;
  int32_t code = dualgrid_dense_solve(w, c, y, told_k, multipliers, told_m, info,
                                      fuzz_seldom(in) ? 1 : DUALGRID_DENSE_INFO_COUNT);
  fuzz_require(code != DUALGRID_DENSE_OK || (told_k == k && told_m == m), "wrong lengths taken");
  if (code == DUALGRID_DENSE_OK && info[DUALGRID_DENSE_INFO_STATUS] == DUALGRID_DENSE_SOLVED) {
    fuzz_require(fuzz_are_finite(y, k) && fuzz_are_finite(multipliers, m),
                 "solved, but not by numbers");
  }
  free(c);
  free(y);
  free(multipliers);
}

static void start(fuzz_input *in, dualgrid_dense *w, int32_t k, int32_t m) {
  int32_t told_k = fuzz_seldom(in) ? fuzz_byte(in) : k;
  int32_t told_m = fuzz_seldom(in) ? fuzz_byte(in) : m;
  double *y = fuzz_numbers(in, told_k), *multipliers = fuzz_numbers(in, told_m);
  dualgrid_dense_start(w, y, told_k, multipliers, told_m);
  free(y);
  free(multipliers);
}

static void solves(fuzz_input *in) {
  int32_t k = 1 + fuzz_byte(in) % MOST_VARIABLES, m = fuzz_byte(in) % (MOST_ROWS + 1);
  double *h = new_quadratic(in, k), *g = fuzz_numbers(in, m * k), *lower, *upper;
  double absolute = fuzz_seldom(in) ? fuzz_number(in) : 1e-9;
  double relative = fuzz_seldom(in) ? fuzz_number(in) : 1e-10;
  dualgrid_dense *workspace = NULL;
  fuzz_bounds(in, m, &lower, &upper);
  dualgrid_dense_create(fuzz_seldom(in) ? 0 : k, fuzz_seldom(in) ? -1 : m, h, g, lower, upper,
                        absolute, relative, fuzz_seldom(in) ? -1 : MOST_ITERATIONS, &workspace);
  /* Whatever the outcome, further calls must be answered. */
  for (int call = 0; call < MOST_CALLS && in->left > 0; call++) {
    fuzz_choose_hostility(in);
    if (fuzz_byte(in) % 4 == 0) {
      start(in, workspace, k, m);
    } else {
      solve(in, workspace, k, m);
    }
  }
  dualgrid_dense_destroy(workspace);
  free(h);
  free(g);
  free(lower);
  free(upper);
}

/* Starts that rise, but for lies, and columns that are mostly below a bound. */
typedef struct {
  int32_t count;
  int32_t *starts;
  int32_t *columns;
  double *values;
} sparse;

static sparse some_rows(fuzz_input *in, int32_t count, int32_t bound) {
  enum { MOST_ENTRIES = 6 };
  sparse rows = {count, fuzz_memory((size_t)count + 1, sizeof(int32_t)), NULL, NULL};
  rows.starts[0] = fuzz_seldom(in) ? 1 : 0;
  for (int32_t i = 0; i < count; i++) {
    rows.starts[i + 1] = rows.starts[i] + fuzz_byte(in) % MOST_ENTRIES;
  }
  int32_t entries = rows.starts[count];
  rows.columns = fuzz_memory((size_t)entries + 1, sizeof(int32_t));
  rows.values = fuzz_numbers(in, entries + 1);
  for (int32_t i = 0; i < count; i++) {
    int32_t most = bound > 0 ? bound : i; /* 0: below the diagonal */
    for (int32_t p = rows.starts[i]; p < rows.starts[i + 1]; p++) {
      rows.columns[p] = fuzz_seldom(in) ? fuzz_byte(in) - 128 : fuzz_byte(in) % (most > 0 ? most : 1);
    }
  }
  if (count > 1 && fuzz_seldom(in)) {
    rows.starts[1] = -1;
  }
  return rows;
}

static void forget(sparse rows) {
  free(rows.starts);
  free(rows.columns);
  free(rows.values);
}

/* Sizes on both sides of the blocks and tiles of the products. */
static void squares(fuzz_input *in) {
  int32_t k = 1 + fuzz_byte(in) % MOST_ORDER, told = fuzz_seldom(in) ? fuzz_byte(in) - 1 : k;
  int32_t count = fuzz_byte(in) % MOST_ORDER;
  double *scratch =
      fuzz_memory((size_t)dualgrid_dense_square_scratch(k, count), sizeof(double));
  double *reflectors = fuzz_numbers(in, k * k), *factors = fuzz_numbers(in, k);
  double *signs = fuzz_numbers(in, k), *v = fuzz_numbers(in, k);
  double *lengths = fuzz_numbers(in, count + 1);
  double *product = fuzz_memory((size_t)k * (count > k ? count : k), sizeof(double));
  sparse rows = some_rows(in, count, k), weights = some_rows(in, count, count);
  sparse below = some_rows(in, k, 0);
  dualgrid_dense_square *square = NULL;
  dualgrid_dense_square_create(fuzz_seldom(in) ? 0 : k, v, &square);
  for (int call = 0; call < MOST_CALLS && in->left > 0; call++) {
    fuzz_choose_hostility(in);
    switch (fuzz_byte(in) % 6) {
      case 0:
        dualgrid_dense_square_reflect(square, reflectors, factors, signs, told, scratch);
        break;
      case 1:
        dualgrid_dense_square_transpose(square);
        break;
      case 2:
        dualgrid_dense_square_solve_transposed(square, below.starts, below.columns, below.values,
                                               v, told);
        break;
      case 3:
        dualgrid_dense_square_multiply_left(square, rows.starts, rows.columns, rows.values, count,
                                            fuzz_byte(in) & 1 ? lengths : NULL, product, told);
        break;
      case 4:
        dualgrid_dense_square_congruence(square, rows.starts, rows.columns, rows.values, count,
                                         weights.starts, weights.columns, weights.values, product,
                                         told, scratch);
        break;
      default:
        dualgrid_dense_square_multiply(square, fuzz_byte(in) & 1, v, product, told);
    }
  }
  dualgrid_dense_square_destroy(square);
  forget(rows);
  forget(weights);
  forget(below);
  free(scratch);
  free(reflectors);
  free(factors);
  free(signs);
  free(v);
  free(lengths);
  free(product);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
  fuzz_input in = {bytes, length, 0};
  fuzz_choose_hostility(&in);
  int kind = fuzz_byte(&in) % 8;
  if (kind < 3) {
    squares(&in);
  } else {
    solves(&in);
  }
  return 0;
}
