/* The part of dualgrid_qp.h on coupled interior-point steps. */
#include <math.h>

#include "checks.h"
#include "dualgrid_qp.h"
#include "memory.h"
#include "newton.h"

struct dualgrid_qp_newton {
  int ready;
  qp_newton newton;
  qp_error error;
};

/* The coupled variables exist, and none is named twice. */
static int32_t check_coupled(qp_error *error, int32_t n, const int32_t *coupled, int32_t count) {
  unsigned char *named;
  int32_t code = DUALGRID_QP_OK;
  if (count < 1 || count > n || coupled == NULL ||
      qp_newton_packed(count) > DUALGRID_QP_MOST_ENTRIES) {
    return qp_fail(error, DUALGRID_QP_BAD_ARGUMENT, "%d coupled of %d variables", (int)count,
                   (int)n);
  }
  named = qp_new_flags(n);
  if (named == NULL) {
    return qp_fail_to_load(error, QP_LDL_OUT_OF_MEMORY);
  }
  for (int32_t c = 0; c < count && code == DUALGRID_QP_OK; c++) {
    if (coupled[c] < 0 || coupled[c] >= n || named[coupled[c]]) {
      code = qp_fail(error, DUALGRID_QP_BAD_ARGUMENT, "coupled[%d] is %d", (int)c,
                     (int)coupled[c]);
    } else {
      named[coupled[c]] = 1;
    }
  }
  free(named);
  return code;
}

int32_t dualgrid_qp_newton_create(int32_t n, int32_t m, const int32_t *p_pointers,
                                  const int32_t *p_rows, const double *p_values, int32_t p_count,
                                  const double *q, const int32_t *a_pointers,
                                  const int32_t *a_rows, const double *a_values, int32_t a_count,
                                  const double *lower, const double *upper, const int32_t *coupled,
                                  int32_t count, int32_t *bounds, dualgrid_qp_newton **newton) {
  qp_given given = {n, m, p_pointers, p_rows, p_values, q, a_pointers, a_rows, a_values, lower,
                    upper};
  enum qp_ldl_outcome outcome;
  dualgrid_qp_newton *w;
  int32_t code;
  if (newton == NULL) {
    return DUALGRID_QP_BAD_ARGUMENT;
  }
  w = qp_new(1, sizeof(dualgrid_qp_newton));
  *newton = w;
  if (w == NULL) {
    return DUALGRID_QP_OUT_OF_MEMORY;
  }
  if ((code = qp_check_program(&w->error, &given, p_count, a_count)) != DUALGRID_QP_OK ||
      (code = qp_check_length(&w->error, "bounds", bounds, 1, 1)) != DUALGRID_QP_OK ||
      (code = check_coupled(&w->error, n, coupled, count)) != DUALGRID_QP_OK) {
    return code;
  }
  outcome = qp_newton_load(&w->newton, &given, coupled, count, DUALGRID_QP_MOST_ENTRIES);
  if (outcome != QP_LDL_OK) {
    return qp_fail_to_load(&w->error, outcome);
  }
  *bounds = qp_barrier_bounds(&w->newton.point);
  w->ready = 1;
  return DUALGRID_QP_OK;
}

void dualgrid_qp_newton_destroy(dualgrid_qp_newton *w) {
  if (w != NULL) {
    qp_newton_free(&w->newton);
    free(w);
  }
}

const char *dualgrid_qp_newton_error(const dualgrid_qp_newton *w) {
  return w == NULL ? "out of memory" : w->error.text;
}

static int32_t check_ready(dualgrid_qp_newton *w) {
  if (w == NULL) {
    return DUALGRID_QP_BAD_ARGUMENT;
  }
  if (!w->ready) {
    return qp_fail(&w->error, DUALGRID_QP_BAD_ARGUMENT, "the kernel was not set up");
  }
  w->error.text[0] = '\0';
  return DUALGRID_QP_OK;
}

/* Ready, and a vector of as many finite numbers as there are coupled variables. */
static int32_t check_given(dualgrid_qp_newton *w, const char *name, const double *values,
                           int32_t count) {
  int32_t code = check_ready(w);
  return code == DUALGRID_QP_OK
             ? qp_check_vector(&w->error, name, values, count, w->newton.count)
             : code;
}

static int32_t check_number(dualgrid_qp_newton *w, const char *name, double value) {
  return isfinite(value) ? DUALGRID_QP_OK
                         : qp_fail(&w->error, DUALGRID_QP_BAD_ARGUMENT,
                                   "%s is %g, not a finite number", name, value);
}

int32_t dualgrid_qp_newton_start(dualgrid_qp_newton *w, const double *prices, int32_t count) {
  int32_t code = check_given(w, "prices", prices, count);
  if (code == DUALGRID_QP_OK) {
    qp_newton_start(&w->newton, prices);
  }
  return code;
}

int32_t dualgrid_qp_newton_factorise(dualgrid_qp_newton *w, const double *prices, int32_t count,
                                     double *state, int32_t state_count) {
  int32_t code;
  double products[4];
  if ((code = check_given(w, "prices", prices, count)) != DUALGRID_QP_OK ||
      (code = qp_check_length(&w->error, "state", state, state_count,
                              DUALGRID_QP_STATE_COUNT)) != DUALGRID_QP_OK) {
    return code;
  }
  qp_newton_factorise(&w->newton, prices);
  state[DUALGRID_QP_STATE_ROW_RESIDUAL] =
      qp_largest(w->newton.point.residual_row, w->newton.point.m);
  state[DUALGRID_QP_STATE_DUAL_RESIDUAL] =
      qp_largest(w->newton.point.residual_x, w->newton.point.n);
  qp_barrier_products(&w->newton.point, products);
  state[DUALGRID_QP_STATE_PRODUCTS] = products[0];
  return DUALGRID_QP_OK;
}

int32_t dualgrid_qp_newton_sensitivities(dualgrid_qp_newton *w, double *packed, int32_t count) {
  int32_t code;
  int64_t length;
  if ((code = check_ready(w)) != DUALGRID_QP_OK) {
    return code;
  }
  length = qp_newton_packed(w->newton.count);
  if ((code = qp_check_length(&w->error, "sensitivities", packed, count, (int32_t)length)) ==
      DUALGRID_QP_OK) {
    qp_newton_sensitivities(&w->newton, packed);
  }
  return code;
}

int32_t dualgrid_qp_newton_aim(dualgrid_qp_newton *w, double target, int32_t second_order,
                               double *response, int32_t count) {
  int32_t code;
  if ((code = check_ready(w)) != DUALGRID_QP_OK ||
      (code = check_number(w, "target", target)) != DUALGRID_QP_OK ||
      (code = qp_check_length(&w->error, "response", response, count, w->newton.count)) !=
          DUALGRID_QP_OK) {
    return code;
  }
  qp_newton_aim(&w->newton, target, second_order != 0, response);
  return DUALGRID_QP_OK;
}

int32_t dualgrid_qp_newton_direct(dualgrid_qp_newton *w, const double *price_step, int32_t count,
                                  double *outlook, int32_t outlook_count) {
  int32_t code;
  if ((code = check_given(w, "price step", price_step, count)) != DUALGRID_QP_OK ||
      (code = qp_check_length(&w->error, "outlook", outlook, outlook_count,
                              DUALGRID_QP_OUTLOOK_COUNT)) != DUALGRID_QP_OK) {
    return code;
  }
  qp_newton_direct(&w->newton, price_step);
  outlook[DUALGRID_QP_OUTLOOK_PRIMAL_STEP] = qp_barrier_primal_step(&w->newton.point);
  outlook[DUALGRID_QP_OUTLOOK_DUAL_STEP] = qp_barrier_dual_step(&w->newton.point);
  qp_barrier_products(&w->newton.point, outlook + DUALGRID_QP_OUTLOOK_PRODUCTS);
  return DUALGRID_QP_OK;
}

int32_t dualgrid_qp_newton_move(dualgrid_qp_newton *w, double primal_step, double dual_step) {
  int32_t code;
  if ((code = check_ready(w)) != DUALGRID_QP_OK ||
      (code = check_number(w, "primal step", primal_step)) != DUALGRID_QP_OK ||
      (code = check_number(w, "dual step", dual_step)) != DUALGRID_QP_OK) {
    return code;
  }
  qp_barrier_move(&w->newton.point, primal_step, dual_step);
  return DUALGRID_QP_OK;
}

int32_t dualgrid_qp_newton_coupled(dualgrid_qp_newton *w, double *values, int32_t count,
                                   double *cost) {
  int32_t code;
  if ((code = check_ready(w)) != DUALGRID_QP_OK ||
      (code = qp_check_length(&w->error, "values", values, count, w->newton.count)) !=
          DUALGRID_QP_OK ||
      (code = qp_check_length(&w->error, "cost", cost, 1, 1)) != DUALGRID_QP_OK) {
    return code;
  }
  *cost = qp_newton_coupled(&w->newton, values);
  return DUALGRID_QP_OK;
}
