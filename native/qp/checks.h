/* What crosses the boundary is checked here; each check leaves its reason as a text. */
#ifndef DUALGRID_QP_CHECKS_H
#define DUALGRID_QP_CHECKS_H

#include <stdint.h>

#include "dualgrid_qp.h"
#include "ldl.h"
#include "program.h"

typedef struct {
  char text[256];
} qp_error;

/* Keeps a text and returns the code. */
int32_t qp_fail(qp_error *error, int32_t code, const char *format, ...);

int32_t qp_fail_to_load(qp_error *error, enum qp_ldl_outcome outcome);

int32_t qp_check_length(qp_error *error, const char *name, const void *array, int32_t actual,
                        int32_t expected);

/* Length and finite numbers. */
int32_t qp_check_vector(qp_error *error, const char *name, const double *values, int32_t actual,
                        int32_t expected);

int32_t qp_check_bounds(qp_error *error, const double *lower, const double *upper, int32_t m);

/* Sizes, arrays, indices and numbers of a program. */
int32_t qp_check_program(qp_error *error, const qp_given *given, int32_t p_count, int32_t a_count);

#endif
