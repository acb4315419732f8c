/*
 * Lower triangles of k by k symmetric matrices, column after column, k one of whole groups. Columns
 * go in blocks of as many as a group has; those of a block begin in its first row, what is above
 * the diagonal there being zero and never used. So all that is below a block begins with a group,
 * takes little more than k²/2 numbers, and is passed over once, four columns at a time.
 */
#ifndef DUALGRID_TRIANGLE_H
#define DUALGRID_TRIANGLE_H

#include <stddef.h>

/* Numbers of a triangle. */
size_t triangle_length(size_t k);

/* Place of the diagonal entry of column j; what is below follows. */
size_t triangle_column(size_t k, size_t j);

/* product = A v, A symmetric. */
void triangle_multiply(const double *a, size_t k, const double *v, double *product);

/* A += weight · Σ row' row over the given rows of length k. */
void triangle_add_rows(double *a, size_t k, const double *const *rows, size_t count, double weight);

/* Cholesky factor L of A = L L', in place; 0 when A is not positive definite. */
int triangle_factorise(double *a, size_t k);

/* Solves L L' v = b in place. */
void triangle_solve(const double *l, size_t k, double *b);

/*
 * L L' ± Σ v v', several vectors in one pass over L (Gill, Golub, Murray and Saunders, "Methods for
 * modifying matrix factorizations", Math. Comp. 28, 1974).
 *
 * vectors  count vectors of length k, one after the other; overwritten
 * signs    1 to add, -1 to take away
 * Returns 0 when the result is not safely positive definite; L is then void.
 */
int triangle_update(double *l, size_t k, double *vectors, const double *signs, size_t count);

#endif
