// See sampler.h.
#include "sampler.h"

#include "clones.h"

#include <algorithm>
#include <cstring>

namespace {

constexpr int coin_flips = 21;

// Number of ones, without a table and without an instruction that not every processor has.
inline uint64_t ones(uint64_t x) {
    x -= x >> 1 & 0x5555555555555555u;
    x = (x & 0x3333333333333333u) + (x >> 2 & 0x3333333333333333u);
    x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0fu;
    x += x >> 8;
    x += x >> 16;
    x += x >> 32;
    return x & 0x7f;
}

DUALGRID_CLONES void heads_less(const uint8_t *DUALGRID_RESTRICT bits, size_t count,
                                int64_t *DUALGRID_RESTRICT values) {
    constexpr uint64_t coins = (uint64_t{ 1 } << 2 * coin_flips) - 1;
    for (size_t k = 0; k < count; k++) {
        uint64_t flips;
        std::memcpy(&flips, bits + 8 * k, sizeof(flips));
        values[k] = static_cast<int64_t>(ones(flips & coins)) - coin_flips;
    }
}

inline uint64_t word(const uint8_t *bytes) {
    uint64_t value;
    std::memcpy(&value, bytes, sizeof(value));
    return value;
}

size_t whole_granules(size_t bytes) {
    return (bytes + RandomStream::granule - 1) / RandomStream::granule * RandomStream::granule;
}

} // namespace

// Of a byte below 3^5, its five digits to base 3.
void Sampler::ternary(int64_t *values, size_t count) {
    constexpr unsigned limit = 243;
    constexpr size_t digits = 5;
    size_t i = 0;
    while (i < count) {
        size_t bytes = std::min(bits_.size(), whole_granules((count - i) / digits + 1));
        stream_.fill(bits_.data(), bytes);
        for (size_t b = 0; b < bytes && i < count; b++) {
            unsigned rest = bits_[b];
            if (rest < limit) {
                for (size_t d = 0; d < digits && i < count; d++) {
                    values[i++] = static_cast<int64_t>(rest % 3) - 1;
                    rest /= 3;
                }
            }
        }
    }
}

// Tails are as likely as heads: less 21 heads of others is plus their tails, less 21. So it is the
// heads of 42 coins, less 21.
void Sampler::error(int64_t *values, size_t count) {
    for (size_t i = 0; i < count;) {
        size_t some = std::min(count - i, bits_.size() / 8);
        stream_.fill(bits_.data(), whole_granules(8 * some));
        heads_less(bits_.data(), some, values + i);
        i += some;
    }
}

void Sampler::uniform(uint64_t *values, size_t count, uint64_t modulus) {
    uint64_t mask = modulus;
    for (int shift = 1; shift < 64; shift *= 2) {
        mask |= mask >> shift;
    }
    size_t i = 0;
    while (i < count) {
        size_t bytes = std::min(bits_.size(), whole_granules(8 * (count - i)));
        stream_.fill(bits_.data(), bytes);
        for (size_t at = 0; at < bytes && i < count; at += 8) {
            uint64_t candidate = word(bits_.data() + at) & mask;
            values[i] = candidate;
            i += candidate < modulus ? 1 : 0;
        }
    }
}

void Sampler::seed(uint8_t seed[RandomStream::seed_bytes]) {
    stream_.fill(bits_.data(), RandomStream::granule);
    std::copy_n(bits_.data(), RandomStream::seed_bytes, seed);
}
