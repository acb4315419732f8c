// The arithmetic of a ring with one modulus of at most 53 bits by vectors of doubles (vectors.h), with
// SEAL's transform number for number: in evaluation form, in SEAL's order, nearest to zero or below q.
#ifndef DUALGRID_SEAL_VECTOR_RING_H
#define DUALGRID_SEAL_VECTOR_RING_H

#include "vectors.h"
#include "wiped.h"

#include <seal/util/ntt.h>

#include <cstddef>
#include <cstdint>
#include <memory>

class VectorRing {
public:
    // With the roots of SEAL's tables; null where processor, degree or modulus do not allow it.
    static std::unique_ptr<const VectorRing> of(const seal::util::NTTTables &tables);

    // The same with given vectors, which may be null.
    static std::unique_ptr<const VectorRing> of(const seal::util::NTTTables &tables,
                                                const Vectors *vectors);

    // The evaluation form of coefficients of magnitude at most q/2.
    void forward(const int64_t *coefficients, double *form) const;

    // Coefficients nearest to zero of an evaluation form, in its place.
    void inverse(double *form) const;

    // Residues below q as the other functions take them.
    void nearest(const uint64_t *residues, size_t count, double *form) const;

    // c + a·b, below q.
    void add_product(const double *a, const double *b, const double *c, uint64_t *residues) const;

    // c - r·b, below q, of residues r below q.
    void less_product(const uint64_t *r, const double *b, const double *c,
                      uint64_t *residues) const;

    // c + r·b, of residues below q.
    void sum_product(const uint64_t *r, const double *b, const uint64_t *c, double *form) const;

private:
    VectorRing(const seal::util::NTTTables &tables, const Vectors &vectors);

    const Vectors &vectors_;
    size_t degree_;
    double modulus_;
    Wiped<double> roots_;    // at m + i of block i of the stage with m blocks
    Wiped<double> inverses_; // of these; at 0 of the degree
};

#endif
