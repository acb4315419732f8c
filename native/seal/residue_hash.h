// Inner products of residues with secret vectors, as io.dualgrid.auth.ResidueHash describes them.
#ifndef DUALGRID_SEAL_RESIDUE_HASH_H
#define DUALGRID_SEAL_RESIDUE_HASH_H

#include "wiped.h"

#include <seal/modulus.h>

#include <cstddef>
#include <cstdint>
#include <vector>

// Of residues [polynomial][modulus][degree]; each modulus has some words, and each word a vector of
// polynomials * degree numbers: that of the word before, one number on. Never changed: any number of
// threads may use it.
class ResidueHash {
public:
    // Draws vectors that are uniform modulo q out of a key of 32 bytes: AES-256 in counter mode,
    // numbers of as many bits as q has, little endian, those below q.
    ResidueHash(const uint8_t *key, const uint64_t *moduli, const uint32_t *words,
                size_t modulus_count, size_t polynomials, size_t degree);

    size_t words() const { return words_; }
    size_t residue_length() const { return moduli_.size() * polynomials_ * degree_; }

    // hash[word] = <vector of the word, residues> mod q
    void of(const uint64_t *residues, uint64_t *hash) const;

private:
    std::vector<seal::Modulus> moduli_;
    std::vector<size_t> words_of_;
    size_t words_ = 0;
    size_t polynomials_;
    size_t degree_;
    Wiped<uint64_t> numbers_; // of each modulus: words - 1 more than a vector has
};

#endif
