// The canonical embedding between N/2 real slots and N real coefficients, as
// io.dualgrid.ckks.java.SlotTransform, where it is explained: a Fourier transform of half the length.
#ifndef DUALGRID_SEAL_ENCODING_H
#define DUALGRID_SEAL_ENCODING_H

#include <cstddef>
#include <cstdint>
#include <vector>

class Encoding {
public:
    explicit Encoding(size_t ring_degree);

    size_t slots() const { return slots_; }

    // Rounds the encoding of some values, and zeros behind them, to N coefficients.
    // scratch: N doubles, overwritten
    void encode(const double *values, size_t count, double scale, int64_t *coefficients,
                double *scratch) const;

    // All N/2 slots.
    // coefficients: N, overwritten
    void decode(double *coefficients, double scale, double *values) const;

private:
    void from_bit_reversed(double *re, double *im) const;
    void to_bit_reversed(double *re, double *im) const;

    size_t slots_;
    std::vector<size_t> position_;
    std::vector<double> twist_cos_, twist_sin_; // of each slot
    std::vector<double> root_cos_, root_sin_;   // of each stage, one after another
};

#endif
