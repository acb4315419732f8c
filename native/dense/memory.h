/* One allocation for many arrays, each of which begins with a cache line, which is a group. */
#ifndef DUALGRID_DENSE_MEMORY_H
#define DUALGRID_DENSE_MEMORY_H

#include <stddef.h>
#include <stdint.h>

#include "kernels.h"

/* Of a matrix that is asked for: 2 GB. */
enum { DENSE_MAX_ENTRIES = 1 << 28 };

static inline size_t dense_whole_groups(size_t count) {
  return (count + DENSE_GROUP - 1) / DENSE_GROUP * DENSE_GROUP;
}

/* Where a group may begin in memory that has one more than it needs: no load then needs two lines. */
static inline double *dense_first_line(double *memory) {
  size_t line = DENSE_GROUP * sizeof(double), beyond = (uintptr_t)memory % line;
  return beyond == 0 ? memory : memory + (line - beyond) / sizeof(double);
}

/* The next array, of as many numbers in whole groups. */
static inline double *dense_take(double **next, size_t count) {
  double *taken = *next;
  *next += dense_whole_groups(count);
  return taken;
}

#endif
