/* See triangle.h. */
#include "triangle.h"

#include <math.h>
#include <string.h>

#include "kernels.h"

/* Columns worked on together: their part of a large triangle stays in the second-level cache. */
enum { PANEL = 32 };

/* Where block b begins, of columns of k, k − 8, k − 16, … numbers. */
static size_t block_start(size_t k, size_t b) {
  return DENSE_GROUP * (b * k - DENSE_GROUP * (b * (b - 1) / 2));
}

size_t triangle_length(size_t k) { return block_start(k, k / DENSE_GROUP); }

size_t triangle_column(size_t k, size_t j) {
  size_t b = j / DENSE_GROUP, within = j % DENSE_GROUP;
  return block_start(k, b) + within * (k - b * DENSE_GROUP) + within;
}

/* The columns of a block. */
typedef struct {
  const double *diagonal[DENSE_GROUP]; /* from the first row of the block */
  const double *below[DENSE_GROUP];    /* from the row behind it */
} block;

static block block_at(const double *a, size_t k, size_t first) {
  block found;
  const double *column = a + block_start(k, first / DENSE_GROUP);
  for (size_t c = 0; c < DENSE_GROUP; c++) {
    found.diagonal[c] = column;
    found.below[c] = column + DENSE_GROUP;
    column += k - first;
  }
  return found;
}

void triangle_multiply(const double *a, size_t k, const double *v, double *product) {
  memset(product, 0, k * sizeof(double));
  for (size_t first = 0; first < k; first += DENSE_GROUP) {
    block at = block_at(a, k, first);
    size_t behind = first + DENSE_GROUP, rest = k - behind;
    const double *x = v + first;
    double sums[DENSE_GROUP];
    dense_add_dot_four(at.below, x, product + behind, v + behind, rest, sums);
    dense_add_dot_four(at.below + 4, x + 4, product + behind, v + behind, rest, sums + 4);
    for (size_t c = 0; c < DENSE_GROUP; c++) {
      sums[c] += at.diagonal[c][c] * x[c];
      for (size_t r = c + 1; r < DENSE_GROUP; r++) {
        sums[c] += at.diagonal[c][r] * x[r];
        product[first + r] += at.diagonal[c][r] * x[c];
      }
    }
    for (size_t c = 0; c < DENSE_GROUP; c++) {
      product[first + c] += sums[c];
    }
  }
}

/* column j from its diagonal += Σ factor · rows, starting at entry j of each row */
static void add_to_column(double *column, size_t k, size_t j, const double *const *rows,
                          size_t count, double weight) {
  size_t r = 0;
  for (; r + 4 <= count; r += 4) {
    const double *const parts[4] = {rows[r] + j, rows[r + 1] + j, rows[r + 2] + j,
                                    rows[r + 3] + j};
    const double factors[4] = {weight * parts[0][0], weight * parts[1][0], weight * parts[2][0],
                               weight * parts[3][0]};
    dense_add_four(parts, factors, column, k - j);
  }
  for (; r < count; r++) {
    dense_add(rows[r] + j, weight * rows[r][j], column, k - j);
  }
}

void triangle_add_rows(double *a, size_t k, const double *const *rows, size_t count,
                       double weight) {
  for (size_t from = 0; from < k; from += PANEL) {
    size_t to = from + PANEL < k ? from + PANEL : k;
    /* A few rows at a time, so that they are still at hand for the next column of the panel. */
    for (size_t r = 0; r < count; r += 4) {
      size_t some = count - r < 4 ? count - r : 4;
      for (size_t j = from; j < to; j++) {
        add_to_column(a + triangle_column(k, j), k, j, rows + r, some, weight);
      }
    }
  }
}

/* Takes columns p to p + count - 1 (at most four), already final, out of column j. */
static void subtract_columns(double *a, size_t k, size_t p, size_t count, size_t j) {
  double *column = a + triangle_column(k, j);
  const double *parts[4];
  double factors[4];
  for (size_t c = 0; c < count; c++) {
    parts[c] = a + triangle_column(k, p + c) + (j - p - c);
    factors[c] = -parts[c][0];
  }
  if (count == 4) {
    dense_add_four(parts, factors, column, k - j);
  } else {
    for (size_t c = 0; c < count; c++) {
      dense_add(parts[c], factors[c], column, k - j);
    }
  }
}

static int finish_column(double *column, size_t count) {
  if (!(column[0] > 0)) {
    return 0;
  }
  double root = sqrt(column[0]);
  column[0] = root;
  for (size_t i = 1; i < count; i++) {
    column[i] /= root;
  }
  return 1;
}

int triangle_factorise(double *a, size_t k) {
  for (size_t from = 0; from < k; from += PANEL) {
    size_t to = from + PANEL < k ? from + PANEL : k;
    for (size_t p = 0; p < from; p += 4) { /* PANEL, and so from, is a multiple of four */
      for (size_t j = from; j < to; j++) {
        subtract_columns(a, k, p, 4, j);
      }
    }
    for (size_t j = from; j < to; j++) {
      for (size_t p = from; p < j; p += 4) {
        subtract_columns(a, k, p, j - p < 4 ? j - p : 4, j);
      }
      if (!finish_column(a + triangle_column(k, j), k - j)) {
        return 0;
      }
    }
  }
  return 1;
}

/* Beforehand: divisions that do not wait for each other take a fraction of the time. */
static void invert_diagonal(const block *at, double inverse[DENSE_GROUP]) {
  for (size_t c = 0; c < DENSE_GROUP; c++) {
    inverse[c] = 1.0 / at->diagonal[c][c];
  }
}

void triangle_solve(const double *l, size_t k, double *b) {
  for (size_t first = 0; first < k; first += DENSE_GROUP) {
    block at = block_at(l, k, first);
    double *x = b + first;
    double inverse[DENSE_GROUP], minus[DENSE_GROUP];
    invert_diagonal(&at, inverse);
    for (size_t c = 0; c < DENSE_GROUP; c++) {
      x[c] *= inverse[c];
      minus[c] = -x[c];
      for (size_t r = c + 1; r < DENSE_GROUP; r++) {
        x[r] += minus[c] * at.diagonal[c][r];
      }
    }
    double *below = x + DENSE_GROUP;
    size_t rest = k - first - DENSE_GROUP;
    dense_add_four(at.below, minus, below, rest);
    dense_add_four(at.below + 4, minus + 4, below, rest);
  }
  for (size_t first = k; first > 0;) {
    first -= DENSE_GROUP;
    block at = block_at(l, k, first);
    double *x = b + first;
    const double *below = x + DENSE_GROUP;
    size_t rest = k - first - DENSE_GROUP;
    double inverse[DENSE_GROUP], sums[DENSE_GROUP];
    invert_diagonal(&at, inverse);
    dense_dot_four(at.below, below, rest, sums);
    dense_dot_four(at.below + 4, below, rest, sums + 4);
    for (size_t c = DENSE_GROUP; c-- > 0;) {
      for (size_t r = c + 1; r < DENSE_GROUP; r++) {
        sums[c] += at.diagonal[c][r] * x[r];
      }
      x[c] = (x[c] - sums[c]) * inverse[c];
    }
  }
}

/*
 * The rotation that takes a vector's first entry into a diagonal entry; 0 when what remains is not
 * safely positive.
 */
static int rotation_of(double *diagonal, double entry, double sign, dense_rotation *by) {
  double old = *diagonal;
  double square = old * old + sign * entry * entry;
  if (!(square > 1e-14 * old * old)) {
    return 0;
  }
  *diagonal = sqrt(square);
  by->cosine = *diagonal / old;
  by->inverse = old / *diagonal;
  by->sine = entry / old;
  by->signed_sine = sign * by->sine;
  return 1;
}

int triangle_update(double *l, size_t k, double *vectors, const double *signs, size_t count) {
  for (size_t j = 0; j < k; j++) {
    double *column = l + triangle_column(k, j);
    double *waiting[2];
    dense_rotation by[2];
    size_t rotations = 0;
    for (size_t v = 0; v < count; v++) {
      double *w = vectors + v * k;
      if (w[j] == 0.0) {
        continue;
      }
      if (!rotation_of(column, w[j], signs[v], &by[rotations])) {
        return 0;
      }
      waiting[rotations++] = w + j + 1;
      if (rotations == 2) {
        dense_rotate_two(column + 1, waiting[0], waiting[1], k - j - 1, by);
        rotations = 0;
      }
    }
    if (rotations == 1) {
      dense_rotate(column + 1, waiting[0], k - j - 1, &by[0]);
    }
  }
  return 1;
}
