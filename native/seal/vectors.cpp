// See vectors.h: which of them the processor has.
#include "vectors.h"

#if (defined(__x86_64__) || defined(_M_X64)) && !defined(_MSC_VER)

#include <cpuid.h>

namespace {

bool has_wide_aes() {
    unsigned a = 0, b = 0, c = 0, d = 0;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (c >> 9 & 1) != 0;
}

} // namespace

const Vectors *avx2_vectors() {
    static const bool here = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    return here ? compiled_avx2_vectors : nullptr;
}

const Vectors *avx512_vectors() {
    static const bool here =
        __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq");
    return here ? compiled_avx512_vectors : nullptr;
}

WideCounter wide_counter() {
    static const bool here = __builtin_cpu_supports("avx512f") &&
                             __builtin_cpu_supports("avx512bw") && has_wide_aes();
    return here ? compiled_wide_counter : nullptr;
}

#else

const Vectors *avx2_vectors() { return nullptr; }

const Vectors *avx512_vectors() { return nullptr; }

WideCounter wide_counter() { return nullptr; }

#endif

const Vectors *widest_vectors() {
    const Vectors *widest = avx512_vectors();
    return widest != nullptr ? widest : avx2_vectors();
}
