// AES-256 in counter mode four blocks an instruction, with AVX-512 and the AES instructions for its
// vectors: compiled for them.
#include "vectors.h"

#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__VAES__)

#include <immintrin.h>

namespace {

constexpr int rounds = 14;
constexpr int side = 4; // vectors at a time: 256 bytes

// Round keys: 15 of 16 bytes. Blocks are eight bytes of zeros and the counter, big endian.
void count_and_encrypt(const void *round_keys, uint64_t counter, uint8_t *bytes, size_t count) {
    const auto *keys = static_cast<const __m128i *>(round_keys);
    const __m512i swapped = _mm512_broadcast_i32x4(
        _mm_set_epi8(8, 9, 10, 11, 12, 13, 14, 15, -1, -1, -1, -1, -1, -1, -1, -1));
    __m512i next = _mm512_add_epi64(_mm512_set1_epi64(static_cast<int64_t>(counter)),
                                    _mm512_set_epi64(3, 0, 2, 0, 1, 0, 0, 0));
    const __m512i step = _mm512_set1_epi64(4);
    for (size_t done = 0; done < count; done += side * 64) {
        __m512i blocks[side];
        const __m512i first = _mm512_broadcast_i32x4(_mm_loadu_si128(keys));
        for (auto &block : blocks) {
            block = _mm512_xor_si512(_mm512_shuffle_epi8(next, swapped), first);
            next = _mm512_add_epi64(next, step);
        }
        for (int round = 1; round < rounds; round++) {
            const __m512i key = _mm512_broadcast_i32x4(_mm_loadu_si128(keys + round));
            for (auto &block : blocks) {
                block = _mm512_aesenc_epi128(block, key);
            }
        }
        const __m512i last = _mm512_broadcast_i32x4(_mm_loadu_si128(keys + rounds));
        for (int i = 0; i < side; i++) {
            _mm512_storeu_si512(bytes + done + 64 * i, _mm512_aesenclast_epi128(blocks[i], last));
        }
    }
}

} // namespace

const WideCounter compiled_wide_counter = count_and_encrypt;

#else

const WideCounter compiled_wide_counter = nullptr;

#endif
