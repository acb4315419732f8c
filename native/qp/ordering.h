/* The order in which a sparse symmetric matrix is eliminated. */
#ifndef DUALGRID_QP_ORDERING_H
#define DUALGRID_QP_ORDERING_H

#include <stdint.h>

/*
 * Approximate minimum degree, made a postorder of its elimination tree; the same order as
 * io.dualgrid.qp.java.SparseLdl finds.
 *
 * pointers, rows  upper triangle by columns, each entry once
 * order           length n, overwritten: the row that is eliminated as the k-th
 *
 * Returns 0 when memory runs out.
 */
int qp_order(int32_t n, const int32_t *pointers, const int32_t *rows, int32_t *order);

#endif
