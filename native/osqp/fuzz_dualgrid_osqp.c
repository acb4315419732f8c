/*
 * Feeds the C ABI of dualgrid_osqp programs, settings and calls made of arbitrary bytes, to be run
 * under sanitizers (scripts/fuzz-native).
 *
 * Arrays have exactly the lengths that are told, so that a read or write beyond one is noticed.
 * What is called solved must be numbers within the iterations allowed.
 */
#include "dualgrid_osqp.h"
#include "matrix.h"

enum { MOST_VARIABLES = 8, MOST_ROWS = 8, MOST_CALLS = 8, MOST_ITERATIONS = 200 };

/* Mostly what the engine asks for; seldom any number at any place. */
static void choose_settings(fuzz_input *in, double *settings) {
  static const double usual[DUALGRID_OSQP_SETTING_COUNT] = {
      1e-6, 1e-6, 1e-6, MOST_ITERATIONS, 10, 0.1, 10, 1.5, 1e-6, 1.6, 0, 0};
  memcpy(settings, usual, sizeof(usual));
  settings[DUALGRID_OSQP_SCALING] = fuzz_byte(in) % 4;
  settings[DUALGRID_OSQP_POLISH] = fuzz_byte(in) & 1;
  if (in->hostile && fuzz_byte(in) < 64) {
    int place = fuzz_byte(in) % DUALGRID_OSQP_SETTING_COUNT;
    double value = fuzz_number(in);
    /* A caller may ask for a million iterations, and gets them: no finding, but no end either. */
    int counts = place == DUALGRID_OSQP_MAX_ITERATIONS || place == DUALGRID_OSQP_SCALING;
    settings[place] = counts && value > MOST_ITERATIONS && value < 1e9 ? MOST_ITERATIONS : value;
  }
}

static void solve(fuzz_input *in, dualgrid_osqp *w, int32_t n, int32_t m) {
  double *q = fuzz_numbers(in, n), *x = fuzz_memory((size_t)n, sizeof(double));
  double *y = fuzz_memory((size_t)m, sizeof(double)), info[DUALGRID_OSQP_INFO_COUNT];
  int32_t told_n = fuzz_seldom(in) ? (int32_t)fuzz_word(in) : n;
  int32_t told_m = fuzz_seldom(in) ? (int32_t)fuzz_word(in) : m;
  int32_t code = dualgrid_osqp_solve(w, fuzz_byte(in) < 200 ? q : NULL, told_n, x, y, told_m, info,
                                     fuzz_seldom(in) ? 1 : DUALGRID_OSQP_INFO_COUNT);
  fuzz_require(code != DUALGRID_OSQP_OK || (told_n == n && told_m == m), "wrong lengths taken");
  if (code == DUALGRID_OSQP_OK && info[DUALGRID_OSQP_INFO_STATUS] == DUALGRID_OSQP_SOLVED) {
    fuzz_require(fuzz_are_finite(x, n) && fuzz_are_finite(y, m), "solved, but not by numbers");
    fuzz_require(info[DUALGRID_OSQP_INFO_ITERATIONS] <= MOST_ITERATIONS, "too many iterations");
  }
  fuzz_require((code == DUALGRID_OSQP_OK) == (dualgrid_osqp_error(w)[0] == '\0'),
               "a failure without text");
  free(q);
  free(x);
  free(y);
}

static void call(fuzz_input *in, dualgrid_osqp *w, int32_t n, int32_t m) {
  int32_t told_n = fuzz_seldom(in) ? fuzz_byte(in) % MOST_VARIABLES : n;
  int32_t told_m = fuzz_seldom(in) ? fuzz_byte(in) % MOST_ROWS : m;
  double *a = fuzz_numbers(in, told_n), *b = fuzz_numbers(in, told_m), *lower, *upper;
  double settings[DUALGRID_OSQP_SETTING_COUNT];
  switch (fuzz_byte(in) % 8) {
    case 0:
      dualgrid_osqp_update_diagonal(w, a, told_n);
      break;
    case 1:
      fuzz_bounds(in, told_m, &lower, &upper);
      dualgrid_osqp_update_bounds(w, lower, upper, told_m);
      free(lower);
      free(upper);
      break;
    case 2:
      choose_settings(in, settings);
      dualgrid_osqp_update_settings(w, settings,
                                    fuzz_seldom(in) ? 3 : DUALGRID_OSQP_SETTING_COUNT);
      break;
    case 3:
      dualgrid_osqp_warm_start(w, a, told_n, b, told_m);
      break;
    default:
      solve(in, w, n, m);
  }
  free(a);
  free(b);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
  fuzz_input in = {bytes, length, 0};
  int32_t n = 1 + fuzz_byte(&in) % MOST_VARIABLES, m = fuzz_byte(&in) % (MOST_ROWS + 1);
  double settings[DUALGRID_OSQP_SETTING_COUNT], *q, *lower, *upper;
  dualgrid_osqp *workspace = NULL;
  fuzz_choose_hostility(&in);
  fuzz_matrix p = fuzz_new_matrix(&in, n, n, 1), a = fuzz_new_matrix(&in, m, n, 0);
  q = fuzz_numbers(&in, n);
  fuzz_bounds(&in, m, &lower, &upper);
  choose_settings(&in, settings);
  dualgrid_osqp_create(n, m, p.pointers, p.rows, p.values, p.count, q, a.pointers, a.rows, a.values,
                       a.count, lower, upper, settings, DUALGRID_OSQP_SETTING_COUNT, &workspace);
  /* Whatever the outcome, further calls must be answered. */
  for (int turn = 0; turn < MOST_CALLS && in.left > 0; turn++) {
    fuzz_choose_hostility(&in);
    call(&in, workspace, n, m);
  }
  dualgrid_osqp_destroy(workspace);
  fuzz_free_matrix(&p);
  fuzz_free_matrix(&a);
  free(q);
  free(lower);
  free(upper);
  return 0;
}
