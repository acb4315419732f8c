/*
 * The bytes of a fuzzer as numbers and choices; past their end there are zeros. What may be wrong
 * for a while is decided first: if everything were, most calls would be refused at once.
 */
#ifndef DUALGRID_FUZZ_INPUT_H
#define DUALGRID_FUZZ_INPUT_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  const uint8_t *bytes;
  size_t left;
  int hostile;
} fuzz_input;

static inline uint8_t fuzz_byte(fuzz_input *in) {
  if (in->left == 0) {
    return 0;
  }
  in->left--;
  return *in->bytes++;
}

static inline uint64_t fuzz_word(fuzz_input *in) {
  uint64_t word = 0;
  for (int i = 0; i < 8; i++) {
    word = word << 8 | fuzz_byte(in);
  }
  return word;
}

/* Decides for what follows. */
static inline void fuzz_choose_hostility(fuzz_input *in) { in->hostile = fuzz_byte(in) >= 170; }

static inline int fuzz_seldom(fuzz_input *in) { return in->hostile && fuzz_byte(in) >= 252; }

/* Mostly of modest size. */
static inline double fuzz_number(fuzz_input *in) {
  static const double odd[] = {0.0, -0.0, 1.0, -1.0, 1e-300, 1e300, -1e308, 5e-324, 1e16, 1e-8};
  uint8_t kind = fuzz_byte(in);
  if (kind == 255 && in->hostile) {
    return fuzz_byte(in) & 1 ? NAN : fuzz_byte(in) & 1 ? INFINITY : -INFINITY;
  }
  if (kind >= 240 && fuzz_byte(in) % 4 == 0) {
    return odd[fuzz_byte(in) % (sizeof(odd) / sizeof(odd[0]))];
  }
  return ((double)kind - 120.0) / 16.0 + fuzz_byte(in) / 4096.0;
}

/* Memory of exactly this size, so that sanitizers see what goes beyond; never null. */
static inline void *fuzz_memory(size_t count, size_t size) {
  return calloc(count > 0 ? count : 1, size);
}

static inline double *fuzz_numbers(fuzz_input *in, int32_t count) {
  double *values = (double *)fuzz_memory(count > 0 ? (size_t)count : 0, sizeof(double));
  for (int32_t i = 0; i < count; i++) {
    values[i] = fuzz_number(in);
  }
  return values;
}

/* Mostly in order; one in eight has no lower bound, no upper one, or is an equality. */
static inline void fuzz_bounds(fuzz_input *in, int32_t m, double **lower, double **upper) {
  double *l = *lower = fuzz_numbers(in, m), *u = *upper = fuzz_numbers(in, m);
  for (int32_t i = 0; i < m; i++) {
    uint8_t kind = fuzz_byte(in);
    if ((kind < 250 || !in->hostile) && l[i] > u[i]) {
      double swapped = l[i];
      l[i] = u[i];
      u[i] = swapped;
    }
    l[i] = kind % 8 == 0 ? -INFINITY : l[i];
    u[i] = kind % 8 == 1 ? INFINITY : kind % 8 == 2 ? l[i] : u[i];
  }
}

static inline void fuzz_require(int condition, const char *what) {
  if (!condition) {
    fprintf(stderr, "fuzz: %s\n", what);
    abort();
  }
}

static inline int fuzz_are_finite(const double *values, int32_t count) {
  for (int32_t i = 0; i < count; i++) {
    if (!isfinite(values[i])) {
      return 0;
    }
  }
  return 1;
}

#endif
