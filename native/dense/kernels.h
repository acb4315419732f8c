/* Loops over arrays, in the shapes that compilers turn into vector code. */
#ifndef DUALGRID_KERNELS_H
#define DUALGRID_KERNELS_H

#include <stddef.h>

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

/* target += factor · source, and returns source · other: one pass over source for both. */
double dense_add_dot(const double *source, double factor, double *target, const double *other,
                     size_t count);

/* l ← (l + signed_sine · w) · inverse, then w ← cosine · w − sine · l */
void dense_rotate(double *l, double *w, size_t count, double inverse, double signed_sine,
                  double cosine, double sine);

/* Largest absolute value, 0 of none. */
double dense_largest(const double *values, size_t count);

#endif
