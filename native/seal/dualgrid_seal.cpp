// See dualgrid_seal.h.
#include "dualgrid_seal.h"

#include <seal/seal.h>

int32_t dualgrid_seal_abi_version(void) { return DUALGRID_SEAL_ABI_VERSION; }

const char *dualgrid_seal_version(void) { return SEAL_VERSION; }
