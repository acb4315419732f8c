/* See barrier.h. */
#include "barrier.h"

#include <math.h>
#include <string.h>

#include "lanes.h"
#include "memory.h"

enum { REFINEMENTS = 3 };

static const double REGULARISATION = 1e-9;
static const double ENOUGH = 1e-13; /* left of a right-hand side, relative */
static const double TO_BOUNDARY = 0.995;
static const double LEAST_DISTANCE = 1e-15;

/* As fmin and fmax, a second one that is no number does not count; but no calls. */
INLINE double least(double one, double other) { return other < one ? other : one; }

INLINE double most(double one, double other) { return other > one ? other : one; }

double qp_largest(const double *values, int32_t count) {
  double largest = 0.0;
  for (int32_t i = 0; i < count; i++) {
    largest = most(largest, fabs(values[i]));
  }
  return largest;
}

static int has_lower(const qp_barrier *w, int32_t row) { return w->lower[row] > -INFINITY; }

static int has_upper(const qp_barrier *w, int32_t row) { return w->upper[row] < INFINITY; }

/* Which rows are bounds, and which are rows of the matrix. */
static void sort_rows(qp_barrier *w, int32_t *entries_of_row) {
  for (int32_t j = 0; j < w->n; j++) {
    for (int32_t k = w->a_pointers[j]; k < w->a_pointers[j + 1]; k++) {
      int32_t row = w->a_rows[k];
      entries_of_row[row]++;
      w->bound_variable[row] = j;
      w->bound_coefficient[row] = w->a_values[k];
    }
  }
  w->size = w->n;
  for (int32_t i = 0; i < w->m; i++) {
    int is_bound = entries_of_row[i] == 1 && !w->equality[i];
    w->row_of[i] = is_bound ? -1 : w->size++;
  }
}

/* The upper triangle by columns: those of P, then those of A' with their diagonal entries. */
static void arrange(qp_barrier *w, const int32_t *entries_of_row, int32_t *next, int32_t *pointers,
                    int32_t *rows) {
  int32_t count = 0;
  for (int32_t j = 0; j < w->n; j++) {
    for (int32_t k = w->p_pointers[j]; k < w->p_pointers[j + 1]; k++) {
      w->base[count] = w->p_values[k];
      rows[count++] = w->p_rows[k];
    }
    w->diagonal_of_x[j] = count - 1;
    pointers[j + 1] = count;
  }
  for (int32_t i = 0; i < w->m; i++) {
    next[i] = count;
    if (w->row_of[i] >= 0) {
      count += entries_of_row[i];
      w->diagonal_of_row[i] = count;
      rows[count++] = w->row_of[i];
      pointers[w->row_of[i] + 1] = count;
    }
  }
  for (int32_t j = 0; j < w->n; j++) {
    int32_t own = w->c_pointers[j];
    for (int32_t k = w->a_pointers[j]; k < w->a_pointers[j + 1]; k++) {
      int32_t i = w->a_rows[k];
      if (w->row_of[i] >= 0) {
        w->base[next[i]] = w->a_values[k];
        rows[next[i]++] = j;
        w->c_rows[own] = w->row_of[i];
        w->c_values[own++] = w->a_values[k];
      }
    }
    w->c_pointers[j + 1] = own;
  }
  w->entries = count;
}

static int allocate_program(qp_barrier *w, int32_t p_count, int32_t a_count) {
  int64_t n = w->n, m = w->m;
  return (w->p_pointers = qp_new_indices(n + 1)) && (w->p_rows = qp_new_indices(p_count)) &&
         (w->p_values = qp_new_doubles(p_count)) && (w->a_pointers = qp_new_indices(n + 1)) &&
         (w->a_rows = qp_new_indices(a_count)) && (w->a_values = qp_new_doubles(a_count)) &&
         (w->lower = qp_new_doubles(m)) && (w->upper = qp_new_doubles(m)) &&
         (w->equality = qp_new_flags(m)) && (w->row_of = qp_new_indices(m)) &&
         (w->bound_variable = qp_new_indices(m)) && (w->bound_coefficient = qp_new_doubles(m)) &&
         (w->inverse_sigma = qp_new_doubles(m)) && (w->diagonal_of_x = qp_new_indices(n)) &&
         (w->diagonal_of_row = qp_new_indices(m)) && (w->c_pointers = qp_new_indices(n + 1)) &&
         (w->c_rows = qp_new_indices(a_count)) && (w->c_values = qp_new_doubles(a_count));
}

static int allocate_point(qp_barrier *w) {
  int64_t n = w->n, m = w->m, size = w->size;
  return (w->diagonal = qp_new_doubles(size)) && (w->right = qp_new_doubles(size * QP_LANES)) &&
         (w->solution = qp_new_doubles(size * QP_LANES)) &&
         (w->correction = qp_new_doubles(size * QP_LANES)) &&
         (w->product = qp_new_doubles(n * QP_LANES)) &&
         (w->scratch = qp_new_doubles(size * QP_LANES)) && (w->x = qp_new_doubles(n)) &&
         (w->y = qp_new_doubles(m)) && (w->s = qp_new_doubles(m)) && (w->zl = qp_new_doubles(m)) &&
         (w->zu = qp_new_doubles(m)) && (w->residual_x = qp_new_doubles(n)) &&
         (w->residual_row = qp_new_doubles(m)) && (w->aimed = qp_new_doubles(size)) &&
         (w->direction = qp_new_doubles(size)) && (w->row_step = qp_new_doubles(m)) &&
         (w->ds = qp_new_doubles(m)) && (w->dzl = qp_new_doubles(m)) &&
         (w->dzu = qp_new_doubles(m)) && (w->row_product = qp_new_doubles(m));
}

static void copy_program(qp_barrier *w, const qp_given *given, int32_t p_count, int32_t a_count) {
  qp_copy(w->p_pointers, given->p_pointers, (int64_t)w->n + 1, sizeof(int32_t));
  qp_copy(w->p_rows, given->p_rows, p_count, sizeof(int32_t));
  qp_copy(w->p_values, given->p_values, p_count, sizeof(double));
  qp_copy(w->a_pointers, given->a_pointers, (int64_t)w->n + 1, sizeof(int32_t));
  qp_copy(w->a_rows, given->a_rows, a_count, sizeof(int32_t));
  qp_copy(w->a_values, given->a_values, a_count, sizeof(double));
  qp_copy(w->lower, given->lower, w->m, sizeof(double));
  qp_copy(w->upper, given->upper, w->m, sizeof(double));
  for (int32_t i = 0; i < w->m; i++) {
    w->equality[i] = w->lower[i] == w->upper[i];
  }
  for (int32_t k = 0; k < p_count; k++) {
    w->has_quadratic |= w->p_values[k] != 0.0;
  }
}

enum qp_ldl_outcome qp_barrier_load(qp_barrier *w, const qp_given *given, int64_t most_entries) {
  int32_t p_count = given->p_pointers[given->n], a_count = given->a_pointers[given->n];
  int64_t most = (int64_t)p_count + a_count + given->m;
  int64_t rows_most = (int64_t)given->n + given->m;
  int32_t *entries_of_row, *next, *pointers, *rows;
  enum qp_ldl_outcome outcome = QP_LDL_OUT_OF_MEMORY;
  memset(w, 0, sizeof(qp_barrier));
  w->n = given->n;
  w->m = given->m;
  if (most > most_entries || rows_most * QP_LANES > most_entries) {
    return QP_LDL_TOO_LARGE;
  }
  entries_of_row = qp_new_indices(w->m);
  next = qp_new_indices(w->m);
  pointers = qp_new_indices(rows_most + 1);
  rows = qp_new_indices(most);
  w->base = qp_new_doubles(most);
  w->values = qp_new_doubles(most);
  if (entries_of_row && next && pointers && rows && w->base && w->values &&
      allocate_program(w, p_count, a_count)) {
    copy_program(w, given, p_count, a_count);
    sort_rows(w, entries_of_row);
    arrange(w, entries_of_row, next, pointers, rows);
    if (allocate_point(w)) {
      outcome = qp_ldl_analyse(&w->factors, w->size, w->n, pointers, rows, most_entries);
    }
  }
  free(entries_of_row);
  free(next);
  free(pointers);
  free(rows);
  return outcome;
}

void qp_barrier_free(qp_barrier *w) {
  free(w->p_pointers);
  free(w->p_rows);
  free(w->p_values);
  free(w->a_pointers);
  free(w->a_rows);
  free(w->a_values);
  free(w->lower);
  free(w->upper);
  free(w->equality);
  free(w->row_of);
  free(w->bound_variable);
  free(w->bound_coefficient);
  free(w->inverse_sigma);
  free(w->diagonal);
  free(w->c_pointers);
  free(w->c_rows);
  free(w->c_values);
  free(w->base);
  free(w->values);
  free(w->diagonal_of_x);
  free(w->diagonal_of_row);
  free(w->right);
  free(w->solution);
  free(w->correction);
  free(w->product);
  free(w->scratch);
  free(w->x);
  free(w->y);
  free(w->s);
  free(w->zl);
  free(w->zu);
  free(w->residual_x);
  free(w->residual_row);
  free(w->aimed);
  free(w->direction);
  free(w->row_step);
  free(w->ds);
  free(w->dzl);
  free(w->dzu);
  free(w->row_product);
  qp_ldl_free(&w->factors);
}

int32_t qp_barrier_bounds(const qp_barrier *w) {
  int64_t bounds = 0;
  for (int32_t i = 0; i < w->m; i++) {
    bounds += w->equality[i] ? 0 : has_lower(w, i) + has_upper(w, i);
  }
  return (int32_t)bounds;
}

static void refactorise(qp_barrier *w) {
  qp_ldl_touch_all(&w->factors);
  qp_ldl_update(&w->factors, w->values);
}

static void take_base(qp_barrier *w, double added) {
  qp_copy(w->values, w->base, w->entries, sizeof(double));
  for (int32_t j = 0; j < w->n; j++) {
    w->values[w->diagonal_of_x[j]] += added;
  }
}

/* With P + I and weight one on every inequality. */
static void factorise_for_start(qp_barrier *w) {
  take_base(w, 1.0);
  for (int32_t i = 0; i < w->m; i++) {
    if (w->row_of[i] < 0) {
      w->values[w->diagonal_of_x[w->bound_variable[i]]] +=
          w->bound_coefficient[i] * w->bound_coefficient[i];
    } else {
      w->values[w->diagonal_of_row[i]] = w->equality[i] ? -REGULARISATION : -1.0;
    }
  }
  refactorise(w);
}

void qp_barrier_factorise(qp_barrier *w) {
  for (int32_t i = 0; i < w->m; i++) {
    double sigma;
    if (w->equality[i]) {
      w->inverse_sigma[i] = 0.0;
      continue;
    }
    sigma = w->zl[i] / (w->s[i] - w->lower[i]) + w->zu[i] / (w->upper[i] - w->s[i]);
    /* A row without bounds has no multiplier, which a huge inverse expresses. */
    w->inverse_sigma[i] = sigma > 1e-16 ? 1.0 / sigma : 1e16;
  }
  take_base(w, REGULARISATION);
  memset(w->diagonal, 0, (size_t)w->n * sizeof(double));
  for (int32_t i = 0; i < w->m; i++) {
    if (w->row_of[i] < 0) {
      int32_t j = w->bound_variable[i];
      double weight = w->bound_coefficient[i] * w->bound_coefficient[i] / w->inverse_sigma[i];
      w->values[w->diagonal_of_x[j]] += weight;
      w->diagonal[j] += weight;
    } else {
      w->values[w->diagonal_of_row[i]] = -w->inverse_sigma[i] - REGULARISATION;
      w->diagonal[w->row_of[i]] = -w->inverse_sigma[i];
    }
  }
  refactorise(w);
}

/* product = P v, of vectors of one lane or of QP_LANES. */
INLINE void quadratic_product(const qp_barrier *w, const double *v, double *product,
                                     const int lanes) {
  for (int64_t k = 0; k < (int64_t)w->n * lanes; k++) {
    product[k] = 0.0;
  }
  for (int32_t j = 0; w->has_quadratic && j < w->n; j++) {
    for (int32_t k = w->p_pointers[j]; k < w->p_pointers[j + 1]; k++) {
      int64_t i = (int64_t)w->p_rows[k] * lanes, at = (int64_t)j * lanes;
      for (int lane = 0; lane < lanes; lane++) {
        product[i + lane] += w->p_values[k] * v[at + lane];
        if (i != at) {
          product[at + lane] += w->p_values[k] * v[i + lane];
        }
      }
    }
  }
}

INLINE void subtract(double *target, double factor, const double *source, const int lanes) {
  if (lanes == 1) {
    *target -= factor * *source;
  } else {
    qp_lanes_subtract(target, factor, source);
  }
}

/* What is left of right-hand sides, into w->correction: of one lane, or of QP_LANES. */
INLINE void left_over(qp_barrier *w, const double *RESTRICT right, const int lanes) {
  const double *RESTRICT solution = w->solution;
  const double *RESTRICT diagonal = w->diagonal;
  const double *RESTRICT values = w->c_values;
  const int32_t *RESTRICT pointers = w->c_pointers;
  const int32_t *RESTRICT rows = w->c_rows;
  double *RESTRICT correction = w->correction;
  qp_copy(correction, right, (int64_t)w->size * lanes, sizeof(double));
  if (w->has_quadratic) {
    quadratic_product(w, solution, w->product, lanes);
    for (int64_t k = 0; k < (int64_t)w->n * lanes; k++) {
      correction[k] -= w->product[k];
    }
  }
  for (int64_t k = 0; k < w->size; k++) {
    subtract(correction + k * lanes, diagonal[k], solution + k * lanes, lanes);
  }
  for (int32_t j = 0; j < w->n; j++) {
    double sum[QP_LANES], own[QP_LANES];
    memcpy(sum, correction + (int64_t)j * lanes, (size_t)lanes * sizeof(double));
    memcpy(own, solution + (int64_t)j * lanes, (size_t)lanes * sizeof(double));
    for (int32_t k = pointers[j]; k < pointers[j + 1]; k++) {
      int64_t row = (int64_t)rows[k] * lanes;
      subtract(sum, values[k], solution + row, lanes);
      subtract(correction + row, values[k], own, lanes);
    }
    memcpy(correction + (int64_t)j * lanes, sum, (size_t)lanes * sizeof(double));
  }
}

INLINE void largest_by_lane(const double *values, int32_t count, double *result, const int lanes) {
  double largest[QP_LANES] = {0.0};
  for (int32_t k = 0; k < count; k++) {
    if (lanes == 1) {
      largest[0] = most(largest[0], fabs(values[k]));
    } else {
      qp_lanes_largest(largest, values + (int64_t)k * QP_LANES);
    }
  }
  qp_copy(result, largest, lanes, sizeof(double));
}

INLINE void substitute(qp_barrier *w, double *b, const int lanes) {
  if (lanes == 1) {
    qp_ldl_solve(&w->factors, b);
  } else {
    qp_ldl_solve_lanes(&w->factors, b, w->scratch);
  }
}

/* Refines until no more than a part of each right-hand side is left, or it takes too long. */
INLINE void solve(qp_barrier *w, const double *right, double part, const int lanes) {
  double size[QP_LANES], left[QP_LANES], back[QP_LANES] = {-1.0, -1.0, -1.0, -1.0};
  qp_copy(w->solution, right, (int64_t)w->size * lanes, sizeof(double));
  substitute(w, w->solution, lanes);
  largest_by_lane(right, w->size, size, lanes);
  for (int round = 0; round < REFINEMENTS; round++) {
    int all_done = 1;
    left_over(w, right, lanes);
    largest_by_lane(w->correction, w->size, left, lanes);
    for (int lane = 0; lane < lanes; lane++) {
      /* A lane that is done stays as it is, as if it were solved alone. */
      back[lane] = left[lane] <= part * size[lane] ? 0.0 : back[lane];
      all_done = all_done && back[lane] == 0.0;
    }
    if (all_done) {
      return;
    }
    substitute(w, w->correction, lanes);
    for (int64_t k = 0; k < (int64_t)w->size * lanes; k++) {
      w->solution[k] -= back[k % lanes] * w->correction[k];
    }
  }
}

CLONES void qp_barrier_solve_lanes(qp_barrier *w, double enough) {
  solve(w, w->right, enough, QP_LANES);
}

void qp_barrier_solve(qp_barrier *w, const double *right) { solve(w, right, ENOUGH, 1); }

static double inside(double value, double lower, double upper, double margin) {
  double width = upper - lower;
  double away = width < INFINITY ? fmin(margin, 0.25 * width) : margin;
  return fmax(lower + away, fmin(upper - away, value));
}

/* result = A v */
static void multiply(const qp_barrier *w, const double *v, double *result) {
  for (int32_t i = 0; i < w->m; i++) {
    result[i] = 0.0;
  }
  for (int32_t j = 0; j < w->n; j++) {
    for (int32_t k = w->a_pointers[j]; k < w->a_pointers[j + 1]; k++) {
      result[w->a_rows[k]] += w->a_values[k] * v[j];
    }
  }
}

void qp_barrier_start(qp_barrier *w, const double *linear) {
  double largest = qp_largest(linear, w->n), scale = 1 + largest;
  double multiplier = fmax(1e-2, largest);
  double *direction = w->right; /* one vector, where a lane's would lie */
  for (int32_t j = 0; j < w->n; j++) {
    direction[j] = -linear[j] / scale;
  }
  for (int32_t i = 0; i < w->m; i++) {
    double target =
        w->equality[i] ? w->upper[i] : inside(0.0, w->lower[i], w->upper[i], 0.0);
    if (w->row_of[i] < 0) {
      direction[w->bound_variable[i]] += w->bound_coefficient[i] * target;
    } else {
      direction[w->row_of[i]] = target;
    }
  }
  factorise_for_start(w);
  qp_ldl_solve(&w->factors, direction);
  qp_copy(w->x, direction, w->n, sizeof(double));
  multiply(w, w->x, w->row_product);
  for (int32_t i = 0; i < w->m; i++) {
    int loose = !w->equality[i];
    w->s[i] = loose ? inside(w->row_product[i], w->lower[i], w->upper[i], 0.1) : w->upper[i];
    w->zl[i] = loose && has_lower(w, i) ? multiplier : 0.0;
    w->zu[i] = loose && has_upper(w, i) ? multiplier : 0.0;
    w->y[i] = w->zu[i] - w->zl[i];
  }
}

void qp_barrier_residuals(qp_barrier *w, const double *linear) {
  quadratic_product(w, w->x, w->product, 1);
  for (int32_t j = 0; j < w->n; j++) {
    double sum = 0.0;
    for (int32_t k = w->a_pointers[j]; k < w->a_pointers[j + 1]; k++) {
      sum += w->a_values[k] * w->y[w->a_rows[k]];
    }
    w->residual_x[j] = sum + (w->product[j] + linear[j]);
  }
  multiply(w, w->x, w->residual_row);
  for (int32_t i = 0; i < w->m; i++) {
    w->residual_row[i] -= w->s[i];
  }
}

void qp_barrier_aim(qp_barrier *w, double target, int second_order) {
  double *aimed = w->aimed;
  for (int32_t j = 0; j < w->n; j++) {
    aimed[j] = -w->residual_x[j];
  }
  for (int32_t i = 0; i < w->m; i++) {
    double t;
    if (w->equality[i]) {
      aimed[w->row_of[i]] = -w->residual_row[i];
      continue;
    }
    t = -w->y[i] - w->zl[i] + w->zu[i];
    if (has_lower(w, i)) {
      double product = second_order ? w->ds[i] * w->dzl[i] : 0.0;
      t += w->zl[i] + (product - target) / (w->s[i] - w->lower[i]);
    }
    if (has_upper(w, i)) {
      double product = second_order ? -w->ds[i] * w->dzu[i] : 0.0;
      t -= w->zu[i] + (product - target) / (w->upper[i] - w->s[i]);
    }
    w->row_product[i] = t;
    if (w->row_of[i] < 0) {
      aimed[w->bound_variable[i]] -=
          w->bound_coefficient[i] * (w->residual_row[i] / w->inverse_sigma[i] + t);
    } else {
      aimed[w->row_of[i]] = -w->residual_row[i] - w->inverse_sigma[i] * t;
    }
  }
}

void qp_barrier_complete(qp_barrier *w, double target, int second_order) {
  const double *direction = w->direction;
  for (int32_t i = 0; i < w->m; i++) {
    double slack, product_lower, product_upper;
    if (w->equality[i]) {
      w->row_step[i] = direction[w->row_of[i]];
      continue;
    }
    if (w->row_of[i] < 0) {
      slack = w->bound_coefficient[i] * direction[w->bound_variable[i]] + w->residual_row[i];
      w->row_step[i] = slack / w->inverse_sigma[i] + w->row_product[i];
    } else {
      w->row_step[i] = direction[w->row_of[i]];
      slack = w->inverse_sigma[i] * (w->row_step[i] - w->row_product[i]);
    }
    product_lower = second_order ? w->ds[i] * w->dzl[i] : 0.0;
    product_upper = second_order ? -w->ds[i] * w->dzu[i] : 0.0;
    if (has_lower(w, i)) {
      double distance = w->s[i] - w->lower[i];
      w->dzl[i] = (target - product_lower - w->zl[i] * slack) / distance - w->zl[i];
    }
    if (has_upper(w, i)) {
      double distance = w->upper[i] - w->s[i];
      w->dzu[i] = (target - product_upper + w->zu[i] * slack) / distance - w->zu[i];
    }
    w->ds[i] = slack;
  }
}

static double ratio(double value, double change) {
  return change < 0 ? -value / change : INFINITY;
}

/* At most 1, from the shortest of all ratios. */
static double within_boundary(double shortest) {
  return least(1.0, TO_BOUNDARY * least(1.0 / TO_BOUNDARY, shortest));
}

double qp_barrier_primal_step(const qp_barrier *w) {
  double step = INFINITY;
  for (int32_t i = 0; i < w->m; i++) {
    if (!w->equality[i] && has_lower(w, i)) {
      step = least(step, ratio(w->s[i] - w->lower[i], w->ds[i]));
    }
    if (!w->equality[i] && has_upper(w, i)) {
      step = least(step, ratio(w->upper[i] - w->s[i], -w->ds[i]));
    }
  }
  return within_boundary(step);
}

double qp_barrier_dual_step(const qp_barrier *w) {
  double step = INFINITY;
  for (int32_t i = 0; i < w->m; i++) {
    if (!w->equality[i] && has_lower(w, i)) {
      step = least(step, ratio(w->zl[i], w->dzl[i]));
    }
    if (!w->equality[i] && has_upper(w, i)) {
      step = least(step, ratio(w->zu[i], w->dzu[i]));
    }
  }
  return within_boundary(step);
}

static void add_product(double *k, double slack, double change, double z, double dz) {
  k[0] += slack * z;
  k[1] += change * z;
  k[2] += slack * dz;
  k[3] += change * dz;
}

void qp_barrier_products(const qp_barrier *w, double *k) {
  k[0] = k[1] = k[2] = k[3] = 0.0;
  for (int32_t i = 0; i < w->m; i++) {
    if (!w->equality[i] && has_lower(w, i)) {
      add_product(k, w->s[i] - w->lower[i], w->ds[i], w->zl[i], w->dzl[i]);
    }
    if (!w->equality[i] && has_upper(w, i)) {
      add_product(k, w->upper[i] - w->s[i], -w->ds[i], w->zu[i], w->dzu[i]);
    }
  }
}

/* Keeps a distance to the bounds that rounding cannot swallow, since it is divided by. */
static double strictly_inside(double value, double lower, double upper) {
  if (lower > -INFINITY) {
    value = most(value, lower + LEAST_DISTANCE * (1 + fabs(lower)));
  }
  return upper < INFINITY ? least(value, upper - LEAST_DISTANCE * (1 + fabs(upper))) : value;
}

void qp_barrier_move(qp_barrier *w, double primal_step, double dual_step) {
  for (int32_t j = 0; j < w->n; j++) {
    w->x[j] += primal_step * w->direction[j];
  }
  for (int32_t i = 0; i < w->m; i++) {
    w->y[i] += dual_step * w->row_step[i];
    if (!w->equality[i]) {
      w->s[i] = strictly_inside(w->s[i] + primal_step * w->ds[i], w->lower[i], w->upper[i]);
      w->zl[i] += dual_step * w->dzl[i];
      w->zu[i] += dual_step * w->dzu[i];
    }
  }
}
