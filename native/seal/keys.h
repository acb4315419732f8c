// Keys, and what they do: encryption under a public or a secret one, decryption.
#ifndef DUALGRID_SEAL_KEYS_H
#define DUALGRID_SEAL_KEYS_H

#include "ring.h"
#include "sampler.h"
#include "wiped.h"

#include <memory>

// What an encryption works in; one call's own.
struct Workspace {
    explicit Workspace(const Ring &ring)
        : noise(ring.degree()), message(ring.degree()), fourier(ring.degree()),
          residues(ring.vectors() ? 0 : ring.degree()),
          mask(ring.vectors() ? 0 : ring.key_moduli() * ring.degree()),
          noise_form(ring.vectors() ? ring.degree() : 0),
          mask_form(ring.vectors() ? ring.degree() : 0), stream(RandomStream::fresh()),
          sampler(*stream) {}

    Wiped<int64_t> noise;
    Wiped<int64_t> message;
    Wiped<double> fourier;

    // without vectors, and with them
    Wiped<uint64_t> residues;
    Wiped<uint64_t> mask;
    Wiped<double> noise_form;
    Wiped<double> mask_form;

    std::unique_ptr<RandomStream> stream;
    Sampler sampler;
};

class Key {
public:
    // Public: (-a·s + e, a) over all moduli, checked by the caller.
    Key(std::shared_ptr<const Ring> ring, const uint64_t *public_key);

    // Secret, as SEAL's generator made it.
    Key(std::shared_ptr<const Ring> ring, const seal::SecretKey &secret_key);

    const Ring &ring() const { return *ring_; }
    bool decrypts() const { return secret_; }

    // Writes a fresh encryption of encoded coefficients. seeds: null, or where those of the second
    // components are written, which a secret key only has, and a processor with AES.
    void encrypt(const int64_t *message, Workspace &work, uint64_t *residues,
                 uint8_t *seeds) const;

    // Decrypts and decodes one ciphertext, checked by the caller.
    // slots: N/2, overwritten
    void decrypt(const uint64_t *residues, double scale, double *slots) const;

private:
    Key(std::shared_ptr<const Ring> ring, const uint64_t *key, size_t polynomials);
    void encrypt_by_public(const int64_t *message, Workspace &work, uint64_t *residues) const;
    void encrypt_by_secret(const int64_t *message, Workspace &work, uint64_t *residues,
                           uint8_t *seeds) const;
    void masked(size_t component, size_t modulus, Workspace &work, uint64_t *out) const;
    void draw_uniform(size_t modulus, Workspace &work, uint64_t *residues, uint8_t *seeds) const;

    std::shared_ptr<const Ring> ring_;
    bool secret_;
    Wiped<uint64_t> key_; // factors of the ring's products,
    Wiped<double> form_;  // or as its vectors take it
};

#endif
