/* Matrices in compressed sparse column form, made of a fuzzer's bytes. */
#ifndef DUALGRID_FUZZ_MATRIX_H
#define DUALGRID_FUZZ_MATRIX_H

#include "input.h"

typedef struct {
  int32_t *pointers;
  int32_t *rows;
  double *values;
  int32_t count;
} fuzz_matrix;

/*
 * Mostly a matrix; with seldom bytes, one with indices and pointers out of order or range. A triangle
 * is the upper one, mostly with a diagonal large enough to be convex.
 */
static inline fuzz_matrix fuzz_new_matrix(fuzz_input *in, int32_t rows, int32_t columns,
                                          int triangle) {
  fuzz_matrix a = {(int32_t *)fuzz_memory((size_t)columns + 1, sizeof(int32_t)), NULL, NULL, 0};
  int32_t room = (rows + 1) * columns + 1;
  int32_t *found = (int32_t *)fuzz_memory((size_t)room, sizeof(int32_t));
  a.pointers[0] = fuzz_seldom(in) ? fuzz_byte(in) : 0;
  for (int32_t j = 0; j < columns; j++) {
    for (int32_t i = 0; i < (triangle ? j + 1 : rows); i++) {
      int stored = triangle && i == j ? !fuzz_seldom(in) : fuzz_byte(in) < 90;
      if (stored && a.count < room) {
        found[a.count++] = fuzz_seldom(in) ? (int32_t)fuzz_byte(in) - 100 : i;
      }
    }
    a.pointers[j + 1] = fuzz_seldom(in) ? (int32_t)fuzz_byte(in) - 100 : a.count;
  }
  a.rows = (int32_t *)fuzz_memory((size_t)a.count, sizeof(int32_t));
  memcpy(a.rows, found, (size_t)a.count * sizeof(int32_t));
  free(found);
  a.values = fuzz_numbers(in, a.count);
  for (int32_t j = 0; triangle && j < columns; j++) {
    int32_t last = a.pointers[j + 1] - 1;
    if (last >= 0 && last < a.count && (!in->hostile || fuzz_byte(in) < 250)) {
      a.values[last] = fabs(a.values[last]) + 4.0;
    }
  }
  return a;
}

static inline void fuzz_free_matrix(fuzz_matrix *a) {
  free(a->pointers);
  free(a->rows);
  free(a->values);
}

#endif
