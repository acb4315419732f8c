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

/* Sizes on both sides of the blocks and tiles of the products. */
static void products(fuzz_input *in) {
  int32_t k = 1 + fuzz_byte(in) % MOST_ORDER, columns = 1 + fuzz_byte(in) % MOST_ORDER;
  int32_t diagonal = fuzz_byte(in) & 1, width = diagonal ? k : columns;
  double *scratch = fuzz_memory((size_t)dualgrid_dense_scratch(), sizeof(double));
  double *square = fuzz_numbers(in, k * k), *right = fuzz_numbers(in, k * width);
  double *factors = fuzz_numbers(in, k), *signs = fuzz_numbers(in, k);
  double *tall = fuzz_numbers(in, columns * k), *other = fuzz_numbers(in, columns * k);
  dualgrid_dense_reflect(right, fuzz_seldom(in) ? 0 : k, width, square, factors, signs, diagonal,
                         scratch);
  dualgrid_dense_symmetric_product(tall, other, fuzz_seldom(in) ? 0 : columns, k, square, scratch);
  free(scratch);
  free(square);
  free(right);
  free(factors);
  free(signs);
  free(tall);
  free(other);
}

static void squares(fuzz_input *in) {
  int32_t k = 1 + fuzz_byte(in) % MOST_ORDER, told = fuzz_seldom(in) ? fuzz_byte(in) - 1 : k;
  double *entries = fuzz_numbers(in, k * k), *v = fuzz_numbers(in, k);
  double *product = fuzz_memory((size_t)k, sizeof(double));
  dualgrid_dense_square *square = NULL;
  dualgrid_dense_square_create(fuzz_seldom(in) ? 0 : k, entries, &square);
  dualgrid_dense_square_multiply(square, fuzz_byte(in) & 1, v, product, told);
  dualgrid_dense_square_entries(square, entries, told);
  dualgrid_dense_square_destroy(square);
  free(entries);
  free(v);
  free(product);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
  fuzz_input in = {bytes, length, 0};
  fuzz_choose_hostility(&in);
  int kind = fuzz_byte(&in) % 8;
  if (kind < 2) {
    products(&in);
  } else if (kind == 2) {
    squares(&in);
  } else {
    solves(&in);
  }
  return 0;
}
