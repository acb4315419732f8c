// A CKKS context: SEAL's tables of one parameter set, and the arithmetic on residues in its order,
// [component][modulus][position], in evaluation form.
#ifndef DUALGRID_SEAL_RING_H
#define DUALGRID_SEAL_RING_H

#include "encoding.h"
#include "montgomery.h"
#include "stream.h"
#include "vector_ring.h"

#include <seal/seal.h>
#include <seal/util/uintarithsmallmod.h>

#include <cstdint>
#include <memory>
#include <vector>

class Ring {
public:
    // Refuses what SEAL does: its own 128-bit bounds among them.
    Ring(uint64_t ring_degree, const uint64_t *moduli, size_t modulus_count);

    size_t degree() const { return degree_; }
    size_t slots() const { return degree_ / 2; }
    size_t key_moduli() const { return key_moduli_.size(); }
    size_t data_moduli() const { return data_moduli_; }
    const seal::Modulus &modulus(size_t i) const { return key_moduli_[i]; }
    const Montgomery &products(size_t modulus) const { return products_[modulus]; }
    const Encoding &encoding() const { return encoding_; }
    const seal::SEALContext &seal() const { return seal_; }

    // Where the only modulus and the processor allow it, what does the same in less time; or null.
    const VectorRing *vectors() const { return vectors_.get(); }

    // With several moduli the last is the special one, which only keys have.
    bool has_special() const { return key_moduli_.size() > data_moduli_; }

    size_t public_key_length() const { return 2 * key_moduli_.size() * degree_; }
    size_t ciphertext_length() const { return 2 * data_moduli_ * degree_; }

    // Of the second component of a ciphertext.
    size_t seed_bytes() const { return data_moduli_ * RandomStream::seed_bytes; }

    // How many ciphertexts the values need; refuses residues that are not as many.
    size_t chunks(uint64_t value_count, uint64_t residue_count) const;

    // How many ciphertexts the residues are.
    size_t chunks(uint64_t residue_count) const;

    // Refuses residues of pairs of polynomials that are not below their moduli.
    void require_in_range(const uint64_t *residues, size_t pairs, size_t moduli) const;

    // Refuses a scale that is no positive number, or beyond what the moduli hold.
    void require_scale(double scale) const;

    // Encodes the part of the values that goes into one chunk.
    // coefficients, scratch: N, overwritten
    void encode(const double *values, size_t value_count, size_t chunk, double scale,
                int64_t *coefficients, double *scratch) const;

    // Small coefficients, or encoded ones, as residues of one modulus in evaluation form, below 4q.
    void transform(const int64_t *coefficients, size_t modulus, uint64_t *residues) const;

    // residues <- residues + coefficients, for the first component of a ciphertext.
    // scratch: N, overwritten
    void add(const int64_t *coefficients, uint64_t *residues, uint64_t *scratch) const;

    // The last modulus of a polynomial over all moduli of a key is divided by and dropped, rounded.
    void divide_by_special(uint64_t *polynomial, const seal::MemoryPoolHandle &pool) const;

    // Coefficients of a polynomial over the moduli of a ciphertext, from its evaluation form, each
    // nearest to zero.
    // residues: data_moduli() · N below 2q, overwritten
    void centred(uint64_t *residues, double *coefficients) const;

    // sum <- Σ weight · term over ciphertexts; a weight of null is 1 throughout.
    void combine(const uint64_t *const *terms, const int64_t *weights, size_t term_count,
                 size_t chunks, uint64_t *sum) const;

private:
    uint64_t digit_in(uint64_t digit, size_t j, size_t k) const;

    seal::SEALContext seal_;
    size_t degree_;
    std::vector<seal::Modulus> key_moduli_;
    std::vector<Montgomery> products_; // of these
    size_t data_moduli_;
    double largest_; // magnitude of an encoded coefficient

    // For each data modulus k: q_j mod q_k of the moduli j before it, and 1/(q_0 … q_(k-1)) mod q_k.
    std::vector<std::vector<seal::util::MultiplyUIntModOperand>> radix_;
    std::vector<seal::util::MultiplyUIntModOperand> garner_;
    Encoding encoding_;
    std::unique_ptr<const VectorRing> vectors_;
};

// x below 2 · bound to x below bound, for bounds below 2^62; the same steps whatever x is.
inline uint64_t reduce_once(uint64_t x, uint64_t bound) {
    uint64_t less = x - bound;
    return less + (bound & (0 - (less >> 63)));
}

#endif
