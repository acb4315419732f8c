// See ring.h.
#include "ring.h"

#include "dualgrid_seal.h"
#include "refusal.h"

#include <seal/util/ntt.h>
#include <seal/util/rns.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace {

using seal::util::MultiplyUIntModOperand;

seal::SEALContext checked(uint64_t ring_degree, const uint64_t *moduli, size_t modulus_count) {
    require(modulus_count >= 1 && modulus_count <= SEAL_COEFF_MOD_COUNT_MAX,
            DUALGRID_SEAL_BAD_LENGTH, "too few or too many moduli");
    require(ring_degree <= SEAL_POLY_MOD_DEGREE_MAX, DUALGRID_SEAL_BAD_ARGUMENT,
            "the ring degree is too large");
    seal::EncryptionParameters parameters(seal::scheme_type::ckks);
    parameters.set_poly_modulus_degree(static_cast<size_t>(ring_degree));
    parameters.set_coeff_modulus(std::vector<seal::Modulus>(moduli, moduli + modulus_count));
    seal::SEALContext context(parameters, false, seal::sec_level_type::tc128);
    require(context.parameters_set(), DUALGRID_SEAL_BAD_ARGUMENT,
            context.parameter_error_message());
    return context;
}

// Encoded coefficients are 64-bit integers, and stay below the modulus.
double largest_coefficient(const seal::SEALContext &context) {
    int bits = context.first_context_data()->total_coeff_modulus_bit_count();
    return std::ldexp(1.0, std::min(bits - 2, 61));
}

} // namespace

Ring::Ring(uint64_t ring_degree, const uint64_t *moduli, size_t modulus_count)
    : seal_(checked(ring_degree, moduli, modulus_count)),
      degree_(seal_.key_context_data()->parms().poly_modulus_degree()),
      key_moduli_(seal_.key_context_data()->parms().coeff_modulus()),
      products_(key_moduli_.begin(), key_moduli_.end()),
      data_moduli_(seal_.first_context_data()->parms().coeff_modulus().size()),
      largest_(largest_coefficient(seal_)), radix_(data_moduli_), garner_(data_moduli_),
      encoding_(degree_),
      vectors_(key_moduli_.size() == 1
                   ? VectorRing::of(seal_.key_context_data()->small_ntt_tables()[0])
                   : nullptr) {
    for (size_t k = 1; k < data_moduli_; k++) {
        const seal::Modulus &modulus = key_moduli_[k];
        uint64_t product = 1;
        radix_[k].resize(k);
        for (size_t j = 0; j < k; j++) {
            radix_[k][j].set(key_moduli_[j].value() % modulus.value(), modulus);
            product = seal::util::multiply_uint_mod(product, radix_[k][j], modulus);
        }
        uint64_t inverse = 0;
        require(seal::util::try_invert_uint_mod(product, modulus, inverse),
                DUALGRID_SEAL_BAD_ARGUMENT, "two moduli have a common factor");
        garner_[k].set(inverse, modulus);
    }
}

size_t Ring::chunks(uint64_t value_count, uint64_t residue_count) const {
    require(value_count >= 1 && value_count <= SIZE_MAX / 2, DUALGRID_SEAL_BAD_LENGTH, "no values");
    size_t count = (static_cast<size_t>(value_count) + slots() - 1) / slots();
    require(residue_count % ciphertext_length() == 0 &&
                residue_count / ciphertext_length() == count,
            DUALGRID_SEAL_BAD_LENGTH, "residues do not have the length of the ciphertexts");
    return count;
}

size_t Ring::chunks(uint64_t residue_count) const {
    require(residue_count >= 1 && residue_count % ciphertext_length() == 0,
            DUALGRID_SEAL_BAD_LENGTH, "residues do not have the length of ciphertexts");
    return static_cast<size_t>(residue_count) / ciphertext_length();
}

void Ring::require_in_range(const uint64_t *residues, size_t pairs, size_t moduli) const {
    for (size_t polynomial = 0; polynomial < 2 * pairs; polynomial++) {
        for (size_t i = 0; i < moduli; i++) {
            const uint64_t q = key_moduli_[i].value();
            uint64_t beyond = 0;
            for (size_t j = 0; j < degree_; j++) {
                beyond |= (q - 1 - residues[j]) | residues[j];
            }
            require(beyond >> 63 == 0, DUALGRID_SEAL_BAD_RESIDUE,
                    "a residue is not below its modulus");
            residues += degree_;
        }
    }
}

void Ring::require_scale(double scale) const {
    int bits = seal_.first_context_data()->total_coeff_modulus_bit_count();
    require(scale > 0 && scale < std::ldexp(1.0, std::min(bits, 1000)), DUALGRID_SEAL_BAD_ARGUMENT,
            "the scale is not a positive number below the modulus");
}

void Ring::encode(const double *values, size_t value_count, size_t chunk, double scale,
                  int64_t *coefficients, double *scratch) const {
    require_scale(scale);
    size_t from = chunk * slots();
    size_t count = std::min(slots(), value_count - from);
    // No coefficient exceeds the largest value times the scale.
    double limit = std::min(largest_ / scale, std::numeric_limits<double>::max());
    bool all = true;
    for (size_t j = from; j < from + count; j++) {
        all &= std::fabs(values[j]) <= limit;
    }
    require(all, DUALGRID_SEAL_BAD_ARGUMENT,
            "a value is not finite, or too large for the modulus");
    encoding_.encode(values + from, count, scale, coefficients, scratch);
}

void Ring::transform(const int64_t *coefficients, size_t i, uint64_t *residues) const {
    const seal::Modulus &modulus = key_moduli_[i];
    const uint64_t q = modulus.value();
    if (data_moduli_ == 1 && i == 0) {
        // encode() keeps coefficients below a quarter of the only modulus
        for (size_t j = 0; j < degree_; j++) {
            residues[j] = static_cast<uint64_t>(coefficients[j]) +
                          (q & static_cast<uint64_t>(coefficients[j] >> 63));
        }
    } else {
        for (size_t j = 0; j < degree_; j++) {
            uint64_t sign = static_cast<uint64_t>(coefficients[j] >> 63);
            uint64_t magnitude = (static_cast<uint64_t>(coefficients[j]) ^ sign) - sign;
            uint64_t residue = seal::util::barrett_reduce_64(magnitude, modulus);
            residues[j] = reduce_once((residue ^ sign) - sign + (q & sign), q);
        }
    }
    seal::util::ntt_negacyclic_harvey_lazy(seal::util::CoeffIter(residues),
                                           seal_.key_context_data()->small_ntt_tables()[i]);
}

void Ring::add(const int64_t *coefficients, uint64_t *residues, uint64_t *scratch) const {
    for (size_t i = 0; i < data_moduli_; i++) {
        const uint64_t q = key_moduli_[i].value();
        transform(coefficients, i, scratch);
        uint64_t *out = residues + i * degree_;
        for (size_t j = 0; j < degree_; j++) {
            uint64_t sum = reduce_once(scratch[j], 2 * q) + out[j];
            out[j] = reduce_once(reduce_once(sum, 2 * q), q);
        }
    }
}

void Ring::divide_by_special(uint64_t *polynomial, const seal::MemoryPoolHandle &pool) const {
    const auto &data = *seal_.key_context_data();
    data.rns_tool()->divide_and_round_q_last_ntt_inplace(
        seal::util::RNSIter(polynomial, degree_), data.small_ntt_tables(), pool);
}

// By mixed radix with digits centred around zero (Garner): x = d0 + q0 · (d1 + q1 · (d2 + …)), so that
// a small number has small digits and loses nothing in double precision. The digits stand where the
// residues were, as residues of their own modulus.
void Ring::centred(uint64_t *residues, double *coefficients) const {
    double weight = 1;
    for (size_t k = 0; k < data_moduli_; k++) {
        const seal::Modulus &modulus = key_moduli_[k];
        const uint64_t q = modulus.value();
        uint64_t *digits = residues + k * degree_;
        seal::util::inverse_ntt_negacyclic_harvey(seal::util::CoeffIter(digits),
                                                  seal_.key_context_data()->small_ntt_tables()[k]);
        for (size_t i = 0; i < degree_; i++) {
            uint64_t digit = digits[i];
            if (k > 0) {
                // (x - value of the digits so far) / (q0 … q(k-1)) mod qk
                uint64_t before = 0;
                for (size_t j = k; j-- > 0;) {
                    before = seal::util::multiply_uint_mod(before, radix_[k][j], modulus);
                    before = reduce_once(before + digit_in(residues[j * degree_ + i], j, k), q);
                }
                digit = seal::util::multiply_uint_mod(digit + q - before, garner_[k], modulus);
                digits[i] = digit;
            }
            uint64_t beyond_half = 0 - ((q / 2 - digit) >> 63);
            double centred = static_cast<double>(static_cast<int64_t>(digit - (q & beyond_half)));
            coefficients[i] = k == 0 ? centred : coefficients[i] + centred * weight;
        }
        weight *= static_cast<double>(q);
    }
}

// A digit of modulus j, nearest to zero, as a residue of modulus k.
uint64_t Ring::digit_in(uint64_t digit, size_t j, size_t k) const {
    const uint64_t from = key_moduli_[j].value();
    const uint64_t q = key_moduli_[k].value();
    uint64_t negative = 0 - ((from / 2 - digit) >> 63);
    uint64_t magnitude = (digit & ~negative) | ((from - digit) & negative);
    uint64_t residue = seal::util::barrett_reduce_64(magnitude, key_moduli_[k]);
    return reduce_once((residue & ~negative) | ((q - residue) & negative), q);
}

void Ring::combine(const uint64_t *const *terms, const int64_t *weights, size_t term_count,
                   size_t chunks, uint64_t *sum) const {
    for (size_t polynomial = 0; polynomial < 2 * chunks * data_moduli_; polynomial++) {
        const seal::Modulus &modulus = key_moduli_[polynomial % data_moduli_];
        const uint64_t q = modulus.value();
        uint64_t *out = sum + polynomial * degree_;
        for (size_t t = 0; t < term_count; t++) {
            const uint64_t *in = terms[t] + polynomial * degree_;
            if (weights == nullptr) {
                for (size_t j = 0; j < degree_; j++) {
                    out[j] = t == 0 ? in[j] : reduce_once(out[j] + in[j], q);
                }
                continue;
            }
            uint64_t magnitude = weights[t] < 0 ? 0 - static_cast<uint64_t>(weights[t])
                                                : static_cast<uint64_t>(weights[t]);
            uint64_t residue = magnitude % q;
            MultiplyUIntModOperand weight;
            weight.set(weights[t] < 0 && residue != 0 ? q - residue : residue, modulus);
            for (size_t j = 0; j < degree_; j++) {
                uint64_t product = seal::util::multiply_uint_mod(in[j], weight, modulus);
                out[j] = t == 0 ? product : reduce_once(out[j] + product, q);
            }
        }
    }
}
