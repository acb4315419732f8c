// The random polynomials of CKKS. The time that drawing takes depends on bits that are thrown away
// only, never on a value that is given out.
#ifndef DUALGRID_SEAL_SAMPLER_H
#define DUALGRID_SEAL_SAMPLER_H

#include "stream.h"
#include "wiped.h"

class Sampler {
public:
    explicit Sampler(RandomStream &stream) : stream_(stream), bits_(buffer_bytes) {}

    // -1, 0, 1, each with the same chance.
    void ternary(int64_t *values, size_t count);

    // The centred binomial distribution of variance 10.5: heads of 21 coins less heads of 21 others.
    void error(int64_t *values, size_t count);

    // Even over [0, modulus), by rejection: no bias at all.
    void uniform(uint64_t *values, size_t count, uint64_t modulus);

    // Bits of a seed for another stream.
    void seed(uint8_t seed[RandomStream::seed_bytes]);

private:
    static constexpr size_t buffer_bytes = 4096;

    RandomStream &stream_;
    Wiped<uint8_t> bits_;
};

#endif
