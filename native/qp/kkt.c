/* See kkt.h. */
#include "kkt.h"

#include <string.h>

#include "memory.h"

/* Where everything lies in the upper triangle by columns: first those of P, then those of A'. */
static void arrange(qp_kkt *w, int32_t *pointers, int32_t *rows) {
  const qp_program *p = w->program;
  int32_t count = 0;
  for (int32_t j = 0; j < p->n; j++) {
    for (int32_t k = p->p_pointers[j]; k < p->p_pointers[j + 1]; k++) {
      w->p_places[k] = count;
      rows[count++] = p->p_rows[k];
    }
    pointers[j + 1] = count;
  }
  for (int32_t i = 0; i < p->m; i++) {
    for (int32_t k = p->row_pointers[i]; k < p->row_pointers[i + 1]; k++) {
      w->a_places[k] = count;
      rows[count++] = p->row_columns[k];
    }
    w->row_diagonals[i] = count;
    rows[count++] = p->n + i;
    pointers[p->n + i + 1] = count;
  }
}

enum qp_ldl_outcome qp_kkt_analyse(qp_kkt *w, const qp_program *program, double sigma, double rho,
                                   int64_t most_entries) {
  int32_t n = program->n, m = program->m;
  int32_t p_count = program->p_pointers[n], a_count = program->a_pointers[n];
  int64_t entries = (int64_t)p_count + a_count + m;
  int32_t *pointers, *rows;
  enum qp_ldl_outcome outcome = QP_LDL_OUT_OF_MEMORY;
  memset(w, 0, sizeof(qp_kkt));
  w->program = program;
  w->sigma = sigma;
  w->rho = rho;
  if (entries > most_entries) {
    return QP_LDL_TOO_LARGE;
  }
  pointers = qp_new_indices((int64_t)n + m + 1);
  rows = qp_new_indices(entries);
  w->values = qp_new_doubles(entries);
  w->p_places = qp_new_indices(p_count);
  w->a_places = qp_new_indices(a_count);
  w->row_diagonals = qp_new_indices(m);
  w->active = qp_new_flags(m);
  if (pointers && rows && w->values && w->p_places && w->a_places && w->row_diagonals &&
      w->active) {
    arrange(w, pointers, rows);
    outcome = qp_ldl_analyse(&w->factors, n + m, n, pointers, rows, most_entries);
  }
  free(pointers);
  free(rows);
  return outcome;
}

void qp_kkt_free(qp_kkt *w) {
  free(w->values);
  free(w->p_places);
  free(w->a_places);
  free(w->row_diagonals);
  free(w->active);
  qp_ldl_free(&w->factors);
}

int qp_kkt_reset(qp_kkt *w) {
  const qp_program *p = w->program;
  for (int32_t k = 0; k < p->p_pointers[p->n]; k++) {
    w->values[w->p_places[k]] = p->p[k];
  }
  for (int32_t j = 0; j < p->n; j++) {
    w->values[w->p_places[p->p_pointers[j + 1] - 1]] += w->sigma;
  }
  for (int32_t k = 0; k < p->a_pointers[p->n]; k++) {
    w->values[w->a_places[k]] = 0.0;
  }
  for (int32_t i = 0; i < p->m; i++) {
    w->values[w->row_diagonals[i]] = -1.0;
    w->active[i] = 0;
  }
  w->rows_changed = 1;
  qp_ldl_touch_all(&w->factors);
  return qp_ldl_update(&w->factors, w->values) == 0;
}

void qp_kkt_set_active(qp_kkt *w, int32_t row, int active) {
  const qp_program *p = w->program;
  w->active[row] = (unsigned char)active;
  w->rows_changed = 1;
  for (int32_t k = p->row_pointers[row]; k < p->row_pointers[row + 1]; k++) {
    w->values[w->a_places[k]] = active ? p->a[p->row_places[k]] : 0.0;
    qp_ldl_touch(&w->factors, p->row_columns[k]);
  }
  w->values[w->row_diagonals[row]] = active ? -1.0 / w->rho : -1.0;
  qp_ldl_touch(&w->factors, p->n + row);
}

void qp_kkt_factorise(qp_kkt *w) {
  qp_ldl_update(&w->factors, w->values);
  if (w->rows_changed) {
    qp_ldl_heed(&w->factors, w->active);
    w->rows_changed = 0;
  }
}

void qp_kkt_solve(qp_kkt *w, double *vector) { qp_ldl_solve_leading(&w->factors, vector); }
