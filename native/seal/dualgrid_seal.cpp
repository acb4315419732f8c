// See dualgrid_seal.h.
#include "dualgrid_seal.h"

#include "keys.h"
#include "masks.h"
#include "refusal.h"
#include "residue_hash.h"
#include "ring.h"
#include "sampler.h"
#include "sha256.h"
#include "stream.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <new>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <vector>

namespace {

thread_local std::string last_error;

// Runs a body and turns whatever it throws into a status and a text.
template <typename Body> int32_t guarded(Body body) noexcept {
    int32_t status = DUALGRID_SEAL_OK;
    try {
        last_error.clear();
        try {
            body();
        } catch (const Refusal &e) {
            status = e.status;
            last_error = e.what();
        } catch (const std::bad_alloc &) {
            status = DUALGRID_SEAL_NO_MEMORY;
            last_error = "out of memory";
        } catch (const std::exception &e) {
            status = DUALGRID_SEAL_FAILED;
            last_error = e.what();
        } catch (...) {
            status = DUALGRID_SEAL_FAILED;
            last_error = "unknown exception";
        }
    } catch (...) {
        // no memory for the text either
        status = DUALGRID_SEAL_NO_MEMORY;
    }
    return status;
}

std::atomic<int64_t> handle_counter{ 1 };

// Objects by handle. A number is used once, so that a stale one finds nothing.
template <typename T> class Handles {
public:
    int64_t add(std::shared_ptr<T> object) {
        std::lock_guard<std::mutex> lock(mutex_);
        int64_t handle = handle_counter++;
        objects_.emplace(handle, std::move(object));
        return handle;
    }

    std::shared_ptr<T> get(int64_t handle) const {
        std::lock_guard<std::mutex> lock(mutex_);
        auto found = objects_.find(handle);
        require(found != objects_.end(), DUALGRID_SEAL_BAD_HANDLE,
                "no such handle: it is of another kind, or was freed");
        return found->second;
    }

    bool remove(int64_t handle) {
        std::shared_ptr<T> last; // declared first, so destroyed after the lock is gone
        std::lock_guard<std::mutex> lock(mutex_);
        auto found = objects_.find(handle);
        if (found == objects_.end()) {
            return false;
        }
        last = std::move(found->second);
        objects_.erase(found);
        return true;
    }

    uint64_t size() const {
        std::lock_guard<std::mutex> lock(mutex_);
        return objects_.size();
    }

private:
    mutable std::mutex mutex_;
    std::unordered_map<int64_t, std::shared_ptr<T>> objects_;
};

// Never destroyed: a call may still run in another thread while the process ends.
Handles<Ring> &contexts() {
    static auto *table = new Handles<Ring>();
    return *table;
}

Handles<Key> &keys() {
    static auto *table = new Handles<Key>();
    return *table;
}

constexpr const char *no_aes = "this processor has no instructions for AES";

Handles<ResidueHash> &hashes() {
    static auto *table = new Handles<ResidueHash>();
    return *table;
}

void require_pointer(const void *pointer) {
    require(pointer != nullptr, DUALGRID_SEAL_BAD_ARGUMENT, "a pointer is null");
}

// Encrypts the values, encoded once, under one key or two; `seeds` may be null.
void encrypt(const Key &first, const Key *second, const double *values, uint64_t value_count,
             double scale, uint64_t *first_residues, uint64_t *second_residues,
             uint64_t residue_count, uint8_t *seeds) {
    const Ring &ring = first.ring();
    size_t chunks = ring.chunks(value_count, residue_count);
    Workspace work(ring);
    for (size_t chunk = 0; chunk < chunks; chunk++) {
        size_t offset = chunk * ring.ciphertext_length();
        ring.encode(values, static_cast<size_t>(value_count), chunk, scale, work.message.data(),
                    work.fourier.data());
        first.encrypt(work.message.data(), work, first_residues + offset,
                      seeds == nullptr ? nullptr : seeds + chunk * ring.seed_bytes());
        if (second != nullptr) {
            second->encrypt(work.message.data(), work, second_residues + offset, nullptr);
        }
    }
}

} // namespace

extern "C" {

int32_t dualgrid_seal_abi_version(void) { return DUALGRID_SEAL_ABI_VERSION; }

const char *dualgrid_seal_version(void) { return SEAL_VERSION; }

const char *dualgrid_seal_source(void) { return DUALGRID_SEAL_SOURCE_ORIGIN; }

const char *dualgrid_seal_random_stream(void) { return RandomStream::name(); }

const char *dualgrid_seal_vectors(void) {
    return widest_vectors() != nullptr ? widest_vectors()->name : "none";
}

const char *dualgrid_seal_last_error(void) { return last_error.c_str(); }

uint64_t dualgrid_seal_live_handles(void) {
    return contexts().size() + keys().size() + hashes().size();
}

int32_t dualgrid_seal_context_create(uint64_t ring_degree, const uint64_t *moduli,
                                     uint64_t modulus_count, int64_t *context) {
    return guarded([&] {
        require_pointer(moduli);
        require_pointer(context);
        *context = contexts().add(std::make_shared<Ring>(ring_degree, moduli,
                                                         static_cast<size_t>(modulus_count)));
    });
}

int32_t dualgrid_seal_free(int64_t handle) {
    return guarded([&] {
        require(contexts().remove(handle) || keys().remove(handle) || hashes().remove(handle),
                DUALGRID_SEAL_BAD_HANDLE, "no such handle, or it was freed before");
    });
}

int32_t dualgrid_seal_generate_keys(int64_t context, uint64_t *public_key,
                                    uint64_t public_key_length, int64_t *secret_key) {
    return guarded([&] {
        require_pointer(public_key);
        require_pointer(secret_key);
        auto ring = contexts().get(context);
        require(public_key_length == ring->public_key_length(), DUALGRID_SEAL_BAD_LENGTH,
                "wrong length of a public key");
        seal::KeyGenerator generator(ring->seal());
        seal::PublicKey made;
        generator.create_public_key(made);
        auto key = std::make_shared<Key>(ring, generator.secret_key());
        std::copy_n(made.data().data(), ring->public_key_length(), public_key);
        *secret_key = keys().add(std::move(key));
    });
}

int32_t dualgrid_seal_encryptor_create(int64_t context, const uint64_t *public_key,
                                       uint64_t public_key_length, int64_t *encryptor) {
    return guarded([&] {
        require_pointer(public_key);
        require_pointer(encryptor);
        auto ring = contexts().get(context);
        require(public_key_length == ring->public_key_length(), DUALGRID_SEAL_BAD_LENGTH,
                "wrong length of a public key");
        ring->require_in_range(public_key, 1, ring->key_moduli());
        *encryptor = keys().add(std::make_shared<Key>(ring, public_key));
    });
}

int32_t dualgrid_seal_encrypt(int64_t key, const double *values, uint64_t value_count,
                              double scale, uint64_t *residues, uint64_t residue_count) {
    return guarded([&] {
        require_pointer(values);
        require_pointer(residues);
        auto by = keys().get(key);
        encrypt(*by, nullptr, values, value_count, scale, residues, nullptr, residue_count,
                nullptr);
    });
}

int32_t dualgrid_seal_encrypt_pair(int64_t first_key, int64_t second_key, const double *values,
                                   uint64_t value_count, double scale, uint64_t *first_residues,
                                   uint64_t *second_residues, uint64_t residue_count,
                                   uint8_t *seeds, uint64_t seed_bytes) {
    return guarded([&] {
        require_pointer(values);
        require_pointer(first_residues);
        require_pointer(second_residues);
        auto first = keys().get(first_key);
        auto second = keys().get(second_key);
        require(&first->ring() == &second->ring(), DUALGRID_SEAL_BAD_ARGUMENT,
                "the keys are of two contexts");
        if (seeds != nullptr) {
            const Ring &ring = first->ring();
            require(first->decrypts(), DUALGRID_SEAL_BAD_HANDLE,
                    "seeds are of an encryption under a secret key");
            require(seed_bytes == ring.chunks(residue_count) * ring.seed_bytes(),
                    DUALGRID_SEAL_BAD_LENGTH, "wrong length of seeds");
            require(RandomStream::has_aes_here(), DUALGRID_SEAL_NOT_HERE, no_aes);
        }
        encrypt(*first, second.get(), values, value_count, scale, first_residues, second_residues,
                residue_count, seeds);
    });
}

int32_t dualgrid_seal_decrypt(int64_t secret_key, const uint64_t *residues,
                              uint64_t residue_count, double scale, double *slots,
                              uint64_t slot_count) {
    return guarded([&] {
        require_pointer(residues);
        require_pointer(slots);
        auto by = keys().get(secret_key);
        require(by->decrypts(), DUALGRID_SEAL_BAD_HANDLE, "not a secret key");
        const Ring &ring = by->ring();
        size_t chunks = ring.chunks(residue_count);
        require(slot_count == chunks * ring.slots(), DUALGRID_SEAL_BAD_LENGTH,
                "slots do not have the length of the ciphertexts");
        ring.require_scale(scale);
        ring.require_in_range(residues, chunks, ring.data_moduli());
        for (size_t chunk = 0; chunk < chunks; chunk++) {
            by->decrypt(residues + chunk * ring.ciphertext_length(), scale,
                        slots + chunk * ring.slots());
        }
    });
}

int32_t dualgrid_seal_combine(int64_t context, const uint64_t *terms, uint64_t terms_length,
                              const int64_t *weights, uint64_t weight_count, uint64_t *result,
                              uint64_t residue_count) {
    return guarded([&] {
        require_pointer(terms);
        require_pointer(result);
        auto ring = contexts().get(context);
        size_t chunks = ring->chunks(residue_count);
        uint64_t term_count = terms_length / residue_count;
        require(term_count >= 1 && terms_length % residue_count == 0, DUALGRID_SEAL_BAD_LENGTH,
                "terms are not whole multiples of the result");
        require(weights == nullptr || weight_count == term_count, DUALGRID_SEAL_BAD_LENGTH,
                "not as many weights as terms");
        std::vector<const uint64_t *> each(static_cast<size_t>(term_count));
        for (size_t t = 0; t < each.size(); t++) {
            each[t] = terms + t * residue_count;
            ring->require_in_range(each[t], chunks, ring->data_moduli());
        }
        ring->combine(each.data(), weights, each.size(), chunks, result);
    });
}

int32_t dualgrid_seal_add_masks(const uint8_t *keys, uint64_t keys_length, uint64_t subtracted,
                                const uint8_t *agreed, uint64_t round, uint64_t *words,
                                uint64_t word_count) {
    return guarded([&] {
        require_pointer(keys);
        require_pointer(agreed);
        require_pointer(words);
        require(keys_length % 32 == 0 && subtracted <= keys_length / 32 && word_count % 2 == 0,
                DUALGRID_SEAL_BAD_LENGTH, "keys have 32 bytes, numbers two words");
        require(add_masks(keys, static_cast<size_t>(keys_length / 32),
                          static_cast<size_t>(subtracted), agreed, round, words,
                          static_cast<size_t>(word_count / 2)),
                DUALGRID_SEAL_NOT_HERE, no_aes);
    });
}

int32_t dualgrid_seal_hash_create(const uint8_t *key, const uint64_t *moduli,
                                  const uint32_t *words, uint64_t modulus_count,
                                  uint64_t polynomials, uint64_t degree, int64_t *hash) {
    return guarded([&] {
        require_pointer(key);
        require_pointer(moduli);
        require_pointer(words);
        require_pointer(hash);
        require(modulus_count <= 64, DUALGRID_SEAL_BAD_LENGTH, "too many moduli");
        *hash = hashes().add(std::make_shared<ResidueHash>(
            key, moduli, words, static_cast<size_t>(modulus_count),
            static_cast<size_t>(polynomials), static_cast<size_t>(degree)));
    });
}

int32_t dualgrid_seal_hash(int64_t hash, const uint64_t *residues, uint64_t residue_count,
                           uint64_t *words, uint64_t word_count) {
    return guarded([&] {
        require_pointer(residues);
        require_pointer(words);
        auto by = hashes().get(hash);
        require(residue_count == by->residue_length() && word_count == by->words(),
                DUALGRID_SEAL_BAD_LENGTH, "wrong length of residues or of a hash");
        by->of(residues, words);
    });
}

int32_t dualgrid_seal_sha256(const uint8_t *bytes, uint64_t count, uint8_t *hash) {
    return guarded([&] {
        require_pointer(bytes);
        require_pointer(hash);
        sha256(bytes, static_cast<size_t>(count), hash);
    });
}

int32_t dualgrid_seal_stream(int32_t kind, const uint8_t *seed, uint64_t seed_length,
                             uint8_t *bytes, uint64_t count) {
    return guarded([&] {
        require_pointer(seed);
        require_pointer(bytes);
        require(seed_length == RandomStream::seed_bytes && count % RandomStream::granule == 0,
                DUALGRID_SEAL_BAD_LENGTH, "wrong length of a seed, or not a multiple of 256 bytes");
        require(kind == DUALGRID_SEAL_AES || kind == DUALGRID_SEAL_CHACHA,
                DUALGRID_SEAL_BAD_ARGUMENT, "no such stream");
        auto stream =
            kind == DUALGRID_SEAL_AES ? RandomStream::aes(seed) : RandomStream::chacha(seed);
        require(stream != nullptr, DUALGRID_SEAL_BAD_ARGUMENT, no_aes);
        stream->fill(bytes, static_cast<size_t>(count));
    });
}

int32_t dualgrid_seal_sample(int32_t distribution, uint64_t modulus, int64_t *values,
                             uint64_t count) {
    return guarded([&] {
        require_pointer(values);
        require(modulus >= 1 && modulus >> 62 == 0, DUALGRID_SEAL_BAD_ARGUMENT,
                "the modulus is zero or too large");
        auto stream = RandomStream::fresh();
        Sampler sampler(*stream);
        size_t length = static_cast<size_t>(count);
        switch (distribution) {
        case DUALGRID_SEAL_TERNARY: sampler.ternary(values, length); break;
        case DUALGRID_SEAL_ERROR: sampler.error(values, length); break;
        case DUALGRID_SEAL_UNIFORM:
            sampler.uniform(reinterpret_cast<uint64_t *>(values), length, modulus);
            break;
        default: throw Refusal(DUALGRID_SEAL_BAD_ARGUMENT, "no such distribution");
        }
    });
}

} // extern "C"
