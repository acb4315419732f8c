/* See kernels.h. */
#include "kernels.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

/*
 * Each kernel for three generations of processors, chosen when the library is loaded. The widths
 * differ, the operations and their order do not: products are not contracted into sums. What a
 * kernel calls has to be INLINE to take part.
 */
#if defined(__x86_64__) && defined(__linux__) && defined(__GNUC__) && !defined(__clang__)
#define CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#define INLINE static inline __attribute__((always_inline))
#else
#define CLONES
#define INLINE static inline
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

/*
 * Half a group of numbers side by side, which is what most processors can add at once. Compilers
 * are told of the vectors, which they do not find.
 */
enum { HALF = DENSE_GROUP / 2 };
#if defined(__GNUC__)
typedef double half __attribute__((vector_size(HALF * sizeof(double))));
typedef int64_t half_mask __attribute__((vector_size(HALF * sizeof(double))));
#else
typedef struct {
  double lane[HALF];
} half;
#endif

/* sum += a · b, number by number */
INLINE void add_half(half *sum, const double *a, const double *b) {
#if defined(__GNUC__)
  half left, right;
  memcpy(&left, a, sizeof(left));
  memcpy(&right, b, sizeof(right));
  *sum += left * right;
#else
  for (int e = 0; e < HALF; e++) {
    sum->lane[e] += a[e] * b[e];
  }
#endif
}

/* target += f[0] a + f[1] b + f[2] c + f[3] d, number by number */
INLINE void add_four_halves(double *target, const double *a, const double *b, const double *c,
                            const double *d, const double f[4]) {
#if defined(__GNUC__)
  half sum, first, second, third, fourth;
  memcpy(&sum, target, sizeof(sum));
  memcpy(&first, a, sizeof(first));
  memcpy(&second, b, sizeof(second));
  memcpy(&third, c, sizeof(third));
  memcpy(&fourth, d, sizeof(fourth));
  sum += (f[0] * first + f[1] * second) + (f[2] * third + f[3] * fourth);
  memcpy(target, &sum, sizeof(sum));
#else
  for (int e = 0; e < HALF; e++) {
    target[e] += (f[0] * a[e] + f[1] * b[e]) + (f[2] * c[e] + f[3] * d[e]);
  }
#endif
}

/* sum += a · b of a group, number by number */
INLINE void add_products(half sums[2], const double *a, const double *b) {
  add_half(&sums[0], a, b);
  add_half(&sums[1], a + HALF, b + HALF);
}

/* Pairwise, which takes few additions one after the other. */
INLINE double sum_of_group(const half halves[2]) {
  double all[DENSE_GROUP];
  memcpy(all, halves, sizeof(all));
  return ((all[0] + all[4]) + (all[2] + all[6])) + ((all[1] + all[5]) + (all[3] + all[7]));
}

/* Four sums of products with one vector, in chains: begun, carried on by a group, and ended. */
INLINE void clear_four(half chains[4][2]) {
  for (int r = 0; r < 4; r++) {
    chains[r][0] = chains[r][1] = (half){0};
  }
}

INLINE void add_four_products(half chains[4][2], const double *a, const double *b, const double *c,
                              const double *d, const double *v) {
  add_products(chains[0], a, v);
  add_products(chains[1], b, v);
  add_products(chains[2], c, v);
  add_products(chains[3], d, v);
}

INLINE void sum_four(half chains[4][2], double sums[4]) {
  for (int r = 0; r < 4; r++) {
    sums[r] = sum_of_group(chains[r]);
  }
}

CLONES void dense_dot_four(const double *const rows[4], const double *RESTRICT v, size_t count,
                           double sums[4]) {
  const double *RESTRICT a = rows[0];
  const double *RESTRICT b = rows[1];
  const double *RESTRICT c = rows[2];
  const double *RESTRICT d = rows[3];
  half chains[4][2];
  clear_four(chains);
  for (size_t i = 0; i < count; i += DENSE_GROUP) {
    add_four_products(chains, a + i, b + i, c + i, d + i, v + i);
  }
  sum_four(chains, sums);
}

void dense_multiply_rows(const double *rows, size_t count, size_t k, const double *v,
                         double *product) {
  size_t i = 0;
  for (; i + 4 <= count; i += 4) {
    const double *row = rows + i * k;
    const double *const four[4] = {row, row + k, row + 2 * k, row + 3 * k};
    dense_dot_four(four, v, k, product + i);
  }
  for (; i < count; i++) {
    product[i] = dense_dot(rows + i * k, v, k);
  }
}

CLONES void dense_add_dot_four(const double *const columns[4], const double f[4],
                               double *RESTRICT target, const double *RESTRICT other, size_t count,
                               double sums[4]) {
  const double *RESTRICT a = columns[0];
  const double *RESTRICT b = columns[1];
  const double *RESTRICT c = columns[2];
  const double *RESTRICT d = columns[3];
  half chains[4][2];
  clear_four(chains);
  for (size_t i = 0; i < count; i += DENSE_GROUP) {
    add_four_halves(target + i, a + i, b + i, c + i, d + i, f);
    add_four_halves(target + i + HALF, a + i + HALF, b + i + HALF, c + i + HALF, d + i + HALF, f);
    add_four_products(chains, a + i, b + i, c + i, d + i, other + i);
  }
  sum_four(chains, sums);
}

CLONES void dense_rotate(double *RESTRICT l, double *RESTRICT w, size_t count,
                         const dense_rotation *by) {
  const double inverse = by->inverse, signed_sine = by->signed_sine;
  const double cosine = by->cosine, sine = by->sine;
  for (size_t i = 0; i < count; i++) {
    double value = (l[i] + signed_sine * w[i]) * inverse;
    l[i] = value;
    w[i] = cosine * w[i] - sine * value;
  }
}

CLONES void dense_rotate_two(double *RESTRICT l, double *RESTRICT w0, double *RESTRICT w1,
                             size_t count, const dense_rotation by[2]) {
  const double inverse0 = by[0].inverse, signed_sine0 = by[0].signed_sine;
  const double cosine0 = by[0].cosine, sine0 = by[0].sine;
  const double inverse1 = by[1].inverse, signed_sine1 = by[1].signed_sine;
  const double cosine1 = by[1].cosine, sine1 = by[1].sine;
  for (size_t i = 0; i < count; i++) {
    double first = (l[i] + signed_sine0 * w0[i]) * inverse0;
    double second = (first + signed_sine1 * w1[i]) * inverse1;
    l[i] = second;
    w0[i] = cosine0 * w0[i] - sine0 * first;
    w1[i] = cosine1 * w1[i] - sine1 * second;
  }
}

/*
 * largest = max(largest, |values|), number by number; beside is no number once a value was infinite
 * or none.
 */
INLINE void add_largest(half *largest, half *beside, const double *values) {
#if defined(__GNUC__)
  half read;
  half_mask bits, more;
  memcpy(&bits, values, sizeof(bits));
  bits &= INT64_MAX;
  read = (half)bits;
  more = read > *largest;
  *largest = (half)((more & bits) | (~more & (half_mask)*largest));
  *beside += read - read;
#else
  for (int e = 0; e < HALF; e++) {
    double size = fabs(values[e]);
    largest->lane[e] = size > largest->lane[e] ? size : largest->lane[e];
    beside->lane[e] += size - size;
  }
#endif
}

CLONES double dense_largest(const double *values, size_t count) {
  half largest = (half){0}, beside = (half){0};
  for (size_t i = 0; i < count; i += HALF) {
    add_largest(&largest, &beside, values + i);
  }
  double sizes[HALF], others[HALF];
  memcpy(sizes, &largest, sizeof(sizes));
  memcpy(others, &beside, sizeof(others));
  double most = sizes[0], strange = others[0];
  for (int e = 1; e < HALF; e++) {
    most = sizes[e] > most ? sizes[e] : most;
    strange += others[e];
  }
  return most + strange;
}

/* Of HALF rows; see dense_excess. */
INLINE void add_excess(const double *values, const double *shifts, const double *directions,
                       double length, const double *lower, const double *upper, half sums[2]) {
#if defined(__GNUC__)
  half value, shift, direction, low, high;
  memcpy(&value, values, sizeof(value));
  memcpy(&shift, shifts, sizeof(shift));
  memcpy(&direction, directions, sizeof(direction));
  memcpy(&low, lower, sizeof(low));
  memcpy(&high, upper, sizeof(high));
  value = value + shift + length * direction;
  half_mask above = value > high, below = value < low;
  half_mask beyond_high = (half_mask)(value - high), beyond_low = (half_mask)(value - low);
  half excess = (half)((above & beyond_high) | (below & beyond_low));
  sums[0] += excess * direction;
  sums[1] += (half)((above | below) & (half_mask)(direction * direction));
#else
  for (int e = 0; e < HALF; e++) {
    double value = values[e] + shifts[e] + length * directions[e];
    double excess = value > upper[e] ? value - upper[e] : (value < lower[e] ? value - lower[e] : 0);
    sums[0].lane[e] += excess * directions[e];
    sums[1].lane[e] += excess != 0 ? directions[e] * directions[e] : 0;
  }
#endif
}

CLONES void dense_excess(const double *RESTRICT values, const double *RESTRICT shifts,
                         const double *RESTRICT directions, double length,
                         const double *RESTRICT lower, const double *RESTRICT upper, size_t count,
                         double sums[2]) {
  half first[2] = {(half){0}, (half){0}}, second[2] = {(half){0}, (half){0}};
  for (size_t i = 0; i < count; i += DENSE_GROUP) {
    size_t j = i + HALF;
    add_excess(values + i, shifts + i, directions + i, length, lower + i, upper + i, first);
    add_excess(values + j, shifts + j, directions + j, length, lower + j, upper + j, second);
  }
  for (int s = 0; s < 2; s++) {
    const half both[2] = {first[s], second[s]};
    sums[s] = sum_of_group(both);
  }
}
