/* A program and its scaled copy, which the solver works on. The twin of ScaledProgram and
 * Equilibration in Java, where the formulas and their source stand. */
#ifndef DUALGRID_QP_PROGRAM_H
#define DUALGRID_QP_PROGRAM_H

#include <stdint.h>

typedef struct {
  int32_t n;
  int32_t m;
  /* P's upper triangle and A by columns; A's pattern by rows with each entry's place by columns. */
  int32_t *p_pointers;
  int32_t *p_rows;
  int32_t *a_pointers;
  int32_t *a_rows;
  int32_t *row_pointers;
  int32_t *row_columns;
  int32_t *row_places;
  /* Scaled. */
  double *p;
  double *a;
  double *q;
  double *lower;
  double *upper;
  unsigned char *equality;
  int p_is_diagonal;
  /* As given. */
  double *given_p;
  double *given_a;
  double *given_q;
  double *given_lower;
  double *given_upper;
  /* Scaling: x = columns · scaled x, y = rows · scaled y / objective. */
  double *columns;
  double *rows;
  double objective;
  double *plain_rows;    /* 1 / rows: what makes a scaled activity plain */
  double *plain_columns; /* 1 / (columns · objective): what makes a scaled gradient plain */
  double *column_norms;
  double *row_norms;
} qp_program;

/* A program as a caller gives it; checked already. */
typedef struct {
  int32_t n;
  int32_t m;
  const int32_t *p_pointers;
  const int32_t *p_rows;
  const double *p_values;
  const double *q;
  const int32_t *a_pointers;
  const int32_t *a_rows;
  const double *a_values;
  const double *lower;
  const double *upper;
} qp_given;

/* Copies and scales; 0 when memory runs out. qp_program_free must follow either way. */
int qp_program_load(qp_program *w, const qp_given *given);

void qp_program_free(qp_program *w);

/* Replaces the linear term; the scaling stays. */
void qp_program_set_linear(qp_program *w, const double *linear);

/* Replaces the diagonal of P, and scales everything anew. */
void qp_program_set_diagonal(qp_program *w, const double *diagonal);

void qp_program_set_bounds(qp_program *w, const double *lower, const double *upper);

/* Scaled x and y to plain ones, or back. */
void qp_unscale_variables(const qp_program *w, const double *scaled, double *plain);
void qp_scale_variables(const qp_program *w, const double *plain, double *scaled);
void qp_unscale_multipliers(const qp_program *w, const double *scaled, double *plain);
void qp_scale_multipliers(const qp_program *w, const double *plain, double *scaled);

/* result = A v, A'v and P v of the scaled matrices. */
void qp_multiply_a(const qp_program *w, const double *v, double *result);
void qp_multiply_transposed(const qp_program *w, const double *v, double *result);
void qp_multiply_p(const qp_program *w, const double *v, double *result);

#endif
