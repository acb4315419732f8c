/* See dualgrid_dense.h; the method and its sources are in io.dualgrid.qp.dense.JavaDenseSolver. */
#include "dualgrid_dense.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernels.h"
#include "memory.h"
#include "triangle.h"

enum {
  ERROR_CAPACITY = 256,
  MAX_OUTER = 60,
  MAX_INNER = 100,
  LINE_SEARCH_STEPS = 60,
  /* Rows that enter or leave the factor in one pass over it. */
  UPDATES_A_PASS = 16,
  /* Solves until Gy and Hy, which follow the steps, are computed afresh and lose their rounding. */
  SOLVES_A_REFRESH = 16
};

/* Relative to the mean diagonal entry of H, rows having length 1. */
static const double PROXIMAL = 1e-6;
static const double LEAST_PROXIMAL = 1e-8;
static const double PENALTY = 1e4;
static const double MAX_PENALTY = 1e5;

struct dualgrid_dense {
  size_t given; /* variables of the caller's */
  size_t k;     /* the same in whole groups: more variables, which stay zero */
  size_t m;
  double *quadratic; /* lower triangle of H */
  double *factor;    /* L of H + proximal I + penalty Σ over active rows, lower triangle */
  double *rows;      /* G with rows of length 1 */
  double *row_scale; /* row of the caller = row here · row_scale */
  double *lower;
  double *upper;
  double *y;
  double *linear; /* c */
  double *multipliers;
  double *activity;  /* G y */
  double *curvature; /* H y */
  double *centre;
  double *shifts; /* multipliers at the centre, over the penalty */
  double *smooth; /* gradient without the rows' part */
  double *gradient;
  double *step;
  double *step_activity;
  double *step_curvature;
  double *updates; /* UPDATES_A_PASS by k */
  const double **chosen; /* rows in use, length m */
  char *active;
  char *in_factor;
  char *above; /* whether the bound that it was last beyond is the upper one */
  double *memory; /* all arrays of doubles, as it was allocated */
  size_t memory_count;
  double absolute;
  double relative;
  int32_t max_iterations;
  double proximal;
  double least_proximal;
  double penalty;
  double max_penalty;
  int factor_valid;
  int solves_since_refresh;
  char error[ERROR_CAPACITY];
};

static int32_t fail(dualgrid_dense *w, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(w->error, ERROR_CAPACITY, format, arguments);
  va_end(arguments);
  return DUALGRID_DENSE_BAD_ARGUMENT;
}

static int are_finite(const double *values, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (!isfinite(values[i])) {
      return 0;
    }
  }
  return 1;
}

/* The larger one; a NaN stays, where fmax would drop it. */
static double larger(double a, double b) { return b <= a || isnan(a) ? a : b; }

static int allocate(dualgrid_dense *w) {
  size_t k = w->k, m = w->m, triangle = triangle_length(k);
  w->memory_count = DENSE_GROUP + 2 * triangle + m * k + 7 * dense_whole_groups(m) +
                    (8 + UPDATES_A_PASS) * k;
  w->memory = calloc(w->memory_count, sizeof(double));
  w->chosen = calloc(m + 1, sizeof(double *));
  w->active = calloc(m + 1, 1);
  w->in_factor = calloc(m + 1, 1);
  w->above = calloc(m + 1, 1);
  if (!w->memory || !w->chosen || !w->active || !w->in_factor || !w->above) {
    return 0;
  }
  double *next = dense_first_line(w->memory);
  w->quadratic = dense_take(&next, triangle);
  w->factor = dense_take(&next, triangle);
  w->rows = dense_take(&next, m * k);
  w->row_scale = dense_take(&next, m);
  w->lower = dense_take(&next, m);
  w->upper = dense_take(&next, m);
  w->multipliers = dense_take(&next, m);
  w->activity = dense_take(&next, m);
  w->shifts = dense_take(&next, m);
  w->step_activity = dense_take(&next, m);
  w->y = dense_take(&next, k);
  w->linear = dense_take(&next, k);
  w->curvature = dense_take(&next, k);
  w->centre = dense_take(&next, k);
  w->smooth = dense_take(&next, k);
  w->gradient = dense_take(&next, k);
  w->step = dense_take(&next, k);
  w->step_curvature = dense_take(&next, k);
  w->updates = dense_take(&next, UPDATES_A_PASS * k);
  return 1;
}

/* Overwrites and frees all arrays. */
static void release(dualgrid_dense *w) {
  if (w->memory) {
    memset(w->memory, 0, w->memory_count * sizeof(double));
  }
  free(w->memory);
  free((void *)w->chosen);
  free(w->active);
  free(w->in_factor);
  free(w->above);
  w->memory = NULL;
  w->chosen = NULL;
  w->active = NULL;
  w->in_factor = NULL;
  w->above = NULL;
}

static int32_t load(dualgrid_dense *w, const double *quadratic, const double *rows,
                    const double *lower, const double *upper) {
  size_t given = w->given, k = w->k, m = w->m;
  double trace = 0.0;
  for (size_t j = 0; j < given; j++) {
    /* H is symmetric, so the rest of row j is the rest of column j. */
    memcpy(w->quadratic + triangle_column(k, j), quadratic + j * given + j,
           (given - j) * sizeof(double));
    trace += quadratic[j * given + j];
  }
  for (size_t i = 0; i < m; i++) {
    double *row = w->rows + i * k;
    memcpy(row, rows + i * given, given * sizeof(double));
    double norm = sqrt(dense_dot(row, row, k));
    if (!isfinite(norm)) {
      return fail(w, "the length of row %d overflows", (int)i);
    }
    w->row_scale[i] = norm > 0 ? norm : 1.0;
    double inverse = 1.0 / w->row_scale[i];
    for (size_t j = 0; j < given; j++) {
      row[j] *= inverse;
    }
    w->lower[i] = lower[i] / w->row_scale[i];
    w->upper[i] = upper[i] / w->row_scale[i];
  }
  if (!isfinite(trace)) {
    return fail(w, "the trace of the quadratic term overflows");
  }
  double scale = trace > 0 ? trace / (double)given : 1.0;
  w->proximal = PROXIMAL * scale;
  w->least_proximal = LEAST_PROXIMAL * scale;
  w->penalty = PENALTY * scale;
  w->max_penalty = MAX_PENALTY * scale;
  return DUALGRID_DENSE_OK;
}

int32_t dualgrid_dense_abi_version(void) { return DUALGRID_DENSE_ABI_VERSION; }

const char *dualgrid_dense_version(void) { return "1.0"; }

int32_t dualgrid_dense_create(int32_t k, int32_t m, const double *quadratic, const double *rows,
                              const double *lower, const double *upper, double absolute,
                              double relative, int32_t max_iterations,
                              dualgrid_dense **workspace) {
  if (workspace == NULL) {
    return DUALGRID_DENSE_BAD_ARGUMENT;
  }
  dualgrid_dense *w = calloc(1, sizeof(dualgrid_dense));
  *workspace = w;
  if (w == NULL) {
    return DUALGRID_DENSE_OUT_OF_MEMORY;
  }
  if (k < 1 || m < 0 || !quadratic || (m > 0 && (!rows || !lower || !upper))) {
    return fail(w, "dense program of %d variables and %d rows, or an array is missing", (int)k,
                (int)m);
  }
  /* in whole groups, as they are kept: a program of one variable takes as much as one of eight */
  int64_t kept = (int64_t)dense_whole_groups((size_t)k);
  if (kept * kept > DENSE_MAX_ENTRIES || m * kept > DENSE_MAX_ENTRIES) {
    return fail(w, "dense program of %d variables and %d rows, beyond %d entries", (int)k, (int)m,
                (int)DENSE_MAX_ENTRIES);
  }
  if (!(absolute >= 0) || !(relative >= 0) || max_iterations < 1) {
    return fail(w, "tolerances %g and %g, at most %d iterations", absolute, relative,
                (int)max_iterations);
  }
  for (int32_t i = 0; i < m; i++) {
    if (!(lower[i] <= upper[i] && lower[i] < INFINITY && upper[i] > -INFINITY)) {
      return fail(w, "row %d has bounds [%g, %g]", (int)i, lower[i], upper[i]);
    }
  }
  if (!are_finite(quadratic, (size_t)k * k) || !are_finite(rows, (size_t)m * k)) {
    return fail(w, "an entry of the quadratic term or of a row is not finite");
  }
  w->given = (size_t)k;
  w->k = dense_whole_groups(w->given);
  w->m = (size_t)m;
  w->absolute = absolute;
  w->relative = relative;
  w->max_iterations = max_iterations;
  w->solves_since_refresh = SOLVES_A_REFRESH;
  if (!allocate(w)) {
    dualgrid_dense_destroy(w);
    *workspace = NULL;
    return DUALGRID_DENSE_OUT_OF_MEMORY;
  }
  int32_t code = load(w, quadratic, rows, lower, upper);
  if (code != DUALGRID_DENSE_OK) {
    release(w); /* what is not whole can be asked for its error only */
  }
  return code;
}

void dualgrid_dense_destroy(dualgrid_dense *w) {
  if (w != NULL) {
    release(w);
    free(w);
  }
}

const char *dualgrid_dense_error(const dualgrid_dense *w) {
  return w == NULL ? "out of memory" : w->error;
}

int32_t dualgrid_dense_start(dualgrid_dense *w, const double *y, int32_t k,
                             const double *multipliers, int32_t m) {
  if (w == NULL) {
    return DUALGRID_DENSE_BAD_ARGUMENT;
  }
  if (!w->memory || k < 0 || m < 0 || (size_t)k != w->given || (size_t)m != w->m || !y ||
      !multipliers) {
    return fail(w, "start of %d and %d numbers", (int)k, (int)m);
  }
  if (!are_finite(y, w->given) || !are_finite(multipliers, w->m)) {
    return fail(w, "start is not finite");
  }
  memcpy(w->y, y, w->given * sizeof(double));
  for (size_t i = 0; i < w->m; i++) {
    w->multipliers[i] = multipliers[i] * w->row_scale[i];
  }
  w->solves_since_refresh = SOLVES_A_REFRESH;
  return DUALGRID_DENSE_OK;
}

/* How far a value lies above its upper bound, or (negative) below its lower one. */
static double excess_of(double value, double lower, double upper) {
  return value > upper ? value - upper : (value < lower ? value - lower : 0.0);
}

/* target += Gᵀ · weights, skipping zeros. */
static void add_rows(dualgrid_dense *w, const double *weights, double *target) {
  const double *parts[4];
  double factors[4];
  int waiting = 0;
  for (size_t i = 0; i < w->m; i++) {
    if (weights[i] != 0.0) {
      parts[waiting] = w->rows + i * w->k;
      factors[waiting++] = weights[i];
      if (waiting == 4) {
        dense_add_four(parts, factors, target, w->k);
        waiting = 0;
      }
    }
  }
  for (int r = 0; r < waiting; r++) {
    dense_add(parts[r], factors[r], target, w->k);
  }
}

/* Multipliers, active rows and gradient at y; returns the largest entry of the gradient. */
static double evaluate(dualgrid_dense *w) {
  for (size_t j = 0; j < w->k; j++) {
    w->smooth[j] = w->curvature[j] + w->linear[j] + w->proximal * (w->y[j] - w->centre[j]);
  }
  memcpy(w->gradient, w->smooth, w->k * sizeof(double));
  for (size_t i = 0; i < w->m; i++) {
    double excess = excess_of(w->activity[i] + w->shifts[i], w->lower[i], w->upper[i]);
    w->active[i] = excess != 0.0;
    w->above[i] = excess > 0.0 || (excess == 0.0 && w->above[i]);
    w->multipliers[i] = w->penalty * excess;
  }
  add_rows(w, w->multipliers, w->gradient);
  return dense_largest(w->gradient, w->k);
}

/* Rows that are to enter the factor and, where they may, to leave it. */
static size_t count_changes(const dualgrid_dense *w, int may_leave) {
  size_t changes = 0;
  for (size_t i = 0; i < w->m; i++) {
    changes += w->active[i] != w->in_factor[i] && (w->active[i] || may_leave);
  }
  return changes;
}

/* Brings the rows that changed into the factor, those that became active first. */
static int change_factor(dualgrid_dense *w, int may_leave) {
  double root = sqrt(w->penalty);
  double signs[UPDATES_A_PASS];
  size_t waiting = 0;
  for (int leaving = 0; leaving <= may_leave; leaving++) {
    for (size_t i = 0; i < w->m; i++) {
      if (w->active[i] == w->in_factor[i] || w->in_factor[i] != leaving) {
        continue;
      }
      double *update = w->updates + waiting * w->k;
      for (size_t j = 0; j < w->k; j++) {
        update[j] = root * w->rows[i * w->k + j];
      }
      signs[waiting++] = leaving ? -1.0 : 1.0;
      w->in_factor[i] = w->active[i];
      if (waiting == UPDATES_A_PASS) {
        if (!triangle_update(w->factor, w->k, w->updates, signs, waiting)) {
          return 0;
        }
        waiting = 0;
      }
    }
  }
  return triangle_update(w->factor, w->k, w->updates, signs, waiting);
}

static int build_factor(dualgrid_dense *w) {
  size_t k = w->k, count = 0;
  memcpy(w->factor, w->quadratic, triangle_length(k) * sizeof(double));
  for (size_t j = 0; j < k; j++) {
    w->factor[triangle_column(k, j)] += w->proximal;
  }
  for (size_t i = 0; i < w->m; i++) {
    w->in_factor[i] = w->active[i];
    if (w->active[i]) {
      w->chosen[count++] = w->rows + i * k;
    }
  }
  triangle_add_rows(w->factor, k, w->chosen, count, w->penalty);
  return triangle_factorise(w->factor, k);
}

static int update_factor(dualgrid_dense *w, size_t changes, int may_leave) {
  size_t few = w->k / 6 > 4 ? w->k / 6 : 4;
  w->factor_valid =
      (w->factor_valid && changes <= few && change_factor(w, may_leave)) || build_factor(w);
  return w->factor_valid;
}

/* Zero of the derivative along the step, which rises and is piecewise linear. */
static double line_search(const dualgrid_dense *w) {
  double constant = dense_dot(w->step, w->smooth, w->k);
  double slope = dense_dot(w->step, w->step_curvature, w->k) +
                 w->proximal * dense_dot(w->step, w->step, w->k);
  double low = 0.0, high = INFINITY, length = 1.0, reference = 0.0;
  for (int tries = 0; tries < LINE_SEARCH_STEPS; tries++) {
    double excess[2];
    dense_excess(w->activity, w->shifts, w->step_activity, length, w->lower, w->upper,
                 dense_whole_groups(w->m), excess);
    double derivative = constant + length * slope + w->penalty * excess[0];
    double second = slope + w->penalty * excess[1];
    if (tries == 0) {
      reference = fabs(constant) + fabs(derivative);
    }
    if (fabs(derivative) <= 1e-13 * reference || high - low <= 1e-15 * low) {
      return length;
    }
    if (derivative < 0) {
      low = length;
    } else {
      high = length;
    }
    double next = length - derivative / second;
    if (!(next > low && next < high)) {
      next = high == INFINITY ? 2 * length : 0.5 * (low + high);
    }
    length = next;
  }
  return length;
}

static double dual_tolerance(const dualgrid_dense *w) {
  return w->absolute + w->relative * larger(dense_largest(w->linear, w->k),
                                            dense_largest(w->curvature, w->k));
}

/*
 * The step to the minimum that there would be if the rows of the factor, and no others, were active.
 * When shifts have moved, some rows are not, for the moment: as if they were, they pull beyond their
 * bounds. Where that does not lead down, they are left out.
 */
static void find_step(dualgrid_dense *w) {
  int expected = 0;
  for (size_t i = 0; i < w->m; i++) {
    int returns = w->in_factor[i] && !w->active[i];
    double bound = w->above[i] ? w->upper[i] : w->lower[i];
    w->step_activity[i] = returns ? w->penalty * (w->activity[i] + w->shifts[i] - bound) : 0.0;
    expected |= returns;
  }
  if (expected) {
    memcpy(w->step, w->gradient, w->k * sizeof(double));
    add_rows(w, w->step_activity, w->step);
    for (size_t j = 0; j < w->k; j++) {
      w->step[j] = -w->step[j];
    }
    triangle_solve(w->factor, w->k, w->step);
    if (dense_dot(w->step, w->gradient, w->k) < 0) {
      return;
    }
  }
  for (size_t j = 0; j < w->k; j++) {
    w->step[j] = -w->gradient[j];
  }
  triangle_solve(w->factor, w->k, w->step);
}

/*
 * Newton steps on the augmented Lagrangian; returns their number, -1 on failure. A full step that
 * leaves the active rows as they are ends in the exact minimum, but for rounding; when the next one
 * gains nothing, rounding is all that is left. In the first step rows that are active no more stay in
 * the factor: the shifts have just moved, and most of these rows come back.
 */
static int minimise(dualgrid_dense *w) {
  double target = 0.1 * dual_tolerance(w);
  double last = INFINITY;
  for (int inner = 0; inner < MAX_INNER; inner++) {
    double size = evaluate(w);
    if (size <= target) {
      return inner;
    }
    int may_leave = inner > 0;
    size_t changes = count_changes(w, may_leave);
    if (w->factor_valid && changes == 0 && size > 0.5 * last) {
      return inner;
    }
    last = changes == 0 && may_leave ? size : INFINITY;
    if (!(w->factor_valid && changes == 0) && !update_factor(w, changes, may_leave)) {
      return -1;
    }
    find_step(w);
    dense_multiply_rows(w->rows, w->m, w->k, w->step, w->step_activity);
    triangle_multiply(w->quadratic, w->k, w->step, w->step_curvature);
    double length = line_search(w);
    dense_add(w->step, length, w->y, w->k);
    dense_add(w->step_activity, length, w->activity, w->m);
    dense_add(w->step_curvature, length, w->curvature, w->k);
  }
  evaluate(w);
  return MAX_INNER;
}

/* Largest distance of an active row from its bound or of any row outside, over tolerance. */
static double primal_residual(const dualgrid_dense *w) {
  double worst = 0.0;
  for (size_t i = 0; i < w->m; i++) {
    double value = w->activity[i];
    double distance;
    if (w->multipliers[i] > 0) {
      distance = fabs(value - w->upper[i]);
    } else if (w->multipliers[i] < 0) {
      distance = fabs(value - w->lower[i]);
    } else {
      distance = fabs(excess_of(value, w->lower[i], w->upper[i]));
    }
    double tolerance = w->absolute / w->row_scale[i] + w->relative * fabs(value);
    worst = larger(worst, distance / tolerance);
  }
  return worst;
}

/* Largest entry of Hy + c + Gᵀλ, over tolerance; the gradient without its proximal part. */
static double dual_residual(const dualgrid_dense *w) {
  double worst = 0.0;
  for (size_t j = 0; j < w->k; j++) {
    worst = larger(worst, fabs(w->gradient[j] - w->proximal * (w->y[j] - w->centre[j])));
  }
  return worst / dual_tolerance(w);
}

static int32_t run(dualgrid_dense *w, int32_t *newton_steps) {
  double last_primal = INFINITY, last_dual = INFINITY;
  if (w->solves_since_refresh >= SOLVES_A_REFRESH) {
    dense_multiply_rows(w->rows, w->m, w->k, w->y, w->activity);
    triangle_multiply(w->quadratic, w->k, w->y, w->curvature);
    w->solves_since_refresh = 0;
  }
  w->solves_since_refresh++;
  *newton_steps = 0;
  for (int outer = 0; outer < MAX_OUTER; outer++) {
    memcpy(w->centre, w->y, w->k * sizeof(double));
    for (size_t i = 0; i < w->m; i++) {
      w->shifts[i] = w->multipliers[i] / w->penalty;
    }
    int spent = minimise(w);
    if (spent < 0) {
      return DUALGRID_DENSE_NOT_POSITIVE;
    }
    *newton_steps += spent;
    double primal = primal_residual(w);
    double dual = dual_residual(w);
    if (primal <= 1.0 && dual <= 1.0) {
      return DUALGRID_DENSE_SOLVED;
    }
    if (*newton_steps >= w->max_iterations) {
      break;
    }
    if (primal > 1.0 && primal > 0.1 * last_primal && w->penalty < w->max_penalty) {
      w->penalty *= 10;
      w->factor_valid = 0;
    }
    /* A nearly flat direction moves by its gradient over the weight in each outer step. */
    if (dual > 1.0 && dual > 0.3 * last_dual && w->proximal > w->least_proximal) {
      w->proximal = fmax(0.1 * w->proximal, w->least_proximal);
      w->factor_valid = 0;
    }
    last_primal = primal;
    last_dual = dual;
  }
  return DUALGRID_DENSE_ITERATION_LIMIT;
}

int32_t dualgrid_dense_solve(dualgrid_dense *w, const double *linear, double *y, int32_t k,
                             double *multipliers, int32_t m, double *info, int32_t info_count) {
  if (w == NULL) {
    return DUALGRID_DENSE_BAD_ARGUMENT;
  }
  if (!w->memory || k < 0 || m < 0 || (size_t)k != w->given || (size_t)m != w->m || !linear || !y ||
      !multipliers || !info || info_count != DUALGRID_DENSE_INFO_COUNT) {
    return fail(w, "solve of %d variables and %d rows with %d figures, or an array is missing",
                (int)k, (int)m, (int)info_count);
  }
  for (size_t j = 0; j < w->given; j++) {
    if (!isfinite(linear[j])) {
      return fail(w, "linear term is not finite at %d", (int)j);
    }
  }
  memcpy(w->linear, linear, w->given * sizeof(double));
  int32_t newton_steps;
  int32_t status = run(w, &newton_steps);
  memcpy(y, w->y, w->given * sizeof(double));
  for (size_t i = 0; i < w->m; i++) {
    multipliers[i] = w->multipliers[i] / w->row_scale[i];
  }
  info[DUALGRID_DENSE_INFO_STATUS] = status;
  info[DUALGRID_DENSE_INFO_ITERATIONS] = newton_steps;
  return DUALGRID_DENSE_OK;
}
