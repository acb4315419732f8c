/* See kernels.h. */
#include "kernels.h"

#include <math.h>

/*
 * Each kernel for three generations of processors, chosen when the library is loaded. The widths
 * differ, the operations and their order do not: products are not contracted into sums.
 */
#if defined(__x86_64__) && defined(__linux__) && defined(__GNUC__) && !defined(__clang__)
#define CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define CLONES
#endif

#if defined(_MSC_VER)
#define RESTRICT __restrict
#else
#define RESTRICT restrict
#endif

enum { CHAINS = 16 };

CLONES void dense_add(const double *RESTRICT source, double factor, double *RESTRICT target,
                      size_t count) {
  for (size_t i = 0; i < count; i++) {
    target[i] += factor * source[i];
  }
}

CLONES void dense_add_four(const double *const source[4], const double f[4],
                           double *RESTRICT target, size_t count) {
  const double *RESTRICT a = source[0];
  const double *RESTRICT b = source[1];
  const double *RESTRICT c = source[2];
  const double *RESTRICT d = source[3];
  const double fa = f[0], fb = f[1], fc = f[2], fd = f[3];
  for (size_t i = 0; i < count; i++) {
    target[i] += (fa * a[i] + fb * b[i]) + (fc * c[i] + fd * d[i]);
  }
}

CLONES void dense_add_tile(const double *RESTRICT a, const double *RESTRICT b,
                           const double *RESTRICT c, const double *RESTRICT d,
                           const double f[4][4], double *RESTRICT t0, double *RESTRICT t1,
                           double *RESTRICT t2, double *RESTRICT t3, size_t count) {
  const double f00 = f[0][0], f01 = f[0][1], f02 = f[0][2], f03 = f[0][3];
  const double f10 = f[1][0], f11 = f[1][1], f12 = f[1][2], f13 = f[1][3];
  const double f20 = f[2][0], f21 = f[2][1], f22 = f[2][2], f23 = f[2][3];
  const double f30 = f[3][0], f31 = f[3][1], f32 = f[3][2], f33 = f[3][3];
  for (size_t i = 0; i < count; i++) {
    t0[i] += (f00 * a[i] + f01 * b[i]) + (f02 * c[i] + f03 * d[i]);
    t1[i] += (f10 * a[i] + f11 * b[i]) + (f12 * c[i] + f13 * d[i]);
    t2[i] += (f20 * a[i] + f21 * b[i]) + (f22 * c[i] + f23 * d[i]);
    t3[i] += (f30 * a[i] + f31 * b[i]) + (f32 * c[i] + f33 * d[i]);
  }
}

static double sum_of(const double *chains) {
  double sums[4] = {0, 0, 0, 0};
  for (int c = 0; c < CHAINS; c++) {
    sums[c % 4] += chains[c];
  }
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

CLONES double dense_dot(const double *RESTRICT a, const double *RESTRICT b, size_t count) {
  double chains[CHAINS] = {0};
  size_t i = 0;
  for (; i + CHAINS <= count; i += CHAINS) {
    for (int c = 0; c < CHAINS; c++) {
      chains[c] += a[i + c] * b[i + c];
    }
  }
  for (int c = 0; i < count; i++, c++) {
    chains[c] += a[i] * b[i];
  }
  return sum_of(chains);
}

CLONES double dense_add_dot(const double *RESTRICT source, double factor, double *RESTRICT target,
                            const double *RESTRICT other, size_t count) {
  double chains[CHAINS] = {0};
  size_t i = 0;
  for (; i + CHAINS <= count; i += CHAINS) {
    for (int c = 0; c < CHAINS; c++) {
      target[i + c] += factor * source[i + c];
      chains[c] += source[i + c] * other[i + c];
    }
  }
  for (int c = 0; i < count; i++, c++) {
    target[i] += factor * source[i];
    chains[c] += source[i] * other[i];
  }
  return sum_of(chains);
}

CLONES void dense_rotate(double *RESTRICT l, double *RESTRICT w, size_t count, double inverse,
                         double signed_sine, double cosine, double sine) {
  for (size_t i = 0; i < count; i++) {
    double value = (l[i] + signed_sine * w[i]) * inverse;
    l[i] = value;
    w[i] = cosine * w[i] - sine * value;
  }
}

double dense_largest(const double *values, size_t count) {
  double largest = 0.0;
  for (size_t i = 0; i < count; i++) {
    double value = fabs(values[i]);
    /* A NaN stays, where fmax would drop it. */
    if (!(value <= largest)) {
      largest = value;
    }
  }
  return largest;
}
