// Loops over arrays, compiled for several generations of x86-64 and chosen when the library is
// loaded, as in dualgrid_dense: the widths differ, the operations and their order do not.
#ifndef DUALGRID_SEAL_CLONES_H
#define DUALGRID_SEAL_CLONES_H

#if defined(__x86_64__) && defined(__linux__) && defined(__GNUC__) && !defined(__clang__)
#define DUALGRID_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define DUALGRID_CLONES
#endif

#if defined(_MSC_VER)
#define DUALGRID_RESTRICT __restrict
#else
#define DUALGRID_RESTRICT __restrict__
#endif

#endif
