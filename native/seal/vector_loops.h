// The loops of vectors.h over a set V of operations on vectors: D of doubles, I of integers of 64 bits,
// V::lanes of them. Included once by each file that has such a set, and compiled for its instructions.
//
// x·w mod q, for x and w nearest to zero: h = fl(x·w), l = x·w - h (fused, exact), c = round(h·fl(1/q)),
// (h - c·q) + l. Since |h| < q²/4 + q < 2^104, l is at most 2^50, and h·fl(1/q) off by at most 1/4
// from h/q; so h - c·q is at most 3/4·q away from zero and the result, where q is above 2^52, at most
// 7/8·q, below 2^53: both are exact. Where q is smaller, less is lost. A sum is rounded to a whole number
// by adding 3·2^51 and taking it away again, fused with the product before: one rounding for both. No
// branch and no address depends on a residue.
#ifndef DUALGRID_SEAL_VECTOR_LOOPS_H
#define DUALGRID_SEAL_VECTOR_LOOPS_H

#include "vectors.h"

#include <immintrin.h>

namespace {

constexpr double rounding = 6755399441055744.0; // 3·2^51

template <typename V> struct Modulus {
    explicit Modulus(double modulus) : q(V::all(modulus)), inverse(V::all(1 / modulus)) {}

    typename V::D q;
    typename V::D inverse;
};

// round(x/q), for |x/q| < 2^51
template <typename V> inline typename V::D quotient(typename V::D x, const Modulus<V> &m) {
    const auto shift = V::all(rounding);
    return V::less(V::fused(x, m.inverse, shift), shift);
}

// |x| <= 2^53 to |x| <= q/2 + 1.
template <typename V> inline typename V::D reduced(typename V::D x, const Modulus<V> &m) {
    return V::fused_less(quotient<V>(x, m), m.q, x);
}

template <typename V>
inline typename V::D product(typename V::D x, typename V::D w, const Modulus<V> &m) {
    auto high = V::times(x, w);
    auto low = V::fused_minus(x, w, high);
    auto rest = V::fused_less(quotient<V>(high, m), m.q, high);
    return reduced<V>(V::plus(rest, low), m);
}

// (a, b) <- (a + w·b, a - w·b)
template <typename V>
inline void cross(typename V::D &a, typename V::D &b, typename V::D w, const Modulus<V> &m) {
    auto t = product<V>(b, w, m);
    b = reduced<V>(V::less(a, t), m);
    a = reduced<V>(V::plus(a, t), m);
}

// (a, b) <- (a + b, w·(a - b))
template <typename V>
inline void cross_back(typename V::D &a, typename V::D &b, typename V::D w, const Modulus<V> &m) {
    auto difference = reduced<V>(V::less(a, b), m);
    a = reduced<V>(V::plus(a, b), m);
    b = product<V>(difference, w, m);
}

// All pairs at a distance of a vector or more, in blocks with one root each.
template <typename V, bool back>
inline void stage(double *x, size_t gap, size_t blocks, const double *roots, const Modulus<V> &m) {
    for (size_t i = 0; i < blocks; i++) {
        double *upper = x + 2 * gap * i;
        const auto root = V::all(roots[blocks + i]);
        for (size_t j = 0; j < gap; j += V::lanes) {
            auto a = V::load(upper + j), b = V::load(upper + gap + j);
            if constexpr (back) {
                cross_back<V>(a, b, root, m);
            } else {
                cross<V>(a, b, root, m);
            }
            V::store(upper + j, a);
            V::store(upper + gap + j, b);
        }
    }
}

// Pairs nearer than a vector is long lie within two vectors: V knows how.
template <typename V> void forward(double *x, size_t degree, double q, const double *roots) {
    const Modulus<V> m(q);
    size_t blocks = 1;
    for (size_t gap = degree / 2; gap >= V::lanes; gap /= 2, blocks *= 2) {
        stage<V, false>(x, gap, blocks, roots, m);
    }
    for (size_t j = 0; j < degree; j += 2 * V::lanes) {
        auto a = V::load(x + j), b = V::load(x + j + V::lanes);
        V::near_stages(a, b, roots, degree, j, m);
        V::store(x + j, a);
        V::store(x + j + V::lanes, b);
    }
}

template <typename V> void inverse(double *x, size_t degree, double q, const double *inverses) {
    const Modulus<V> m(q);
    for (size_t j = 0; j < degree; j += 2 * V::lanes) {
        auto a = V::load(x + j), b = V::load(x + j + V::lanes);
        V::near_stages_back(a, b, inverses, degree, j, m);
        V::store(x + j, a);
        V::store(x + j + V::lanes, b);
    }
    size_t blocks = degree / (2 * V::lanes);
    for (size_t gap = V::lanes; gap < degree; gap *= 2, blocks /= 2) {
        stage<V, true>(x, gap, blocks, inverses, m);
    }
    // over the degree, and from |x| <= q/2 + 1 to the nearest to zero
    const auto half = V::all((q - 1) / 2), scale = V::all(inverses[0]);
    for (size_t j = 0; j < degree; j += V::lanes) {
        auto y = product<V>(V::load(x + j), scale, m);
        y = V::less_where_above(y, half, m.q);
        V::store(x + j, V::plus_where_below(y, V::less(V::all(0), half), m.q));
    }
}

template <typename V> inline typename V::D nearest_of(const uint64_t *residues, const Modulus<V> &m) {
    auto x = V::doubles(V::load(residues));
    return V::less_where_above(x, V::times(m.q, V::all(0.5)), m.q);
}

template <typename V>
inline void store_residues(uint64_t *residues, typename V::D x, const Modulus<V> &m) {
    V::store(residues, V::integers(V::plus_where_below(x, V::all(0), m.q)));
}

template <typename V> void doubles(const int64_t *integers, size_t count, double *x) {
    for (size_t j = 0; j < count; j += V::lanes) {
        V::store(x + j, V::doubles(V::load(integers + j)));
    }
}

template <typename V> void nearest(const uint64_t *residues, size_t count, double q, double *x) {
    const Modulus<V> m(q);
    for (size_t j = 0; j < count; j += V::lanes) {
        V::store(x + j, nearest_of<V>(residues + j, m));
    }
}

template <typename V>
void add_product(const double *a, const double *b, const double *c, size_t count, double q,
                 uint64_t *residues) {
    const Modulus<V> m(q);
    for (size_t j = 0; j < count; j += V::lanes) {
        auto t = product<V>(V::load(a + j), V::load(b + j), m);
        store_residues<V>(residues + j, reduced<V>(V::plus(V::load(c + j), t), m), m);
    }
}

template <typename V>
void less_product(const uint64_t *r, const double *b, const double *c, size_t count, double q,
                  uint64_t *residues) {
    const Modulus<V> m(q);
    for (size_t j = 0; j < count; j += V::lanes) {
        auto t = product<V>(nearest_of<V>(r + j, m), V::load(b + j), m);
        store_residues<V>(residues + j, reduced<V>(V::less(V::load(c + j), t), m), m);
    }
}

template <typename V>
void sum_product(const uint64_t *r, const double *b, const uint64_t *c, size_t count, double q,
                 double *x) {
    const Modulus<V> m(q);
    for (size_t j = 0; j < count; j += V::lanes) {
        auto t = product<V>(nearest_of<V>(r + j, m), V::load(b + j), m);
        V::store(x + j, reduced<V>(V::plus(nearest_of<V>(c + j, m), t), m));
    }
}

template <typename V>
void two_products(const uint64_t *numbers, const uint64_t *residues, size_t count,
                  uint64_t *sums) {
    typename V::I totals[2][3];
    for (auto &word : totals) {
        for (auto &total : word) {
            total = V::none();
        }
    }
    for (size_t j = 0; j < count; j += V::lanes) {
        auto residue = V::load(residues + j);
        auto low = V::low_limb(residue), high = V::high_limb(residue);
        for (size_t w = 0; w < 2; w++) {
            auto number = V::load(numbers + w + j);
            auto lower = V::low_limb(number), upper = V::high_limb(number);
            auto mixed = V::plus(V::halves_product(low, upper), V::halves_product(high, lower));
            totals[w][0] = V::plus(totals[w][0], V::halves_product(low, lower));
            totals[w][1] = V::plus(totals[w][1], mixed);
            totals[w][2] = V::plus(totals[w][2], V::halves_product(high, upper));
        }
    }
    for (size_t w = 0; w < 2; w++) {
        for (size_t k = 0; k < 3; k++) {
            uint64_t lanes[V::lanes];
            V::store(lanes, totals[w][k]);
            uint64_t sum = 0;
            for (uint64_t lane : lanes) {
                sum += lane;
            }
            sums[3 * w + k] = sum;
        }
    }
}

template <typename V>
constexpr Vectors vectors_of = { V::name,           V::lanes,         forward<V>,
                                 inverse<V>,        doubles<V>,       nearest<V>,
                                 add_product<V>,    less_product<V>,  sum_product<V>,
                                 two_products<V> };

} // namespace

#endif
