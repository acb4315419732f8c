// The loops of vectors.h with AVX-512: compiled for it.
#include "vectors.h"

#if defined(__AVX512F__) && defined(__AVX512DQ__)

#include "vector_loops.h"

namespace {

struct Avx512 {
    using D = __m512d;
    using I = __m512i;
    static constexpr const char *name = "AVX-512";
    static constexpr size_t lanes = 8;

    static D all(double x) { return _mm512_set1_pd(x); }
    static I none() { return _mm512_setzero_si512(); }
    static D load(const double *x) { return _mm512_loadu_pd(x); }
    static I load(const uint64_t *x) { return _mm512_loadu_si512(x); }
    static I load(const int64_t *x) { return _mm512_loadu_si512(x); }
    static void store(double *x, D value) { _mm512_storeu_pd(x, value); }
    static void store(uint64_t *x, I value) { _mm512_storeu_si512(x, value); }

    static D plus(D a, D b) { return _mm512_add_pd(a, b); }
    static D less(D a, D b) { return _mm512_sub_pd(a, b); }
    static D times(D a, D b) { return _mm512_mul_pd(a, b); }
    static D fused(D a, D b, D c) { return _mm512_fmadd_pd(a, b, c); }        // a·b + c
    static D fused_minus(D a, D b, D c) { return _mm512_fmsub_pd(a, b, c); } // a·b - c
    static D fused_less(D a, D b, D c) { return _mm512_fnmadd_pd(a, b, c); } // c - a·b

    static D less_where_above(D x, D bound, D q) {
        return _mm512_mask_sub_pd(x, _mm512_cmp_pd_mask(x, bound, _CMP_GT_OQ), x, q);
    }

    static D plus_where_below(D x, D bound, D q) {
        return _mm512_mask_add_pd(x, _mm512_cmp_pd_mask(x, bound, _CMP_LT_OQ), x, q);
    }

    static D doubles(I x) { return _mm512_cvtepi64_pd(x); }
    static I integers(D x) { return _mm512_cvtpd_epi64(x); }

    static I plus(I a, I b) { return _mm512_add_epi64(a, b); }
    static I halves_product(I a, I b) { return _mm512_mul_epu32(a, b); }
    static I high_limb(I x) { return _mm512_srli_epi64(x, limb_bits); }
    static I low_limb(I x) {
        return _mm512_and_si512(x, _mm512_set1_epi64((int64_t{ 1 } << limb_bits) - 1));
    }

    // Pairs at a distance of 4, 2 and 1 in the sixteen numbers from j on.
    static void near_stages(D &first, D &second, const double *roots, size_t degree, size_t j,
                            const Modulus<Avx512> &m) {
        D a = low_halves(first, second), b = high_halves(first, second);
        cross<Avx512>(a, b, four_times(roots + degree / 8 + j / 8), m);
        D c = even_quarters(a, b), d = odd_quarters(a, b);
        cross<Avx512>(c, d, twice(roots + degree / 4 + j / 4), m);
        D even = _mm512_unpacklo_pd(c, d), odd = _mm512_unpackhi_pd(c, d);
        cross<Avx512>(even, odd, load(roots + degree / 2 + j / 2), m);
        first = mixed(even, odd, 0, 8, 1, 9, 2, 10, 3, 11);
        second = mixed(even, odd, 4, 12, 5, 13, 6, 14, 7, 15);
    }

    static void near_stages_back(D &first, D &second, const double *inverses, size_t degree,
                                 size_t j, const Modulus<Avx512> &m) {
        D even = mixed(first, second, 0, 2, 4, 6, 8, 10, 12, 14);
        D odd = mixed(first, second, 1, 3, 5, 7, 9, 11, 13, 15);
        cross_back<Avx512>(even, odd, load(inverses + degree / 2 + j / 2), m);
        D c = _mm512_unpacklo_pd(even, odd), d = _mm512_unpackhi_pd(even, odd);
        cross_back<Avx512>(c, d, twice(inverses + degree / 4 + j / 4), m);
        D a = even_quarters(c, d), b = odd_quarters(c, d);
        cross_back<Avx512>(a, b, four_times(inverses + degree / 8 + j / 8), m);
        first = low_halves(a, b);
        second = high_halves(a, b);
    }

private:
    static D low_halves(D a, D b) { return _mm512_shuffle_f64x2(a, b, 0x44); }
    static D high_halves(D a, D b) { return _mm512_shuffle_f64x2(a, b, 0xee); }

    // Of pairs of numbers the first, third of both in turn; and the second, fourth.
    static D even_quarters(D a, D b) { return mixed(a, b, 0, 1, 8, 9, 4, 5, 12, 13); }
    static D odd_quarters(D a, D b) { return mixed(a, b, 2, 3, 10, 11, 6, 7, 14, 15); }

    // Numbers of a, from 0 on, and of b, from 8 on.
    static D mixed(D a, D b, int i0, int i1, int i2, int i3, int i4, int i5, int i6, int i7) {
        return _mm512_permutex2var_pd(a, _mm512_setr_epi64(i0, i1, i2, i3, i4, i5, i6, i7), b);
    }

    // Four numbers for two neighbouring lanes each, and two for four.
    static D twice(const double *four) {
        return _mm512_permutexvar_pd(_mm512_setr_epi64(0, 0, 1, 1, 2, 2, 3, 3),
                                     _mm512_castpd256_pd512(_mm256_loadu_pd(four)));
    }

    static D four_times(const double *two) {
        return _mm512_permutexvar_pd(_mm512_setr_epi64(0, 0, 0, 0, 1, 1, 1, 1),
                                     _mm512_castpd128_pd512(_mm_loadu_pd(two)));
    }
};

} // namespace

const Vectors *const compiled_avx512_vectors = &vectors_of<Avx512>;

#else

const Vectors *const compiled_avx512_vectors = nullptr;

#endif
