// See encoding.h.
#include "encoding.h"

#include "clones.h"

#include <algorithm>
#include <cmath>

namespace {

// One stage of the transform, of blocks of 2 · half values.
DUALGRID_CLONES void butterflies(double *re, double *im, size_t slots, size_t half,
                                 const double *DUALGRID_RESTRICT c,
                                 const double *DUALGRID_RESTRICT s) {
    for (size_t start = 0; start < slots; start += 2 * half) {
        double *DUALGRID_RESTRICT a = re + start;
        double *DUALGRID_RESTRICT b = re + start + half;
        double *DUALGRID_RESTRICT ai = im + start;
        double *DUALGRID_RESTRICT bi = im + start + half;
        for (size_t k = 0; k < half; k++) {
            double x = b[k] * c[k] + bi[k] * s[k];
            double y = bi[k] * c[k] - b[k] * s[k];
            b[k] = a[k] - x;
            bi[k] = ai[k] - y;
            a[k] += x;
            ai[k] += y;
        }
    }
}

// The same, back.
DUALGRID_CLONES void butterflies_back(double *re, double *im, size_t slots, size_t half,
                                      const double *DUALGRID_RESTRICT c,
                                      const double *DUALGRID_RESTRICT s) {
    for (size_t start = 0; start < slots; start += 2 * half) {
        double *DUALGRID_RESTRICT a = re + start;
        double *DUALGRID_RESTRICT b = re + start + half;
        double *DUALGRID_RESTRICT ai = im + start;
        double *DUALGRID_RESTRICT bi = im + start + half;
        for (size_t k = 0; k < half; k++) {
            double x = a[k] - b[k], y = ai[k] - bi[k];
            a[k] += b[k];
            ai[k] += bi[k];
            b[k] = x * c[k] - y * s[k];
            bi[k] = x * s[k] + y * c[k];
        }
    }
}

// The first two stages, whose roots are 1 and -i: no products.
void first_stages(double *re, double *im, size_t slots) {
    for (size_t j = 0; j < slots; j += 4) {
        double a = re[j] + re[j + 1], ai = im[j] + im[j + 1];
        double b = re[j] - re[j + 1], bi = im[j] - im[j + 1];
        double c = re[j + 2] + re[j + 3], ci = im[j + 2] + im[j + 3];
        double d = re[j + 2] - re[j + 3], di = im[j + 2] - im[j + 3];
        re[j] = a + c, im[j] = ai + ci;
        re[j + 2] = a - c, im[j + 2] = ai - ci;
        re[j + 1] = b + di, im[j + 1] = bi - d;
        re[j + 3] = b - di, im[j + 3] = bi + d;
    }
}

// The last two of the way back.
void last_stages(double *re, double *im, size_t slots) {
    for (size_t j = 0; j < slots; j += 4) {
        double a = re[j] + re[j + 2], ai = im[j] + im[j + 2];
        double c = re[j] - re[j + 2], ci = im[j] - im[j + 2];
        double b = re[j + 1] + re[j + 3], bi = im[j + 1] + im[j + 3];
        double d = re[j + 1] - re[j + 3], di = im[j + 1] - im[j + 3];
        re[j] = a + b, im[j] = ai + bi;
        re[j + 1] = a - b, im[j + 1] = ai - bi;
        re[j + 2] = c - di, im[j + 2] = ci + d;
        re[j + 3] = c + di, im[j + 3] = ci - d;
    }
}

} // namespace

Encoding::Encoding(size_t ring_degree)
    : slots_(ring_degree / 2), position_(slots_), twist_cos_(slots_), twist_sin_(slots_) {
    const double pi = std::acos(-1.0);
    size_t exponent = 1;
    for (size_t j = 0; j < slots_; j++) {
        size_t folded = (exponent & 3) == 1 ? exponent : 2 * ring_degree - exponent;
        size_t reversed = 0;
        for (size_t bit = 1, rest = (folded - 1) / 4; bit < slots_; bit <<= 1, rest >>= 1) {
            reversed = reversed << 1 | (rest & 1);
        }
        position_[j] = reversed;
        exponent = exponent * 3 & (2 * ring_degree - 1);
        double angle = pi * static_cast<double>(j) / static_cast<double>(ring_degree);
        twist_cos_[j] = std::cos(angle);
        twist_sin_[j] = std::sin(angle);
    }
    for (size_t half = 1; half < slots_; half <<= 1) {
        for (size_t k = 0; k < half; k++) {
            double angle = pi * static_cast<double>(k) / static_cast<double>(half);
            root_cos_.push_back(std::cos(angle));
            root_sin_.push_back(std::sin(angle));
        }
    }
}

void Encoding::encode(const double *values, size_t count, double scale, int64_t *coefficients,
                      double *scratch) const {
    double *re = scratch;
    double *im = scratch + slots_;
    std::fill_n(scratch, 2 * slots_, 0.0);
    double factor = scale / static_cast<double>(slots_);
    for (size_t j = 0; j < count; j++) {
        re[position_[j]] = values[j] * factor;
    }
    from_bit_reversed(re, im);
    for (size_t k = 0; k < slots_; k++) {
        double c = twist_cos_[k], s = twist_sin_[k];
        coefficients[k] = std::llrint(re[k] * c + im[k] * s);
        coefficients[k + slots_] = std::llrint(im[k] * c - re[k] * s);
    }
}

void Encoding::decode(double *coefficients, double scale, double *values) const {
    double *re = coefficients;
    double *im = coefficients + slots_;
    double factor = 1 / scale;
    for (size_t k = 0; k < slots_; k++) {
        double x = re[k] * factor, y = im[k] * factor;
        re[k] = x * twist_cos_[k] - y * twist_sin_[k];
        im[k] = x * twist_sin_[k] + y * twist_cos_[k];
    }
    to_bit_reversed(re, im);
    for (size_t j = 0; j < slots_; j++) {
        values[j] = re[position_[j]];
    }
}

void Encoding::from_bit_reversed(double *re, double *im) const {
    first_stages(re, im, slots_);
    for (size_t half = 4; half < slots_; half <<= 1) {
        butterflies(re, im, slots_, half, root_cos_.data() + half - 1, root_sin_.data() + half - 1);
    }
}

void Encoding::to_bit_reversed(double *re, double *im) const {
    for (size_t half = slots_ / 2; half >= 4; half >>= 1) {
        butterflies_back(re, im, slots_, half, root_cos_.data() + half - 1,
                         root_sin_.data() + half - 1);
    }
    last_stages(re, im, slots_);
}
