// See dualgrid_seal.h.
#include "dualgrid_seal.h"

#include <seal/seal.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <memory>
#include <mutex>
#include <new>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <vector>

namespace {

thread_local std::string last_error;

// A refusal of our own, with its status.
struct Refusal : std::runtime_error {
    Refusal(int32_t status, const std::string &why) : std::runtime_error(why), status(status) {}
    int32_t status;
};

void require(bool condition, int32_t status, const char *why) {
    if (!condition) {
        throw Refusal(status, why);
    }
}

// SEAL compares a scale with its bounds only, which lets NaN pass.
void require_scale(double scale) {
    require(std::isfinite(scale) && scale > 0, DUALGRID_SEAL_BAD_ARGUMENT,
            "the scale is not a positive number");
}

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

// Memory that is cleared before it is given back: for plaintexts, and for the randomness of an
// encryption, which reads its ciphertext as well as the key does.
seal::MemoryPoolHandle wiped_pool() {
    return seal::MemoryManager::GetPool(seal::mm_prof_opt::mm_force_new, true);
}

// Clears a vector when it goes out of scope, in a way that is not optimised away.
class WipedLater {
public:
    explicit WipedLater(std::vector<double> &values) : values_(values) {}
    ~WipedLater() {
        volatile double *at = values_.data();
        for (size_t i = 0; i < values_.size(); i++) {
            at[i] = 0.0;
        }
    }
    WipedLater(const WipedLater &) = delete;
    WipedLater &operator=(const WipedLater &) = delete;

private:
    std::vector<double> &values_;
};

struct Context {
    explicit Context(const seal::EncryptionParameters &parameters)
        : seal(parameters, false, seal::sec_level_type::tc128) {
        require(seal.parameters_set(), DUALGRID_SEAL_BAD_ARGUMENT,
                seal.parameter_error_message());
        encoder = std::make_unique<seal::CKKSEncoder>(seal);
        evaluator = std::make_unique<seal::Evaluator>(seal);
    }

    size_t degree() const { return seal.key_context_data()->parms().poly_modulus_degree(); }
    size_t slots() const { return degree() / 2; }

    const std::vector<seal::Modulus> &moduli(const seal::parms_id_type &level) const {
        return seal.get_context_data(level)->parms().coeff_modulus();
    }

    size_t pair_length(const seal::parms_id_type &level) const {
        return 2 * moduli(level).size() * degree();
    }

    size_t ciphertext_length() const { return pair_length(seal.first_parms_id()); }

    // How many ciphertexts the values need; refuses residues that are not as many.
    size_t chunks(uint64_t value_count, uint64_t residue_count) const {
        require(value_count >= 1 && value_count <= SIZE_MAX / 2, DUALGRID_SEAL_BAD_LENGTH,
                "no values");
        size_t count = (static_cast<size_t>(value_count) + slots() - 1) / slots();
        require(residue_count % ciphertext_length() == 0 &&
                    residue_count / ciphertext_length() == count,
                DUALGRID_SEAL_BAD_LENGTH, "residues do not have the length of the ciphertexts");
        return count;
    }

    // How many ciphertexts the residues are.
    size_t chunks(uint64_t residue_count) const {
        require(residue_count >= 1 && residue_count % ciphertext_length() == 0,
                DUALGRID_SEAL_BAD_LENGTH, "residues do not have the length of ciphertexts");
        return static_cast<size_t>(residue_count) / ciphertext_length();
    }

    // Two polynomials at a level, from checked residues.
    seal::Ciphertext read(const uint64_t *residues, const seal::parms_id_type &level) const {
        const auto &chain = moduli(level);
        const uint64_t *next = residues;
        for (int component = 0; component < 2; component++) {
            for (const auto &modulus : chain) {
                bool in_range = std::all_of(next, next + degree(), [&](uint64_t residue) {
                    return residue < modulus.value();
                });
                require(in_range, DUALGRID_SEAL_BAD_RESIDUE, "a residue is not below its modulus");
                next += degree();
            }
        }
        seal::Ciphertext pair;
        pair.resize(seal, level, 2);
        std::copy(residues, next, pair.data());
        pair.is_ntt_form() = true;
        return pair;
    }

    void write(const seal::Ciphertext &pair, uint64_t *residues) const {
        std::copy_n(pair.data(), pair_length(pair.parms_id()), residues);
    }

    // The part of the values that goes into one chunk.
    void encode(const double *values, uint64_t value_count, size_t chunk, double scale,
                seal::Plaintext &plain, const seal::MemoryPoolHandle &pool) const {
        require_scale(scale);
        size_t from = chunk * slots();
        size_t count = std::min(slots(), static_cast<size_t>(value_count) - from);
        std::vector<double> part(values + from, values + from + count);
        WipedLater wiped(part);
        // No coefficient exceeds the largest value times the scale. SEAL checks coefficients itself,
        // but not those that overflow to infinity.
        int bits = seal.first_context_data()->total_coeff_modulus_bit_count();
        double limit = std::ldexp(1.0, std::min(bits - 2, 1000)) / scale;
        require(std::all_of(part.begin(), part.end(),
                            [limit](double v) { return std::fabs(v) <= limit; }),
                DUALGRID_SEAL_BAD_ARGUMENT, "a value is not finite, or too large for the modulus");
        encoder->encode(part, scale, plain, pool);
    }

    // The polynomial of one whole number, at scale 1. Not by the encoder: SEAL 4.0 encodes a negative
    // number wrongly when it is larger than one of the moduli.
    seal::Plaintext constant(int64_t number) const {
        const auto &level = seal.first_parms_id();
        const auto &chain = moduli(level);
        uint64_t magnitude = number < 0 ? 0 - static_cast<uint64_t>(number)
                                        : static_cast<uint64_t>(number);
        seal::Plaintext plain(chain.size() * degree());
        for (size_t i = 0; i < chain.size(); i++) {
            uint64_t residue = magnitude % chain[i].value();
            if (number < 0 && residue != 0) {
                residue = chain[i].value() - residue;
            }
            std::fill_n(plain.data() + i * degree(), degree(), residue);
        }
        plain.parms_id() = level;
        plain.scale() = 1.0;
        return plain;
    }

    seal::SEALContext seal;
    std::unique_ptr<seal::CKKSEncoder> encoder;
    std::unique_ptr<seal::Evaluator> evaluator;
};

// Whatever encrypts: under a public key, or under a secret one, which decrypts as well. SEAL keeps
// secret keys in pools of memory that it clears when it gives them back.
struct Key {
    std::shared_ptr<Context> context;
    std::unique_ptr<seal::Encryptor> encryptor;
    std::unique_ptr<seal::Decryptor> decryptor; // of secret keys only

    void encrypt(const seal::Plaintext &plain, seal::Ciphertext &pair,
                 const seal::MemoryPoolHandle &pool) const {
        if (decryptor) {
            encryptor->encrypt_symmetric(plain, pair, pool);
        } else {
            encryptor->encrypt(plain, pair, pool);
        }
    }

    void encrypt_zero(seal::Ciphertext &pair, const seal::MemoryPoolHandle &pool) const {
        if (decryptor) {
            encryptor->encrypt_zero_symmetric(pair, pool);
        } else {
            encryptor->encrypt_zero(pair, pool);
        }
    }
};

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
Handles<Context> &contexts() {
    static auto *table = new Handles<Context>();
    return *table;
}

Handles<Key> &keys() {
    static auto *table = new Handles<Key>();
    return *table;
}

void require_pointer(const void *pointer) {
    require(pointer != nullptr, DUALGRID_SEAL_BAD_ARGUMENT, "a pointer is null");
}

} // namespace

extern "C" {

int32_t dualgrid_seal_abi_version(void) { return DUALGRID_SEAL_ABI_VERSION; }

const char *dualgrid_seal_version(void) { return SEAL_VERSION; }

const char *dualgrid_seal_last_error(void) { return last_error.c_str(); }

uint64_t dualgrid_seal_live_handles(void) { return contexts().size() + keys().size(); }

int32_t dualgrid_seal_context_create(uint64_t ring_degree, const uint64_t *moduli,
                                     uint64_t modulus_count, int64_t *context) {
    return guarded([&] {
        require_pointer(moduli);
        require_pointer(context);
        require(modulus_count >= 1 && modulus_count <= SEAL_COEFF_MOD_COUNT_MAX,
                DUALGRID_SEAL_BAD_LENGTH, "too few or too many moduli");
        seal::EncryptionParameters parameters(seal::scheme_type::ckks);
        parameters.set_poly_modulus_degree(static_cast<size_t>(ring_degree));
        parameters.set_coeff_modulus(std::vector<seal::Modulus>(moduli, moduli + modulus_count));
        *context = contexts().add(std::make_shared<Context>(parameters));
    });
}

int32_t dualgrid_seal_free(int64_t handle) {
    return guarded([&] {
        require(contexts().remove(handle) || keys().remove(handle), DUALGRID_SEAL_BAD_HANDLE,
                "no such handle, or it was freed before");
    });
}

int32_t dualgrid_seal_generate_keys(int64_t context, uint64_t *public_key,
                                    uint64_t public_key_length, int64_t *secret_key) {
    return guarded([&] {
        require_pointer(public_key);
        require_pointer(secret_key);
        auto ring = contexts().get(context);
        require(public_key_length == ring->pair_length(ring->seal.key_parms_id()),
                DUALGRID_SEAL_BAD_LENGTH, "wrong length of a public key");
        seal::KeyGenerator generator(ring->seal);
        seal::PublicKey made;
        generator.create_public_key(made);
        auto key = std::make_shared<Key>();
        key->context = ring;
        key->encryptor = std::make_unique<seal::Encryptor>(ring->seal, generator.secret_key());
        key->decryptor = std::make_unique<seal::Decryptor>(ring->seal, generator.secret_key());
        ring->write(made.data(), public_key);
        *secret_key = keys().add(std::move(key));
    });
}

int32_t dualgrid_seal_encryptor_create(int64_t context, const uint64_t *public_key,
                                       uint64_t public_key_length, int64_t *encryptor) {
    return guarded([&] {
        require_pointer(public_key);
        require_pointer(encryptor);
        auto ring = contexts().get(context);
        const auto &level = ring->seal.key_parms_id();
        require(public_key_length == ring->pair_length(level), DUALGRID_SEAL_BAD_LENGTH,
                "wrong length of a public key");
        seal::PublicKey given;
        given.data() = ring->read(public_key, level);
        auto key = std::make_shared<Key>();
        key->context = ring;
        key->encryptor = std::make_unique<seal::Encryptor>(ring->seal, given);
        *encryptor = keys().add(std::move(key));
    });
}

int32_t dualgrid_seal_encrypt(int64_t key, const double *values, uint64_t value_count,
                              double scale, uint64_t *residues, uint64_t residue_count) {
    return guarded([&] {
        require_pointer(values);
        require_pointer(residues);
        auto by = keys().get(key);
        const Context &ring = *by->context;
        size_t chunks = ring.chunks(value_count, residue_count);
        auto pool = wiped_pool();
        seal::Plaintext plain(pool);
        seal::Ciphertext pair;
        for (size_t chunk = 0; chunk < chunks; chunk++) {
            ring.encode(values, value_count, chunk, scale, plain, pool);
            by->encrypt(plain, pair, pool);
            ring.write(pair, residues + chunk * ring.ciphertext_length());
        }
    });
}

int32_t dualgrid_seal_encrypt_zero(int64_t key, uint64_t *residues, uint64_t residue_count) {
    return guarded([&] {
        require_pointer(residues);
        auto by = keys().get(key);
        const Context &ring = *by->context;
        size_t chunks = ring.chunks(residue_count);
        auto pool = wiped_pool();
        seal::Ciphertext pair;
        for (size_t chunk = 0; chunk < chunks; chunk++) {
            by->encrypt_zero(pair, pool);
            ring.write(pair, residues + chunk * ring.ciphertext_length());
        }
    });
}

int32_t dualgrid_seal_add_encoding(int64_t context, const double *values, uint64_t value_count,
                                   double scale, uint64_t *residues, uint64_t residue_count) {
    return guarded([&] {
        require_pointer(values);
        require_pointer(residues);
        auto ring = contexts().get(context);
        size_t chunks = ring->chunks(value_count, residue_count);
        auto pool = wiped_pool();
        seal::Plaintext plain(pool);
        for (size_t chunk = 0; chunk < chunks; chunk++) {
            uint64_t *at = residues + chunk * ring->ciphertext_length();
            seal::Ciphertext pair = ring->read(at, ring->seal.first_parms_id());
            pair.scale() = scale;
            ring->encode(values, value_count, chunk, scale, plain, pool);
            ring->evaluator->add_plain_inplace(pair, plain);
            ring->write(pair, at);
        }
    });
}

int32_t dualgrid_seal_decrypt(int64_t secret_key, const uint64_t *residues,
                              uint64_t residue_count, double scale, double *slots,
                              uint64_t slot_count) {
    return guarded([&] {
        require_pointer(residues);
        require_pointer(slots);
        auto by = keys().get(secret_key);
        require(by->decryptor != nullptr, DUALGRID_SEAL_BAD_HANDLE, "not a secret key");
        const Context &ring = *by->context;
        size_t chunks = ring.chunks(residue_count);
        require(slot_count == chunks * ring.slots(), DUALGRID_SEAL_BAD_LENGTH,
                "slots do not have the length of the ciphertexts");
        auto pool = wiped_pool();
        seal::Plaintext plain(pool);
        std::vector<double> part;
        WipedLater wiped(part);
        for (size_t chunk = 0; chunk < chunks; chunk++) {
            seal::Ciphertext pair =
                ring.read(residues + chunk * ring.ciphertext_length(), ring.seal.first_parms_id());
            require_scale(scale);
            pair.scale() = scale;
            by->decryptor->decrypt(pair, plain);
            ring.encoder->decode(plain, part, pool);
            std::copy(part.begin(), part.end(), slots + chunk * ring.slots());
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
        const auto &level = ring->seal.first_parms_id();
        for (size_t chunk = 0; chunk < chunks; chunk++) {
            size_t offset = chunk * ring->ciphertext_length();
            seal::Ciphertext sum;
            for (uint64_t t = 0; t < term_count; t++) {
                seal::Ciphertext term = ring->read(terms + t * residue_count + offset, level);
                term.scale() = 1.0; // the caller keeps the scale
                if (weights != nullptr) {
                    ring->evaluator->multiply_plain_inplace(term, ring->constant(weights[t]));
                }
                if (t == 0) {
                    sum = std::move(term);
                } else {
                    ring->evaluator->add_inplace(sum, term);
                }
            }
            ring->write(sum, result + offset);
        }
    });
}

} // extern "C"
