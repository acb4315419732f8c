/*
 * One site's share of an interior-point method over many: sensitivities and responses of its coupled
 * variables to prices. The twin of JavaNewtonKernel; NewtonKernel in Java tells what it is for.
 */
#ifndef DUALGRID_QP_NEWTON_H
#define DUALGRID_QP_NEWTON_H

#include "barrier.h"

typedef struct {
  qp_barrier point;
  int32_t count;    /* of coupled variables */
  int32_t *coupled; /* which they are */
  double *cost;     /* linear term of the program */
  double *linear;   /* the same at the present prices */
  double *base;     /* the direction at unchanged prices */
  double target;
  int second_order;
} qp_newton;

/* See qp_barrier_load. */
enum qp_ldl_outcome qp_newton_load(qp_newton *w, const qp_given *given, const int32_t *coupled,
                                   int32_t count, int64_t most_entries);

void qp_newton_free(qp_newton *w);

/* Number of entries of the sensitivities. */
int64_t qp_newton_packed(int32_t count);

void qp_newton_start(qp_newton *w, const double *prices);
void qp_newton_factorise(qp_newton *w, const double *prices);

/* The sensitivities of the last factorisation, upper triangle by columns. */
void qp_newton_sensitivities(qp_newton *w, double *packed);

void qp_newton_aim(qp_newton *w, double target, int second_order, double *response);
void qp_newton_direct(qp_newton *w, const double *price_step);

/* The present coupled variables; returns the present cost. */
double qp_newton_coupled(const qp_newton *w, double *values);

#endif
