/*
 * Dense quadratic programs solved many times with another linear term, for one caller,
 * io.dualgrid.qp.dense.jna:
 *
 *   minimise ½ y'Hy + c'y   subject to   l <= Gy <= u
 *
 * H is k by k, symmetric positive semidefinite; G is m by k; both row after row. Arrays are copied.
 * A bound that is infinite is none. The method is the one of io.dualgrid.qp.dense.JavaDenseSolver, a
 * proximal augmented Lagrangian with semismooth Newton steps; sources stand there.
 *
 * A workspace belongs to one thread at a time and takes 8 (k² + mk) bytes. Functions return a
 * dualgrid_dense_code; the text of the last failure is kept in the workspace. Nothing is printed
 * and nothing throws. The same calls give the same bits on every processor.
 */
#ifndef DUALGRID_DENSE_H
#define DUALGRID_DENSE_H

#include <stdint.h>

#if defined(_WIN32)
#define DUALGRID_API __declspec(dllexport)
#else
#define DUALGRID_API __attribute__((visibility("default")))
#endif

#define DUALGRID_DENSE_ABI_VERSION 4

typedef struct dualgrid_dense dualgrid_dense;
typedef struct dualgrid_dense_square dualgrid_dense_square;

enum dualgrid_dense_code {
  DUALGRID_DENSE_OK = 0,
  DUALGRID_DENSE_BAD_ARGUMENT = 1,
  DUALGRID_DENSE_OUT_OF_MEMORY = 2
};

/* How a solve ended, at DUALGRID_DENSE_INFO_STATUS. */
enum dualgrid_dense_status {
  DUALGRID_DENSE_SOLVED = 0,
  DUALGRID_DENSE_ITERATION_LIMIT = 1,
  DUALGRID_DENSE_NOT_POSITIVE = 2 /* the matrix of a Newton step is not positive definite */
};

/* Places in the array that a solve fills in. */
enum dualgrid_dense_info {
  DUALGRID_DENSE_INFO_STATUS,
  DUALGRID_DENSE_INFO_ITERATIONS, /* Newton steps */
  DUALGRID_DENSE_INFO_COUNT
};

DUALGRID_API int32_t dualgrid_dense_abi_version(void);

/* Version of this library; a constant. */
DUALGRID_API const char *dualgrid_dense_version(void);

/*
 * Sets up a workspace. *workspace is set on failure too, unless memory ran out, so that its error
 * can be read; it must be destroyed either way.
 *
 * absolute, relative  tolerances on the rows as given and on the gradient
 * max_iterations      Newton steps a solve may take
 */
DUALGRID_API int32_t dualgrid_dense_create(int32_t k, int32_t m, const double *quadratic,
                                           const double *rows, const double *lower,
                                           const double *upper, double absolute, double relative,
                                           int32_t max_iterations, dualgrid_dense **workspace);

/* Overwrites and frees a workspace; null is let pass. */
DUALGRID_API void dualgrid_dense_destroy(dualgrid_dense *workspace);

/* Text of the last failure, empty when there was none; valid until the next call. */
DUALGRID_API const char *dualgrid_dense_error(const dualgrid_dense *workspace);

/* Sets the start of the next solve: y of length k, multipliers of the rows as given, length m. */
DUALGRID_API int32_t dualgrid_dense_start(dualgrid_dense *workspace, const double *y, int32_t k,
                                          const double *multipliers, int32_t m);

/*
 * Solves from the last solution.
 *
 * linear       c, length k, finite
 * y            length k, overwritten, also at the iteration limit
 * multipliers  of the rows as given, length m, overwritten
 * info         length DUALGRID_DENSE_INFO_COUNT, overwritten
 */
DUALGRID_API int32_t dualgrid_dense_solve(dualgrid_dense *workspace, const double *linear,
                                          double *y, int32_t k, double *multipliers, int32_t m,
                                          double *info, int32_t info_count);

/*
 * A square matrix that is made of products, as a mask is, and kept to be multiplied by vectors. It
 * belongs to one thread at a time, as a workspace does. Numbers are finite or not, as they come.
 *
 * Sparse matrices are rows of few entries: those of row i are from starts[i] to starts[i + 1], in
 * any order, with starts[0] = 0. Scratch is the caller's, so that it can overwrite it.
 */

/*
 * A diagonal matrix of order k. *square is null where it gives anything but DUALGRID_DENSE_OK.
 */
DUALGRID_API int32_t dualgrid_dense_square_create(int32_t k, const double *diagonal,
                                                  dualgrid_dense_square **square);

/* Overwrites and frees a matrix; null is let pass. */
DUALGRID_API void dualgrid_dense_square_destroy(dualgrid_dense_square *square);

/* product <- A v, or A' v where transposed is not 0; both of length k, and apart. */
DUALGRID_API int32_t dualgrid_dense_square_multiply(dualgrid_dense_square *square,
                                                    int32_t transposed, const double *v,
                                                    double *product, int32_t k);

/*
 * Numbers that the scratch of the functions below has to hold, for a matrix of order k and as many
 * rows of a sparse one; -1 where these are too many.
 */
DUALGRID_API int64_t dualgrid_dense_square_scratch(int32_t k, int32_t rows);

/*
 * A <- H1 H2 … Hk D A, H_j = I - factors[j] v_j v_j'. A third less work while A is diagonal.
 *
 * reflectors  k by k, row j holds v_j, zero before entry j
 * signs       D
 */
DUALGRID_API int32_t dualgrid_dense_square_reflect(dualgrid_dense_square *square,
                                                   const double *reflectors, const double *factors,
                                                   const double *signs, int32_t k,
                                                   double *scratch);

/* A <- A' */
DUALGRID_API int32_t dualgrid_dense_square_transpose(dualgrid_dense_square *square);

/* A <- L'^-1 A, with L lower triangular: sparse rows below the diagonal, and the diagonal. */
DUALGRID_API int32_t dualgrid_dense_square_solve_transposed(
    dualgrid_dense_square *square, const int32_t *starts, const int32_t *columns,
    const double *values, const double *diagonal, int32_t k);

/*
 * product <- S A, count by k, of a sparse S.
 *
 * lengths  null, or those that the rows of the product are to have, each with the sign that its row
 *          is multiplied by; the factors that did it in their place
 */
DUALGRID_API int32_t dualgrid_dense_square_multiply_left(
    const dualgrid_dense_square *square, const int32_t *starts, const int32_t *columns,
    const double *values, int32_t count, double *lengths, double *product, int32_t k);

/*
 * product <- (S A)' W (S A), k by k, of a sparse S of count rows and a sparse symmetric W, all of
 * whose entries are given.
 */
DUALGRID_API int32_t dualgrid_dense_square_congruence(
    const dualgrid_dense_square *square, const int32_t *starts, const int32_t *columns,
    const double *values, int32_t count, const int32_t *weight_starts,
    const int32_t *weight_columns, const double *weights, double *product, int32_t k,
    double *scratch);

#endif
