/* See program.h. */
#include "program.h"

#include <math.h>

#include "memory.h"

enum { PASSES = 10 };

static const double LEAST = 1e-4;
static const double MOST = 1e4;

static double limited(double norm) { return norm < LEAST ? 1.0 : fmin(norm, MOST); }

static void quadratic_norms(qp_program *w) {
  for (int32_t j = 0; j < w->n; j++) {
    for (int32_t k = w->p_pointers[j]; k < w->p_pointers[j + 1]; k++) {
      int32_t i = w->p_rows[k];
      double size = fabs(w->given_p[k]) * w->columns[i] * w->columns[j];
      w->column_norms[i] = fmax(w->column_norms[i], size);
      w->column_norms[j] = fmax(w->column_norms[j], size);
    }
  }
}

static void zero(double *values, int32_t count) {
  for (int32_t i = 0; i < count; i++) {
    values[i] = 0.0;
  }
}

static void norms(qp_program *w) {
  zero(w->column_norms, w->n);
  zero(w->row_norms, w->m);
  quadratic_norms(w);
  for (int32_t j = 0; j < w->n; j++) {
    for (int32_t k = w->a_pointers[j]; k < w->a_pointers[j + 1]; k++) {
      int32_t i = w->a_rows[k];
      double size = fabs(w->given_a[k]) * w->columns[j] * w->rows[i];
      w->column_norms[j] = fmax(w->column_norms[j], size);
      w->row_norms[i] = fmax(w->row_norms[i], size);
    }
  }
}

static void find_scaling(qp_program *w) {
  double mean = 0.0, largest = 0.0;
  for (int32_t j = 0; j < w->n; j++) {
    w->columns[j] = 1.0;
  }
  for (int32_t i = 0; i < w->m; i++) {
    w->rows[i] = 1.0;
  }
  for (int pass = 0; pass < PASSES; pass++) {
    norms(w);
    for (int32_t j = 0; j < w->n; j++) {
      w->columns[j] /= sqrt(limited(w->column_norms[j]));
    }
    for (int32_t i = 0; i < w->m; i++) {
      w->rows[i] /= sqrt(limited(w->row_norms[i]));
    }
  }
  zero(w->column_norms, w->n);
  quadratic_norms(w);
  for (int32_t j = 0; j < w->n; j++) {
    mean += w->column_norms[j] / w->n;
    largest = fmax(largest, fabs(w->given_q[j] * w->columns[j]));
  }
  w->objective = 1.0 / limited(fmax(mean, largest));
}

static void scale_linear(qp_program *w) {
  for (int32_t j = 0; j < w->n; j++) {
    w->q[j] = w->objective * w->columns[j] * w->given_q[j];
  }
}

static void scale_bounds(qp_program *w) {
  for (int32_t i = 0; i < w->m; i++) {
    w->lower[i] = w->rows[i] * w->given_lower[i];
    w->upper[i] = w->rows[i] * w->given_upper[i];
    w->equality[i] = w->given_lower[i] == w->given_upper[i];
  }
}

static void rescale(qp_program *w) {
  find_scaling(w);
  for (int32_t j = 0; j < w->n; j++) {
    double column = w->columns[j];
    for (int32_t k = w->p_pointers[j]; k < w->p_pointers[j + 1]; k++) {
      w->p[k] = w->objective * w->given_p[k] * w->columns[w->p_rows[k]] * column;
    }
    for (int32_t k = w->a_pointers[j]; k < w->a_pointers[j + 1]; k++) {
      w->a[k] = w->given_a[k] * w->rows[w->a_rows[k]] * column;
    }
    w->plain_columns[j] = 1.0 / (column * w->objective);
  }
  for (int32_t i = 0; i < w->m; i++) {
    w->plain_rows[i] = 1.0 / w->rows[i];
  }
  scale_linear(w);
  scale_bounds(w);
}

static void arrange_by_rows(qp_program *w, int32_t *next) {
  for (int32_t k = 0; k < w->a_pointers[w->n]; k++) {
    w->row_pointers[w->a_rows[k] + 1]++;
  }
  for (int32_t i = 0; i < w->m; i++) {
    w->row_pointers[i + 1] += w->row_pointers[i];
    next[i] = w->row_pointers[i];
  }
  for (int32_t j = 0; j < w->n; j++) {
    for (int32_t k = w->a_pointers[j]; k < w->a_pointers[j + 1]; k++) {
      int32_t place = next[w->a_rows[k]]++;
      w->row_columns[place] = j;
      w->row_places[place] = k;
    }
  }
}

static int allocate(qp_program *w, int32_t p_count, int32_t a_count) {
  int64_t n = w->n, m = w->m;
  return (w->p_pointers = qp_new_indices(n + 1)) && (w->p_rows = qp_new_indices(p_count)) &&
         (w->a_pointers = qp_new_indices(n + 1)) && (w->a_rows = qp_new_indices(a_count)) &&
         (w->row_pointers = qp_new_indices(m + 1)) && (w->row_columns = qp_new_indices(a_count)) &&
         (w->row_places = qp_new_indices(a_count)) && (w->p = qp_new_doubles(p_count)) &&
         (w->a = qp_new_doubles(a_count)) &&
         (w->q = qp_new_doubles(n)) && (w->lower = qp_new_doubles(m)) &&
         (w->upper = qp_new_doubles(m)) && (w->equality = qp_new_flags(m)) &&
         (w->given_p = qp_new_doubles(p_count)) && (w->given_a = qp_new_doubles(a_count)) &&
         (w->given_q = qp_new_doubles(n)) && (w->given_lower = qp_new_doubles(m)) &&
         (w->given_upper = qp_new_doubles(m)) && (w->columns = qp_new_doubles(n)) &&
         (w->rows = qp_new_doubles(m)) && (w->plain_rows = qp_new_doubles(m)) &&
         (w->plain_columns = qp_new_doubles(n)) && (w->column_norms = qp_new_doubles(n)) &&
         (w->row_norms = qp_new_doubles(m));
}

int qp_program_load(qp_program *w, const qp_given *given) {
  int32_t p_count = given->p_pointers[given->n], a_count = given->a_pointers[given->n];
  int32_t *next;
  memset(w, 0, sizeof(qp_program));
  w->n = given->n;
  w->m = given->m;
  next = qp_new_indices(w->m);
  if (next == NULL || !allocate(w, p_count, a_count)) {
    free(next);
    return 0;
  }
  qp_copy(w->p_pointers, given->p_pointers, (int64_t)w->n + 1, sizeof(int32_t));
  qp_copy(w->p_rows, given->p_rows, p_count, sizeof(int32_t));
  qp_copy(w->given_p, given->p_values, p_count, sizeof(double));
  qp_copy(w->given_q, given->q, w->n, sizeof(double));
  qp_copy(w->a_pointers, given->a_pointers, (int64_t)w->n + 1, sizeof(int32_t));
  qp_copy(w->a_rows, given->a_rows, a_count, sizeof(int32_t));
  qp_copy(w->given_a, given->a_values, a_count, sizeof(double));
  qp_copy(w->given_lower, given->lower, w->m, sizeof(double));
  qp_copy(w->given_upper, given->upper, w->m, sizeof(double));
  w->p_is_diagonal = p_count == w->n;
  arrange_by_rows(w, next);
  free(next);
  rescale(w);
  return 1;
}

void qp_program_free(qp_program *w) {
  free(w->p_pointers);
  free(w->p_rows);
  free(w->a_pointers);
  free(w->a_rows);
  free(w->row_pointers);
  free(w->row_columns);
  free(w->row_places);
  free(w->p);
  free(w->a);
  free(w->q);
  free(w->lower);
  free(w->upper);
  free(w->equality);
  free(w->given_p);
  free(w->given_a);
  free(w->given_q);
  free(w->given_lower);
  free(w->given_upper);
  free(w->columns);
  free(w->rows);
  free(w->plain_rows);
  free(w->plain_columns);
  free(w->column_norms);
  free(w->row_norms);
}

void qp_program_set_linear(qp_program *w, const double *linear) {
  qp_copy(w->given_q, linear, w->n, sizeof(double));
  scale_linear(w);
}

void qp_program_set_diagonal(qp_program *w, const double *diagonal) {
  for (int32_t j = 0; j < w->n; j++) {
    w->given_p[w->p_pointers[j + 1] - 1] = diagonal[j];
  }
  rescale(w);
}

void qp_program_set_bounds(qp_program *w, const double *lower, const double *upper) {
  qp_copy(w->given_lower, lower, w->m, sizeof(double));
  qp_copy(w->given_upper, upper, w->m, sizeof(double));
  scale_bounds(w);
}

void qp_unscale_variables(const qp_program *w, const double *scaled, double *plain) {
  for (int32_t j = 0; j < w->n; j++) {
    plain[j] = scaled[j] * w->columns[j];
  }
}

void qp_scale_variables(const qp_program *w, const double *plain, double *scaled) {
  for (int32_t j = 0; j < w->n; j++) {
    scaled[j] = plain[j] / w->columns[j];
  }
}

void qp_unscale_multipliers(const qp_program *w, const double *scaled, double *plain) {
  for (int32_t i = 0; i < w->m; i++) {
    plain[i] = scaled[i] * w->rows[i] / w->objective;
  }
}

void qp_scale_multipliers(const qp_program *w, const double *plain, double *scaled) {
  for (int32_t i = 0; i < w->m; i++) {
    scaled[i] = plain[i] * w->objective / w->rows[i];
  }
}

void qp_multiply_a(const qp_program *w, const double *RESTRICT v, double *RESTRICT result) {
  /* By columns, which the transposed product reads as well: one copy of A is half the memory to
   * fetch. A row's sum has its terms in the same order either way. */
  zero(result, w->m);
  for (int32_t j = 0, k = 0; j < w->n; j++) {
    double value = v[j];
    for (int32_t end = w->a_pointers[j + 1]; k < end; k++) {
      result[w->a_rows[k]] += w->a[k] * value;
    }
  }
}

void qp_multiply_transposed(const qp_program *w, const double *RESTRICT v,
                            double *RESTRICT result) {
  for (int32_t j = 0, k = 0; j < w->n; j++) {
    double sum = 0.0;
    for (int32_t end = w->a_pointers[j + 1]; k < end; k++) {
      sum += w->a[k] * v[w->a_rows[k]];
    }
    result[j] = sum;
  }
}

void qp_multiply_p(const qp_program *w, const double *RESTRICT v, double *RESTRICT result) {
  if (w->p_is_diagonal) {
    for (int32_t j = 0; j < w->n; j++) {
      result[j] = w->p[j] * v[j];
    }
    return;
  }
  for (int32_t j = 0, k = 0; j < w->n; j++) {
    int32_t diagonal = w->p_pointers[j + 1] - 1;
    double value = v[j], sum = w->p[diagonal] * value;
    for (; k < diagonal; k++) {
      int32_t i = w->p_rows[k];
      sum += w->p[k] * v[i];
      result[i] += w->p[k] * value;
    }
    k++;
    result[j] = sum;
  }
}
