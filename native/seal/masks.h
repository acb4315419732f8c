// The masks of secure sums, as io.dualgrid.securesum.SecureSumParty describes them.
#ifndef DUALGRID_SEAL_MASKS_H
#define DUALGRID_SEAL_MASKS_H

#include <cstddef>
#include <cstdint>

// Adds the masks of the keys from number `subtracted` on to numbers of 128 bits, low word first, and
// subtracts those of the keys before. Keys have 32 bytes, `agreed` 16. False, with nothing done,
// where the processor has no instructions for AES.
bool add_masks(const uint8_t *keys, size_t key_count, size_t subtracted, const uint8_t *agreed,
               uint64_t round, uint64_t *words, size_t numbers);

#endif
