/*
 * K = L D L' of a symmetric quasi-definite matrix whose pattern stays while its values change,
 * without pivoting; only the columns that depend on a change are computed anew. The twin of
 * io.dualgrid.qp.java.SparseLdl.
 */
#ifndef DUALGRID_QP_LDL_H
#define DUALGRID_QP_LDL_H

#include <stdint.h>

typedef struct {
  int32_t n;
  int32_t positive; /* leading rows whose block is positive definite; the rest is negative */
  int32_t *order;   /* order[k]: the row of K that is eliminated as the k-th */
  int32_t *inverse;
  /* Lower triangle of the permuted matrix by columns, its diagonal apart; where its values lie in
   * the caller's array. */
  int32_t *k_pointers;
  int32_t *k_rows;
  int32_t *k_source;
  int32_t *diagonal_source;
  int32_t *parent; /* elimination tree */
  int32_t *l_pointers;
  int32_t *l_rows;
  double *l_values;
  double *pivots;
  double *inverse_pivots;
  /* The rows of L: in which columns a row has entries, and where. */
  int32_t *row_pointers;
  int32_t *row_columns;
  int32_t *row_places;
  unsigned char *stale;
  int any_stale;
  /* Columns that a solve must visit, ascending; see qp_ldl_solve_leading. */
  unsigned char *wanted;
  int32_t *live;
  int32_t live_count;
  double *work; /* zero outside these functions */
} qp_ldl;

enum qp_ldl_outcome { QP_LDL_OK, QP_LDL_OUT_OF_MEMORY, QP_LDL_TOO_LARGE };

/*
 * Orders the matrix and finds the pattern of L; whatever the outcome, qp_ldl_free must follow.
 *
 * pointers, rows  upper triangle of K by columns, the whole diagonal stored
 * most_entries    of L
 */
enum qp_ldl_outcome qp_ldl_analyse(qp_ldl *f, int32_t n, int32_t positive, const int32_t *pointers,
                                   const int32_t *rows, int64_t most_entries);

void qp_ldl_free(qp_ldl *f);

/* Says that entries in this row or column of K have changed; others must be told of apart. */
void qp_ldl_touch(qp_ldl *f, int32_t index);

/* As qp_ldl_touch of every row. */
void qp_ldl_touch_all(qp_ldl *f);

/*
 * Computes the columns that depend on what was touched since the last call.
 *
 * values  in the order of the matrix analysed
 *
 * Returns how many pivots were too small or of the wrong sign, and were replaced.
 */
int32_t qp_ldl_update(qp_ldl *f, const double *values);

/* Solves K x = b in place, length n. */
void qp_ldl_solve(qp_ldl *f, double *b);

/*
 * Solves for QP_LANES right-hand sides at once, in place: b[i · QP_LANES + lane], and scratch of the
 * same length, zero before and after.
 */
void qp_ldl_solve_lanes(const qp_ldl *f, double *b, double *scratch);

/*
 * Tells qp_ldl_solve_leading which rows beyond the positive block hold more than their diagonal
 * entry, by a flag for each.
 */
void qp_ldl_heed(qp_ldl *f, const unsigned char *active);

/*
 * The leading part of the solution of K x = b, where b is zero beyond the positive block: in place,
 * length `positive`. It visits only the columns that matter for that: not those of rows without
 * entries, which stay zero, nor those of rows eliminated before all they touch, on which nothing
 * else depends.
 */
void qp_ldl_solve_leading(qp_ldl *f, double *b);

#endif
