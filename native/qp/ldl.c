/* See ldl.h. */
#include "ldl.h"

#include <string.h>

#include "lanes.h"
#include "memory.h"
#include "ordering.h"

enum { NONE = -1 };

static const double LEAST_PIVOT = 1e-14;
static const double SUBSTITUTE_PIVOT = 1e-7;

/* What the analysis alone needs. */
typedef struct {
  int32_t *upper_pointers;
  int32_t *upper_rows;
  int32_t *row_counts;
  int32_t *column_counts;
  int32_t *next;
  int32_t *visited;
} scratch;

static void permute(qp_ldl *f, const int32_t *pointers, const int32_t *rows, int32_t *next) {
  int32_t n = f->n;
  for (int32_t j = 0; j < n; j++) {
    for (int32_t k = pointers[j]; k < pointers[j + 1]; k++) {
      int32_t a = f->inverse[j], b = f->inverse[rows[k]];
      if (a != b) {
        f->k_pointers[(a < b ? a : b) + 1]++;
      }
    }
  }
  for (int32_t j = 0; j < n; j++) {
    f->k_pointers[j + 1] += f->k_pointers[j];
    next[j] = f->k_pointers[j];
  }
  for (int32_t j = 0; j < n; j++) {
    for (int32_t k = pointers[j]; k < pointers[j + 1]; k++) {
      int32_t a = f->inverse[j], b = f->inverse[rows[k]];
      if (a == b) {
        f->diagonal_source[a] = k;
      } else {
        int32_t place = next[a < b ? a : b]++;
        f->k_rows[place] = a > b ? a : b;
        f->k_source[place] = k;
      }
    }
  }
}

static void transpose_pattern(const qp_ldl *f, scratch *s) {
  int32_t n = f->n;
  for (int32_t k = 0; k < f->k_pointers[n]; k++) {
    s->upper_pointers[f->k_rows[k] + 1]++;
  }
  for (int32_t j = 0; j < n; j++) {
    s->upper_pointers[j + 1] += s->upper_pointers[j];
    s->next[j] = s->upper_pointers[j];
  }
  for (int32_t j = 0; j < n; j++) {
    for (int32_t k = f->k_pointers[j]; k < f->k_pointers[j + 1]; k++) {
      s->upper_rows[s->next[f->k_rows[k]]++] = j;
    }
  }
}

/* Row j of L has an entry in every column on the paths of the elimination tree from the entries of
 * row j of K up to j. Returns how many there are, or -1 beyond the limit. */
static int64_t count_entries(qp_ldl *f, scratch *s, int64_t limit) {
  int64_t total = 0;
  for (int32_t j = 0; j < f->n; j++) {
    s->visited[j] = NONE;
  }
  for (int32_t j = 0; j < f->n; j++) {
    f->parent[j] = NONE;
    s->visited[j] = j;
    for (int32_t k = s->upper_pointers[j]; k < s->upper_pointers[j + 1]; k++) {
      for (int32_t i = s->upper_rows[k]; s->visited[i] != j; i = f->parent[i]) {
        if (f->parent[i] == NONE) {
          f->parent[i] = j;
        }
        s->column_counts[i]++;
        s->row_counts[j]++;
        s->visited[i] = j;
      }
    }
    total += s->row_counts[j];
    if (total > limit) {
      return -1;
    }
  }
  return total;
}

static int ascending(const void *a, const void *b) {
  int32_t left = *(const int32_t *)a, right = *(const int32_t *)b;
  return (left > right) - (left < right);
}

static void fill_pattern(qp_ldl *f, scratch *s) {
  for (int32_t j = 0; j < f->n; j++) {
    s->visited[j] = NONE;
    s->next[j] = f->l_pointers[j];
  }
  for (int32_t j = 0; j < f->n; j++) {
    int32_t begin = f->row_pointers[j], count = begin;
    s->visited[j] = j;
    for (int32_t k = s->upper_pointers[j]; k < s->upper_pointers[j + 1]; k++) {
      for (int32_t i = s->upper_rows[k]; s->visited[i] != j; i = f->parent[i]) {
        s->visited[i] = j;
        f->row_columns[count++] = i;
      }
    }
    qsort(f->row_columns + begin, (size_t)(count - begin), sizeof(int32_t), ascending);
    for (int32_t k = begin; k < count; k++) {
      int32_t place = s->next[f->row_columns[k]]++;
      f->l_rows[place] = j;
      f->row_places[k] = place;
    }
  }
}

/* The columns of the positive block, and those that substitution needs for them. */
static void find_wanted(qp_ldl *f) {
  for (int32_t j = 0; j < f->n; j++) {
    f->wanted[j] |= f->order[j] < f->positive;
    for (int32_t p = f->l_pointers[j]; f->wanted[j] && p < f->l_pointers[j + 1]; p++) {
      f->wanted[f->l_rows[p]] = 1;
    }
    if (f->wanted[j]) {
      f->live[f->live_count++] = j;
    }
  }
}

static enum qp_ldl_outcome find_pattern(qp_ldl *f, const int32_t *pointers, const int32_t *rows,
                                        int64_t most_entries, scratch *s) {
  int32_t n = f->n;
  int64_t entries;
  if (!qp_order(n, pointers, rows, f->order)) {
    return QP_LDL_OUT_OF_MEMORY;
  }
  for (int32_t k = 0; k < n; k++) {
    f->inverse[f->order[k]] = k;
  }
  permute(f, pointers, rows, s->next);
  transpose_pattern(f, s);
  entries = count_entries(f, s, most_entries);
  if (entries < 0) {
    return QP_LDL_TOO_LARGE;
  }
  for (int32_t j = 0; j < n; j++) {
    f->l_pointers[j + 1] = f->l_pointers[j] + s->column_counts[j];
    f->row_pointers[j + 1] = f->row_pointers[j] + s->row_counts[j];
  }
  f->l_rows = qp_new_indices(entries);
  f->row_columns = qp_new_indices(entries);
  f->row_places = qp_new_indices(entries);
  f->l_values = qp_new_doubles(entries);
  if (!f->l_rows || !f->row_columns || !f->row_places || !f->l_values) {
    return QP_LDL_OUT_OF_MEMORY;
  }
  fill_pattern(f, s);
  find_wanted(f);
  return QP_LDL_OK;
}

enum qp_ldl_outcome qp_ldl_analyse(qp_ldl *f, int32_t n, int32_t positive, const int32_t *pointers,
                                   const int32_t *rows, int64_t most_entries) {
  int64_t entries = (int64_t)pointers[n] - n;
  scratch s = {qp_new_indices((int64_t)n + 1), qp_new_indices(entries), qp_new_indices(n),
               qp_new_indices(n),              qp_new_indices(n),       qp_new_indices(n)};
  enum qp_ldl_outcome outcome = QP_LDL_OUT_OF_MEMORY;
  memset(f, 0, sizeof(qp_ldl));
  f->n = n;
  f->positive = positive;
  f->order = qp_new_indices(n);
  f->inverse = qp_new_indices(n);
  f->k_pointers = qp_new_indices((int64_t)n + 1);
  f->k_rows = qp_new_indices(entries);
  f->k_source = qp_new_indices(entries);
  f->diagonal_source = qp_new_indices(n);
  f->parent = qp_new_indices(n);
  f->l_pointers = qp_new_indices((int64_t)n + 1);
  f->row_pointers = qp_new_indices((int64_t)n + 1);
  f->pivots = qp_new_doubles(n);
  f->inverse_pivots = qp_new_doubles(n);
  f->stale = qp_new_flags(n);
  f->work = qp_new_doubles(n);
  f->wanted = qp_new_flags(n);
  f->live = qp_new_indices(n);
  if (s.upper_pointers && s.upper_rows && s.row_counts && s.column_counts && s.next && s.visited &&
      f->order && f->inverse && f->k_pointers && f->k_rows && f->k_source && f->diagonal_source &&
      f->parent && f->l_pointers && f->row_pointers && f->pivots && f->inverse_pivots && f->stale &&
      f->work && f->wanted && f->live) {
    outcome = find_pattern(f, pointers, rows, most_entries, &s);
    qp_ldl_touch_all(f);
  }
  free(s.upper_pointers);
  free(s.upper_rows);
  free(s.row_counts);
  free(s.column_counts);
  free(s.next);
  free(s.visited);
  return outcome;
}

void qp_ldl_free(qp_ldl *f) {
  free(f->order);
  free(f->inverse);
  free(f->k_pointers);
  free(f->k_rows);
  free(f->k_source);
  free(f->diagonal_source);
  free(f->parent);
  free(f->l_pointers);
  free(f->l_rows);
  free(f->l_values);
  free(f->pivots);
  free(f->inverse_pivots);
  free(f->row_pointers);
  free(f->row_columns);
  free(f->row_places);
  free(f->stale);
  free(f->work);
  free(f->wanted);
  free(f->live);
}

void qp_ldl_touch(qp_ldl *f, int32_t index) {
  f->any_stale = 1;
  for (int32_t k = f->inverse[index]; k != NONE && !f->stale[k]; k = f->parent[k]) {
    f->stale[k] = 1;
  }
}

void qp_ldl_touch_all(qp_ldl *f) {
  f->any_stale = 1;
  memset(f->stale, 1, (size_t)f->n);
}

/* target[rows[p]] -= values[p] · factor */
static void subtract(double *RESTRICT target, const int32_t *RESTRICT rows,
                     const double *RESTRICT values, double factor, int32_t count) {
  for (int32_t p = 0; p < count; p++) {
    target[rows[p]] -= values[p] * factor;
  }
}

/* Computes column j; returns 1 when its pivot was replaced. */
static int32_t compute_column(qp_ldl *f, const double *values, int32_t j) {
  double *work = f->work;
  double pivot = values[f->diagonal_source[j]];
  double sign = f->order[j] < f->positive ? 1.0 : -1.0;
  double inverse;
  int32_t replaced = 0;
  for (int32_t k = f->k_pointers[j]; k < f->k_pointers[j + 1]; k++) {
    work[f->k_rows[k]] = values[f->k_source[k]];
  }
  for (int32_t r = f->row_pointers[j]; r < f->row_pointers[j + 1]; r++) {
    int32_t column = f->row_columns[r], place = f->row_places[r];
    double entry = f->l_values[place];
    if (entry != 0.0) {
      double factor = entry * f->pivots[column];
      pivot -= entry * factor;
      subtract(work, f->l_rows + place + 1, f->l_values + place + 1, factor,
               f->l_pointers[column + 1] - place - 1);
    }
  }
  if (!(sign * pivot > LEAST_PIVOT)) {
    pivot = sign * SUBSTITUTE_PIVOT;
    replaced = 1;
  }
  inverse = 1.0 / pivot;
  f->pivots[j] = pivot;
  f->inverse_pivots[j] = inverse;
  for (int32_t p = f->l_pointers[j]; p < f->l_pointers[j + 1]; p++) {
    int32_t row = f->l_rows[p];
    f->l_values[p] = work[row] * inverse;
    work[row] = 0.0;
  }
  return replaced;
}

int32_t qp_ldl_update(qp_ldl *f, const double *values) {
  int32_t replaced = 0;
  if (!f->any_stale) {
    return 0;
  }
  for (int32_t j = 0; j < f->n; j++) {
    if (f->stale[j]) {
      f->stale[j] = 0;
      replaced += compute_column(f, values, j);
    }
  }
  f->any_stale = 0;
  return replaced;
}

void qp_ldl_solve(qp_ldl *f, double *b) {
  int32_t n = f->n;
  double *RESTRICT v = f->work;
  const int32_t *RESTRICT order = f->order;
  const int32_t *RESTRICT pointers = f->l_pointers;
  const int32_t *RESTRICT rows = f->l_rows;
  const double *RESTRICT values = f->l_values;
  for (int32_t k = 0; k < n; k++) {
    v[k] = b[order[k]];
  }
  for (int32_t j = 0; j < n; j++) {
    if (v[j] != 0.0) {
      subtract(v, rows + pointers[j], values + pointers[j], v[j], pointers[j + 1] - pointers[j]);
    }
  }
  for (int32_t j = n - 1; j >= 0; j--) {
    double value = v[j] * f->inverse_pivots[j];
    for (int32_t p = pointers[j]; p < pointers[j + 1]; p++) {
      value -= values[p] * v[rows[p]];
    }
    v[j] = value;
  }
  for (int32_t k = 0; k < n; k++) {
    b[order[k]] = v[k];
    v[k] = 0.0;
  }
}

CLONES void qp_ldl_solve_lanes(const qp_ldl *f, double *RESTRICT b, double *RESTRICT v) {
  const int32_t n = f->n;
  const int32_t *RESTRICT order = f->order;
  const int32_t *RESTRICT pointers = f->l_pointers;
  const int32_t *RESTRICT rows = f->l_rows;
  const double *RESTRICT values = f->l_values;
  const double *RESTRICT inverse_pivots = f->inverse_pivots;
  for (int32_t k = 0; k < n; k++) {
    qp_lanes_copy(v + (size_t)k * QP_LANES, b + (size_t)order[k] * QP_LANES);
  }
  for (int32_t j = 0; j < n; j++) {
    double value[QP_LANES];
    /* Most columns where right-hand sides have few entries. */
    if (qp_lanes_zero(v + (size_t)j * QP_LANES)) {
      continue;
    }
    qp_lanes_copy(value, v + (size_t)j * QP_LANES);
    for (int32_t p = pointers[j]; p < pointers[j + 1]; p++) {
      qp_lanes_subtract(v + (size_t)rows[p] * QP_LANES, values[p], value);
    }
  }
  for (int32_t j = n - 1; j >= 0; j--) {
    double value[QP_LANES];
    qp_lanes_copy(value, v + (size_t)j * QP_LANES);
    qp_lanes_scale(value, inverse_pivots[j]);
    for (int32_t p = pointers[j]; p < pointers[j + 1]; p++) {
      qp_lanes_subtract(value, values[p], v + (size_t)rows[p] * QP_LANES);
    }
    qp_lanes_copy(v + (size_t)j * QP_LANES, value);
  }
  for (int32_t k = 0; k < n; k++) {
    qp_lanes_copy(b + (size_t)order[k] * QP_LANES, v + (size_t)k * QP_LANES);
  }
  memset(v, 0, (size_t)n * sizeof(double[QP_LANES]));
}

void qp_ldl_heed(qp_ldl *f, const unsigned char *active) {
  int32_t count = 0;
  for (int32_t j = 0; j < f->n; j++) {
    int32_t row = f->order[j];
    f->live[count] = j;
    count += f->wanted[j] && (row < f->positive || active[row - f->positive]);
  }
  f->live_count = count;
}

void qp_ldl_solve_leading(qp_ldl *f, double *b) {
  double *RESTRICT v = f->work;
  const int32_t *RESTRICT live = f->live;
  const int32_t *RESTRICT order = f->order;
  const int32_t *RESTRICT pointers = f->l_pointers;
  const int32_t *RESTRICT rows = f->l_rows;
  const double *RESTRICT values = f->l_values;
  for (int32_t k = 0; k < f->live_count; k++) {
    int32_t row = order[live[k]];
    v[live[k]] = row < f->positive ? b[row] : 0.0;
  }
  for (int32_t k = 0; k < f->live_count; k++) {
    int32_t j = live[k];
    if (v[j] != 0.0) {
      subtract(v, rows + pointers[j], values + pointers[j], v[j], pointers[j + 1] - pointers[j]);
    }
  }
  for (int32_t k = f->live_count - 1; k >= 0; k--) {
    int32_t j = live[k], row = order[j];
    double value = v[j] * f->inverse_pivots[j];
    for (int32_t p = pointers[j]; p < pointers[j + 1]; p++) {
      value -= values[p] * v[rows[p]];
    }
    v[j] = value;
    if (row < f->positive) {
      b[row] = value;
    }
  }
  for (int32_t j = 0; j < f->n; j++) {
    v[j] = 0.0;
  }
}
