// See residue_hash.h.
#include "residue_hash.h"

#include "dualgrid_seal.h"
#include "refusal.h"
#include "stream.h"

#include <seal/util/uintarithsmallmod.h>

#include <algorithm>

namespace {

constexpr size_t most_numbers = size_t{ 1 } << 24;
constexpr int most_bits = 60;

size_t sum(const uint32_t *words, size_t count) {
    size_t sum = 0;
    for (size_t m = 0; m < count; m++) {
        require(words[m] >= 1 && words[m] <= 64, DUALGRID_SEAL_BAD_ARGUMENT,
                "a number of words is out of range");
        sum += words[m];
    }
    return sum;
}

size_t checked(size_t words, size_t modulus_count, size_t polynomials, size_t degree) {
    require(modulus_count >= 1 && polynomials >= 1 && degree >= 1 &&
                polynomials <= most_numbers && degree <= most_numbers / polynomials &&
                words <= most_numbers / (polynomials * degree),
            DUALGRID_SEAL_BAD_LENGTH, "no hash of that shape");
    return words * polynomials * degree;
}

// <vector, residues - less> mod q and a sum below q; of `unreduced` products and it the sum stays
// below 2^128.
uint64_t product(const uint64_t *vector, const uint64_t *residues, const uint64_t *less,
                 size_t count, const seal::Modulus &modulus, size_t unreduced, uint64_t sum) {
    const uint64_t q = modulus.value();
    for (size_t done = 0; done < count;) {
        unsigned long long total[2] = { sum, 0 };
        for (size_t end = done + std::min(count - done, unreduced); done < end; done++) {
            uint64_t residue = residues[done];
            if (less != nullptr) {
                uint64_t rest = residue - less[done];
                residue = rest + (q & (uint64_t{ 0 } - (rest >> 63)));
            }
            unsigned long long term[2];
            seal::util::multiply_uint64(residue, vector[done], term);
            total[0] += term[0];
            total[1] += term[1] + (total[0] < term[0] ? 1 : 0);
        }
        sum = seal::util::barrett_reduce_128(total, modulus);
    }
    return sum;
}

} // namespace

ResidueHash::ResidueHash(const uint8_t *key, const uint64_t *moduli, const uint32_t *words,
                         size_t modulus_count, size_t polynomials, size_t degree)
    : words_(sum(words, modulus_count)), polynomials_(polynomials), degree_(degree),
      vectors_(checked(words_, modulus_count, polynomials, degree)) {
    constexpr size_t drawn_bytes = 16 * RandomStream::granule;
    auto stream = RandomStream::aes(key);
    require(stream != nullptr, DUALGRID_SEAL_NOT_HERE,
            "this processor has no instructions for AES");
    Wiped<uint8_t> drawn(drawn_bytes);
    size_t used = drawn_bytes;
    uint64_t *next = vectors_.data();
    for (size_t m = 0; m < modulus_count; m++) {
        uint64_t q = moduli[m];
        require(q >= 2 && q >> most_bits == 0, DUALGRID_SEAL_BAD_ARGUMENT,
                "a modulus is out of range");
        moduli_.emplace_back(q);
        words_of_.push_back(words[m]);
        uint64_t mask = (uint64_t{ 1 } << moduli_[m].bit_count()) - 1;
        for (uint64_t *end = next + words[m] * polynomials * degree; next != end;) {
            if (used == drawn_bytes) {
                stream->fill(drawn.data(), drawn_bytes);
                used = 0;
            }
            uint64_t candidate = 0;
            for (size_t byte = 8; byte-- > 0;) {
                candidate = candidate << 8 | drawn[used + byte];
            }
            used += 8;
            candidate &= mask;
            if (candidate < q) {
                *next++ = candidate;
            }
        }
    }
}

void ResidueHash::of(const uint64_t *residues, const uint64_t *less, uint64_t *hash) const {
    const uint64_t *vector = vectors_.data();
    for (size_t m = 0; m < moduli_.size(); m++) {
        const seal::Modulus &modulus = moduli_[m];
        size_t unreduced = (size_t{ 1 } << std::min(20, 128 - 2 * modulus.bit_count())) - 1;
        for (size_t word = 0; word < words_of_[m]; word++, hash++) {
            *hash = 0;
            for (size_t p = 0; p < polynomials_; p++, vector += degree_) {
                size_t from = (p * moduli_.size() + m) * degree_;
                *hash = product(vector, residues + from, less == nullptr ? nullptr : less + from,
                                degree_, modulus, unreduced, *hash);
            }
        }
    }
}
