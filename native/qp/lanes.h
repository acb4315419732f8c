/*
 * Arithmetic of QP_LANES numbers that lie side by side: numbers of as many right-hand sides that
 * are solved for at once. Compilers are told what they do not find by themselves.
 */
#ifndef DUALGRID_QP_LANES_H
#define DUALGRID_QP_LANES_H

#include <math.h>

#include "memory.h"

/*
 * CLONES compiles a function for two generations of processors, one of which is chosen when the
 * library is loaded. The widths differ, the operations and their order do not: products are not
 * contracted into sums. What it calls has to be INLINE to take part.
 */
#if defined(__x86_64__) && defined(__linux__) && defined(__GNUC__) && !defined(__clang__)
#define CLONES __attribute__((target_clones("avx2", "default")))
#define INLINE static inline __attribute__((always_inline))
#else
#define CLONES
#define INLINE static inline
#endif

#if defined(__GNUC__)
typedef double qp_four __attribute__((vector_size(QP_LANES * sizeof(double))));
typedef int64_t qp_mask __attribute__((vector_size(QP_LANES * sizeof(double))));
#endif

/* target -= factor · source */
INLINE void qp_lanes_subtract(double *target, double factor, const double *source) {
#if defined(__GNUC__)
  qp_four a, b;
  memcpy(&a, target, sizeof(a));
  memcpy(&b, source, sizeof(b));
  a -= factor * b;
  memcpy(target, &a, sizeof(a));
#else
  for (int lane = 0; lane < QP_LANES; lane++) {
    target[lane] -= factor * source[lane];
  }
#endif
}

/* target *= factor */
INLINE void qp_lanes_scale(double *target, double factor) {
#if defined(__GNUC__)
  qp_four a;
  memcpy(&a, target, sizeof(a));
  a *= factor;
  memcpy(target, &a, sizeof(a));
#else
  for (int lane = 0; lane < QP_LANES; lane++) {
    target[lane] *= factor;
  }
#endif
}

/* largest = max(largest, |source|); what is no number does not count. */
INLINE void qp_lanes_largest(double *largest, const double *source) {
#if defined(__GNUC__)
  qp_four a, b;
  qp_mask larger, bits;
  memcpy(&a, largest, sizeof(a));
  memcpy(&bits, source, sizeof(bits));
  bits &= INT64_MAX;
  memcpy(&b, &bits, sizeof(b));
  larger = b > a;
  bits &= larger;
  bits |= (qp_mask)a & ~larger;
  memcpy(largest, &bits, sizeof(bits));
#else
  for (int lane = 0; lane < QP_LANES; lane++) {
    double size = fabs(source[lane]);
    largest[lane] = size > largest[lane] ? size : largest[lane];
  }
#endif
}

INLINE void qp_lanes_copy(double *target, const double *source) {
  memcpy(target, source, sizeof(double[QP_LANES]));
}

/* Whether all are zero, and none of them a negative one. */
INLINE int qp_lanes_zero(const double *source) {
  uint64_t bits[QP_LANES], all = 0;
  memcpy(bits, source, sizeof(bits));
  for (int lane = 0; lane < QP_LANES; lane++) {
    all |= bits[lane];
  }
  return all == 0;
}

#endif
