// See keys.h.
#include "keys.h"

#include <algorithm>

namespace {

// Pools of SEAL's that clear what they give back.
seal::MemoryPoolHandle wiped_pool() {
    return seal::MemoryManager::GetPool(seal::mm_prof_opt::mm_force_new, true);
}

} // namespace

Key::Key(std::shared_ptr<const Ring> ring, const uint64_t *public_key)
    : Key(std::move(ring), public_key, 2) {}

Key::Key(std::shared_ptr<const Ring> ring, const seal::SecretKey &secret_key)
    : Key(std::move(ring), secret_key.data().data(), 1) {}

Key::Key(std::shared_ptr<const Ring> ring, const uint64_t *key, size_t polynomials)
    : ring_(std::move(ring)), secret_(polynomials == 1),
      key_(ring_->vectors() ? 0 : polynomials * ring_->key_moduli() * ring_->degree()),
      form_(ring_->vectors() ? polynomials * ring_->degree() : 0) {
    for (size_t i = 0; i < key_.size(); i++) {
        key_[i] = ring_->products(i / ring_->degree() % ring_->key_moduli()).factor(key[i]);
    }
    if (ring_->vectors()) {
        ring_->vectors()->nearest(key, form_.size(), form_.data());
    }
}

void Key::encrypt(const int64_t *message, Workspace &work, uint64_t *residues,
                  uint8_t *seeds) const {
    if (secret_) {
        encrypt_by_secret(message, work, residues, seeds);
    } else {
        encrypt_by_public(message, work, residues);
    }
}

// (e + m - a·s, a), a even over the ring.
void Key::encrypt_by_secret(const int64_t *message, Workspace &work, uint64_t *residues,
                            uint8_t *seeds) const {
    const size_t n = ring_->degree();
    work.sampler.error(work.noise.data(), n);
    for (size_t j = 0; j < n; j++) {
        work.noise[j] += message[j];
    }
    for (size_t i = 0; i < ring_->data_moduli(); i++) {
        uint64_t *first = residues + i * n;
        uint64_t *second = residues + (ring_->data_moduli() + i) * n;
        draw_uniform(i, work, second, seeds);
        if (ring_->vectors()) {
            ring_->vectors()->forward(work.noise.data(), work.noise_form.data());
            ring_->vectors()->less_product(second, form_.data(), work.noise_form.data(), first);
            continue;
        }
        const Montgomery products = ring_->products(i);
        const uint64_t q = ring_->modulus(i).value();
        const uint64_t *secret = key_.data() + i * n;
        ring_->transform(work.noise.data(), i, work.residues.data());
        for (size_t j = 0; j < n; j++) {
            uint64_t product = products.product(second[j], secret[j]);
            // below 4q + 2q
            uint64_t sum = work.residues[j] + 2 * q - product;
            first[j] = reduce_once(reduce_once(reduce_once(sum, 4 * q), 2 * q), q);
        }
    }
}

// Even over the residues of a modulus, of a seed that is written down or of none.
void Key::draw_uniform(size_t i, Workspace &work, uint64_t *residues, uint8_t *seeds) const {
    const uint64_t q = ring_->modulus(i).value();
    if (seeds == nullptr) {
        work.sampler.uniform(residues, ring_->degree(), q);
    } else {
        uint8_t *seed = seeds + i * RandomStream::seed_bytes;
        work.sampler.seed(seed);
        auto stream = RandomStream::aes(seed);
        Sampler(*stream).uniform(residues, ring_->degree(), q);
    }
}

// (b·u + e0 + m, a·u + e1), u ternary. With a special modulus the sum is formed over all moduli and
// then divided by it and rounded, which takes most of the noise away; the message comes afterwards.
void Key::encrypt_by_public(const int64_t *message, Workspace &work, uint64_t *residues) const {
    const size_t n = ring_->degree();
    const bool special = ring_->has_special();
    work.sampler.ternary(work.noise.data(), n);
    if (ring_->vectors()) {
        ring_->vectors()->forward(work.noise.data(), work.mask_form.data());
    } else {
        for (size_t i = 0; i < ring_->key_moduli(); i++) {
            ring_->transform(work.noise.data(), i, work.mask.data() + i * n);
        }
    }
    for (size_t component = 0; component < 2; component++) {
        uint64_t *out = residues + component * ring_->data_moduli() * n;
        work.sampler.error(work.noise.data(), n);
        for (size_t j = 0; component == 0 && !special && j < n; j++) {
            work.noise[j] += message[j];
        }
        if (!special) {
            for (size_t i = 0; i < ring_->data_moduli(); i++) {
                masked(component, i, work, out + i * n);
            }
            continue;
        }
        Wiped<uint64_t> over_all(ring_->key_moduli() * n);
        for (size_t i = 0; i < ring_->key_moduli(); i++) {
            masked(component, i, work, over_all.data() + i * n);
        }
        ring_->divide_by_special(over_all.data(), wiped_pool());
        std::copy_n(over_all.data(), ring_->data_moduli() * n, out);
    }
    if (special) {
        ring_->add(message, residues, work.residues.data());
    }
}

// key · mask + noise of one component and modulus.
void Key::masked(size_t component, size_t i, Workspace &work, uint64_t *out) const {
    const size_t n = ring_->degree();
    if (ring_->vectors()) {
        ring_->vectors()->forward(work.noise.data(), work.noise_form.data());
        ring_->vectors()->add_product(work.mask_form.data(), form_.data() + component * n,
                                      work.noise_form.data(), out);
        return;
    }
    const Montgomery products = ring_->products(i);
    const uint64_t q = ring_->modulus(i).value();
    const uint64_t *key = key_.data() + (component * ring_->key_moduli() + i) * n;
    const uint64_t *mask = work.mask.data() + i * n;
    ring_->transform(work.noise.data(), i, work.residues.data());
    for (size_t j = 0; j < n; j++) {
        // below 2q + 4q
        uint64_t sum = products.product(mask[j], key[j]) + work.residues[j];
        out[j] = reduce_once(reduce_once(reduce_once(sum, 4 * q), 2 * q), q);
    }
}

// c0 + c1·s over all moduli.
void Key::decrypt(const uint64_t *residues, double scale, double *slots) const {
    const size_t n = ring_->degree();
    Wiped<double> coefficients(n);
    if (ring_->vectors()) {
        ring_->vectors()->sum_product(residues + n, form_.data(), residues, coefficients.data());
        ring_->vectors()->inverse(coefficients.data());
        ring_->encoding().decode(coefficients.data(), scale, slots);
        return;
    }
    Wiped<uint64_t> plain(ring_->data_moduli() * n);
    for (size_t i = 0; i < ring_->data_moduli(); i++) {
        const Montgomery products = ring_->products(i);
        const uint64_t q = ring_->modulus(i).value();
        const uint64_t *first = residues + i * n;
        const uint64_t *second = residues + (ring_->data_moduli() + i) * n;
        const uint64_t *secret = key_.data() + i * n;
        for (size_t j = 0; j < n; j++) {
            // below 2q + q
            uint64_t sum = products.product(second[j], secret[j]) + first[j];
            plain[i * n + j] = reduce_once(sum, 2 * q);
        }
    }
    ring_->centred(plain.data(), coefficients.data());
    ring_->encoding().decode(coefficients.data(), scale, slots);
}
