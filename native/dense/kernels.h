/* Loops over arrays, in the shapes that compilers turn into vector code. */
#ifndef DUALGRID_KERNELS_H
#define DUALGRID_KERNELS_H

#include <stddef.h>

/* Numbers that the widest vectors hold; what lies in whole groups of them has no loose ends. */
enum { DENSE_GROUP = 8 };

/* target += factor · source */
void dense_add(const double *source, double factor, double *target, size_t count);

/* target += Σ f[i] · source[i] over four sources: a store for four loads */
void dense_add_four(const double *const source[4], const double f[4], double *target, size_t count);

/*
 * t_r += f[r][0] a + f[r][1] b + f[r][2] c + f[r][3] d: sixteen products for eight loads and four
 * stores. Parameters of their own, since compilers only believe that those do not overlap.
 */
void dense_add_tile(const double *a, const double *b, const double *c, const double *d,
                    const double f[4][4], double *t0, double *t1, double *t2, double *t3,
                    size_t count);

/* Sum of products, in sixteen chains whatever the processor, so that it gives the same bits. */
double dense_dot(const double *a, const double *b, size_t count);

/*
 * Four sums of products with one vector, which share what is read of it; each in as many chains as
 * a group has numbers. The count is one of whole groups.
 */
void dense_dot_four(const double *const rows[4], const double *v, size_t count, double sums[4]);

/* The product of each of count rows of k numbers with v, four at a time; k is one of whole groups. */
void dense_multiply_rows(const double *rows, size_t count, size_t k, const double *v,
                         double *product);

/*
 * target += Σ f[c] · columns[c], and sums[c] = columns[c] · other: one pass over the columns for
 * both. The count is one of whole groups.
 */
void dense_add_dot_four(const double *const columns[4], const double f[4], double *target,
                        const double *other, size_t count, double sums[4]);

/* l ← (l + signed_sine · w) · inverse, then w ← cosine · w − sine · l */
typedef struct {
  double inverse;
  double signed_sine;
  double cosine;
  double sine;
} dense_rotation;

void dense_rotate(double *l, double *w, size_t count, const dense_rotation *by);

/* The same with w0 and then with w1: one pass over l for both. */
void dense_rotate_two(double *l, double *w0, double *w1, size_t count, const dense_rotation by[2]);

/*
 * Largest absolute value; no number where one of them is infinite or none. The count is one of
 * whole groups.
 */
double dense_largest(const double *values, size_t count);

/*
 * Of rows whose values lie at v = values + shifts, and move by length · directions, how far they
 * are outside [lower, upper]: sums[0] = Σ excess · direction, and sums[1] = Σ direction² over those
 * that are outside. The count is one of whole groups.
 */
void dense_excess(const double *values, const double *shifts, const double *directions,
                  double length, const double *lower, const double *upper, size_t count,
                  double sums[2]);

#endif
