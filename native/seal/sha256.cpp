// See sha256.h.
#include "sha256.h"

#include <cstring>

namespace {

constexpr size_t block_bytes = 64;

constexpr uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
};

constexpr uint32_t turned(uint32_t word, int bits) { return word >> bits | word << (32 - bits); }

uint32_t read(const uint8_t *at) {
    return uint32_t{ at[0] } << 24 | uint32_t{ at[1] } << 16 | uint32_t{ at[2] } << 8 | at[3];
}

void write(uint8_t *at, uint64_t value, int bytes) {
    for (int i = bytes - 1; i >= 0; i--, value >>= 8) {
        at[i] = static_cast<uint8_t>(value);
    }
}

// 6.2.2 of the standard.
void compress(uint32_t state[8], const uint8_t *block) {
    uint32_t schedule[64];
    for (int t = 0; t < 16; t++) {
        schedule[t] = read(block + 4 * t);
    }
    for (int t = 16; t < 64; t++) {
        uint32_t early = schedule[t - 15];
        uint32_t late = schedule[t - 2];
        schedule[t] = schedule[t - 16] + (turned(early, 7) ^ turned(early, 18) ^ early >> 3) +
                      schedule[t - 7] + (turned(late, 17) ^ turned(late, 19) ^ late >> 10);
    }
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
    for (int t = 0; t < 64; t++) {
        uint32_t first = h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) +
                         ((e & f) ^ (~e & g)) + constants[t] + schedule[t];
        uint32_t second =
            (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        h = g;
        g = f;
        f = e;
        e = d + first;
        d = c;
        c = b;
        b = a;
        a = first + second;
    }
    const uint32_t more[8] = { a, b, c, d, e, f, g, h };
    for (int i = 0; i < 8; i++) {
        state[i] += more[i];
    }
}

} // namespace

void sha256(const uint8_t *bytes, size_t count, uint8_t *hash) {
    uint32_t state[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                          0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };
    size_t whole = count - count % block_bytes;
    for (size_t done = 0; done < whole; done += block_bytes) {
        compress(state, bytes + done);
    }
    // a one, zeros, and the number of bits in eight bytes
    uint8_t last[2 * block_bytes] = {};
    size_t left = count - whole;
    if (left > 0) {
        std::memcpy(last, bytes + whole, left);
    }
    last[left] = 0x80;
    size_t length = left + 9 <= block_bytes ? block_bytes : 2 * block_bytes;
    write(last + length - 8, uint64_t{ count } * 8, 8);
    for (size_t done = 0; done < length; done += block_bytes) {
        compress(state, last + done);
    }
    for (int i = 0; i < 8; i++) {
        write(hash + 4 * i, state[i], 4);
    }
}
