// The loops of vectors.h with AVX2 and fused products: compiled for them.
#include "vectors.h"

#if defined(__AVX2__) && defined(__FMA__)

#include "vector_loops.h"

namespace {

struct Avx2 {
    using D = __m256d;
    using I = __m256i;
    static constexpr const char *name = "AVX2";
    static constexpr size_t lanes = 4;

    static D all(double x) { return _mm256_set1_pd(x); }
    static I none() { return _mm256_setzero_si256(); }
    static D load(const double *x) { return _mm256_loadu_pd(x); }
    static I load(const uint64_t *x) { return whole(x); }
    static I load(const int64_t *x) { return whole(x); }
    static void store(double *x, D value) { _mm256_storeu_pd(x, value); }
    static void store(uint64_t *x, I value) {
        _mm256_storeu_si256(reinterpret_cast<__m256i *>(x), value);
    }

    static D plus(D a, D b) { return _mm256_add_pd(a, b); }
    static D less(D a, D b) { return _mm256_sub_pd(a, b); }
    static D times(D a, D b) { return _mm256_mul_pd(a, b); }
    static D fused(D a, D b, D c) { return _mm256_fmadd_pd(a, b, c); }        // a·b + c
    static D fused_minus(D a, D b, D c) { return _mm256_fmsub_pd(a, b, c); } // a·b - c
    static D fused_less(D a, D b, D c) { return _mm256_fnmadd_pd(a, b, c); } // c - a·b

    static D less_where_above(D x, D bound, D q) {
        return less(x, _mm256_and_pd(_mm256_cmp_pd(x, bound, _CMP_GT_OQ), q));
    }

    static D plus_where_below(D x, D bound, D q) {
        return plus(x, _mm256_and_pd(_mm256_cmp_pd(x, bound, _CMP_LT_OQ), q));
    }

    // Of magnitude up to 2^53: the halves as fractions of doubles whose exponents stand for them.
    static D doubles(I x) {
        const I two52 = _mm256_set1_epi64x(0x4330000000000000);
        const I two84_63 = _mm256_set1_epi64x(0x4530000080000000); // 2^84 + 2^63
        const D both = _mm256_castsi256_pd(_mm256_set1_epi64x(0x4530000080100000));
        I low = _mm256_blend_epi32(two52, x, 0x55);
        I high = _mm256_xor_si256(_mm256_srli_epi64(x, 32), two84_63);
        return plus(less(_mm256_castsi256_pd(high), both), _mm256_castsi256_pd(low));
    }

    // From 0 to 2^53.
    static I integers(D x) {
        const D two32 = all(4294967296.0), two52 = all(4503599627370496.0);
        const I fraction = _mm256_set1_epi64x((int64_t{ 1 } << 52) - 1);
        D high = _mm256_floor_pd(times(x, all(1.0 / 4294967296.0)));
        D low = fused_less(high, two32, x);
        I upper = _mm256_and_si256(_mm256_castpd_si256(plus(high, two52)), fraction);
        I lower = _mm256_and_si256(_mm256_castpd_si256(plus(low, two52)), fraction);
        return _mm256_or_si256(_mm256_slli_epi64(upper, 32), lower);
    }

    static I plus(I a, I b) { return _mm256_add_epi64(a, b); }
    static I halves_product(I a, I b) { return _mm256_mul_epu32(a, b); }
    static I high_limb(I x) { return _mm256_srli_epi64(x, limb_bits); }
    static I low_limb(I x) {
        return _mm256_and_si256(x, _mm256_set1_epi64x((int64_t{ 1 } << limb_bits) - 1));
    }

    // Pairs at a distance of 2 and of 1 in the eight numbers from j on.
    static void near_stages(D &first, D &second, const double *roots, size_t degree, size_t j,
                            const Modulus<Avx2> &m) {
        D a = low_halves(first, second), b = high_halves(first, second);
        cross<Avx2>(a, b, twice(roots + degree / 4 + j / 4), m);
        D c = _mm256_unpacklo_pd(a, b), d = _mm256_unpackhi_pd(a, b);
        cross<Avx2>(c, d, load(roots + degree / 2 + j / 2), m);
        D even = _mm256_unpacklo_pd(c, d), odd = _mm256_unpackhi_pd(c, d);
        first = low_halves(even, odd);
        second = high_halves(even, odd);
    }

    static void near_stages_back(D &first, D &second, const double *inverses, size_t degree,
                                 size_t j, const Modulus<Avx2> &m) {
        D even = low_halves(first, second), odd = high_halves(first, second);
        D c = _mm256_unpacklo_pd(even, odd), d = _mm256_unpackhi_pd(even, odd);
        cross_back<Avx2>(c, d, load(inverses + degree / 2 + j / 2), m);
        D a = _mm256_unpacklo_pd(c, d), b = _mm256_unpackhi_pd(c, d);
        cross_back<Avx2>(a, b, twice(inverses + degree / 4 + j / 4), m);
        first = low_halves(a, b);
        second = high_halves(a, b);
    }

private:
    static I whole(const void *x) { return _mm256_loadu_si256(static_cast<const __m256i *>(x)); }

    // Two numbers, each for neighbouring lanes.
    static D twice(const double *two) {
        return _mm256_permute4x64_pd(_mm256_castpd128_pd256(_mm_loadu_pd(two)), 0x50);
    }

    static D low_halves(D a, D b) { return _mm256_permute2f128_pd(a, b, 0x20); }
    static D high_halves(D a, D b) { return _mm256_permute2f128_pd(a, b, 0x31); }
};

} // namespace

const Vectors *const compiled_avx2_vectors = &vectors_of<Avx2>;

#else

const Vectors *const compiled_avx2_vectors = nullptr;

#endif
