// See transform.h.
#include "transform.h"

#if (defined(__x86_64__) || defined(_M_X64)) && !defined(_MSC_VER)
#define DUALGRID_X86_VECTORS 1
#include <immintrin.h>
#endif

namespace {

#ifdef DUALGRID_X86_VECTORS

#define DUALGRID_VECTORS __attribute__((target("avx2,fma")))
#define DUALGRID_INLINE __attribute__((target("avx2,fma"), always_inline)) inline

constexpr int lanes = 4;

// Below 2^53 by more than what rounding needs.
constexpr uint64_t largest_modulus = (uint64_t{ 1 } << 53) - (uint64_t{ 1 } << 16);

bool has_vectors() { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }

struct Modulus {
    __m256d q;
    __m256d inverse;
};

DUALGRID_INLINE __m256d rounded(__m256d x) {
    return _mm256_round_pd(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}

// |x| <= 2^53 to |x| <= q/2 + 1.
DUALGRID_INLINE __m256d reduced(__m256d x, const Modulus &m) {
    return _mm256_fnmadd_pd(rounded(_mm256_mul_pd(x, m.inverse)), m.q, x);
}

DUALGRID_INLINE __m256d product(__m256d x, __m256d w, __m256d quotient, const Modulus &m) {
    __m256d high = _mm256_mul_pd(x, w);
    __m256d low = _mm256_fmsub_pd(x, w, high);
    __m256d times = rounded(_mm256_mul_pd(x, quotient));
    return reduced(_mm256_add_pd(_mm256_fnmadd_pd(times, m.q, high), low), m);
}

// (a, b) <- (a + w·b, a - w·b)
DUALGRID_INLINE void cross(__m256d &a, __m256d &b, __m256d w, __m256d quotient, const Modulus &m) {
    __m256d t = product(b, w, quotient, m);
    b = reduced(_mm256_sub_pd(a, t), m);
    a = reduced(_mm256_add_pd(a, t), m);
}

// (a, b) <- (a + b, w·(a - b))
DUALGRID_INLINE void cross_back(__m256d &a, __m256d &b, __m256d w, __m256d quotient,
                                const Modulus &m) {
    __m256d difference = reduced(_mm256_sub_pd(a, b), m);
    a = reduced(_mm256_add_pd(a, b), m);
    b = product(difference, w, quotient, m);
}

// Two constants for neighbouring lanes each.
DUALGRID_INLINE __m256d twice(const double *two) {
    return _mm256_permute4x64_pd(_mm256_castpd128_pd256(_mm_loadu_pd(two)), 0x50);
}

DUALGRID_INLINE __m256d low_halves(__m256d a, __m256d b) {
    return _mm256_permute2f128_pd(a, b, 0x20);
}

DUALGRID_INLINE __m256d high_halves(__m256d a, __m256d b) {
    return _mm256_permute2f128_pd(a, b, 0x31);
}

// Integers from 0 to 2^53 as such, and back.
DUALGRID_INLINE __m256i integers(__m256d x) {
    const __m256d two32 = _mm256_set1_pd(4294967296.0), two52 = _mm256_set1_pd(4503599627370496.0);
    const __m256i fraction = _mm256_set1_epi64x((int64_t{ 1 } << 52) - 1);
    __m256d high = _mm256_floor_pd(_mm256_mul_pd(x, _mm256_set1_pd(1.0 / 4294967296.0)));
    __m256d low = _mm256_fnmadd_pd(high, two32, x);
    __m256i upper =
        _mm256_and_si256(_mm256_castpd_si256(_mm256_add_pd(high, two52)), fraction);
    __m256i lower = _mm256_and_si256(_mm256_castpd_si256(_mm256_add_pd(low, two52)), fraction);
    return _mm256_or_si256(_mm256_slli_epi64(upper, 32), lower);
}

// All pairs at a distance of a vector or more, in blocks with one constant each.
template <bool back>
DUALGRID_INLINE void stage(double *x, size_t gap, size_t blocks, const double *w,
                           const double *quotient, const Modulus &m) {
    for (size_t i = 0; i < blocks; i++) {
        double *upper = x + 2 * gap * i;
        __m256d root = _mm256_set1_pd(w[blocks + i]);
        __m256d part = _mm256_set1_pd(quotient[blocks + i]);
        for (size_t j = 0; j < gap; j += lanes) {
            __m256d a = _mm256_loadu_pd(upper + j), b = _mm256_loadu_pd(upper + gap + j);
            if constexpr (back) {
                cross_back(a, b, root, part, m);
            } else {
                cross(a, b, root, part, m);
            }
            _mm256_storeu_pd(upper + j, a);
            _mm256_storeu_pd(upper + gap + j, b);
        }
    }
}

DUALGRID_VECTORS void forward_stages(double *x, size_t degree, double q, const double *w,
                                     const double *quotient) {
    const Modulus m{ _mm256_set1_pd(q), _mm256_set1_pd(1 / q) };
    size_t blocks = 1;
    for (size_t gap = degree / 2; gap >= lanes; gap /= 2, blocks *= 2) {
        stage<false>(x, gap, blocks, w, quotient, m);
    }
    // the last two stages, whose pairs are nearer than a vector is long
    const double *w2 = w + degree / 4, *w1 = w + degree / 2;
    const double *quotient2 = quotient + degree / 4, *quotient1 = quotient + degree / 2;
    for (size_t j = 0; j < degree; j += 2 * lanes) {
        __m256d first = _mm256_loadu_pd(x + j), second = _mm256_loadu_pd(x + j + lanes);
        __m256d a = low_halves(first, second), b = high_halves(first, second);
        cross(a, b, twice(w2 + j / 4), twice(quotient2 + j / 4), m);
        __m256d c = _mm256_unpacklo_pd(a, b), d = _mm256_unpackhi_pd(a, b);
        cross(c, d, _mm256_loadu_pd(w1 + j / 2), _mm256_loadu_pd(quotient1 + j / 2), m);
        __m256d even = _mm256_unpacklo_pd(c, d), odd = _mm256_unpackhi_pd(c, d);
        _mm256_storeu_pd(x + j, low_halves(even, odd));
        _mm256_storeu_pd(x + j + lanes, high_halves(even, odd));
    }
}

DUALGRID_VECTORS void inverse_stages(double *x, size_t degree, double q, const double *w,
                                     const double *quotient) {
    const Modulus m{ _mm256_set1_pd(q), _mm256_set1_pd(1 / q) };
    const double *w2 = w + degree / 4, *w1 = w + degree / 2;
    const double *quotient2 = quotient + degree / 4, *quotient1 = quotient + degree / 2;
    for (size_t j = 0; j < degree; j += 2 * lanes) {
        __m256d first = _mm256_loadu_pd(x + j), second = _mm256_loadu_pd(x + j + lanes);
        __m256d even = low_halves(first, second), odd = high_halves(first, second);
        __m256d c = _mm256_unpacklo_pd(even, odd), d = _mm256_unpackhi_pd(even, odd);
        cross_back(c, d, _mm256_loadu_pd(w1 + j / 2), _mm256_loadu_pd(quotient1 + j / 2), m);
        __m256d a = _mm256_unpacklo_pd(c, d), b = _mm256_unpackhi_pd(c, d);
        cross_back(a, b, twice(w2 + j / 4), twice(quotient2 + j / 4), m);
        _mm256_storeu_pd(x + j, low_halves(a, b));
        _mm256_storeu_pd(x + j + lanes, high_halves(a, b));
    }
    size_t blocks = degree / 8;
    for (size_t gap = lanes; gap < degree; gap *= 2, blocks /= 2) {
        stage<true>(x, gap, blocks, w, quotient, m);
    }
    // over the degree, and from |x| <= q/2 + 1 to the nearest to zero
    const __m256d half = _mm256_set1_pd((q - 1) / 2);
    const __m256d scale = _mm256_set1_pd(w[0]), part = _mm256_set1_pd(quotient[0]);
    for (size_t j = 0; j < degree; j += lanes) {
        __m256d y = product(_mm256_loadu_pd(x + j), scale, part, m);
        __m256d above = _mm256_cmp_pd(y, half, _CMP_GT_OQ);
        __m256d below = _mm256_cmp_pd(y, _mm256_sub_pd(_mm256_setzero_pd(), half), _CMP_LT_OQ);
        y = _mm256_sub_pd(y, _mm256_and_pd(above, m.q));
        _mm256_storeu_pd(x + j, _mm256_add_pd(y, _mm256_and_pd(below, m.q)));
    }
}

DUALGRID_VECTORS void from_coefficients(const int64_t *coefficients, size_t degree, double *x) {
    for (size_t j = 0; j < degree; j += lanes) {
        const int64_t *from = coefficients + j;
        _mm256_storeu_pd(x + j, _mm256_setr_pd(static_cast<double>(from[0]),
                                               static_cast<double>(from[1]),
                                               static_cast<double>(from[2]),
                                               static_cast<double>(from[3])));
    }
}

// Residues below 2q, nearest to zero.
DUALGRID_VECTORS void from_residues(const uint64_t *residues, size_t degree, double q, double *x) {
    const __m256d modulus = _mm256_set1_pd(q);
    const __m256i whole = _mm256_set1_epi64x(static_cast<int64_t>(q));
    const __m256d half = _mm256_set1_pd((q - 1) / 2);
    const __m256i exponent = _mm256_castpd_si256(_mm256_set1_pd(4503599627370496.0)); // 2^52
    const __m256d two52 = _mm256_castsi256_pd(exponent), two32 = _mm256_set1_pd(4294967296.0);
    for (size_t j = 0; j < degree; j += lanes) {
        __m256i y = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(residues + j));
        __m256i less = _mm256_sub_epi64(y, whole);
        __m256i negative = _mm256_cmpgt_epi64(_mm256_setzero_si256(), less);
        y = _mm256_add_epi64(less, _mm256_and_si256(negative, whole)); // below q
        __m256i low = _mm256_and_si256(y, _mm256_set1_epi64x(0xffffffff));
        __m256d upper = _mm256_sub_pd(
            _mm256_castsi256_pd(_mm256_or_si256(_mm256_srli_epi64(y, 32), exponent)), two52);
        __m256d lower =
            _mm256_sub_pd(_mm256_castsi256_pd(_mm256_or_si256(low, exponent)), two52);
        __m256d z = _mm256_fmadd_pd(upper, two32, lower);
        __m256d above = _mm256_cmp_pd(z, half, _CMP_GT_OQ);
        _mm256_storeu_pd(x + j, _mm256_sub_pd(z, _mm256_and_pd(above, modulus)));
    }
}

DUALGRID_VECTORS void to_residues(const double *x, size_t degree, double q, uint64_t *residues) {
    const __m256d modulus = _mm256_set1_pd(q);
    for (size_t j = 0; j < degree; j += lanes) {
        __m256d y = _mm256_loadu_pd(x + j);
        __m256d below = _mm256_cmp_pd(y, _mm256_setzero_pd(), _CMP_LT_OQ);
        __m256i integer = integers(_mm256_add_pd(y, _mm256_and_pd(below, modulus)));
        _mm256_storeu_si256(reinterpret_cast<__m256i *>(residues + j), integer);
    }
}

#endif

} // namespace

void VectorTransform::Constants::add(uint64_t constant, double modulus) {
    double x = static_cast<double>(constant);
    value.push_back(x > modulus / 2 ? x - modulus : x);
    quotient.push_back(value.back() / modulus);
}

VectorTransform::VectorTransform(const seal::util::NTTTables &tables)
    : degree_(tables.coeff_count()), modulus_(static_cast<double>(tables.modulus().value())) {
    inverse_.add(tables.inv_degree_modulo().operand, modulus_);
    roots_.add(1, modulus_);
    for (size_t k = 1; k < degree_; k++) {
        roots_.add(tables.get_from_root_powers(k).operand, modulus_);
        // where SEAL keeps the inverse of the root that is at k
        size_t power = seal::util::reverse_bits(k, tables.coeff_count_power());
        size_t at = seal::util::reverse_bits(power - 1, tables.coeff_count_power()) + 1;
        inverse_.add(tables.get_from_inv_root_powers(at).operand, modulus_);
    }
}

#ifdef DUALGRID_X86_VECTORS

std::unique_ptr<const VectorTransform> VectorTransform::of(const seal::util::NTTTables &tables) {
    static const bool available = has_vectors();
    bool fits = tables.coeff_count() >= 2 * lanes && tables.modulus().value() <= largest_modulus;
    return std::unique_ptr<const VectorTransform>(
        available && fits ? new VectorTransform(tables) : nullptr);
}

void VectorTransform::forward(const int64_t *coefficients, uint64_t *residues) const {
    // in place: only vectors, which may alias anything, touch it
    double *x = reinterpret_cast<double *>(residues);
    from_coefficients(coefficients, degree_, x);
    forward_stages(x, degree_, modulus_, roots_.value.data(), roots_.quotient.data());
    to_residues(x, degree_, modulus_, residues);
}

void VectorTransform::inverse(const uint64_t *residues, double *coefficients) const {
    from_residues(residues, degree_, modulus_, coefficients);
    inverse_stages(coefficients, degree_, modulus_, inverse_.value.data(),
                   inverse_.quotient.data());
}

#else

std::unique_ptr<const VectorTransform> VectorTransform::of(const seal::util::NTTTables &) {
    return nullptr;
}

// Never called: there is no object.
void VectorTransform::forward(const int64_t *, uint64_t *) const {}

void VectorTransform::inverse(const uint64_t *, double *) const {}

#endif
