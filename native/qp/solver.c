/* See solver.h. */
#include "solver.h"

#include <math.h>
#include <string.h>

#include "memory.h"

enum { MOST_VAIN_STEPS = 4, MOST_IDLE_ITERATIONS = 1000, MOST_TRIALS = 60 };

static const double SIGMA = 1e-6;
static const double RHO = 1e6;
static const double INNER_PART = 0.1;
static const double ROUNDING = 1e-14;
static const double STALLED = 0.5;
static const double STRAIGHT = 0.1;
static const double REDUCTION = 0.1;

/* The comparison that compilers have an instruction for; neither is NaN, see is_finite(). */
static inline double larger(double a, double b) { return a > b ? a : b; }

static inline double smaller(double a, double b) { return a < b ? a : b; }

enum qp_ldl_outcome qp_solver_load(qp_solver *w, const qp_given *given, int64_t most_entries) {
  int64_t n = given->n, m = given->m;
  memset(w, 0, sizeof(qp_solver));
  if (!qp_program_load(&w->program, given) ||
      !qp_infeasibility_load(&w->infeasibility, &w->program)) {
    return QP_LDL_OUT_OF_MEMORY;
  }
  w->x = qp_new_doubles(n);
  w->y = qp_new_doubles(m);
  w->centre = qp_new_doubles(n);
  w->ax = qp_new_doubles(m);
  w->px = qp_new_doubles(n);
  w->shifted = qp_new_doubles(m);
  w->multipliers = qp_new_doubles(m);
  w->transposed = qp_new_doubles(n);
  w->gradient = qp_new_doubles(n);
  w->step = qp_new_doubles(n);
  w->a_step = qp_new_doubles(m);
  w->p_step = qp_new_doubles(n);
  w->last_multiplier_step = qp_new_doubles(m);
  w->plain = qp_new_doubles(n + m);
  if (!w->x || !w->y || !w->centre || !w->ax || !w->px || !w->shifted || !w->multipliers || !w->transposed || !w->gradient || !w->step || !w->a_step || !w->p_step ||
      !w->last_multiplier_step || !w->plain) {
    return QP_LDL_OUT_OF_MEMORY;
  }
  return qp_kkt_analyse(&w->kkt, &w->program, SIGMA, RHO, most_entries);
}

void qp_solver_free(qp_solver *w) {
  free(w->x);
  free(w->y);
  free(w->centre);
  free(w->ax);
  free(w->px);
  free(w->shifted);
  free(w->multipliers);
  free(w->transposed);
  free(w->gradient);
  free(w->step);
  free(w->a_step);
  free(w->p_step);
  free(w->last_multiplier_step);
  free(w->plain);
  qp_infeasibility_free(&w->infeasibility);
  qp_kkt_free(&w->kkt);
  qp_program_free(&w->program);
}

int qp_solver_factorise(qp_solver *w) { return qp_kkt_reset(&w->kkt); }

int qp_solver_set_diagonal(qp_solver *w, const double *diagonal) {
  double *plain_x = w->plain, *plain_y = w->plain + w->program.n;
  qp_unscale_variables(&w->program, w->x, plain_x);
  qp_unscale_multipliers(&w->program, w->y, plain_y);
  qp_program_set_diagonal(&w->program, diagonal);
  qp_scale_variables(&w->program, plain_x, w->x);
  qp_scale_multipliers(&w->program, plain_y, w->y);
  w->fresh = 0;
  return qp_solver_factorise(w);
}

void qp_solver_start(qp_solver *w, const double *x, const double *y) {
  qp_scale_variables(&w->program, x, w->x);
  qp_scale_multipliers(&w->program, y, w->y);
  w->fresh = 0;
}

/* Products of x, free of the rounding that adds up from step to step. */
static void refresh(qp_solver *w) {
  qp_multiply_a(&w->program, w->x, w->ax);
  qp_multiply_p(&w->program, w->x, w->px);
  w->fresh = 1;
}

/* The largest of four running maxima: chains that do not wait for one another. */
static double largest_of(const double *lanes) {
  return larger(larger(lanes[0], lanes[1]), larger(lanes[2], lanes[3]));
}

static void evaluate_rows(qp_solver *w) {
  const qp_program *p = &w->program;
  const double *RESTRICT lower = p->lower, *RESTRICT upper = p->upper;
  const double *RESTRICT plain = p->plain_rows, *RESTRICT y = w->y, *RESTRICT ax = w->ax;
  double *RESTRICT shifted = w->shifted, *RESTRICT multipliers = w->multipliers;
  double residual[QP_LANES] = {0}, scale[QP_LANES] = {0};
  const double inverse_rho = 1.0 / RHO;
  for (int32_t begin = 0; begin < p->m; begin += QP_LANES) {
    for (int32_t lane = 0; lane < QP_LANES; lane++) {
      int32_t i = begin + lane;
      double activity = ax[i];
      double s = activity + y[i] * inverse_rho;
      double z = larger(lower[i], smaller(upper[i], s));
      shifted[i] = s;
      multipliers[i] = RHO * (s - z);
      residual[lane] = larger(residual[lane], fabs(activity - z) * plain[i]);
      scale[lane] = larger(scale[lane], larger(fabs(activity), fabs(z)) * plain[i]);
    }
  }
  w->row_residual = largest_of(residual);
  w->row_scale = largest_of(scale);
}

static void evaluate_columns(qp_solver *w) {
  const qp_program *p = &w->program;
  const double *RESTRICT px = w->px, *RESTRICT q = p->q, *RESTRICT transposed = w->transposed;
  const double *RESTRICT x = w->x, *RESTRICT centre = w->centre;
  const double *RESTRICT plain = p->plain_columns;
  double *RESTRICT gradient = w->gradient;
  double residual[QP_LANES] = {0}, scale[QP_LANES] = {0}, norm[QP_LANES] = {0};
  for (int32_t begin = 0; begin < p->n; begin += QP_LANES) {
    for (int32_t lane = 0; lane < QP_LANES; lane++) {
      int32_t j = begin + lane;
      double dual = px[j] + q[j] + transposed[j];
      double slope = dual + SIGMA * (x[j] - centre[j]);
      double largest = larger(fabs(px[j]), larger(fabs(q[j]), fabs(transposed[j])));
      gradient[j] = slope;
      residual[lane] = larger(residual[lane], fabs(dual) * plain[j]);
      norm[lane] = larger(norm[lane], fabs(slope) * plain[j]);
      scale[lane] = larger(scale[lane], largest * plain[j]);
    }
  }
  w->dual_residual = largest_of(residual);
  w->dual_scale = largest_of(scale);
  w->gradient_norm = largest_of(norm);
}

/* Everything that follows from x and y; norms in the program's own units. */
static void evaluate(qp_solver *w) {
  evaluate_rows(w);
  qp_multiply_transposed(&w->program, w->multipliers, w->transposed);
  evaluate_columns(w);
}

/* By their bits, whatever a compiler thinks of NaN: adding one to an exponent of all ones, which only
 * infinities and NaN have, carries into the sign. */
static int are_finite(const double *values, int32_t count) {
  const uint64_t magnitude = UINT64_MAX >> 1, exponent_one = (uint64_t)1 << 52;
  uint64_t carried = 0;
  for (int32_t i = 0; i < count; i++) {
    uint64_t bits;
    memcpy(&bits, values + i, sizeof(bits));
    carried |= (bits & magnitude) + exponent_one;
  }
  return carried <= magnitude;
}

/* Norms pass over NaN, so it is looked for where a solve would end: in the terms of the residuals. */
static int is_finite(const qp_solver *w) {
  int32_t n = w->program.n, m = w->program.m;
  return are_finite(w->ax, m) && are_finite(w->multipliers, m) && are_finite(w->px, n) &&
         are_finite(w->transposed, n);
}

static inline int is_active(const qp_solver *w, int32_t row) {
  return w->program.equality[row] || w->multipliers[row] != 0.0;
}

/* Whether the active rows are those of the last Newton step. */
static int same_rows(const qp_solver *w) {
  for (int32_t i = 0; i < w->program.m; i++) {
    if (is_active(w, i) != w->kkt.active[i]) {
      return 0;
    }
  }
  return 1;
}

/* The derivative of the augmented Lagrangian along the step, and its own derivative. */
typedef struct {
  double value;
  double slope;
} rate_of_change;

/* What a row outside its bounds adds. */
static inline void add_row(const qp_program *p, int32_t i, double activity, double rate,
                           rate_of_change *sum) {
  double outside = activity > p->upper[i]   ? activity - p->upper[i]
                   : activity < p->lower[i] ? activity - p->lower[i]
                                            : 0.0;
  if (outside != 0.0) {
    double weighted = RHO * rate;
    sum->value += weighted * outside;
    sum->slope += weighted * rate;
  }
}

static rate_of_change derivative(const qp_solver *w, double length, double linear,
                                 double quadratic) {
  rate_of_change sum = {linear + length * quadratic, quadratic};
  for (int32_t i = 0; i < w->program.m; i++) {
    double rate = w->a_step[i];
    add_row(&w->program, i, w->shifted[i] + length * rate, rate, &sum);
  }
  return sum;
}

/* The derivatives at lengths 0 and 1, which every search begins with, in one pass. */
static rate_of_change first_derivatives(const qp_solver *w, double linear, double quadratic,
                                        rate_of_change *start) {
  rate_of_change full = {linear + quadratic, quadratic};
  start->value = linear;
  start->slope = quadratic;
  for (int32_t i = 0; i < w->program.m; i++) {
    double rate = w->a_step[i];
    add_row(&w->program, i, w->shifted[i], rate, start);
    add_row(&w->program, i, w->shifted[i] + rate, rate, &full);
  }
  return full;
}

/* A step to where the derivative has all but vanished; 0 when none descends within rounding. */
static double step_length(const qp_solver *w, double linear, double quadratic) {
  rate_of_change start, now = first_derivatives(w, linear, quadratic, &start);
  double enough = -REDUCTION * start.value, low = 0.0, high = INFINITY, step = 1.0;
  if (!(start.value < 0)) {
    return 0.0;
  }
  for (int trial = 1;; trial++) {
    double next;
    if (fabs(now.value) <= enough) {
      return step;
    }
    if (now.value < 0) {
      low = step;
    } else {
      high = step;
    }
    next = step - now.value / now.slope;
    if (!(next > low && next < high)) {
      next = high == INFINITY ? 2 * step : 0.5 * (low + high);
      if (next == low || next == high) {
        break;
      }
    }
    if (trial == MOST_TRIALS) {
      break;
    }
    step = next;
    now = derivative(w, step, linear, quadratic);
  }
  /* At a kink that is steep beyond rounding. Past it the row that makes it is active, and the next
   * direction can heed it. */
  return high == INFINITY ? low : high;
}

static void newton_step(qp_solver *w) {
  const qp_program *p = &w->program;
  double linear = 0.0, quadratic = 0.0, length;
  for (int32_t i = 0; i < p->m; i++) {
    int active = is_active(w, i);
    if (active != w->kkt.active[i]) {
      qp_kkt_set_active(&w->kkt, i, active);
    }
  }
  qp_kkt_factorise(&w->kkt);
  for (int32_t j = 0; j < p->n; j++) {
    w->step[j] = -w->gradient[j];
  }
  qp_kkt_solve(&w->kkt, w->step);
  qp_multiply_a(p, w->step, w->a_step);
  qp_multiply_p(p, w->step, w->p_step);
  for (int32_t j = 0; j < p->n; j++) {
    linear += w->step[j] * (w->px[j] + p->q[j] + SIGMA * (w->x[j] - w->centre[j]));
    quadratic += w->step[j] * (w->p_step[j] + SIGMA * w->step[j]);
  }
  length = step_length(w, linear, quadratic);
  for (int32_t j = 0; j < p->n; j++) {
    w->x[j] += length * w->step[j];
    w->px[j] += length * w->p_step[j];
  }
  for (int32_t i = 0; i < p->m; i++) {
    w->ax[i] += length * w->a_step[i];
  }
  w->fresh = 0;
}

/* How many more multiplier steps like this one may be taken at once; at least 1, or 0 for none. */
static double extrapolation(const qp_solver *w) {
  double last_square = 0.0, product = 0.0, square = 0.0, rate, further;
  int32_t m = w->program.m;
  if (!w->has_last_multiplier_step) {
    return 0.0;
  }
  for (int32_t i = 0; i < m; i++) {
    double change = w->multipliers[i] - w->y[i], last = w->last_multiplier_step[i];
    last_square += last * last;
    product += change * last;
    square += change * change;
  }
  if (!(product > 0.0) ||
      square - product * product / last_square > STRAIGHT * STRAIGHT * square) {
    return 0.0;
  }
  rate = product / last_square;
  further = rate < 1.0 ? rate / (1.0 - rate) : INFINITY;
  for (int32_t i = 0; i < m; i++) {
    double change = w->multipliers[i] - w->y[i];
    if (!w->program.equality[i] && change * w->multipliers[i] < 0.0) {
      further = smaller(further, -w->multipliers[i] / change);
    }
  }
  return further >= 1.0 && further < INFINITY ? further : 0.0;
}

/* Takes the new multipliers and centre; returns whether the steps prove infeasibility, in status. */
static int multiplier_step(qp_solver *w, double *x, double *y, enum qp_status *status) {
  int32_t n = w->program.n, m = w->program.m;
  double further;
  for (int32_t i = 0; i < m; i++) {
    w->a_step[i] = w->multipliers[i] - w->y[i];
  }
  if (qp_proves_primal(&w->infeasibility, w->a_step, y)) {
    *status = QP_PRIMAL_INFEASIBLE;
    return 1;
  }
  for (int32_t j = 0; j < n; j++) {
    w->step[j] = w->x[j] - w->centre[j];
  }
  if (qp_proves_dual(&w->infeasibility, w->step, x)) {
    *status = QP_DUAL_INFEASIBLE;
    return 1;
  }
  further = extrapolation(w);
  for (int32_t i = 0; i < m; i++) {
    double change = w->multipliers[i] - w->y[i];
    w->last_multiplier_step[i] = change;
    w->y[i] = w->multipliers[i] == 0.0 ? 0.0 : w->multipliers[i] + further * change;
  }
  w->has_last_multiplier_step = !(further > 0.0);
  memcpy(w->centre, w->x, (size_t)n * sizeof(double));
  return 0;
}

static void zero(double *values, int32_t count) {
  for (int32_t i = 0; i < count; i++) {
    values[i] = 0.0;
  }
}

static enum qp_status iterate(qp_solver *w, double *x, double *y) {
  int vain_steps = 0;
  int32_t idle_iterations = 0;
  double best = INFINITY, least_norm = INFINITY;
  for (;;) {
    double row_tolerance, dual_tolerance, worst, enough;
    enum qp_status status;
    int same;
    evaluate(w);
    row_tolerance = w->absolute + w->relative * w->row_scale;
    dual_tolerance = w->absolute + w->relative * w->dual_scale;
    if (w->row_residual <= row_tolerance && w->dual_residual <= dual_tolerance) {
      if (!w->fresh) {
        refresh(w);
        continue;
      }
      if (is_finite(w)) {
        return QP_SOLVED;
      }
    }
    worst = fmax(w->row_residual / row_tolerance, w->dual_residual / dual_tolerance);
    idle_iterations = worst < 0.5 * best ? 0 : idle_iterations + 1;
    best = fmin(best, worst);
    if (w->iterations == w->max_iterations || idle_iterations == MOST_IDLE_ITERATIONS) {
      return QP_ITERATION_LIMIT;
    }
    w->iterations++;
    same = same_rows(w);
    vain_steps = same && !(w->gradient_norm < STALLED * least_norm) ? vain_steps + 1 : 0;
    least_norm = same ? smaller(least_norm, w->gradient_norm) : w->gradient_norm;
    enough = fmax(INNER_PART * dual_tolerance, ROUNDING * w->dual_scale);
    if (w->gradient_norm <= enough || vain_steps == MOST_VAIN_STEPS) {
      if (multiplier_step(w, x, y, &status)) {
        return status;
      }
      vain_steps = 0;
      least_norm = INFINITY;
    } else {
      newton_step(w);
    }
  }
}

/* So does the next solve, rather than from far out on the way to infinity. */
static void start_from_nothing(qp_solver *w) {
  zero(w->x, w->program.n);
  zero(w->y, w->program.m);
  w->fresh = 0;
}

/* The iterate in plain numbers; whether they are numbers. */
static int give(qp_solver *w, double *x, double *y) {
  int32_t n = w->program.n, m = w->program.m;
  qp_unscale_variables(&w->program, w->x, w->plain);
  qp_unscale_multipliers(&w->program, w->y, w->plain + n);
  qp_copy(x, w->plain, n, sizeof(double));
  qp_copy(y, w->plain + n, m, sizeof(double));
  return are_finite(w->plain, n + m);
}

enum qp_status qp_solver_solve(qp_solver *w, double *x, double *y) {
  int32_t n = w->program.n, m = w->program.m;
  enum qp_status status;
  memcpy(w->centre, w->x, (size_t)n * sizeof(double));
  w->has_last_multiplier_step = 0;
  qp_infeasibility_start(&w->infeasibility);
  if (!w->fresh) {
    refresh(w);
  }
  w->iterations = 0;
  status = iterate(w, x, y);
  if (status == QP_SOLVED || status == QP_ITERATION_LIMIT) {
    for (int32_t i = 0; i < m; i++) {
      w->y[i] = w->multipliers[i];
    }
    if (!give(w, x, y) || (status == QP_ITERATION_LIMIT && !is_finite(w))) {
      start_from_nothing(w);
      return QP_ITERATION_LIMIT;
    }
    return status;
  }
  zero(status == QP_PRIMAL_INFEASIBLE ? x : y, status == QP_PRIMAL_INFEASIBLE ? n : m);
  start_from_nothing(w);
  return status;
}
