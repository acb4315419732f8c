// See masks.h.
#include "masks.h"

#include "aes.h"

#include <seal/util/common.h>

#include <algorithm>

#ifdef DUALGRID_X86

namespace {

constexpr size_t side_by_side = 8;

void add(uint64_t *number, const uint64_t mask[2]) {
    uint64_t low = number[0] + mask[0];
    number[1] += mask[1] + (low < mask[0] ? 1 : 0);
    number[0] = low;
}

void subtract(uint64_t *number, const uint64_t mask[2]) {
    uint64_t before = number[0];
    number[0] = before - mask[0];
    number[1] -= mask[1] + (before < mask[0] ? 1 : 0);
}

// One key's masks: AES-256 of (agreed on, encrypted) xor (round, position), big endian.
DUALGRID_TARGET_AES void add_masks_of(const __m128i *keys, bool subtracted, const uint8_t *agreed,
                                      uint64_t round, uint64_t *words, size_t numbers) {
    __m128i offset[1] = { _mm_loadu_si128(reinterpret_cast<const __m128i *>(agreed)) };
    encrypt_blocks(offset, keys);
    alignas(16) uint64_t masks[side_by_side][2];
    for (size_t done = 0; done < numbers; done += side_by_side) {
        __m128i blocks[side_by_side];
        for (size_t i = 0; i < side_by_side; i++) {
            auto position = static_cast<long long>(big_endian(done + i));
            blocks[i] = _mm_xor_si128(
                offset[0], _mm_set_epi64x(position, static_cast<long long>(big_endian(round))));
        }
        encrypt_blocks(blocks, keys);
        size_t count = std::min(side_by_side, numbers - done);
        for (size_t i = 0; i < count; i++) {
            _mm_store_si128(reinterpret_cast<__m128i *>(masks[i]), blocks[i]);
            if (subtracted) {
                subtract(words + 2 * (done + i), masks[i]);
            } else {
                add(words + 2 * (done + i), masks[i]);
            }
        }
    }
    seal::util::seal_memzero(masks, sizeof(masks));
}

} // namespace

DUALGRID_TARGET_AES bool add_masks(const uint8_t *keys, size_t key_count, size_t subtracted,
                                   const uint8_t *agreed, uint64_t round, uint64_t *words,
                                   size_t numbers) {
    static const bool available = has_aes();
    if (!available) {
        return false;
    }
    __m128i round_keys[aes_keys];
    for (size_t i = 0; i < key_count; i++) {
        expand_key(keys + 32 * i, round_keys);
        add_masks_of(round_keys, i < subtracted, agreed, round, words, numbers);
    }
    seal::util::seal_memzero(round_keys, sizeof(round_keys));
    return true;
}

#else

bool add_masks(const uint8_t *, size_t, size_t, const uint8_t *, uint64_t, uint64_t *, size_t) {
    return false;
}

#endif
