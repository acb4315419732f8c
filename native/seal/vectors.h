// What the innermost loops do by vectors of a processor's, for one modulus q of at most 53 bits. Each
// set of functions is compiled for its own instructions, in a file of its own that includes no header
// with inline functions that other files have, too, and that nothing but these functions is in: a
// compiler may use the instructions for anything there, and the processor may not have them.
#ifndef DUALGRID_SEAL_VECTORS_H
#define DUALGRID_SEAL_VECTORS_H

#include <cstddef>
#include <cstdint>

// Residues as doubles: the integer x nearest to zero, |x| <= q/2 + 1, which a double has exactly.
// All arrays have a multiple of `lanes` numbers, at least two vectors of them.
struct Vectors {
    const char *name;
    size_t lanes;

    // The transform of SEAL and its inverse, in place; of the roots the one at m + i is that of block
    // i of the stage with m blocks, and at 0 of the inverses stands that of the degree.
    void (*forward)(double *x, size_t degree, double q, const double *roots);
    void (*inverse)(double *x, size_t degree, double q, const double *inverses);

    // Integers of magnitude up to 2^53, as doubles; residues below q, nearest to zero.
    void (*doubles)(const int64_t *integers, size_t count, double *x);
    void (*nearest)(const uint64_t *residues, size_t count, double q, double *x);

    // c + a·b and c - r·b, below q; c + r·b, nearest to zero. r and c of the last are residues below q.
    void (*add_product)(const double *a, const double *b, const double *c, size_t count, double q,
                        uint64_t *residues);
    void (*less_product)(const uint64_t *r, const double *b, const double *c, size_t count, double q,
                         uint64_t *residues);
    void (*sum_product)(const uint64_t *r, const double *b, const uint64_t *c, size_t count, double q,
                        double *x);

    // Inner products of residues below 2^54 with two vectors of such numbers, the second one number
    // further on: sums[3·w + k] is that of products of limbs of 27 bits, of weight 2^(27·k), of
    // word w; none exceeds 2^64 for a count up to `most_products`.
    void (*two_products)(const uint64_t *numbers, const uint64_t *residues, size_t count,
                         uint64_t *sums);
};

constexpr int limb_bits = 27;
constexpr size_t most_products = 512;

// Null where the compiler could not make them.
extern const Vectors *const compiled_avx2_vectors;
extern const Vectors *const compiled_avx512_vectors;

// Null where the processor does not have them, too.
const Vectors *avx2_vectors();
const Vectors *avx512_vectors();

// The widest of these, or null.
const Vectors *widest_vectors();

// AES-256 in counter mode: what AesStream in stream.cpp makes of round keys and a counter, 256 bytes at
// a time. Null likewise.
using WideCounter = void (*)(const void *round_keys, uint64_t counter, uint8_t *bytes, size_t count);
extern const WideCounter compiled_wide_counter;
WideCounter wide_counter();

#endif
