/*
 * Feeds the C ABI of dualgrid_qp programs and calls made of arbitrary bytes, to be run under
 * sanitizers: by libFuzzer, or by itself with bytes from a seed (scripts/fuzz-native).
 *
 * Arrays have exactly the lengths that are told, so that a read or write beyond one is noticed.
 * What is called solved must be numbers within the iterations allowed.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dualgrid_qp.h"

enum { MOST_VARIABLES = 12, MOST_ROWS = 12, MOST_CALLS = 12, MOST_ITERATIONS = 300 };

typedef struct {
  const uint8_t *bytes;
  size_t left;
  int hostile; /* whether what follows may be wrong; else most of it would be refused at once */
} input;

static uint8_t next(input *in) {
  if (in->left == 0) {
    return 0;
  }
  in->left--;
  return *in->bytes++;
}

static int seldom(input *in) { return in->hostile && next(in) >= 252; }

/* Decides for what follows. */
static void choose_hostility(input *in) { in->hostile = next(in) >= 170; }

static double next_number(input *in) {
  static const double odd[] = {0.0, -0.0, 1.0, -1.0, 1e-300, 1e300, -1e308, 5e-324, 1e16, 1e-8};
  uint8_t kind = next(in);
  if (kind == 255 && in->hostile) {
    return next(in) & 1 ? NAN : next(in) & 1 ? INFINITY : -INFINITY;
  }
  if (kind >= 240 && next(in) % 4 == 0) {
    return odd[next(in) % (sizeof(odd) / sizeof(odd[0]))];
  }
  return ((double)kind - 120.0) / 16.0 + next(in) / 4096.0;
}

static double *new_numbers(input *in, int32_t count) {
  double *values = malloc((count > 0 ? (size_t)count : 1) * sizeof(double));
  for (int32_t i = 0; i < count; i++) {
    values[i] = next_number(in);
  }
  return values;
}

typedef struct {
  int32_t *pointers;
  int32_t *rows;
  double *values;
  int32_t count;
} matrix;

/* Mostly a matrix; with seldom bytes, one with indices and pointers out of order or range. */
static matrix new_matrix(input *in, int32_t rows, int32_t columns, int triangle) {
  matrix a = {malloc(((size_t)columns + 1) * sizeof(int32_t)), NULL, NULL, 0};
  int32_t room = (rows + 1) * columns + 1;
  int32_t *found = malloc((size_t)room * sizeof(int32_t));
  a.pointers[0] = seldom(in) ? next(in) : 0;
  for (int32_t j = 0; j < columns; j++) {
    for (int32_t i = 0; i < (triangle ? j + 1 : rows); i++) {
      int stored = triangle && i == j ? !seldom(in) : next(in) < 90;
      if (stored && a.count < room) {
        found[a.count++] = seldom(in) ? (int32_t)next(in) - 100 : i;
      }
    }
    a.pointers[j + 1] = seldom(in) ? (int32_t)next(in) - 100 : a.count;
  }
  a.rows = malloc((a.count > 0 ? (size_t)a.count : 1) * sizeof(int32_t));
  memcpy(a.rows, found, (size_t)a.count * sizeof(int32_t));
  free(found);
  a.values = new_numbers(in, a.count);
  for (int32_t j = 0; triangle && j < columns; j++) {
    /* Mostly convex: a large diagonal. */
    int32_t last = a.pointers[j + 1] - 1;
    if (last >= 0 && last < a.count && (!in->hostile || next(in) < 250)) {
      a.values[last] = fabs(a.values[last]) + 4.0;
    }
  }
  return a;
}

static void free_matrix(matrix *a) {
  free(a->pointers);
  free(a->rows);
  free(a->values);
}

static void new_bounds(input *in, int32_t m, double **lower, double **upper) {
  *lower = new_numbers(in, m);
  *upper = new_numbers(in, m);
  for (int32_t i = 0; i < m; i++) {
    uint8_t kind = next(in);
    if ((kind < 250 || !in->hostile) && (*lower)[i] > (*upper)[i]) {
      double swapped = (*lower)[i];
      (*lower)[i] = (*upper)[i];
      (*upper)[i] = swapped;
    }
    (*lower)[i] = kind % 8 == 0 ? -INFINITY : (*lower)[i];
    (*upper)[i] = kind % 8 == 1 ? INFINITY : kind % 8 == 2 ? (*lower)[i] : (*upper)[i];
  }
}

static void require(int condition, const char *what) {
  if (!condition) {
    fprintf(stderr, "fuzz_dualgrid_qp: %s\n", what);
    abort();
  }
}

static int are_finite(const double *values, int32_t count) {
  for (int32_t i = 0; i < count; i++) {
    if (!isfinite(values[i])) {
      return 0;
    }
  }
  return 1;
}

static void solve(input *in, dualgrid_qp *w, int32_t n, int32_t m) {
  double *q = new_numbers(in, n), *x = malloc((size_t)n * sizeof(double));
  double *y = malloc(((size_t)m + 1) * sizeof(double)), info[DUALGRID_QP_INFO_COUNT];
  int32_t code = dualgrid_qp_solve(w, next(in) < 200 ? q : NULL, n, x, y, m, info,
                                   seldom(in) ? 1 : DUALGRID_QP_INFO_COUNT);
  if (code == DUALGRID_QP_OK && info[DUALGRID_QP_INFO_STATUS] == DUALGRID_QP_SOLVED) {
    require(are_finite(x, n) && are_finite(y, m), "solved, but not by numbers");
    require(info[DUALGRID_QP_INFO_ITERATIONS] <= MOST_ITERATIONS, "too many iterations");
  }
  require((code == DUALGRID_QP_OK) == (dualgrid_qp_error(w)[0] == '\0'), "a failure without text");
  free(q);
  free(x);
  free(y);
}

static void call_solver(input *in, dualgrid_qp *w, int32_t n, int32_t m) {
  int32_t told_n = seldom(in) ? next(in) % MOST_VARIABLES : n;
  int32_t told_m = seldom(in) ? next(in) % MOST_ROWS : m;
  double *a = new_numbers(in, told_n), *b = new_numbers(in, told_m), *lower, *upper;
  switch (next(in) % 8) {
    case 0:
      dualgrid_qp_update_diagonal(w, a, told_n);
      break;
    case 1:
      new_bounds(in, told_m, &lower, &upper);
      dualgrid_qp_update_bounds(w, lower, upper, told_m);
      free(lower);
      free(upper);
      break;
    case 2:
      dualgrid_qp_update_settings(w, next_number(in), next_number(in),
                                  1 + next(in) % MOST_ITERATIONS);
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

static void call_newton(input *in, dualgrid_qp_newton *w, int32_t count) {
  int32_t told = seldom(in) ? next(in) % MOST_VARIABLES : count;
  int32_t packed = seldom(in) ? next(in) : count * (count + 1) / 2;
  double *a = new_numbers(in, told), *b = new_numbers(in, told);
  double *triangle = new_numbers(in, packed), few[DUALGRID_QP_OUTLOOK_COUNT];
  switch (next(in) % 8) {
    case 0:
      dualgrid_qp_newton_start(w, a, told);
      break;
    case 1:
      dualgrid_qp_newton_sensitivities(w, triangle, packed);
      break;
    case 2:
      dualgrid_qp_newton_multiply(w, a, next(in) < 250 ? b : a, told);
      break;
    case 3:
      dualgrid_qp_newton_aim(w, next_number(in), next(in) & 1, b, told);
      break;
    case 4:
      dualgrid_qp_newton_direct(w, a, told, few, DUALGRID_QP_OUTLOOK_COUNT);
      break;
    case 5:
      dualgrid_qp_newton_move(w, next_number(in), next_number(in));
      break;
    case 6:
      dualgrid_qp_newton_coupled(w, b, told, few);
      break;
    default:
      dualgrid_qp_newton_factorise(w, a, told, few, 2);
  }
  free(a);
  free(b);
  free(triangle);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
  input in = {bytes, length, 0};
  int32_t n = 1 + next(&in) % MOST_VARIABLES, m = next(&in) % (MOST_ROWS + 1), coupled[256], bounds;
  int32_t count = 1 + next(&in) % n;
  choose_hostility(&in);
  matrix p = new_matrix(&in, n, n, 1), a = new_matrix(&in, m, n, 0);
  double *q = new_numbers(&in, n), *lower, *upper;
  dualgrid_qp *solver = NULL;
  dualgrid_qp_newton *newton = NULL;
  new_bounds(&in, m, &lower, &upper);
  for (int32_t c = 0; c < count; c++) {
    coupled[c] = seldom(&in) ? (int32_t)next(&in) - 100 : c;
  }
  dualgrid_qp_create(n, m, p.pointers, p.rows, p.values, p.count, q, a.pointers, a.rows, a.values,
                     a.count, lower, upper, 1e-8, 1e-9, MOST_ITERATIONS, &solver);
  dualgrid_qp_newton_create(n, m, p.pointers, p.rows, p.values, p.count, q, a.pointers, a.rows,
                            a.values, a.count, lower, upper, coupled, count, &bounds, &newton);
  /* Whatever the outcome, further calls must be answered. */
  for (int call = 0; call < MOST_CALLS && in.left > 0; call++) {
    choose_hostility(&in);
    call_solver(&in, solver, n, m);
    call_newton(&in, newton, count);
  }
  dualgrid_qp_destroy(solver);
  dualgrid_qp_newton_destroy(newton);
  free_matrix(&p);
  free_matrix(&a);
  free(q);
  free(lower);
  free(upper);
  return 0;
}

#if !defined(DUALGRID_LIBFUZZER)
#include <time.h>

enum { LONGEST = 4096 };

static uint64_t state;

static uint64_t draw(void) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return state;
}

/* fuzz_dualgrid_qp SECONDS SEED: input i of a seed is the same on every machine. */
int main(int argc, char **argv) {
  static uint8_t bytes[LONGEST];
  double seconds = argc > 1 ? atof(argv[1]) : 10.0;
  uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1, inputs = 0;
  time_t begin = time(NULL);
  while (difftime(time(NULL), begin) < seconds) {
    size_t length;
    state = (seed * 1000003 + inputs + 1) * 0x9E3779B97F4A7C15u | 1;
    length = draw() % LONGEST;
    for (size_t i = 0; i < length; i++) {
      bytes[i] = (uint8_t)(draw() >> 32);
    }
    LLVMFuzzerTestOneInput(bytes, length);
    inputs++;
  }
  printf("fuzz_dualgrid_qp: %llu inputs of seed %llu, no finding\n", (unsigned long long)inputs,
         (unsigned long long)seed);
  return EXIT_SUCCESS;
}
#endif
