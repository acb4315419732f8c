/* See products.h. */
#include "products.h"

#include <string.h>

#include "kernels.h"

enum {
  BLOCK = 32, /* reflections applied together, and rows of a panel */
  CHUNK = 512 /* columns worked on together: four rows of them stay in the first-level cache */
};

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

/*
 * Rows of a matrix, or what stands for them, from a first one on. Rows past the end of a tile are
 * given as the spill: read with factor 0, written and forgotten.
 */
static void tile(const double *sources, size_t source_stride, size_t source_count,
                 const double *factors, size_t by_target, size_t by_source, double *targets,
                 size_t target_stride, size_t target_count, double *spill, size_t count) {
  const double *source[4];
  double *target[4];
  double f[4][4];
  for (size_t c = 0; c < 4; c++) {
    source[c] = sources + (c < source_count ? c : 0) * source_stride;
    target[c] = c < target_count ? targets + c * target_stride : spill;
  }
  if (target_count < 3) { /* two spilled targets in one tile would be one array under two names */
    double four[4] = {0, 0, 0, 0};
    for (size_t r = 0; r < target_count; r++) {
      for (size_t c = 0; c < source_count; c++) {
        four[c] = factors[r * by_target + c * by_source];
      }
      dense_add_four(source, four, target[r], count);
    }
    return;
  }
  for (size_t r = 0; r < 4; r++) {
    for (size_t c = 0; c < 4; c++) {
      f[r][c] = r < target_count && c < source_count ? factors[r * by_target + c * by_source] : 0.0;
    }
  }
  dense_add_tile(source[0], source[1], source[2], source[3], f, target[0], target[1], target[2],
                 target[3], count);
}

/* A row for what hangs over the edge of a tile, sums and moves of a block, its coupling. */
size_t dense_reflect_scratch(size_t columns) {
  return (1 + 2 * BLOCK) * least(CHUNK, columns) + BLOCK * BLOCK + BLOCK;
}

size_t dense_symmetric_product_scratch(size_t k) { return least(CHUNK, k); }

/*
 * -S of H_1 … H_b = I - V S V', upper triangular (Schreiber and Van Loan, SIAM J. Sci. Stat. Comp.
 * 10, 1989).
 */
static void couple(const double *reflectors, size_t k, const double *factors, size_t start,
                   size_t count, double *coupling, double *products) {
  memset(coupling, 0, BLOCK * BLOCK * sizeof(double));
  for (size_t d = 0; d < count; d++) {
    const double *last = reflectors + (start + d) * k + start + d;
    double factor = factors[start + d];
    coupling[d * BLOCK + d] = -factor;
    for (size_t e = 0; e < d; e++) {
      products[e] = dense_dot(reflectors + (start + e) * k + start + d, last, k - start - d);
    }
    for (size_t c = 0; c < d; c++) {
      double sum = 0.0;
      for (size_t e = c; e < d; e++) {
        sum += coupling[c * BLOCK + e] * products[e];
      }
      coupling[c * BLOCK + d] = -factor * sum;
    }
  }
}

/* matrix <- (I - V S V') matrix, for some columns of it. */
static void apply_block(double *matrix, size_t k, size_t columns, const double *v, size_t start,
                        size_t count, const double *coupling, size_t some, double *scratch) {
  double *spill = scratch;
  double *sums = spill + some;
  double *moves = sums + BLOCK * some;
  memset(sums, 0, 2 * BLOCK * some * sizeof(double));
  for (size_t i = start; i < k; i += 4) { /* V' M */
    for (size_t c = 0; c < count && start + c < i + 4; c += 4) {
      tile(matrix + i * columns, columns, least(4, k - i), v + c * k + i, k, 1, sums + c * some,
           some, least(4, count - c), spill, some);
    }
  }
  for (size_t c = 0; c < count; c += 4) { /* -S V' M */
    for (size_t d = c; d < count; d += 4) {
      tile(sums + d * some, some, least(4, count - d), coupling + c * BLOCK + d, BLOCK, 1,
           moves + c * some, some, least(4, count - c), spill, some);
    }
  }
  for (size_t i = start; i < k; i += 4) { /* M - V S V' M */
    for (size_t c = 0; c < count && start + c < i + 4; c += 4) {
      tile(moves + c * some, some, least(4, count - c), v + c * k + i, 1, k, matrix + i * columns,
           columns, least(4, k - i), spill, some);
    }
  }
}

void dense_reflect(double *matrix, size_t k, size_t columns, const double *reflectors,
                   const double *factors, const double *signs, int diagonal, double *scratch) {
  double *coupling = scratch, *rest = coupling + BLOCK * BLOCK + BLOCK;
  for (size_t i = 0; i < k; i++) {
    for (size_t j = 0; j < columns; j++) {
      matrix[i * columns + j] *= signs[i];
    }
  }
  for (size_t start = (k - 1) / BLOCK * BLOCK;; start -= BLOCK) {
    size_t count = least(BLOCK, k - start);
    couple(reflectors, k, factors, start, count, coupling, coupling + BLOCK * BLOCK);
    for (size_t j = diagonal ? start : 0; j < columns; j += CHUNK) {
      apply_block(matrix + j, k, columns, reflectors + start * k, start, count, coupling,
                  least(CHUNK, columns - j), rest);
    }
    if (start == 0) {
      return;
    }
  }
}

void dense_symmetric_product(const double *left, const double *right, size_t stride, size_t count,
                             size_t k, double *product, double *scratch) {
  memset(product, 0, k * k * sizeof(double));
  /* A panel of rows from its diagonal on stays in the cache while the rows of the factors pass. */
  for (size_t from = 0; from < k; from += BLOCK) {
    for (size_t j = from; j < k; j += CHUNK) {
      size_t some = least(CHUNK, k - j);
      for (size_t b = 0; b < count; b += 4) {
        for (size_t i = from; i < least(from + BLOCK, k); i += 4) {
          tile(right + b * stride + j, stride, least(4, count - b), left + b * stride + i, 1, stride,
               product + i * k + j, k, least(4, k - i), scratch, some);
        }
      }
    }
  }
  for (size_t i = 0; i < k; i++) {
    for (size_t j = 0; j < i; j++) {
      product[i * k + j] = product[j * k + i];
    }
  }
}
