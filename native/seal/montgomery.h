// Products modulo an odd number after Montgomery ("Modular multiplication without trial division",
// 1985): as many multiplications as with a quotient at hand for each factor, after Shoup, and none to
// keep.
#ifndef DUALGRID_SEAL_MONTGOMERY_H
#define DUALGRID_SEAL_MONTGOMERY_H

#include <seal/modulus.h>
#include <seal/util/uintarith.h>
#include <seal/util/uintarithsmallmod.h>

#include <cstdint>

class Montgomery {
public:
    // Of an odd modulus below 2^62.
    explicit Montgomery(const seal::Modulus &modulus)
        : q_(modulus.value()), inverse_(q_), whole_((UINT64_MAX % q_ + 1) % q_),
          modulus_(modulus) {
        for (int bits = 3; bits < 64; bits *= 2) { // as many of them are right each time
            inverse_ *= 2 - q_ * inverse_;
        }
    }

    // A factor below q, as product() takes it: times 2^64.
    uint64_t factor(uint64_t value) const {
        return seal::util::multiply_uint_mod(value, whole_, modulus_);
    }

    // value * factor modulo q, below 2q. value: below 4q
    uint64_t product(uint64_t value, uint64_t factor) const {
        unsigned long long whole[2];
        seal::util::multiply_uint64(value, factor, whole);
        unsigned long long high = 0;
        seal::util::multiply_uint64_hw64(whole[0] * inverse_, q_, &high);
        return whole[1] - high + q_; // what is subtracted has the same low word
    }

private:
    uint64_t q_;
    uint64_t inverse_; // modulo 2^64
    uint64_t whole_;   // 2^64 modulo q
    seal::Modulus modulus_;
};

#endif
