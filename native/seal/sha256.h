// SHA-256 (FIPS 180-4).
#ifndef DUALGRID_SEAL_SHA256_H
#define DUALGRID_SEAL_SHA256_H

#include <cstddef>
#include <cstdint>

// The 32 bytes of the hash of public bytes: what is in between is not wiped.
void sha256(const uint8_t *bytes, size_t count, uint8_t *hash);

#endif
