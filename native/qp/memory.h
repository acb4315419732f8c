/* Allocation with sizes that cannot overflow, and the words of C that compilers spell differently. */
#ifndef DUALGRID_QP_MEMORY_H
#define DUALGRID_QP_MEMORY_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(_MSC_VER)
#define RESTRICT __restrict
#else
#define RESTRICT restrict
#endif

/* Zeroed memory for count things, never null for want of a size; null when there is none left. */
static inline void *qp_new(int64_t count, size_t size) {
  if (count < 0 || (uint64_t)count > SIZE_MAX / size) {
    return NULL;
  }
  return calloc(count > 0 ? (size_t)count : 1, size);
}

/* Vectors end with zeros up to whole groups of so many, which loops then take at once. */
enum { QP_LANES = 4 };

static inline double *qp_new_doubles(int64_t count) {
  return qp_new(count + QP_LANES - 1, sizeof(double));
}

static inline int32_t *qp_new_indices(int64_t count) { return qp_new(count, sizeof(int32_t)); }

static inline unsigned char *qp_new_flags(int64_t count) { return qp_new(count, 1); }

/* memcpy, but of nothing where there is nothing. */
static inline void qp_copy(void *to, const void *from, int64_t count, size_t size) {
  if (count > 0) {
    memcpy(to, from, (size_t)count * size);
  }
}

#endif
