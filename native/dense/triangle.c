/* See triangle.h. */
#include "triangle.h"

#include <math.h>
#include <string.h>

#include "kernels.h"

/* Columns worked on together: their part of a large triangle stays in the second-level cache. */
enum { PANEL = 32 };

size_t triangle_column(size_t k, size_t j) { return j * k - j * (j - 1) / 2; }

void triangle_multiply(const double *a, size_t k, const double *v, double *product) {
  memset(product, 0, k * sizeof(double));
  for (size_t j = 0; j < k; j++) {
    const double *column = a + triangle_column(k, j);
    double below = dense_add_dot(column + 1, v[j], product + j + 1, v + j + 1, k - j - 1);
    product[j] += column[0] * v[j] + below;
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

void triangle_solve(const double *l, size_t k, double *b) {
  for (size_t j = 0; j < k; j++) {
    const double *column = l + triangle_column(k, j);
    b[j] /= column[0];
    dense_add(column + 1, -b[j], b + j + 1, k - j - 1);
  }
  for (size_t j = k; j-- > 0;) {
    const double *column = l + triangle_column(k, j);
    b[j] = (b[j] - dense_dot(column + 1, b + j + 1, k - j - 1)) / column[0];
  }
}

int triangle_update(double *l, size_t k, double *vectors, const double *signs, size_t count) {
  for (size_t j = 0; j < k; j++) {
    double *column = l + triangle_column(k, j);
    for (size_t v = 0; v < count; v++) {
      double *w = vectors + v * k;
      if (w[j] == 0.0) {
        continue;
      }
      double old = column[0];
      double square = old * old + signs[v] * w[j] * w[j];
      if (!(square > 1e-14 * old * old)) {
        return 0;
      }
      double diagonal = sqrt(square);
      double cosine = diagonal / old;
      double sine = w[j] / old;
      column[0] = diagonal;
      dense_rotate(column + 1, w + j + 1, k - j - 1, 1.0 / cosine, signs[v] * sine, cosine, sine);
    }
  }
  return 1;
}
