// Feeds the C ABI of dualgrid_seal calls made of arbitrary bytes, to be run under sanitizers
// (scripts/fuzz-native): any handle, lengths, residues, values and scales, in any order.
//
// Arrays have exactly the lengths that are told, so that a read or write beyond one is noticed.
#include "dualgrid_seal.h"
#include "input.h"

#include <algorithm>
#include <vector>

namespace {

constexpr uint64_t degree = 1024;
constexpr uint64_t modulus = 132120577; // 27 bits, 1 modulo 2048
constexpr uint64_t length = 2 * degree;
constexpr double usual_scale = 65536;

// Handles of each kind, one that was freed and one that never was.
struct Handles {
    int64_t of[5] = {};

    Handles() {
        std::vector<uint64_t> key(length);
        fuzz_require(dualgrid_seal_context_create(degree, &modulus, 1, &of[0]) == DUALGRID_SEAL_OK &&
                         dualgrid_seal_generate_keys(of[0], key.data(), length, &of[1]) ==
                             DUALGRID_SEAL_OK,
                     dualgrid_seal_last_error());
        dualgrid_seal_encryptor_create(of[0], key.data(), length, &of[2]);
        dualgrid_seal_encryptor_create(of[0], key.data(), length, &of[3]);
        dualgrid_seal_free(of[3]);
        of[4] = -1;
    }
};

struct Call {
    fuzz_input *in;
    const Handles &handles;

    int64_t handle() { return handles.of[fuzz_byte(in) < 192 ? fuzz_byte(in) % 3 : fuzz_byte(in) % 5]; }

    // Mostly the one that is right, else any that an array can have here.
    uint64_t count(uint64_t right) {
        return fuzz_seldom(in) ? fuzz_word(in) % (3 * length) : right;
    }

    double scale() { return fuzz_seldom(in) ? fuzz_number(in) : usual_scale; }

    std::vector<double> values(uint64_t count) {
        std::vector<double> made(count);
        for (size_t i = fuzz_byte(in); i < made.size(); i += 31) {
            made[i] = fuzz_number(in);
        }
        return made;
    }

    std::vector<uint64_t> residues(uint64_t count) {
        std::vector<uint64_t> made(count);
        for (size_t i = fuzz_byte(in); i < made.size(); i += 97) {
            made[i] = fuzz_seldom(in) ? fuzz_word(in) : fuzz_word(in) % modulus;
        }
        return made;
    }

    void encrypt() {
        uint64_t length_told = count(length);
        auto some = values(count(72));
        std::vector<uint64_t> first(length_told), second(length_told);
        if (fuzz_byte(in) & 1) {
            dualgrid_seal_encrypt(handle(), some.data(), some.size(), scale(), first.data(),
                                  length_told);
        } else {
            std::vector<uint8_t> seeds(count(32));
            dualgrid_seal_encrypt_pair(handle(), handle(), some.data(), some.size(), scale(),
                                       first.data(), second.data(), length_told,
                                       fuzz_byte(in) & 1 ? seeds.data() : nullptr, seeds.size());
        }
    }

    void decrypt() {
        auto pair = residues(count(length));
        std::vector<double> slots(count(pair.size() / 4));
        double by = scale();
        int32_t status = dualgrid_seal_decrypt(handle(), pair.data(), pair.size(), by,
                                               slots.data(), slots.size());
        if (status == DUALGRID_SEAL_OK && by == usual_scale) {
            fuzz_require(fuzz_are_finite(slots.data(), static_cast<int32_t>(slots.size())),
                         "decrypted to what is not a number");
        }
    }

    void combine() {
        uint64_t result_length = count(length);
        auto terms = residues(count(2 * result_length));
        std::vector<int64_t> weights(count(2));
        for (auto &weight : weights) {
            weight = static_cast<int64_t>(fuzz_word(in));
        }
        std::vector<uint64_t> result(result_length);
        int32_t status = dualgrid_seal_combine(
            handle(), terms.data(), terms.size(), fuzz_byte(in) & 1 ? weights.data() : nullptr,
            weights.size(), result.data(), result_length);
        fuzz_require(status != DUALGRID_SEAL_OK ||
                         std::all_of(result.begin(), result.end(),
                                     [](uint64_t residue) { return residue < modulus; }),
                     "a sum is not below its modulus");
    }

    void make() {
        int64_t made = 0;
        auto key = residues(count(length));
        int32_t status = DUALGRID_SEAL_OK;
        switch (fuzz_byte(in) % 3) {
        case 0: status = dualgrid_seal_encryptor_create(handle(), key.data(), key.size(), &made); break;
        case 1: status = dualgrid_seal_generate_keys(handle(), key.data(), key.size(), &made); break;
        default: {
            // Small enough to be made in no time.
            uint64_t any_degree = fuzz_byte(in) & 1 ? degree : fuzz_word(in) >> (50 + fuzz_byte(in) % 14);
            std::vector<uint64_t> moduli(1 + fuzz_byte(in) % 3, modulus);
            for (auto &each : moduli) {
                each = fuzz_byte(in) & 1 ? each : fuzz_word(in) >> (fuzz_byte(in) % 64);
            }
            status = dualgrid_seal_context_create(any_degree, moduli.data(), moduli.size(), &made);
        }
        }
        fuzz_require((status == DUALGRID_SEAL_OK) == (made != 0), "a handle of a failure, or none");
        if (made != 0) {
            fuzz_require(dualgrid_seal_free(made) == DUALGRID_SEAL_OK &&
                             dualgrid_seal_free(made) == DUALGRID_SEAL_BAD_HANDLE,
                         "a handle is not freed once");
        }
    }

    void draw() {
        std::vector<uint8_t> seed(fuzz_seldom(in) ? fuzz_byte(in) : 32);
        std::vector<uint8_t> bytes(fuzz_seldom(in) ? fuzz_byte(in) : 512);
        dualgrid_seal_stream(fuzz_byte(in) % 3, seed.data(), seed.size(), bytes.data(),
                             bytes.size());
        std::vector<int64_t> sample(fuzz_byte(in));
        dualgrid_seal_sample(fuzz_byte(in) % 4, fuzz_word(in) >> (fuzz_byte(in) % 64),
                             sample.data(), sample.size());
    }

    void mask() {
        std::vector<uint8_t> keys(fuzz_seldom(in) ? fuzz_byte(in) : 32 * (fuzz_byte(in) % 4));
        for (size_t i = 0; i < keys.size(); i += 13) {
            keys[i] = fuzz_byte(in);
        }
        const uint8_t agreed[16] = { fuzz_byte(in) };
        std::vector<uint64_t> words(fuzz_seldom(in) ? fuzz_byte(in) : 2 * (fuzz_byte(in) % 32));
        dualgrid_seal_add_masks(keys.data(), keys.size(), fuzz_byte(in) % 5, agreed,
                                fuzz_word(in), words.data(), words.size());
    }

    void hash() {
        const uint8_t key[32] = { fuzz_byte(in) };
        std::vector<uint64_t> moduli(fuzz_byte(in) % 3);
        std::vector<uint32_t> of_each(moduli.size());
        uint64_t words = 0;
        for (size_t m = 0; m < moduli.size(); m++) {
            moduli[m] = fuzz_seldom(in) ? fuzz_word(in) : fuzz_word(in) >> (4 + fuzz_byte(in) % 58);
            of_each[m] = fuzz_seldom(in) ? fuzz_byte(in) : 1 + fuzz_byte(in) % 3;
            words += of_each[m];
        }
        uint64_t polynomials = fuzz_seldom(in) ? fuzz_word(in) : 1 + fuzz_byte(in) % 3;
        uint64_t size = fuzz_seldom(in) ? fuzz_word(in) : 1 + fuzz_byte(in);
        int64_t made = 0;
        if (dualgrid_seal_hash_create(key, moduli.data(), of_each.data(), moduli.size(),
                                      polynomials, size, &made) != DUALGRID_SEAL_OK) {
            return;
        }
        uint64_t right = moduli.size() * polynomials * size;
        auto some = residues(std::min(count(right), 4 * length));
        std::vector<uint64_t> product(fuzz_seldom(in) ? fuzz_byte(in) : words);
        dualgrid_seal_hash(fuzz_seldom(in) ? handle() : made, some.data(), some.size(),
                           product.data(), product.size());
        dualgrid_seal_free(made);
    }

    void digest() {
        std::vector<uint8_t> bytes(fuzz_byte(in));
        uint8_t made[32];
        dualgrid_seal_sha256(bytes.data(), bytes.size(), made);
    }
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static const Handles handles;
    const uint64_t live = dualgrid_seal_live_handles();
    fuzz_input in = { bytes, size, 0 };
    Call call = { &in, handles };
    while (in.left > 0) {
        fuzz_choose_hostility(&in);
        switch (fuzz_byte(&in) % 9) {
        case 0: call.encrypt(); break;
        case 1: call.decrypt(); break;
        case 2: call.combine(); break;
        case 3: call.make(); break;
        case 4: call.draw(); break;
        case 5: call.mask(); break;
        case 6: call.hash(); break;
        case 7: call.digest(); break;
        default: dualgrid_seal_free(static_cast<int64_t>(fuzz_word(&in) | uint64_t{ 1 } << 40));
        }
    }
    fuzz_require(dualgrid_seal_live_handles() == live, "handles are left over");
    return 0;
}
