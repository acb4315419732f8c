/* See checks.h. */
#include "checks.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

int32_t qp_fail(qp_error *error, int32_t code, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(error->text, sizeof(error->text), format, arguments);
  va_end(arguments);
  return code;
}

int32_t qp_fail_to_load(qp_error *error, enum qp_ldl_outcome outcome) {
  return outcome == QP_LDL_TOO_LARGE
             ? qp_fail(error, DUALGRID_QP_TOO_LARGE, "the factor has more than %d entries",
                    DUALGRID_QP_MOST_ENTRIES)
             : qp_fail(error, DUALGRID_QP_OUT_OF_MEMORY, "out of memory");
}

int32_t qp_check_length(qp_error *error, const char *name, const void *array, int32_t actual,
                            int32_t expected) {
  if (actual != expected || (array == NULL && expected > 0)) {
    return qp_fail(error, DUALGRID_QP_BAD_ARGUMENT, "%s has length %d where %d is expected", name,
                array == NULL ? 0 : (int)actual, (int)expected);
  }
  return DUALGRID_QP_OK;
}

static int32_t check_finite(qp_error *error, const char *name, const double *values,
                            int32_t count) {
  for (int32_t i = 0; i < count; i++) {
    if (!isfinite(values[i])) {
      return qp_fail(error, DUALGRID_QP_BAD_ARGUMENT, "%s[%d] is %g, not a finite number", name, (int)i,
                  values[i]);
    }
  }
  return DUALGRID_QP_OK;
}

int32_t qp_check_vector(qp_error *error, const char *name, const double *values, int32_t actual,
                            int32_t expected) {
  int32_t code = qp_check_length(error, name, values, actual, expected);
  return code == DUALGRID_QP_OK ? check_finite(error, name, values, expected) : code;
}

int32_t qp_check_bounds(qp_error *error, const double *lower, const double *upper, int32_t m) {
  for (int32_t i = 0; i < m; i++) {
    if (!(lower[i] <= upper[i] && lower[i] < INFINITY && upper[i] > -INFINITY)) {
      return qp_fail(error, DUALGRID_QP_BAD_ARGUMENT, "row %d has bounds [%g, %g]", (int)i, lower[i],
                  upper[i]);
    }
  }
  return DUALGRID_QP_OK;
}

/* Whether the arrays are a matrix in compressed sparse column form. */
static int32_t check_matrix(qp_error *error, const char *name, int32_t rows, int32_t columns,
                            const int32_t *pointers, const int32_t *indices, const double *values,
                            int32_t count) {
  if (pointers == NULL || count < 0 || (count > 0 && (indices == NULL || values == NULL))) {
    return qp_fail(error, DUALGRID_QP_BAD_ARGUMENT, "%s: an array is missing", name);
  }
  if (count > DUALGRID_QP_MOST_ENTRIES) {
    return qp_fail(error, DUALGRID_QP_TOO_LARGE, "%s: %d entries, more than %d", name, (int)count,
                DUALGRID_QP_MOST_ENTRIES);
  }
  if (pointers[0] != 0 || pointers[columns] != count) {
    return qp_fail(error, DUALGRID_QP_BAD_ARGUMENT, "%s: pointers from %d to %d over %d entries", name,
                (int)pointers[0], (int)pointers[columns], (int)count);
  }
  for (int32_t j = 0; j < columns; j++) {
    /* Within the entries, before one of them is read. */
    if (pointers[j + 1] < pointers[j] || pointers[j + 1] > count) {
      return qp_fail(error, DUALGRID_QP_BAD_ARGUMENT, "%s: column pointers decrease at %d", name, (int)j);
    }
    for (int32_t k = pointers[j]; k < pointers[j + 1]; k++) {
      if (indices[k] < 0 || indices[k] >= rows || (k > pointers[j] && indices[k] <= indices[k - 1])) {
        return qp_fail(error, DUALGRID_QP_BAD_ARGUMENT, "%s: row index %d in column %d", name,
                    (int)indices[k], (int)j);
      }
    }
  }
  return check_finite(error, name, values, count);
}

static int32_t check_diagonal_is_stored(qp_error *error, int32_t n, const int32_t *pointers,
                                        const int32_t *rows) {
  for (int32_t j = 0; j < n; j++) {
    int32_t last = pointers[j + 1] - 1;
    if (last < pointers[j] || rows[last] != j) {
      return qp_fail(error, DUALGRID_QP_BAD_ARGUMENT,
                  "P: column %d does not end with its diagonal entry", (int)j);
    }
  }
  return DUALGRID_QP_OK;
}

int32_t qp_check_program(qp_error *error, const qp_given *given, int32_t p_count, int32_t a_count) {
  int32_t n = given->n, m = given->m, code;
  if (n < 1 || m < 0) {
    return qp_fail(error, DUALGRID_QP_BAD_ARGUMENT, "%d variables, %d rows", (int)n, (int)m);
  }
  if ((int64_t)n + m > DUALGRID_QP_MOST_ENTRIES) {
    return qp_fail(error, DUALGRID_QP_TOO_LARGE, "%d variables and %d rows, more than %d", (int)n,
                   (int)m, DUALGRID_QP_MOST_ENTRIES);
  }
  if ((code = qp_check_length(error, "lower", given->lower, m, m)) != DUALGRID_QP_OK ||
      (code = qp_check_length(error, "upper", given->upper, m, m)) != DUALGRID_QP_OK ||
      (code = qp_check_vector(error, "q", given->q, n, n)) != DUALGRID_QP_OK ||
      (code = check_matrix(error, "P", n, n, given->p_pointers, given->p_rows, given->p_values,
                           p_count)) != DUALGRID_QP_OK ||
      (code = check_diagonal_is_stored(error, n, given->p_pointers, given->p_rows)) !=
          DUALGRID_QP_OK ||
      (code = check_matrix(error, "A", m, n, given->a_pointers, given->a_rows, given->a_values,
                           a_count)) != DUALGRID_QP_OK) {
    return code;
  }
  return qp_check_bounds(error, given->lower, given->upper, m);
}
