// Exercises every function of dualgrid_seal.h from outside, misuse included. Run it plain, under
// AddressSanitizer or under valgrind: scripts/check-native-memory.
#include "aes.h"
#include "dualgrid_seal.h"
#include "keys.h"
#include "vector_ring.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <thread>
#include <vector>

namespace {

int failures = 0;

void expect_true(bool condition, const char *what, int line) {
    if (!condition) {
        std::fprintf(stderr, "line %d: %s (last error: %s)\n", line, what,
                     dualgrid_seal_last_error());
        failures++;
    }
}

#define EXPECT(condition) expect_true((condition), #condition, __LINE__)
#define EXPECT_STATUS(status, call) expect_true((call) == (status), #call " == " #status, __LINE__)
#define OK(call) EXPECT_STATUS(DUALGRID_SEAL_OK, call)

struct Set {
    const char *name;
    uint64_t degree;
    std::vector<uint64_t> moduli;
    double scale;

    size_t data_moduli() const { return moduli.size() == 1 ? 1 : moduli.size() - 1; }
    size_t ciphertext() const { return 2 * data_moduli() * degree; }
    size_t public_key() const { return 2 * moduli.size() * degree; }
    size_t slots() const { return degree / 2; }
};

// The primes of io.dualgrid.ckks.CkksParameters.
const Set compact{ "compact", 2048, { 9007199254614017ULL }, std::ldexp(1.0, 41) };
const Set published{ "published",
                     8192,
                     { 1152921504606748673ULL, 1099510890497ULL, 1099511480321ULL,
                       1152921504606830593ULL },
                     std::ldexp(1.0, 40) };

std::vector<double> ramp(size_t count) {
    std::vector<double> values(count);
    for (size_t i = 0; i < count; i++) {
        values[i] = 0.25 * static_cast<double>(i % 97) - 10;
    }
    return values;
}

void expect_close(const std::vector<double> &values, double factor,
                  const std::vector<double> &slots, int line) {
    double worst = 0;
    for (size_t i = 0; i < slots.size(); i++) {
        double expected = i < values.size() ? factor * values[i] : 0;
        worst = std::max(worst, std::fabs(slots[i] - expected));
    }
    // CkksParameters.errorBound(2) is below 1e-7 for both sets
    expect_true(worst < 1e-7, "decrypted values are close", line);
}

#define EXPECT_CLOSE(values, factor, slots) expect_close(values, factor, slots, __LINE__)

void round_trips(const Set &set) {
    int64_t context = 0;
    int64_t secret = 0;
    int64_t encryptor = 0;
    std::vector<uint64_t> key(set.public_key());
    OK(dualgrid_seal_context_create(set.degree, set.moduli.data(), set.moduli.size(), &context));
    OK(dualgrid_seal_generate_keys(context, key.data(), key.size(), &secret));
    OK(dualgrid_seal_encryptor_create(context, key.data(), key.size(), &encryptor));

    for (size_t count : { size_t{ 1 }, size_t{ 72 }, set.slots(), set.slots() + 1 }) {
        size_t chunks = (count + set.slots() - 1) / set.slots();
        auto values = ramp(count);
        std::vector<double> slots(chunks * set.slots());
        std::vector<uint64_t> terms(2 * chunks * set.ciphertext());
        uint64_t half = terms.size() / 2;
        uint64_t *first = terms.data();
        uint64_t *second = terms.data() + half;

        OK(dualgrid_seal_encrypt(encryptor, values.data(), count, set.scale, first, half));
        OK(dualgrid_seal_decrypt(secret, first, half, set.scale, slots.data(), slots.size()));
        EXPECT_CLOSE(values, 1, slots);

        OK(dualgrid_seal_encrypt(secret, values.data(), count, set.scale, second, half));
        OK(dualgrid_seal_decrypt(secret, second, half, set.scale, slots.data(), slots.size()));
        EXPECT_CLOSE(values, 1, slots);

        std::vector<uint64_t> sum(half);
        OK(dualgrid_seal_combine(context, first, terms.size(), nullptr, 0, sum.data(), half));
        OK(dualgrid_seal_decrypt(secret, sum.data(), half, set.scale, slots.data(), slots.size()));
        EXPECT_CLOSE(values, 2, slots);

        if (set.moduli.size() > 1) {
            const int64_t weights[] = { int64_t{ 1 } << 40, -(int64_t{ 3 } << 40) };
            OK(dualgrid_seal_combine(context, first, terms.size(), weights, 2, sum.data(), half));
            OK(dualgrid_seal_decrypt(secret, sum.data(), half, set.scale * std::ldexp(1.0, 40),
                                     slots.data(), slots.size()));
            EXPECT_CLOSE(values, -2, slots);
        }
    }
    OK(dualgrid_seal_free(encryptor));
    OK(dualgrid_seal_free(secret));
    OK(dualgrid_seal_free(context));
}

// What is encrypted here, plain SEAL opens, and the other way round; both ways of encryption.
void plain_seal(const Set &set) {
    auto ring = std::make_shared<Ring>(set.degree, set.moduli.data(), set.moduli.size());
    seal::KeyGenerator generator(ring->seal());
    seal::PublicKey public_key;
    generator.create_public_key(public_key);
    Key by_public(ring, public_key.data().data());
    Key by_secret(ring, generator.secret_key());
    seal::Encryptor encryptor(ring->seal(), public_key);
    seal::Decryptor decryptor(ring->seal(), generator.secret_key());
    seal::CKKSEncoder encoder(ring->seal());
    auto values = ramp(72);
    Workspace work(*ring);
    ring->encode(values.data(), 72, 0, set.scale, work.message.data(), work.fourier.data());
    for (const Key *key : { &by_public, &by_secret }) {
        seal::Ciphertext pair;
        pair.resize(ring->seal(), ring->seal().first_parms_id(), 2);
        key->encrypt(work.message.data(), work, pair.data(), nullptr);
        pair.is_ntt_form() = true;
        pair.scale() = set.scale;
        seal::Plaintext plain;
        decryptor.decrypt(pair, plain);
        std::vector<double> slots;
        encoder.decode(plain, slots);
        EXPECT_CLOSE(values, 1, slots);
    }
    seal::Plaintext plain;
    encoder.encode(values, set.scale, plain);
    seal::Ciphertext pair;
    encryptor.encrypt(plain, pair);
    std::vector<double> slots(set.slots());
    by_secret.decrypt(pair.data(), set.scale, slots.data());
    EXPECT_CLOSE(values, 1, slots);
}

// The second components under a secret key are what their seeds stand for.
void seeded_pairs(const Set &set, int64_t secret, int64_t other_secret, int64_t encryptor) {
    auto values = ramp(72);
    uint64_t length = set.ciphertext();
    size_t data_moduli = length / 2 / set.degree;
    std::vector<uint64_t> own(length), other(length);
    std::vector<uint8_t> seeds(32 * data_moduli), again(32 * data_moduli);
    int32_t status =
        dualgrid_seal_encrypt_pair(secret, encryptor, values.data(), 72, set.scale, own.data(),
                                   other.data(), length, seeds.data(), seeds.size());
    if (status == DUALGRID_SEAL_NOT_HERE) {
        return;
    }
    EXPECT(status == DUALGRID_SEAL_OK);
    std::vector<double> slots(set.slots());
    OK(dualgrid_seal_decrypt(secret, own.data(), length, set.scale, slots.data(), slots.size()));
    EXPECT_CLOSE(values, 1, slots);
    OK(dualgrid_seal_decrypt(other_secret, other.data(), length, set.scale, slots.data(),
                             slots.size()));
    EXPECT_CLOSE(values, 1, slots);
    for (size_t m = 0; m < data_moduli; m++) {
        std::vector<uint8_t> stream(4 * 8 * set.degree);
        OK(dualgrid_seal_stream(DUALGRID_SEAL_AES, seeds.data() + 32 * m, 32, stream.data(),
                                stream.size()));
        uint64_t q = set.moduli[m], bits = 1;
        while (bits <= q) {
            bits *= 2;
        }
        const uint64_t *second = own.data() + (data_moduli + m) * set.degree;
        size_t found = 0;
        for (size_t at = 0; at < stream.size() && found < set.degree; at += 8) {
            uint64_t word = 0;
            std::memcpy(&word, stream.data() + at, 8);
            word %= bits;
            if (word < q) {
                EXPECT(second[found] == word);
                found++;
            }
        }
        EXPECT(found == set.degree);
    }
    OK(dualgrid_seal_encrypt_pair(secret, encryptor, values.data(), 72, set.scale, own.data(),
                                  other.data(), length, again.data(), again.size()));
    EXPECT(seeds != again);
    EXPECT_STATUS(DUALGRID_SEAL_BAD_LENGTH,
                  dualgrid_seal_encrypt_pair(secret, encryptor, values.data(), 72, set.scale,
                                             own.data(), other.data(), length, seeds.data(), 31));
    EXPECT_STATUS(DUALGRID_SEAL_BAD_HANDLE,
                  dualgrid_seal_encrypt_pair(encryptor, encryptor, values.data(), 72, set.scale,
                                             own.data(), other.data(), length, seeds.data(),
                                             seeds.size()));
}

void pairs(const Set &set) {
    int64_t context = 0;
    int64_t elsewhere = 0;
    int64_t secrets[2] = { 0, 0 };
    int64_t encryptors[2] = { 0, 0 };
    std::vector<uint64_t> key(set.public_key());
    OK(dualgrid_seal_context_create(set.degree, set.moduli.data(), set.moduli.size(), &context));
    OK(dualgrid_seal_context_create(set.degree, set.moduli.data(), set.moduli.size(), &elsewhere));
    OK(dualgrid_seal_generate_keys(context, key.data(), key.size(), &secrets[0]));
    OK(dualgrid_seal_generate_keys(context, key.data(), key.size(), &secrets[1]));
    OK(dualgrid_seal_encryptor_create(context, key.data(), key.size(), &encryptors[0]));
    OK(dualgrid_seal_encryptor_create(elsewhere, key.data(), key.size(), &encryptors[1]));
    auto values = ramp(72);
    uint64_t length = set.ciphertext();
    std::vector<uint64_t> own(length), other(length);
    OK(dualgrid_seal_encrypt_pair(secrets[0], encryptors[0], values.data(), 72, set.scale,
                                  own.data(), other.data(), length, nullptr, 0));
    std::vector<double> slots(set.slots());
    OK(dualgrid_seal_decrypt(secrets[0], own.data(), length, set.scale, slots.data(),
                             slots.size()));
    EXPECT_CLOSE(values, 1, slots);
    OK(dualgrid_seal_decrypt(secrets[1], other.data(), length, set.scale, slots.data(),
                             slots.size()));
    EXPECT_CLOSE(values, 1, slots);
    EXPECT_STATUS(DUALGRID_SEAL_BAD_ARGUMENT,
                  dualgrid_seal_encrypt_pair(secrets[0], encryptors[1], values.data(), 72,
                                             set.scale, own.data(), other.data(), length, nullptr, 0));
    EXPECT_STATUS(DUALGRID_SEAL_BAD_LENGTH,
                  dualgrid_seal_encrypt_pair(secrets[0], encryptors[0], values.data(), 72,
                                             set.scale, own.data(), other.data(), length - 1,
                                             nullptr, 0));
    EXPECT_STATUS(DUALGRID_SEAL_BAD_HANDLE,
                  dualgrid_seal_encrypt_pair(secrets[0], context, values.data(), 72, set.scale,
                                             own.data(), other.data(), length, nullptr, 0));
    EXPECT_STATUS(DUALGRID_SEAL_BAD_ARGUMENT,
                  dualgrid_seal_encrypt_pair(secrets[0], encryptors[0], values.data(), 72,
                                             set.scale, own.data(), nullptr, length, nullptr, 0));
    seeded_pairs(set, secrets[0], secrets[1], encryptors[0]);
    for (int64_t handle : { context, elsewhere, secrets[0], secrets[1], encryptors[0],
                            encryptors[1] }) {
        OK(dualgrid_seal_free(handle));
    }
}

void randomness() {
    const uint8_t zeros[32] = {};
    std::vector<uint8_t> bytes(512);
    const uint8_t aes[] = { 0xdc, 0x95, 0xc0, 0x78, 0xa2, 0x40, 0x89, 0x89 };
    const uint8_t chacha[] = { 0x76, 0xb8, 0xe0, 0xad, 0xa0, 0xf1, 0x3d, 0x90 };
    if (dualgrid_seal_stream(DUALGRID_SEAL_AES, zeros, 32, bytes.data(), bytes.size()) ==
        DUALGRID_SEAL_OK) {
        EXPECT(std::equal(aes, aes + 8, bytes.begin()));
    }
    OK(dualgrid_seal_stream(DUALGRID_SEAL_CHACHA, zeros, 32, bytes.data(), bytes.size()));
    EXPECT(std::equal(chacha, chacha + 8, bytes.begin()));
    EXPECT_STATUS(DUALGRID_SEAL_BAD_LENGTH,
                  dualgrid_seal_stream(DUALGRID_SEAL_CHACHA, zeros, 31, bytes.data(), 256));
    EXPECT_STATUS(DUALGRID_SEAL_BAD_LENGTH,
                  dualgrid_seal_stream(DUALGRID_SEAL_CHACHA, zeros, 32, bytes.data(), 255));
    EXPECT_STATUS(DUALGRID_SEAL_BAD_ARGUMENT,
                  dualgrid_seal_stream(7, zeros, 32, bytes.data(), 256));
    for (uint64_t count : { 1, 5, 127, 4099 }) {
        std::vector<int64_t> values(count);
        for (int32_t distribution : { DUALGRID_SEAL_TERNARY, DUALGRID_SEAL_ERROR }) {
            int64_t limit = distribution == DUALGRID_SEAL_TERNARY ? 1 : 21;
            OK(dualgrid_seal_sample(distribution, 1, values.data(), count));
            EXPECT(std::all_of(values.begin(), values.end(),
                               [=](int64_t v) { return v >= -limit && v <= limit; }));
        }
        OK(dualgrid_seal_sample(DUALGRID_SEAL_UNIFORM, 5, values.data(), count));
        EXPECT(std::all_of(values.begin(), values.end(),
                           [](int64_t v) { return v >= 0 && v < 5; }));
    }
    int64_t none = 0;
    EXPECT_STATUS(DUALGRID_SEAL_BAD_ARGUMENT, dualgrid_seal_sample(9, 1, &none, 1));
    EXPECT_STATUS(DUALGRID_SEAL_BAD_ARGUMENT,
                  dualgrid_seal_sample(DUALGRID_SEAL_UNIFORM, 0, &none, 1));
}

void misuse(const Set &set) {
    int64_t context = 0;
    int64_t secret = 0;
    int64_t encryptor = 0;
    std::vector<uint64_t> key(set.public_key());
    std::vector<uint64_t> residues(set.ciphertext());
    std::vector<double> slots(set.slots());
    auto values = ramp(72);
    uint64_t length = residues.size();

    // parameters
    const uint64_t composite[] = { 9007199254614019ULL };
    const uint64_t too_large[] = { published.moduli[0] };
    EXPECT_STATUS(DUALGRID_SEAL_BAD_ARGUMENT,
                  dualgrid_seal_context_create(2048, nullptr, 1, &context));
    EXPECT_STATUS(DUALGRID_SEAL_BAD_ARGUMENT,
                  dualgrid_seal_context_create(2048, composite, 1, nullptr));
    EXPECT_STATUS(DUALGRID_SEAL_BAD_LENGTH,
                  dualgrid_seal_context_create(2048, composite, 0, &context));
    EXPECT_STATUS(DUALGRID_SEAL_BAD_LENGTH,
                  dualgrid_seal_context_create(2048, composite, UINT64_MAX, &context));
    EXPECT(dualgrid_seal_context_create(2048, composite, 1, &context) != DUALGRID_SEAL_OK);
    EXPECT(dualgrid_seal_context_create(2048, too_large, 1, &context) != DUALGRID_SEAL_OK);
    EXPECT(dualgrid_seal_context_create(2047, compact.moduli.data(), 1, &context) !=
           DUALGRID_SEAL_OK);
    EXPECT(dualgrid_seal_last_error()[0] != '\0');

    OK(dualgrid_seal_context_create(set.degree, set.moduli.data(), set.moduli.size(), &context));
    OK(dualgrid_seal_generate_keys(context, key.data(), key.size(), &secret));
    OK(dualgrid_seal_encryptor_create(context, key.data(), key.size(), &encryptor));
    OK(dualgrid_seal_encrypt(encryptor, values.data(), 72, set.scale, residues.data(), length));

    // null pointers
    EXPECT_STATUS(DUALGRID_SEAL_BAD_ARGUMENT,
                  dualgrid_seal_generate_keys(context, nullptr, key.size(), &secret));
    EXPECT_STATUS(DUALGRID_SEAL_BAD_ARGUMENT,
                  dualgrid_seal_encrypt(encryptor, nullptr, 72, set.scale, residues.data(), length));
    EXPECT_STATUS(DUALGRID_SEAL_BAD_ARGUMENT,
                  dualgrid_seal_encrypt(encryptor, values.data(), 72, set.scale, nullptr, length));
    EXPECT_STATUS(DUALGRID_SEAL_BAD_ARGUMENT,
                  dualgrid_seal_decrypt(secret, residues.data(), length, set.scale, nullptr, 1));
    EXPECT_STATUS(DUALGRID_SEAL_BAD_ARGUMENT,
                  dualgrid_seal_combine(context, nullptr, length, nullptr, 0, residues.data(),
                                        length));

    // lengths
    for (uint64_t wrong : { uint64_t{ 0 }, length - 1, length + 1, 2 * length, UINT64_MAX }) {
        EXPECT_STATUS(DUALGRID_SEAL_BAD_LENGTH,
                      dualgrid_seal_encrypt(encryptor, values.data(), 72, set.scale,
                                            residues.data(), wrong));
        EXPECT_STATUS(DUALGRID_SEAL_BAD_LENGTH,
                      dualgrid_seal_encryptor_create(context, key.data(), wrong, &encryptor));
        EXPECT_STATUS(DUALGRID_SEAL_BAD_LENGTH,
                      dualgrid_seal_decrypt(secret, residues.data(), wrong, set.scale,
                                            slots.data(), slots.size()));
    }
    for (uint64_t count : { uint64_t{ 0 }, uint64_t{ set.slots() + 1 }, UINT64_MAX }) {
        EXPECT_STATUS(DUALGRID_SEAL_BAD_LENGTH,
                      dualgrid_seal_encrypt(encryptor, values.data(), count, set.scale,
                                            residues.data(), length));
    }
    EXPECT_STATUS(DUALGRID_SEAL_BAD_LENGTH,
                  dualgrid_seal_decrypt(secret, residues.data(), length, set.scale, slots.data(),
                                        slots.size() - 1));
    EXPECT_STATUS(DUALGRID_SEAL_BAD_LENGTH,
                  dualgrid_seal_combine(context, residues.data(), length + 1, nullptr, 0,
                                        residues.data(), length));
    const int64_t weights[] = { 1, 1 };
    EXPECT_STATUS(DUALGRID_SEAL_BAD_LENGTH,
                  dualgrid_seal_combine(context, residues.data(), length, weights, 2,
                                        residues.data(), length));

    // residues
    auto bad = residues;
    for (uint64_t residue : { set.moduli[0], UINT64_MAX }) {
        bad[set.degree - 1] = residue;
        EXPECT_STATUS(DUALGRID_SEAL_BAD_RESIDUE,
                      dualgrid_seal_decrypt(secret, bad.data(), length, set.scale, slots.data(),
                                            slots.size()));
        EXPECT_STATUS(DUALGRID_SEAL_BAD_RESIDUE,
                      dualgrid_seal_combine(context, bad.data(), length, nullptr, 0,
                                            residues.data(), length));
        auto bad_key = key;
        bad_key[key.size() - 1] = std::max(residue, set.moduli.back());
        int64_t none = 0;
        EXPECT_STATUS(DUALGRID_SEAL_BAD_RESIDUE,
                      dualgrid_seal_encryptor_create(context, bad_key.data(), bad_key.size(),
                                                     &none));
    }

    // values and scales
    const double bad_values[] = { NAN, INFINITY, -INFINITY, 1e300 };
    for (double value : bad_values) {
        EXPECT(dualgrid_seal_encrypt(encryptor, &value, 1, set.scale, residues.data(), length) !=
               DUALGRID_SEAL_OK);
    }
    const double bad_scales[] = { 0, -1, 1e300, NAN };
    for (double scale : bad_scales) {
        EXPECT(dualgrid_seal_encrypt(encryptor, values.data(), 72, scale, residues.data(),
                                     length) != DUALGRID_SEAL_OK);
        EXPECT(dualgrid_seal_decrypt(secret, residues.data(), length, scale, slots.data(),
                                     slots.size()) != DUALGRID_SEAL_OK);
    }

    // handles: of another kind, never given out, freed
    EXPECT_STATUS(DUALGRID_SEAL_BAD_HANDLE,
                  dualgrid_seal_encrypt(context, values.data(), 72, set.scale, residues.data(),
                                        length));
    EXPECT_STATUS(DUALGRID_SEAL_BAD_HANDLE,
                  dualgrid_seal_decrypt(encryptor, residues.data(), length, set.scale,
                                        slots.data(), slots.size()));
    EXPECT_STATUS(DUALGRID_SEAL_BAD_HANDLE,
                  dualgrid_seal_generate_keys(secret, key.data(), key.size(), &secret));
    for (int64_t handle : { int64_t{ 0 }, int64_t{ -1 }, INT64_MAX }) {
        EXPECT_STATUS(DUALGRID_SEAL_BAD_HANDLE, dualgrid_seal_free(handle));
    }
    // keys outlive the context that they were made in
    OK(dualgrid_seal_free(context));
    EXPECT_STATUS(DUALGRID_SEAL_BAD_HANDLE, dualgrid_seal_free(context));
    EXPECT_STATUS(DUALGRID_SEAL_BAD_HANDLE,
                  dualgrid_seal_generate_keys(context, key.data(), key.size(), &secret));
    OK(dualgrid_seal_encrypt(encryptor, values.data(), 72, set.scale, residues.data(), length));
    OK(dualgrid_seal_free(encryptor));
    EXPECT_STATUS(DUALGRID_SEAL_BAD_HANDLE, dualgrid_seal_free(encryptor));
    OK(dualgrid_seal_free(secret));
    EXPECT_STATUS(DUALGRID_SEAL_BAD_HANDLE,
                  dualgrid_seal_decrypt(secret, residues.data(), length, set.scale, slots.data(),
                                        slots.size()));
}

// Every set of vectors that this processor has.
std::vector<const Vectors *> all_vectors() {
    std::vector<const Vectors *> all;
    for (const Vectors *vectors : { avx2_vectors(), avx512_vectors() }) {
        if (vectors != nullptr) {
            all.push_back(vectors);
        }
    }
    return all;
}

uint64_t product_modulo(uint64_t a, uint64_t b, const seal::Modulus &modulus) {
    return seal::util::multiply_uint_mod(a, b, modulus);
}

// Vectors of doubles against SEAL's words of 64 bits, number for number and both ways: coefficients
// even over the modulus, at both ends of it, and small as noise is; the forms of the second kind are
// those that every butterfly takes furthest. And products with sums, of numbers even over the modulus
// and next to its ends and middle.
void vector_ring(uint64_t degree, uint64_t modulus, const Vectors *by) {
    seal::EncryptionParameters parameters(seal::scheme_type::ckks);
    parameters.set_poly_modulus_degree(static_cast<size_t>(degree));
    parameters.set_coeff_modulus({ seal::Modulus(modulus) });
    seal::SEALContext context(parameters, false, seal::sec_level_type::none);
    const auto &tables = context.key_context_data()->small_ntt_tables()[0];
    auto ring = VectorRing::of(tables, by);
    if (!ring) {
        std::printf("%s: none for degree %d and a modulus of %d bits\n", by->name,
                    static_cast<int>(degree), tables.modulus().bit_count());
        return;
    }
    const size_t n = tables.coeff_count();
    const auto q = static_cast<int64_t>(modulus);
    std::mt19937_64 random(degree + modulus);
    std::vector<int64_t> coefficients(n);
    std::vector<uint64_t> expected(n), a(n), b(n), c(n), residues(n);
    std::vector<double> form(n), x(n), y(n), z(n);
    size_t wrong = 0;
    for (int turn = 0; turn < 60; turn++) {
        for (auto &coefficient : coefficients) {
            auto drawn = static_cast<int64_t>(random() >> 1);
            int64_t end = drawn % 2 == 0 ? q / 2 : -(q / 2);
            coefficient =
                turn % 3 == 0 ? drawn % q - q / 2 : turn % 3 == 1 ? end : drawn % 43 - 21;
        }
        for (size_t j = 0; j < n; j++) {
            expected[j] = static_cast<uint64_t>(coefficients[j] + (coefficients[j] < 0 ? q : 0));
        }
        seal::util::ntt_negacyclic_harvey(seal::util::CoeffIter(expected.data()), tables);
        ring->forward(coefficients.data(), form.data());
        for (size_t j = 0; j < n; j++) {
            wrong += expected[j] != static_cast<uint64_t>(form[j] < 0 ? form[j] + q : form[j]);
        }
        ring->inverse(form.data());
        for (size_t j = 0; j < n; j++) {
            wrong += form[j] != static_cast<double>(coefficients[j]);
        }
        for (auto *some : { &a, &b, &c }) {
            for (auto &residue : *some) {
                uint64_t drawn = random();
                uint64_t near = drawn % 4 == 0 ? modulus / 2 : drawn % 4 == 1 ? modulus : 0;
                residue = turn % 2 == 0 ? drawn % modulus
                                        : (near + modulus - 3 + drawn / 4 % 7) % modulus;
            }
        }
        ring->nearest(a.data(), n, x.data());
        ring->nearest(b.data(), n, y.data());
        ring->nearest(c.data(), n, z.data());
        ring->add_product(x.data(), y.data(), z.data(), residues.data());
        ring->sum_product(a.data(), y.data(), c.data(), form.data());
        for (size_t j = 0; j < n; j++) {
            uint64_t sum = (c[j] + product_modulo(a[j], b[j], tables.modulus())) % modulus;
            wrong += residues[j] != sum;
            wrong += sum != static_cast<uint64_t>(form[j] < 0 ? form[j] + q : form[j]);
            wrong += std::fabs(form[j]) > static_cast<double>(q) / 2 + 1;
        }
        ring->less_product(a.data(), y.data(), z.data(), residues.data());
        for (size_t j = 0; j < n; j++) {
            uint64_t product = product_modulo(a[j], b[j], tables.modulus());
            wrong += residues[j] != (c[j] + modulus - product) % modulus;
        }
    }
    EXPECT(wrong == 0);
}

// Inner products by limbs against those modulo a prime, of which the limbs know nothing: with the
// largest numbers there are, as many as there may be, too.
void two_products(const Vectors &by) {
    const seal::Modulus modulus((uint64_t{ 1 } << 61) - 1);
    const uint64_t most = (uint64_t{ 1 } << 2 * limb_bits) - 1;
    std::mt19937_64 random(7);
    for (int turn = 0; turn < 20; turn++) {
        size_t count = turn % 2 == 0 ? most_products : by.lanes * (1 + random() % 9);
        std::vector<uint64_t> numbers(count + 1, most), residues(count, most);
        for (size_t j = 0; turn > 1 && j < count; j++) {
            numbers[j + 1] = random() & most;
            residues[j] = random() & most;
        }
        uint64_t limbs[6];
        by.two_products(numbers.data(), residues.data(), count, limbs);
        for (size_t w = 0; w < 2; w++) {
            uint64_t expected = 0, sum = 0;
            for (size_t j = 0; j < count; j++) {
                expected += product_modulo(numbers[w + j], residues[j], modulus);
                expected %= modulus.value();
            }
            for (size_t k = 3; k-- > 0;) {
                sum = product_modulo(sum, uint64_t{ 1 } << limb_bits, modulus);
                sum = (sum + limbs[3 * w + k] % modulus.value()) % modulus.value();
            }
            EXPECT(sum == expected);
        }
    }
}

#ifdef DUALGRID_X86

// Four blocks an instruction against one, from several counters on.
DUALGRID_TARGET_AES void wide_blocks(WideCounter wide) {
    std::vector<uint8_t> key(32), bytes(1024);
    for (size_t i = 0; i < key.size(); i++) {
        key[i] = static_cast<uint8_t>(31 * i + 7);
    }
    __m128i keys[aes_keys];
    expand_key(key.data(), keys);
    for (uint64_t counter : { uint64_t{ 0 }, uint64_t{ 250 }, ~uint64_t{ 0 } - 1000 }) {
        wide(keys, counter, bytes.data(), bytes.size());
        for (size_t i = 0; i < bytes.size() / 16; i++) {
            __m128i block[] = { _mm_set_epi64x(static_cast<long long>(big_endian(counter + i)),
                                               0) };
            encrypt_blocks(block, keys);
            EXPECT(std::memcmp(block, bytes.data() + 16 * i, 16) == 0);
        }
    }
}

#endif

// What is added can be subtracted again; whether it is what it should be, tests in Java say.
void masks() {
    std::vector<uint8_t> keys(3 * 32);
    for (size_t i = 0; i < keys.size(); i++) {
        keys[i] = static_cast<uint8_t>(7 * i);
    }
    const uint8_t agreed[16] = { 1, 2, 3 };
    for (size_t numbers : { 1, 7, 8, 9, 40 }) {
        std::vector<uint64_t> words(2 * numbers, ~uint64_t{ 0 });
        const auto before = words;
        int32_t status = dualgrid_seal_add_masks(keys.data(), keys.size(), 1, agreed, 5,
                                                 words.data(), words.size());
        if (status == DUALGRID_SEAL_NOT_HERE) {
            EXPECT(words == before);
            return;
        }
        EXPECT(status == DUALGRID_SEAL_OK && words != before);
        // the other way round: keys that were added come first now
        std::rotate(keys.begin(), keys.begin() + 32, keys.end());
        OK(dualgrid_seal_add_masks(keys.data(), keys.size(), 2, agreed, 5, words.data(),
                                   words.size()));
        std::rotate(keys.begin(), keys.begin() + 64, keys.end());
        EXPECT(words == before);
    }
    uint64_t words[2] = {};
    EXPECT_STATUS(DUALGRID_SEAL_BAD_LENGTH,
                  dualgrid_seal_add_masks(keys.data(), 95, 0, agreed, 5, words, 2));
    EXPECT_STATUS(DUALGRID_SEAL_BAD_LENGTH,
                  dualgrid_seal_add_masks(keys.data(), 96, 4, agreed, 5, words, 2));
    EXPECT_STATUS(DUALGRID_SEAL_BAD_LENGTH,
                  dualgrid_seal_add_masks(keys.data(), 96, 0, agreed, 5, words, 1));
    EXPECT_STATUS(DUALGRID_SEAL_BAD_ARGUMENT,
                  dualgrid_seal_add_masks(keys.data(), 96, 0, nullptr, 5, words, 2));
}

void hashes() {
    const uint8_t key[32] = { 9 };
    const uint64_t moduli[] = { published.moduli[0], 3 };
    const uint32_t words[] = { 4, 2 };
    const uint64_t polynomials = 3, degree = 50, length = 2 * polynomials * degree;
    int64_t hash = 0;
    int32_t status =
        dualgrid_seal_hash_create(key, moduli, words, 2, polynomials, degree, &hash);
    if (status == DUALGRID_SEAL_NOT_HERE) {
        return;
    }
    EXPECT(status == DUALGRID_SEAL_OK);
    std::vector<uint64_t> most(length), ones(length, 1);
    for (size_t i = 0; i < length; i++) {
        most[i] = moduli[i / degree % 2] - 1;
    }
    uint64_t of_most[6], of_ones[6]; // which together are of a zero
    OK(dualgrid_seal_hash(hash, most.data(), length, of_most, 6));
    OK(dualgrid_seal_hash(hash, ones.data(), length, of_ones, 6));
    for (int word = 0; word < 6; word++) {
        uint64_t q = moduli[word < 4 ? 0 : 1];
        EXPECT(of_most[word] < q && (of_most[word] + of_ones[word]) % q == 0);
    }
    EXPECT_STATUS(DUALGRID_SEAL_BAD_LENGTH,
                  dualgrid_seal_hash(hash, most.data(), length - 1, of_most, 6));
    EXPECT_STATUS(DUALGRID_SEAL_BAD_LENGTH,
                  dualgrid_seal_hash(hash, most.data(), length, of_most, 5));
    EXPECT_STATUS(DUALGRID_SEAL_BAD_ARGUMENT,
                  dualgrid_seal_hash(hash, nullptr, length, of_most, 6));
    OK(dualgrid_seal_free(hash));
    EXPECT_STATUS(DUALGRID_SEAL_BAD_HANDLE,
                  dualgrid_seal_hash(hash, most.data(), length, of_most, 6));

    const uint64_t too_large = uint64_t{ 1 } << 60, many = ~uint64_t{ 0 };
    const uint32_t none = 0;
    EXPECT_STATUS(DUALGRID_SEAL_BAD_ARGUMENT,
                  dualgrid_seal_hash_create(key, &too_large, words, 1, 1, 1, &hash));
    EXPECT_STATUS(DUALGRID_SEAL_BAD_ARGUMENT,
                  dualgrid_seal_hash_create(key, moduli, &none, 1, 1, 1, &hash));
    for (uint64_t odd : { uint64_t{ 0 }, many, uint64_t{ 1 } << 28 }) {
        EXPECT_STATUS(DUALGRID_SEAL_BAD_LENGTH,
                      dualgrid_seal_hash_create(key, moduli, words, 1, odd, 2, &hash));
    }
    EXPECT_STATUS(DUALGRID_SEAL_BAD_LENGTH,
                  dualgrid_seal_hash_create(key, moduli, words, 65, 1, 1, &hash));
}

// FIPS 180-4's example of one block.
void sha256_of_abc() {
    const uint8_t expected[32] = { 0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea,
                                   0x41, 0x41, 0x40, 0xde, 0x5d, 0xae, 0x22, 0x23,
                                   0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17, 0x7a, 0x9c,
                                   0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad };
    const uint8_t abc[] = { 'a', 'b', 'c' };
    uint8_t hash[32];
    OK(dualgrid_seal_sha256(abc, 3, hash));
    EXPECT(std::equal(hash, hash + 32, expected));
    EXPECT_STATUS(DUALGRID_SEAL_BAD_ARGUMENT, dualgrid_seal_sha256(nullptr, 3, hash));
}

// Threads use one key while another thread frees it: each call works or says that it is gone.
void free_in_use() {
    const Set &set = compact;
    int64_t context = 0;
    int64_t secret = 0;
    std::vector<uint64_t> key(set.public_key());
    OK(dualgrid_seal_context_create(set.degree, set.moduli.data(), set.moduli.size(), &context));
    OK(dualgrid_seal_generate_keys(context, key.data(), key.size(), &secret));
    std::vector<std::thread> threads;
    std::vector<int> unexpected(3);
    for (int &count : unexpected) {
        threads.emplace_back([&set, &count, secret] {
            auto values = ramp(72);
            std::vector<uint64_t> residues(set.ciphertext());
            std::vector<double> slots(set.slots());
            for (int i = 0; i < 50; i++) {
                int32_t status = dualgrid_seal_encrypt(secret, values.data(), 72, set.scale,
                                                       residues.data(), residues.size());
                if (status == DUALGRID_SEAL_OK) {
                    status = dualgrid_seal_decrypt(secret, residues.data(), residues.size(),
                                                   set.scale, slots.data(), slots.size());
                }
                count += status != DUALGRID_SEAL_OK && status != DUALGRID_SEAL_BAD_HANDLE;
            }
        });
    }
    OK(dualgrid_seal_free(secret));
    for (auto &thread : threads) {
        thread.join();
    }
    for (int count : unexpected) {
        EXPECT(count == 0);
    }
    OK(dualgrid_seal_free(context));
}

} // namespace

int main() {
    EXPECT(dualgrid_seal_abi_version() == DUALGRID_SEAL_ABI_VERSION);
    EXPECT(dualgrid_seal_version()[0] != '\0');
    for (const Set &set : { compact, published }) {
        round_trips(set);
        plain_seal(set);
        pairs(set);
        misuse(set);
    }
    for (const Vectors *by : all_vectors()) {
        vector_ring(compact.degree, compact.moduli[0], by);
        vector_ring(published.degree, published.moduli[1], by);
        vector_ring(published.degree, published.moduli[0], by); // too large for doubles
        vector_ring(8, 97, by);  // the least degrees whose last stages are within two vectors,
        vector_ring(16, 97, by); // of four numbers and of eight
        two_products(*by);
    }
#ifdef DUALGRID_X86
    if (wide_counter() != nullptr) {
        wide_blocks(wide_counter());
    }
#endif
    randomness();
    masks();
    hashes();
    sha256_of_abc();
    free_in_use();
    EXPECT(dualgrid_seal_live_handles() == 0);
    std::printf("dualgrid_seal %s: %s\n", dualgrid_seal_version(),
                failures == 0 ? "all checks passed" : "FAILED");
    return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
