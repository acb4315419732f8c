/*
 * A thin C ABI over OSQP for one caller, io.dualgrid.qp.osqp: plain pointers and numbers only, so
 * that no struct layout of OSQP is known outside this file's implementation.
 *
 *   minimise ½ x'Px + q'x   subject to   l <= Ax <= u
 *
 * P is n by n, its upper triangle alone, each column ending with its diagonal entry; A is m by n;
 * both in compressed sparse column form with ascending row indices. Arrays are copied unless said
 * otherwise. Bounds of magnitude DUALGRID_OSQP_INFINITY and above (IEEE infinities too) are none.
 *
 * A workspace belongs to one thread at a time. Functions return a dualgrid_osqp_code; the text of
 * the last failure is kept in the workspace. Nothing is printed and nothing throws.
 */
#ifndef DUALGRID_OSQP_H
#define DUALGRID_OSQP_H

#include <stdint.h>

#if defined(_WIN32)
#define DUALGRID_API __declspec(dllexport)
#else
#define DUALGRID_API __attribute__((visibility("default")))
#endif

#define DUALGRID_OSQP_ABI_VERSION 2
#define DUALGRID_OSQP_INFINITY 1e30

typedef struct dualgrid_osqp dualgrid_osqp;

enum dualgrid_osqp_code {
  DUALGRID_OSQP_OK = 0,
  DUALGRID_OSQP_BAD_ARGUMENT = 1,
  DUALGRID_OSQP_OUT_OF_MEMORY = 2,
  DUALGRID_OSQP_FAILED = 3
};

/* How a solve ended, at DUALGRID_OSQP_INFO_STATUS. */
enum dualgrid_osqp_status {
  DUALGRID_OSQP_SOLVED = 0,
  DUALGRID_OSQP_ITERATION_LIMIT = 1,
  DUALGRID_OSQP_PRIMAL_INFEASIBLE = 2,
  DUALGRID_OSQP_DUAL_INFEASIBLE = 3,
  DUALGRID_OSQP_NOT_CONVEX = 4
};

/* Places in the array of settings. */
enum dualgrid_osqp_setting {
  DUALGRID_OSQP_ABSOLUTE_TOLERANCE,
  DUALGRID_OSQP_RELATIVE_TOLERANCE,
  DUALGRID_OSQP_INFEASIBILITY_TOLERANCE,
  DUALGRID_OSQP_MAX_ITERATIONS,
  DUALGRID_OSQP_CHECK_INTERVAL,
  DUALGRID_OSQP_RHO,
  DUALGRID_OSQP_RHO_INTERVAL, /* iterations between adaptations of rho, 0: never */
  DUALGRID_OSQP_RHO_TOLERANCE,
  DUALGRID_OSQP_SIGMA,
  DUALGRID_OSQP_ALPHA,
  DUALGRID_OSQP_SCALING,
  DUALGRID_OSQP_POLISH, /* 0 or 1 */
  DUALGRID_OSQP_SETTING_COUNT
};

/* Places in the array that a solve fills in. */
enum dualgrid_osqp_info {
  DUALGRID_OSQP_INFO_STATUS,
  DUALGRID_OSQP_INFO_ITERATIONS,
  DUALGRID_OSQP_INFO_PRIMAL_RESIDUAL,
  DUALGRID_OSQP_INFO_DUAL_RESIDUAL,
  DUALGRID_OSQP_INFO_RHO,
  DUALGRID_OSQP_INFO_RHO_UPDATES,
  DUALGRID_OSQP_INFO_POLISH, /* 1 when the solution was polished */
  DUALGRID_OSQP_INFO_COUNT
};

DUALGRID_API int32_t dualgrid_osqp_abi_version(void);

/* Version of the OSQP behind this library; a constant. */
DUALGRID_API const char *dualgrid_osqp_version(void);

/*
 * Sets up a workspace and factorises. *workspace is set on failure too, unless memory ran out, so
 * that its error can be read; it must be destroyed either way.
 *
 * p_count, a_count  entries of P and of A, all finite; the last column pointer of each
 */
DUALGRID_API int32_t dualgrid_osqp_create(int32_t n, int32_t m, const int32_t *p_pointers,
                                          const int32_t *p_rows, const double *p_values,
                                          int32_t p_count, const double *q,
                                          const int32_t *a_pointers, const int32_t *a_rows,
                                          const double *a_values, int32_t a_count,
                                          const double *l, const double *u, const double *settings,
                                          int32_t setting_count, dualgrid_osqp **workspace);

/* Frees a workspace; null is let pass. */
DUALGRID_API void dualgrid_osqp_destroy(dualgrid_osqp *workspace);

/* Text of the last failure, empty when there was none; valid until the next call. */
DUALGRID_API const char *dualgrid_osqp_error(const dualgrid_osqp *workspace);

/* Replaces all n diagonal entries of P and factorises. The iterate is kept. */
DUALGRID_API int32_t dualgrid_osqp_update_diagonal(dualgrid_osqp *workspace, const double *diagonal,
                                                   int32_t n);

/* Replaces all bounds. */
DUALGRID_API int32_t dualgrid_osqp_update_bounds(dualgrid_osqp *workspace, const double *l,
                                                 const double *u, int32_t m);

/* Replaces tolerances and limits; rho, its adaptation, sigma and scaling stay as created. */
DUALGRID_API int32_t dualgrid_osqp_update_settings(dualgrid_osqp *workspace, const double *settings,
                                                   int32_t setting_count);

/* Sets the iterate. */
DUALGRID_API int32_t dualgrid_osqp_warm_start(dualgrid_osqp *workspace, const double *x, int32_t n,
                                              const double *y, int32_t m);

/*
 * Solves from the current iterate.
 *
 * q     length n, the new linear term, or null to keep the old one
 * x, y  length n and m, overwritten with the solution, or with the last iterate at the iteration
 *       limit, or with the certificate of infeasibility (the direction in y or in x, the other 0)
 * info  length DUALGRID_OSQP_INFO_COUNT, overwritten
 */
DUALGRID_API int32_t dualgrid_osqp_solve(dualgrid_osqp *workspace, const double *q, int32_t n,
                                         double *x, double *y, int32_t m, double *info,
                                         int32_t info_count);

#endif
