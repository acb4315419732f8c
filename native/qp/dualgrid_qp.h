/*
 * Sparse convex quadratic programs solved many times with another linear term, for one caller,
 * io.dualgrid.qp.nativeqp:
 *
 *   minimise ½ x'Px + q'x   subject to   l <= Ax <= u
 *
 * P is n by n, its upper triangle alone, each column ending with its diagonal entry; A is m by n;
 * both in compressed sparse column form with ascending row indices. Arrays are copied. A bound that
 * is infinite is none. The method is the one of the solver in Java, a proximal augmented Lagrangian
 * with semismooth Newton steps on a sparse LDL' factorisation of which only what changes is computed
 * anew; sources stand there. It does the same operations in the same order, so that both give the
 * same numbers.
 *
 * Every argument is checked before it is used: lengths, indices, NaN and infinities, and sizes
 * against DUALGRID_QP_MOST_ENTRIES before anything is allocated.
 *
 * A workspace belongs to one thread at a time. Functions return a dualgrid_qp_code; the text of the
 * last failure is kept in the workspace. Nothing is printed and nothing throws. The same calls give
 * the same bits on every processor.
 */
#ifndef DUALGRID_QP_H
#define DUALGRID_QP_H

#include <stdint.h>

#if defined(_WIN32)
#define DUALGRID_API __declspec(dllexport)
#else
#define DUALGRID_API __attribute__((visibility("default")))
#endif

#define DUALGRID_QP_ABI_VERSION 3

/* Largest n + m, largest number of entries of P, A and of the factor: 1 GB of numbers. */
#define DUALGRID_QP_MOST_ENTRIES (1 << 27)

typedef struct dualgrid_qp dualgrid_qp;

enum dualgrid_qp_code {
  DUALGRID_QP_OK = 0,
  DUALGRID_QP_BAD_ARGUMENT = 1,
  DUALGRID_QP_OUT_OF_MEMORY = 2,
  DUALGRID_QP_NOT_CONVEX = 3, /* P is not positive semidefinite */
  DUALGRID_QP_TOO_LARGE = 4
};

/* How a solve ended, at DUALGRID_QP_INFO_STATUS. */
enum dualgrid_qp_status {
  DUALGRID_QP_SOLVED = 0,
  DUALGRID_QP_ITERATION_LIMIT = 1,
  DUALGRID_QP_PRIMAL_INFEASIBLE = 2,
  DUALGRID_QP_DUAL_INFEASIBLE = 3
};

/* Places in the array that a solve fills in. */
enum dualgrid_qp_info {
  DUALGRID_QP_INFO_STATUS,
  DUALGRID_QP_INFO_ITERATIONS, /* Newton steps and multiplier steps */
  DUALGRID_QP_INFO_ROW_RESIDUAL,
  DUALGRID_QP_INFO_DUAL_RESIDUAL,
  DUALGRID_QP_INFO_COUNT
};

DUALGRID_API int32_t dualgrid_qp_abi_version(void);

/* Version of this library; a constant. */
DUALGRID_API const char *dualgrid_qp_version(void);

/*
 * Sets up a workspace and factorises. *workspace is set on failure too, unless memory ran out, so
 * that its error can be read; it must be destroyed either way.
 *
 * p_count, a_count    entries of P and of A, the last of their pointers
 * absolute, relative  tolerances on the rows and on the gradient, in the units of the program; see
 *                     dualgrid_qp_update_settings
 */
DUALGRID_API int32_t dualgrid_qp_create(int32_t n, int32_t m, const int32_t *p_pointers,
                                        const int32_t *p_rows, const double *p_values,
                                        int32_t p_count, const double *q,
                                        const int32_t *a_pointers, const int32_t *a_rows,
                                        const double *a_values, int32_t a_count,
                                        const double *lower, const double *upper, double absolute,
                                        double relative, int32_t max_iterations,
                                        dualgrid_qp **workspace);

/* Frees a workspace; null is let pass. */
DUALGRID_API void dualgrid_qp_destroy(dualgrid_qp *workspace);

/* Text of the last failure, empty when there was none; valid until the next call. */
DUALGRID_API const char *dualgrid_qp_error(const dualgrid_qp *workspace);

/* Replaces the linear term, length n. */
DUALGRID_API int32_t dualgrid_qp_update_linear(dualgrid_qp *workspace, const double *q, int32_t n);

/* Replaces all n diagonal entries of P, none negative, and factorises. The iterate is kept. */
DUALGRID_API int32_t dualgrid_qp_update_diagonal(dualgrid_qp *workspace, const double *diagonal,
                                                 int32_t n);

/* Replaces all bounds. */
DUALGRID_API int32_t dualgrid_qp_update_bounds(dualgrid_qp *workspace, const double *lower,
                                               const double *upper, int32_t m);

/*
 * Replaces tolerances and limit of the next solves: absolute > 0 on the largest residual, plus
 * relative >= 0 times the largest term that makes it up; max_iterations >= 1.
 */
DUALGRID_API int32_t dualgrid_qp_update_settings(dualgrid_qp *workspace, double absolute,
                                                 double relative, int32_t max_iterations);

/* Sets the start of the next solve. */
DUALGRID_API int32_t dualgrid_qp_warm_start(dualgrid_qp *workspace, const double *x, int32_t n,
                                            const double *y, int32_t m);

/*
 * Solves from the last iterate.
 *
 * q     length n, the new linear term, or null to keep the old one
 * x, y  length n and m, overwritten with the solution, or with the last iterate at the iteration
 *       limit, or with the proof of infeasibility (the direction in y or in x, the other 0)
 * info  length DUALGRID_QP_INFO_COUNT, overwritten
 */
DUALGRID_API int32_t dualgrid_qp_solve(dualgrid_qp *workspace, const double *q, int32_t n, double *x,
                                       double *y, int32_t m, double *info, int32_t info_count);

/*
 * One site's share of an interior-point method over many, on the program min q'x - p'Ex, where E
 * picks the coupled variables and p are their prices: K the Newton matrix at the present point,
 * J = E K^-1 E' the sensitivities. io.dualgrid.qp.NewtonKernel tells what each call is for, and their
 * order: start; then factorise, sensitivities at will, aim, direct, move.
 */
typedef struct dualgrid_qp_newton dualgrid_qp_newton;

/* Places in what is known where the matrix is factorised. */
enum dualgrid_qp_state {
  DUALGRID_QP_STATE_ROW_RESIDUAL, /* largest */
  DUALGRID_QP_STATE_DUAL_RESIDUAL,
  DUALGRID_QP_STATE_PRODUCTS, /* sum of slack times multiplier */
  DUALGRID_QP_STATE_COUNT
};

/* Places in what a direction promises. */
enum dualgrid_qp_outlook {
  DUALGRID_QP_OUTLOOK_PRIMAL_STEP, /* longest, 1 at most */
  DUALGRID_QP_OUTLOOK_DUAL_STEP,
  DUALGRID_QP_OUTLOOK_PRODUCTS, /* k: the sum of products after steps a, b is k0 + a k1 + b k2 + ab k3 */
  DUALGRID_QP_OUTLOOK_COUNT = DUALGRID_QP_OUTLOOK_PRODUCTS + 4
};

/*
 * As dualgrid_qp_create; analyses only.
 *
 * coupled  the coupled variables, length count, all different
 * bounds   overwritten: number of finite bounds of rows that are no equalities
 */
DUALGRID_API int32_t dualgrid_qp_newton_create(
    int32_t n, int32_t m, const int32_t *p_pointers, const int32_t *p_rows, const double *p_values,
    int32_t p_count, const double *q, const int32_t *a_pointers, const int32_t *a_rows,
    const double *a_values, int32_t a_count, const double *lower, const double *upper,
    const int32_t *coupled, int32_t count, int32_t *bounds, dualgrid_qp_newton **newton);

DUALGRID_API void dualgrid_qp_newton_destroy(dualgrid_qp_newton *newton);

DUALGRID_API const char *dualgrid_qp_newton_error(const dualgrid_qp_newton *newton);

/* Takes a starting point inside all bounds. */
DUALGRID_API int32_t dualgrid_qp_newton_start(dualgrid_qp_newton *newton, const double *prices,
                                              int32_t count);

/* Factorises at the present point; state has length DUALGRID_QP_STATE_COUNT. */
DUALGRID_API int32_t dualgrid_qp_newton_factorise(dualgrid_qp_newton *newton, const double *prices,
                                                  int32_t count, double *state,
                                                  int32_t state_count);

/* J, its upper triangle by columns, length count (count + 1) / 2. */
DUALGRID_API int32_t dualgrid_qp_newton_sensitivities(dualgrid_qp_newton *newton, double *packed,
                                                      int32_t packed_count);

/* The step at unchanged prices; response = E dx. */
DUALGRID_API int32_t dualgrid_qp_newton_aim(dualgrid_qp_newton *newton, double target,
                                            int32_t second_order, double *response, int32_t count);

/* Completes it with a change of prices; outlook has length DUALGRID_QP_OUTLOOK_COUNT. */
DUALGRID_API int32_t dualgrid_qp_newton_direct(dualgrid_qp_newton *newton, const double *price_step,
                                               int32_t count, double *outlook,
                                               int32_t outlook_count);

DUALGRID_API int32_t dualgrid_qp_newton_move(dualgrid_qp_newton *newton, double primal_step,
                                             double dual_step);

/* The present coupled variables and the present q'x. */
DUALGRID_API int32_t dualgrid_qp_newton_coupled(dualgrid_qp_newton *newton, double *values,
                                                int32_t count, double *cost);

/*
 * Single accurate solves with a lower bound each, by interior points from the middle of the rows.
 * What does not end so has perhaps no solution: no proof is given here.
 */
typedef struct dualgrid_qp_interior dualgrid_qp_interior;

/* Places in the array that such a solve fills in. */
enum dualgrid_qp_interior_info {
  DUALGRID_QP_INTERIOR_SOLVED, /* 1 where it ended within the tolerances, else 0 */
  DUALGRID_QP_INTERIOR_ITERATIONS,
  DUALGRID_QP_INTERIOR_DUAL_OBJECTIVE,
  DUALGRID_QP_INTERIOR_COUNT
};

/* As dualgrid_qp_create; P has to be positive semidefinite, which is not tested. */
DUALGRID_API int32_t dualgrid_qp_interior_create(
    int32_t n, int32_t m, const int32_t *p_pointers, const int32_t *p_rows, const double *p_values,
    int32_t p_count, const double *q, const int32_t *a_pointers, const int32_t *a_rows,
    const double *a_values, int32_t a_count, const double *lower, const double *upper,
    dualgrid_qp_interior **interior);

DUALGRID_API void dualgrid_qp_interior_destroy(dualgrid_qp_interior *interior);

DUALGRID_API const char *dualgrid_qp_interior_error(const dualgrid_qp_interior *interior);

/* Replaces all n diagonal entries of P, none negative. */
DUALGRID_API int32_t dualgrid_qp_interior_update_diagonal(dualgrid_qp_interior *interior,
                                                          const double *diagonal, int32_t n);

/*
 * Solves with the linear term q, until row residual, dual residual and the gap of the objectives are
 * within absolute + relative tolerance times the largest row value, cost and objective.
 *
 * x, y  length n and m, overwritten with the last iterate
 * info  length DUALGRID_QP_INTERIOR_COUNT, overwritten
 */
DUALGRID_API int32_t dualgrid_qp_interior_solve(dualgrid_qp_interior *interior, const double *q,
                                                int32_t n, double absolute, double relative,
                                                int32_t max_iterations, double *x, double *y,
                                                int32_t m, double *info, int32_t info_count);

#endif
