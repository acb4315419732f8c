// See residue_hash.h.
#include "residue_hash.h"

#include "dualgrid_seal.h"
#include "refusal.h"
#include "stream.h"
#include "vectors.h"

#include <seal/util/uintarithsmallmod.h>

#include <algorithm>
#include <cstring>
#include <mutex>

namespace {

constexpr size_t most_numbers = size_t{ 1 } << 24;
constexpr int most_bits = 60;

// Vectors that a residue is multiplied with at a time.
constexpr size_t most_side = 3;

constexpr size_t most_known = 16;

// SEAL finds out of every modulus that is made whether it is prime, which takes longer than to draw
// a hash; those of a run are the same for all hashes.
seal::Modulus modulus_of(uint64_t q) {
    static std::mutex mutex;
    static std::vector<seal::Modulus> known;
    std::lock_guard<std::mutex> lock(mutex);
    for (const seal::Modulus &modulus : known) {
        if (modulus.value() == q) {
            return modulus;
        }
    }
    seal::Modulus modulus(q);
    if (known.size() < most_known) {
        known.push_back(modulus);
    }
    return modulus;
}

size_t sum(const uint32_t *words, size_t count) {
    size_t sum = 0;
    for (size_t m = 0; m < count; m++) {
        require(words[m] >= 1 && words[m] <= 64, DUALGRID_SEAL_BAD_ARGUMENT,
                "a number of words is out of range");
        sum += words[m];
    }
    return sum;
}

// How many numbers a hash takes: those of a vector for each modulus, and one more for each word but
// the first.
size_t checked(size_t words, size_t modulus_count, size_t polynomials, size_t degree) {
    require(modulus_count >= 1 && polynomials >= 1 && degree >= 1 &&
                polynomials <= most_numbers && degree <= most_numbers / polynomials &&
                modulus_count <= most_numbers / (polynomials * degree),
            DUALGRID_SEAL_BAD_LENGTH, "no hash of that shape");
    return modulus_count * polynomials * degree + (words - modulus_count);
}

// <vector, residues> mod q and a sum below q for each of `side` vectors, each of which begins
// one number after the one before: side by side, so that residues are read once. Of `unreduced`
// products and a sum the total stays below 2^128.
template <size_t side>
void products(const uint64_t *vectors, const uint64_t *residues, size_t count,
              const seal::Modulus &modulus, size_t unreduced, uint64_t *sums) {
    for (size_t done = 0; done < count;) {
        unsigned long long totals[side][2];
        for (size_t v = 0; v < side; v++) {
            totals[v][0] = sums[v];
            totals[v][1] = 0;
        }
        for (size_t end = done + std::min(count - done, unreduced); done < end; done++) {
            uint64_t residue = residues[done];
            for (size_t v = 0; v < side; v++) {
                unsigned long long term[2];
                seal::util::multiply_uint64(residue, vectors[v + done], term);
                totals[v][0] += term[0];
                totals[v][1] += term[1] + (totals[v][0] < term[0] ? 1 : 0);
            }
        }
        for (size_t v = 0; v < side; v++) {
            sums[v] = seal::util::barrett_reduce_128(totals[v], modulus);
        }
    }
}

// total <- total + value · 2^shift, of 128 bits; shift below 64
void add(uint64_t value, int shift, unsigned long long *total) {
    const unsigned long long low = value << shift;
    total[0] += low;
    total[1] += (shift == 0 ? 0 : value >> (64 - shift)) + (total[0] < low ? 1 : 0);
}

// The same with two vectors, by the processor's: of residues below 2^54, as many as are whole vectors.
void two_products(const Vectors &by, const uint64_t *numbers, const uint64_t *residues,
                  size_t count, const seal::Modulus &modulus, uint64_t *sums) {
    for (size_t done = 0; done < count; done += most_products) {
        uint64_t limbs[6];
        by.two_products(numbers + done, residues + done, std::min(count - done, most_products),
                        limbs);
        for (size_t w = 0; w < 2; w++) {
            const uint64_t *limb = limbs + 3 * w;
            // below 2^119: (high · 2^27 + middle) · 2^27 + low
            unsigned long long total[2] = { limb[0], 0 };
            add(limb[1], limb_bits, total);
            add(limb[2], 2 * limb_bits, total);
            add(sums[w], 0, total);
            sums[w] = seal::util::barrett_reduce_128(total, modulus);
        }
    }
}

} // namespace

ResidueHash::ResidueHash(const uint8_t *key, const uint64_t *moduli, const uint32_t *words,
                         size_t modulus_count, size_t polynomials, size_t degree)
    : words_(sum(words, modulus_count)), polynomials_(polynomials), degree_(degree),
      numbers_(checked(words_, modulus_count, polynomials, degree)) {
    constexpr size_t drawn_bytes = 16 * RandomStream::granule;
    auto stream = RandomStream::aes(key);
    require(stream != nullptr, DUALGRID_SEAL_NOT_HERE,
            "this processor has no instructions for AES");
    Wiped<uint8_t> drawn(drawn_bytes);
    size_t used = drawn_bytes;
    uint64_t *next = numbers_.data();
    for (size_t m = 0; m < modulus_count; m++) {
        uint64_t q = moduli[m];
        require(q >= 2 && q >> most_bits == 0, DUALGRID_SEAL_BAD_ARGUMENT,
                "a modulus is out of range");
        moduli_.push_back(modulus_of(q));
        words_of_.push_back(words[m]);
        uint64_t mask = (uint64_t{ 1 } << moduli_[m].bit_count()) - 1;
        for (uint64_t *end = next + polynomials * degree + words[m] - 1; next != end;) {
            if (used == drawn_bytes) {
                stream->fill(drawn.data(), drawn_bytes);
                used = 0;
            }
            size_t numbers =
                std::min((drawn_bytes - used) / 8, static_cast<size_t>(end - next));
            for (size_t i = 0; i < numbers; i++, used += 8) {
                uint64_t candidate;
                // who has the instructions for AES is little endian
                std::memcpy(&candidate, drawn.data() + used, 8);
                candidate &= mask;
                *next = candidate;
                next += candidate < q ? 1 : 0;
            }
        }
    }
}

void ResidueHash::of(const uint64_t *residues, uint64_t *hash) const {
    const Vectors *by = widest_vectors();
    const uint64_t *vectors = numbers_.data();
    std::fill(hash, hash + words_, uint64_t{ 0 });
    for (size_t m = 0; m < moduli_.size(); m++) {
        const seal::Modulus &modulus = moduli_[m];
        size_t unreduced = (size_t{ 1 } << std::min(20, 128 - 2 * modulus.bit_count())) - 1;
        for (size_t left = words_of_[m]; left > 0;) {
            size_t side = std::min(left, most_side);
            for (size_t p = 0; p < polynomials_; p++) {
                size_t from = (p * moduli_.size() + m) * degree_;
                if (by != nullptr && side == 2 && modulus.bit_count() <= 2 * limb_bits &&
                    degree_ % by->lanes == 0) {
                    two_products(*by, vectors + p * degree_, residues + from, degree_, modulus,
                                 hash);
                    continue;
                }
                auto sum = side == 1 ? products<1> : side == 2 ? products<2> : products<most_side>;
                sum(vectors + p * degree_, residues + from, degree_, modulus, unreduced, hash);
            }
            vectors += side;
            hash += side;
            left -= side;
        }
        vectors += polynomials_ * degree_ - 1;
    }
}
