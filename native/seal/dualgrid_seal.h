/* A thin C ABI over SEAL for one caller, io.dualgrid.ckks.seal. */
#ifndef DUALGRID_SEAL_H
#define DUALGRID_SEAL_H

#include <stdint.h>

#if defined(_WIN32)
#define DUALGRID_API __declspec(dllexport)
#else
#define DUALGRID_API __attribute__((visibility("default")))
#endif

#define DUALGRID_SEAL_ABI_VERSION 1

#ifdef __cplusplus
extern "C" {
#endif

DUALGRID_API int32_t dualgrid_seal_abi_version(void);

/* Version of the SEAL behind this library; a constant. */
DUALGRID_API const char *dualgrid_seal_version(void);

#ifdef __cplusplus
}
#endif

#endif
