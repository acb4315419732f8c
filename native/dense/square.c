/* See dualgrid_dense.h. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dualgrid_dense.h"
#include "kernels.h"
#include "memory.h"
#include "products.h"

struct dualgrid_dense_square {
  size_t given;
  size_t k; /* in whole groups; what is more stays zero */
  int is_diagonal; /* nothing but the diagonal can be anything but zero */
  double *rows;
  double *left;  /* the vector */
  double *right; /* the product */
  double *memory;
  size_t memory_count;
};

int32_t dualgrid_dense_square_create(int32_t k, const double *diagonal,
                                     dualgrid_dense_square **square) {
  if (square == NULL) {
    return DUALGRID_DENSE_BAD_ARGUMENT;
  }
  *square = NULL;
  if (k < 1 || (int64_t)k * k > DENSE_MAX_ENTRIES || diagonal == NULL) {
    return DUALGRID_DENSE_BAD_ARGUMENT;
  }
  dualgrid_dense_square *s = calloc(1, sizeof(dualgrid_dense_square));
  if (s == NULL) {
    return DUALGRID_DENSE_OUT_OF_MEMORY;
  }
  s->given = (size_t)k;
  s->k = dense_whole_groups(s->given);
  s->memory_count = DENSE_GROUP + s->k * s->k + 2 * s->k;
  s->memory = calloc(s->memory_count, sizeof(double));
  if (s->memory == NULL) {
    free(s);
    return DUALGRID_DENSE_OUT_OF_MEMORY;
  }
  double *next = dense_first_line(s->memory);
  s->rows = dense_take(&next, s->k * s->k);
  s->left = dense_take(&next, s->k);
  s->right = dense_take(&next, s->k);
  for (size_t i = 0; i < s->given; i++) {
    s->rows[i * s->k + i] = diagonal[i];
  }
  s->is_diagonal = 1;
  *square = s;
  return DUALGRID_DENSE_OK;
}

void dualgrid_dense_square_destroy(dualgrid_dense_square *s) {
  if (s != NULL) {
    memset(s->memory, 0, s->memory_count * sizeof(double));
    free(s->memory);
    free(s);
  }
}

/* Four rows at a time; those that are more are zero. */
static void multiply_transposed(dualgrid_dense_square *s) {
  memset(s->right, 0, s->k * sizeof(double));
  for (size_t i = 0; i < s->k; i += 4) {
    const double *row = s->rows + i * s->k;
    const double *const four[4] = {row, row + s->k, row + 2 * s->k, row + 3 * s->k};
    dense_add_four(four, s->left + i, s->right, s->k);
  }
}

int32_t dualgrid_dense_square_multiply(dualgrid_dense_square *s, int32_t transposed,
                                       const double *v, double *product, int32_t k) {
  if (!s || !v || !product || k < 0 || (size_t)k != s->given) {
    return DUALGRID_DENSE_BAD_ARGUMENT;
  }
  memcpy(s->left, v, s->given * sizeof(double));
  if (transposed) {
    multiply_transposed(s);
  } else {
    dense_multiply_rows(s->rows, s->k, s->k, s->left, s->right);
  }
  memcpy(product, s->right, s->given * sizeof(double));
  return DUALGRID_DENSE_OK;
}

int64_t dualgrid_dense_square_scratch(int32_t k, int32_t rows) {
  if (k < 1 || (int64_t)k * k > DENSE_MAX_ENTRIES || rows < 0 ||
      (int64_t)k * rows > DENSE_MAX_ENTRIES) {
    return -1;
  }
  size_t stride = dense_whole_groups((size_t)k), reflecting = dense_reflect_scratch(stride);
  size_t multiplying =
      2 * (size_t)rows * stride + dense_symmetric_product_scratch((size_t)k) + DENSE_GROUP;
  return (int64_t)(reflecting > multiplying ? reflecting : multiplying);
}

int32_t dualgrid_dense_square_reflect(dualgrid_dense_square *s, const double *reflectors,
                                      const double *factors, const double *signs, int32_t k,
                                      double *scratch) {
  if (!s || k < 0 || (size_t)k != s->given || !reflectors || !factors || !signs || !scratch) {
    return DUALGRID_DENSE_BAD_ARGUMENT;
  }
  dense_reflect(s->rows, s->given, s->k, reflectors, factors, signs, s->is_diagonal, scratch);
  s->is_diagonal = 0;
  return DUALGRID_DENSE_OK;
}

int32_t dualgrid_dense_square_transpose(dualgrid_dense_square *s) {
  if (!s) {
    return DUALGRID_DENSE_BAD_ARGUMENT;
  }
  for (size_t i = 0; i < s->k; i += DENSE_GROUP) {
    for (size_t j = 0; j <= i; j += DENSE_GROUP) {
      for (size_t r = i; r < i + DENSE_GROUP; r++) {
        for (size_t c = j; c < j + DENSE_GROUP && c < r; c++) {
          double below = s->rows[r * s->k + c];
          s->rows[r * s->k + c] = s->rows[c * s->k + r];
          s->rows[c * s->k + r] = below;
        }
      }
    }
  }
  return DUALGRID_DENSE_OK;
}

/* Whether rows of few entries are well formed, with columns below a bound that may grow by row. */
static int is_sparse(const int32_t *starts, const int32_t *columns, const double *values,
                     int32_t count, size_t bound, int triangular) {
  if (count < 0 || !starts || starts[0] != 0 || !columns || !values) {
    return 0;
  }
  for (int32_t i = 0; i < count; i++) {
    if (starts[i + 1] < starts[i]) {
      return 0;
    }
    for (int32_t p = starts[i]; p < starts[i + 1]; p++) {
      if (columns[p] < 0 || (size_t)columns[p] >= (triangular ? (size_t)i : bound)) {
        return 0;
      }
    }
  }
  return 1;
}

int32_t dualgrid_dense_square_solve_transposed(dualgrid_dense_square *s, const int32_t *starts,
                                               const int32_t *columns, const double *values,
                                               const double *diagonal, int32_t k) {
  if (!s || k < 0 || (size_t)k != s->given || !diagonal ||
      !is_sparse(starts, columns, values, k, 0, 1)) {
    return DUALGRID_DENSE_BAD_ARGUMENT;
  }
  s->is_diagonal = 0;
  for (size_t i = s->given; i-- > 0;) {
    double *row = s->rows + i * s->k, inverse = 1.0 / diagonal[i];
    for (size_t j = 0; j < s->k; j++) {
      row[j] *= inverse;
    }
    for (int32_t p = starts[i]; p < starts[i + 1]; p++) {
      dense_add(row, -values[p], s->rows + (size_t)columns[p] * s->k, s->k);
    }
  }
  return DUALGRID_DENSE_OK;
}

/* target <- row i of a sparse matrix times rows that begin stride apart, count numbers of each. */
static void multiply_sparse_row(const int32_t *starts, const int32_t *columns, const double *values,
                                int32_t i, const double *rows, size_t stride, double *target,
                                size_t count) {
  int32_t p = starts[i], end = starts[i + 1];
  memset(target, 0, count * sizeof(double));
  for (; p + 4 <= end; p += 4) {
    const double *four[4];
    for (int r = 0; r < 4; r++) {
      four[r] = rows + (size_t)columns[p + r] * stride;
    }
    dense_add_four(four, values + p, target, count);
  }
  for (; p < end; p++) {
    dense_add(rows + (size_t)columns[p] * stride, values[p], target, count);
  }
}

int32_t dualgrid_dense_square_multiply_left(const dualgrid_dense_square *s, const int32_t *starts,
                                            const int32_t *columns, const double *values,
                                            int32_t count, double *lengths, double *product,
                                            int32_t k) {
  if (!s || k < 0 || (size_t)k != s->given || !product ||
      !is_sparse(starts, columns, values, count, s->given, 0)) {
    return DUALGRID_DENSE_BAD_ARGUMENT;
  }
  for (int32_t i = 0; i < count; i++) {
    double *row = product + (size_t)i * s->given;
    multiply_sparse_row(starts, columns, values, i, s->rows, s->k, row, s->given);
    if (lengths != NULL) {
      double factor = lengths[i] / sqrt(dense_dot(row, row, s->given));
      for (size_t j = 0; j < s->given; j++) {
        row[j] *= factor;
      }
      lengths[i] = factor;
    }
  }
  return DUALGRID_DENSE_OK;
}

int32_t dualgrid_dense_square_congruence(const dualgrid_dense_square *s, const int32_t *starts,
                                         const int32_t *columns, const double *values,
                                         int32_t count, const int32_t *weight_starts,
                                         const int32_t *weight_columns, const double *weights,
                                         double *product, int32_t k, double *scratch) {
  if (!s || k < 0 || (size_t)k != s->given || !product || !scratch ||
      !is_sparse(starts, columns, values, count, s->given, 0) ||
      !is_sparse(weight_starts, weight_columns, weights, count, (size_t)count, 0)) {
    return DUALGRID_DENSE_BAD_ARGUMENT;
  }
  double *next = dense_first_line(scratch);
  double *plain = dense_take(&next, (size_t)count * s->k);
  double *weighted = dense_take(&next, (size_t)count * s->k);
  for (int32_t i = 0; i < count; i++) {
    multiply_sparse_row(starts, columns, values, i, s->rows, s->k, plain + (size_t)i * s->k, s->k);
  }
  for (int32_t i = 0; i < count; i++) {
    multiply_sparse_row(weight_starts, weight_columns, weights, i, plain, s->k,
                        weighted + (size_t)i * s->k, s->k);
  }
  dense_symmetric_product(plain, weighted, s->k, (size_t)count, s->given, product, next);
  return DUALGRID_DENSE_OK;
}
