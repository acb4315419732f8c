/*
 * The Newton matrix [P + σI, A_J'; A_J, -I/ρ] with the rows J that are active now. A row that is not
 * holds zeros and -1 on the diagonal, so that one analysis serves every active set.
 */
#ifndef DUALGRID_QP_KKT_H
#define DUALGRID_QP_KKT_H

#include "ldl.h"
#include "program.h"

typedef struct {
  const qp_program *program;
  double sigma;
  double rho;
  double *values;
  int32_t *p_places;      /* of each entry of P */
  int32_t *a_places;      /* of each entry of A, by rows */
  int32_t *row_diagonals; /* of each row's diagonal entry */
  unsigned char *active;
  int rows_changed; /* since the last factorisation */
  qp_ldl factors;
} qp_kkt;

/* Finds the pattern; the program must stay where it is. qp_kkt_free must follow in any case. */
enum qp_ldl_outcome qp_kkt_analyse(qp_kkt *w, const qp_program *program, double sigma, double rho,
                                   int64_t most_entries);

void qp_kkt_free(qp_kkt *w);

/* Takes the program's present P, and makes no row active; 0 when P + σI is not positive definite. */
int qp_kkt_reset(qp_kkt *w);

/* Takes a row into the active set, or out of it. */
void qp_kkt_set_active(qp_kkt *w, int32_t row, int active);

/* Takes in the changes since the last call. */
void qp_kkt_factorise(qp_kkt *w);

/* The step of the variables for a right-hand side that is zero in the rows: in place, length n. */
void qp_kkt_solve(qp_kkt *w, double *vector);

#endif
