// AES-256 by the processor's own instructions (x86-64): nothing is looked up in a table, and nothing
// branches on a key.
#ifndef DUALGRID_SEAL_AES_H
#define DUALGRID_SEAL_AES_H

#include <cstdint>

#if defined(__x86_64__) || defined(_M_X64)
#define DUALGRID_X86 1
#include <immintrin.h>
#if defined(_MSC_VER)
#include <intrin.h>
#define DUALGRID_TARGET_AES
#else
#include <cpuid.h>
#define DUALGRID_TARGET_AES __attribute__((target("aes,sse2")))
#endif

constexpr int aes_rounds = 14;
constexpr int aes_keys = aes_rounds + 1;

inline bool has_aes() {
#if defined(_MSC_VER)
    int registers[4];
    __cpuid(registers, 1);
    return (registers[2] >> 25 & 1) != 0;
#else
    unsigned a = 0, b = 0, c = 0, d = 0;
    return __get_cpuid(1, &a, &b, &c, &d) != 0 && (c >> 25 & 1) != 0;
#endif
}

inline uint64_t big_endian(uint64_t value) {
#if defined(_MSC_VER)
    return _byteswap_uint64(value);
#else
    return __builtin_bswap64(value);
#endif
}

// One word to the next: what FIPS 197, 5.2, does to a group of four.
DUALGRID_TARGET_AES inline __m128i chain(__m128i before, __m128i mixed) {
    before = _mm_xor_si128(before, _mm_slli_si128(before, 4));
    before = _mm_xor_si128(before, _mm_slli_si128(before, 8));
    return _mm_xor_si128(before, mixed);
}

// Round keys 2i and 2i + 1 from the two before; the constant of the round must be known to the
// compiler.
template <int Constant> DUALGRID_TARGET_AES inline void expand(__m128i *keys, int round) {
    __m128i word = _mm_aeskeygenassist_si128(keys[round - 1], Constant);
    keys[round] = chain(keys[round - 2], _mm_shuffle_epi32(word, 0xff));
    if (round < aes_rounds) {
        word = _mm_aeskeygenassist_si128(keys[round], 0);
        keys[round + 1] = chain(keys[round - 1], _mm_shuffle_epi32(word, 0xaa));
    }
}

// All round keys of a key of 32 bytes.
DUALGRID_TARGET_AES inline void expand_key(const uint8_t *key, __m128i keys[aes_keys]) {
    keys[0] = _mm_loadu_si128(reinterpret_cast<const __m128i *>(key));
    keys[1] = _mm_loadu_si128(reinterpret_cast<const __m128i *>(key + 16));
    expand<0x01>(keys, 2);
    expand<0x02>(keys, 4);
    expand<0x04>(keys, 6);
    expand<0x08>(keys, 8);
    expand<0x10>(keys, 10);
    expand<0x20>(keys, 12);
    expand<0x40>(keys, 14);
}

// Encrypts blocks side by side; eight are as many as the instructions of one have cycles.
template <int Count>
DUALGRID_TARGET_AES inline void encrypt_blocks(__m128i (&blocks)[Count],
                                               const __m128i keys[aes_keys]) {
    for (auto &block : blocks) {
        block = _mm_xor_si128(block, keys[0]);
    }
    for (int round = 1; round < aes_rounds; round++) {
        for (auto &block : blocks) {
            block = _mm_aesenc_si128(block, keys[round]);
        }
    }
    for (auto &block : blocks) {
        block = _mm_aesenclast_si128(block, keys[aes_rounds]);
    }
}

#endif

#endif
