// The number-theoretic transform of SEAL, number for number, by vectors of doubles: for one modulus
// of at most 53 bits, on processors with AVX2 and fused multiplication and addition.
//
// A residue is held as the integer x nearest to zero, |x| <= q/2 + 1, which a double has exactly.
// x·w mod q, for a constant w nearest to zero: h = fl(x·w), l = x·w - h (fused, exact),
// c = round(x·fl(w/q)), (h - c·q) + l. Since |x·w/q| < 2^51, c is off by at most
// 1/2 + 1/4 + 1/8, so that the result is at most 7/8·q away from zero and h - c·q below 2^53: both
// are exact. No branch and no address depends on a residue.
#ifndef DUALGRID_SEAL_TRANSFORM_H
#define DUALGRID_SEAL_TRANSFORM_H

#include "wiped.h"

#include <seal/util/ntt.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

class VectorTransform {
public:
    // With the roots of SEAL's tables; null where processor, degree or modulus do not allow it.
    static std::unique_ptr<const VectorTransform> of(const seal::util::NTTTables &tables);

    // Evaluation form in SEAL's order, below q, of coefficients of magnitude at most q/2.
    void forward(const int64_t *coefficients, uint64_t *residues) const;

    // Coefficients nearest to zero of an evaluation form below 2q.
    void inverse(const uint64_t *residues, double *coefficients) const;

private:
    explicit VectorTransform(const seal::util::NTTTables &tables);

    // Constants nearest to zero, with their quotients by q.
    struct Constants {
        void add(uint64_t value, double modulus);

        std::vector<double> value;
        std::vector<double> quotient;
    };

    size_t degree_;
    double modulus_;
    Constants roots_;   // at m + i of block i of the stage with m blocks
    Constants inverse_; // of these; at 0 of the degree
};

#endif
