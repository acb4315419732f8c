/* See dualgrid_dense.h. */
#include <stdlib.h>
#include <string.h>

#include "dualgrid_dense.h"
#include "kernels.h"
#include "memory.h"

struct dualgrid_dense_square {
  size_t given;
  size_t k; /* in whole groups; what is more stays zero */
  double *rows;
  double *left;  /* the vector */
  double *right; /* the product */
  double *memory;
  size_t memory_count;
};

int32_t dualgrid_dense_square_create(int32_t k, const double *entries,
                                     dualgrid_dense_square **square) {
  if (square == NULL) {
    return DUALGRID_DENSE_BAD_ARGUMENT;
  }
  *square = NULL;
  if (k < 1 || (int64_t)k * k > DENSE_MAX_ENTRIES || entries == NULL) {
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
    memcpy(s->rows + i * s->k, entries + i * s->given, s->given * sizeof(double));
  }
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

int32_t dualgrid_dense_square_entries(const dualgrid_dense_square *s, double *entries, int32_t k) {
  if (!s || !entries || k < 0 || (size_t)k != s->given) {
    return DUALGRID_DENSE_BAD_ARGUMENT;
  }
  for (size_t i = 0; i < s->given; i++) {
    memcpy(entries + i * s->given, s->rows + i * s->k, s->given * sizeof(double));
  }
  return DUALGRID_DENSE_OK;
}
