/*
 * Feeds the C ABI of dualgrid_qp programs and calls made of arbitrary bytes, to be run under
 * sanitizers: by libFuzzer, or by itself with bytes from a seed (scripts/fuzz-native).
 *
 * Arrays have exactly the lengths that are told, so that a read or write beyond one is noticed.
 * What is called solved must be numbers within the iterations allowed.
 */
#include "dualgrid_qp.h"
#include "matrix.h"

enum { MOST_VARIABLES = 12, MOST_ROWS = 12, MOST_CALLS = 12, MOST_ITERATIONS = 300 };

static void solve(fuzz_input *in, dualgrid_qp *w, int32_t n, int32_t m) {
  double *q = fuzz_numbers(in, n), *x = malloc((size_t)n * sizeof(double));
  double *y = malloc(((size_t)m + 1) * sizeof(double)), info[DUALGRID_QP_INFO_COUNT];
  int32_t code = dualgrid_qp_solve(w, fuzz_byte(in) < 200 ? q : NULL, n, x, y, m, info,
                                   fuzz_seldom(in) ? 1 : DUALGRID_QP_INFO_COUNT);
  if (code == DUALGRID_QP_OK && info[DUALGRID_QP_INFO_STATUS] == DUALGRID_QP_SOLVED) {
    fuzz_require(fuzz_are_finite(x, n) && fuzz_are_finite(y, m), "solved, but not by numbers");
    fuzz_require(info[DUALGRID_QP_INFO_ITERATIONS] <= MOST_ITERATIONS, "too many iterations");
  }
  fuzz_require((code == DUALGRID_QP_OK) == (dualgrid_qp_error(w)[0] == '\0'),
               "a failure without text");
  free(q);
  free(x);
  free(y);
}

static void call_solver(fuzz_input *in, dualgrid_qp *w, int32_t n, int32_t m) {
  int32_t told_n = fuzz_seldom(in) ? fuzz_byte(in) % MOST_VARIABLES : n;
  int32_t told_m = fuzz_seldom(in) ? fuzz_byte(in) % MOST_ROWS : m;
  double *a = fuzz_numbers(in, told_n), *b = fuzz_numbers(in, told_m), *lower, *upper;
  switch (fuzz_byte(in) % 8) {
    case 0:
      dualgrid_qp_update_diagonal(w, a, told_n);
      break;
    case 1:
      fuzz_bounds(in, told_m, &lower, &upper);
      dualgrid_qp_update_bounds(w, lower, upper, told_m);
      free(lower);
      free(upper);
      break;
    case 2:
      dualgrid_qp_update_settings(w, fuzz_number(in), fuzz_number(in),
                                  1 + fuzz_byte(in) % MOST_ITERATIONS);
      break;
    case 3:
      dualgrid_qp_warm_start(w, a, told_n, b, told_m);
      break;
    case 4:
      dualgrid_qp_update_linear(w, a, told_n);
      break;
    default:
      solve(in, w, n, m);
  }
  free(a);
  free(b);
}

static void call_newton(fuzz_input *in, dualgrid_qp_newton *w, int32_t count) {
  int32_t told = fuzz_seldom(in) ? fuzz_byte(in) % MOST_VARIABLES : count;
  int32_t packed = fuzz_seldom(in) ? fuzz_byte(in) : count * (count + 1) / 2;
  double *a = fuzz_numbers(in, told), *b = fuzz_numbers(in, told);
  double *triangle = fuzz_numbers(in, packed), few[DUALGRID_QP_OUTLOOK_COUNT];
  switch (fuzz_byte(in) % 7) {
    case 0:
      dualgrid_qp_newton_start(w, a, told);
      break;
    case 1:
      dualgrid_qp_newton_sensitivities(w, triangle, packed);
      break;
    case 2:
      dualgrid_qp_newton_aim(w, fuzz_number(in), fuzz_byte(in) & 1, b, told);
      break;
    case 3:
      dualgrid_qp_newton_direct(w, a, told, few, DUALGRID_QP_OUTLOOK_COUNT);
      break;
    case 4:
      dualgrid_qp_newton_move(w, fuzz_number(in), fuzz_number(in));
      break;
    case 5:
      dualgrid_qp_newton_coupled(w, b, told, few);
      break;
    default:
      dualgrid_qp_newton_factorise(w, a, told, few, DUALGRID_QP_STATE_COUNT);
  }
  free(a);
  free(b);
  free(triangle);
}

static void call_interior(fuzz_input *in, dualgrid_qp_interior *w, int32_t n, int32_t m) {
  int32_t told_n = fuzz_seldom(in) ? fuzz_byte(in) % MOST_VARIABLES : n;
  int32_t told_m = fuzz_seldom(in) ? fuzz_byte(in) % MOST_ROWS : m;
  double *q = fuzz_numbers(in, told_n), *x = fuzz_numbers(in, told_n);
  double *y = fuzz_numbers(in, told_m), info[DUALGRID_QP_INTERIOR_COUNT];
  if (fuzz_byte(in) & 1) {
    dualgrid_qp_interior_update_diagonal(w, q, told_n);
  } else {
    dualgrid_qp_interior_solve(w, q, told_n, 1e-8, 1e-8, MOST_ITERATIONS, x, y, told_m, info,
                               DUALGRID_QP_INTERIOR_COUNT);
  }
  free(q);
  free(x);
  free(y);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
  fuzz_input in = {bytes, length, 0};
  int32_t n = 1 + fuzz_byte(&in) % MOST_VARIABLES, m = fuzz_byte(&in) % (MOST_ROWS + 1);
  int32_t count = 1 + fuzz_byte(&in) % n, coupled[256], bounds;
  fuzz_choose_hostility(&in);
  fuzz_matrix p = fuzz_new_matrix(&in, n, n, 1), a = fuzz_new_matrix(&in, m, n, 0);
  double *q = fuzz_numbers(&in, n), *lower, *upper;
  dualgrid_qp *solver = NULL;
  dualgrid_qp_newton *newton = NULL;
  dualgrid_qp_interior *interior = NULL;
  fuzz_bounds(&in, m, &lower, &upper);
  for (int32_t c = 0; c < count; c++) {
    coupled[c] = fuzz_seldom(&in) ? (int32_t)fuzz_byte(&in) - 100 : c;
  }
  dualgrid_qp_create(n, m, p.pointers, p.rows, p.values, p.count, q, a.pointers, a.rows, a.values,
                     a.count, lower, upper, 1e-8, 1e-9, MOST_ITERATIONS, &solver);
  dualgrid_qp_newton_create(n, m, p.pointers, p.rows, p.values, p.count, q, a.pointers, a.rows,
                            a.values, a.count, lower, upper, coupled, count, &bounds, &newton);
  dualgrid_qp_interior_create(n, m, p.pointers, p.rows, p.values, p.count, q, a.pointers, a.rows,
                              a.values, a.count, lower, upper, &interior);
  /* Whatever the outcome, further calls must be answered. */
  for (int call = 0; call < MOST_CALLS && in.left > 0; call++) {
    fuzz_choose_hostility(&in);
    call_solver(&in, solver, n, m);
    call_newton(&in, newton, count);
    call_interior(&in, interior, n, m);
  }
  dualgrid_qp_destroy(solver);
  dualgrid_qp_newton_destroy(newton);
  dualgrid_qp_interior_destroy(interior);
  fuzz_free_matrix(&p);
  fuzz_free_matrix(&a);
  free(q);
  free(lower);
  free(upper);
  return 0;
}
