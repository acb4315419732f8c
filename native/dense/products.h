/* The products behind a mask that cost O(k^3), of matrices row after row. */
#ifndef DUALGRID_DENSE_PRODUCTS_H
#define DUALGRID_DENSE_PRODUCTS_H

#include <stddef.h>

/* Numbers that the scratch of a call holds. */
size_t dense_reflect_scratch(size_t columns);
size_t dense_symmetric_product_scratch(size_t k);

/*
 * matrix <- H1 H2 … Hk D matrix, by blocks of reflections.
 *
 * matrix      k by columns
 * reflectors  k by k, row j holds v_j, zero before entry j; H_j = I - factors[j] v_j v_j'
 * signs       D
 * diagonal    not 0: the matrix is diagonal but for columns of zeros, so that those before j are
 *             still zero when H_j comes
 */
void dense_reflect(double *matrix, size_t k, size_t columns, const double *reflectors,
                   const double *factors, const double *signs, int diagonal, double *scratch);

/*
 * product <- left' right, known to be symmetric, k by k; left and right are count rows of k numbers,
 * whose beginnings are stride apart.
 */
void dense_symmetric_product(const double *left, const double *right, size_t stride, size_t count,
                             size_t k, double *product, double *scratch);

#endif
