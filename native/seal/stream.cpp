// See stream.h.
#include "stream.h"

#include "refusal.h"
#include "wiped.h"

#include <seal/randomgen.h>

#include <cstring>

#if defined(__linux__)
#include <cerrno>
#include <sys/random.h>
#endif

#if defined(__x86_64__) || defined(_M_X64)
#define DUALGRID_X86 1
#include <immintrin.h>
#if defined(_MSC_VER)
#include <intrin.h>
#define DUALGRID_TARGET_AES
#else
#include <cpuid.h>
#define DUALGRID_TARGET_AES __attribute__((target("aes,sse2")))
#endif
#endif

namespace {

void system_seed(uint8_t *seed, size_t count) {
#if defined(__linux__)
    size_t have = 0;
    while (have < count) {
        ssize_t got = getrandom(seed + have, count - have, 0);
        if (got < 0 && errno != EINTR) {
            throw std::runtime_error("the system gives no random numbers");
        }
        have += got > 0 ? static_cast<size_t>(got) : 0;
    }
#else
    seal::random_bytes(reinterpret_cast<seal::seal_byte *>(seed), count);
#endif
}

#ifdef DUALGRID_X86

bool has_aes() {
#if defined(_MSC_VER)
    int registers[4];
    __cpuid(registers, 1);
    return (registers[2] >> 25 & 1) != 0;
#else
    unsigned a = 0, b = 0, c = 0, d = 0;
    return __get_cpuid(1, &a, &b, &c, &d) != 0 && (c >> 25 & 1) != 0;
#endif
}

uint64_t big_endian(uint64_t value) {
#if defined(_MSC_VER)
    return _byteswap_uint64(value);
#else
    return __builtin_bswap64(value);
#endif
}

constexpr int aes_rounds = 14;

// One word to the next: what FIPS 197, 5.2, does to a group of four.
DUALGRID_TARGET_AES __m128i chain(__m128i before, __m128i mixed) {
    before = _mm_xor_si128(before, _mm_slli_si128(before, 4));
    before = _mm_xor_si128(before, _mm_slli_si128(before, 8));
    return _mm_xor_si128(before, mixed);
}

// Round keys 2i and 2i + 1 from the two before; the constant of the round must be known to the
// compiler.
template <int Constant> DUALGRID_TARGET_AES void expand(__m128i *keys, int round) {
    __m128i word = _mm_aeskeygenassist_si128(keys[round - 1], Constant);
    keys[round] = chain(keys[round - 2], _mm_shuffle_epi32(word, 0xff));
    if (round < aes_rounds) {
        word = _mm_aeskeygenassist_si128(keys[round], 0);
        keys[round + 1] = chain(keys[round - 1], _mm_shuffle_epi32(word, 0xaa));
    }
}

class AesStream final : public RandomStream {
public:
    DUALGRID_TARGET_AES explicit AesStream(const uint8_t seed[seed_bytes]) {
        keys_[0] = _mm_loadu_si128(reinterpret_cast<const __m128i *>(seed));
        keys_[1] = _mm_loadu_si128(reinterpret_cast<const __m128i *>(seed + 16));
        expand<0x01>(keys_, 2);
        expand<0x02>(keys_, 4);
        expand<0x04>(keys_, 6);
        expand<0x08>(keys_, 8);
        expand<0x10>(keys_, 10);
        expand<0x20>(keys_, 12);
        expand<0x40>(keys_, 14);
    }

    ~AesStream() override { seal::util::seal_memzero(keys_, sizeof(keys_)); }

    // Eight blocks at a time, which are as many as the instructions of one have cycles.
    DUALGRID_TARGET_AES void fill(uint8_t *bytes, size_t count) override {
        for (size_t done = 0; done < count; done += 8 * 16) {
            __m128i blocks[8];
            for (auto &block : blocks) {
                block = _mm_set_epi64x(static_cast<long long>(big_endian(counter_++)), 0);
                block = _mm_xor_si128(block, keys_[0]);
            }
            for (int round = 1; round < aes_rounds; round++) {
                for (auto &block : blocks) {
                    block = _mm_aesenc_si128(block, keys_[round]);
                }
            }
            for (int i = 0; i < 8; i++) {
                _mm_storeu_si128(reinterpret_cast<__m128i *>(bytes + done + 16 * i),
                                 _mm_aesenclast_si128(blocks[i], keys_[aes_rounds]));
            }
        }
    }

private:
    __m128i keys_[aes_rounds + 1];
    uint64_t counter_ = 0;
};

#endif

// Four blocks side by side, so that compilers make vector code of them.
class ChaChaStream final : public RandomStream {
public:
    explicit ChaChaStream(const uint8_t seed[seed_bytes]) {
        for (int i = 0; i < 8; i++) {
            const uint8_t *at = seed + 4 * i;
            key_[i] = static_cast<uint32_t>(at[0]) | static_cast<uint32_t>(at[1]) << 8 |
                      static_cast<uint32_t>(at[2]) << 16 | static_cast<uint32_t>(at[3]) << 24;
        }
    }

    ~ChaChaStream() override { seal::util::seal_memzero(key_, sizeof(key_)); }

    void fill(uint8_t *bytes, size_t count) override {
        Wiped<Lanes> state(16);
        Wiped<Lanes> start(16);
        for (size_t done = 0; done < count; done += lanes * 64) {
            begin(start.data());
            for (int i = 0; i < 16; i++) {
                state[i] = start[i];
            }
            for (int round = 0; round < 20; round += 2) {
                Lanes *s = state.data();
                quarter(s[0], s[4], s[8], s[12]);
                quarter(s[1], s[5], s[9], s[13]);
                quarter(s[2], s[6], s[10], s[14]);
                quarter(s[3], s[7], s[11], s[15]);
                quarter(s[0], s[5], s[10], s[15]);
                quarter(s[1], s[6], s[11], s[12]);
                quarter(s[2], s[7], s[8], s[13]);
                quarter(s[3], s[4], s[9], s[14]);
            }
            for (int lane = 0; lane < lanes; lane++) {
                for (int i = 0; i < 16; i++) {
                    uint32_t word = state[i].of[lane] + start[i].of[lane];
                    for (int b = 0; b < 4; b++) {
                        *bytes++ = static_cast<uint8_t>(word >> 8 * b);
                    }
                }
            }
        }
    }

private:
    static constexpr int lanes = 4;

    struct Lanes {
        uint32_t of[lanes];
    };

    static void turn(Lanes &a, const Lanes &b, Lanes &c, int bits) {
        for (int i = 0; i < lanes; i++) {
            a.of[i] += b.of[i];
            uint32_t mixed = c.of[i] ^ a.of[i];
            c.of[i] = mixed << bits | mixed >> (32 - bits);
        }
    }

    static void quarter(Lanes &a, Lanes &b, Lanes &c, Lanes &d) {
        turn(a, b, d, 16);
        turn(c, d, b, 12);
        turn(a, b, d, 8);
        turn(c, d, b, 7);
    }

    void begin(Lanes *state) {
        const uint32_t constants[] = { 0x61707865, 0x3320646e, 0x79622d32, 0x6b206574 };
        for (int lane = 0; lane < lanes; lane++) {
            for (int i = 0; i < 4; i++) {
                state[i].of[lane] = constants[i];
            }
            for (int i = 0; i < 8; i++) {
                state[4 + i].of[lane] = key_[i];
            }
            state[12].of[lane] = counter_++;
            for (int i = 13; i < 16; i++) {
                state[i].of[lane] = 0;
            }
        }
    }

    uint32_t key_[8];
    uint32_t counter_ = 0;
};

} // namespace

std::unique_ptr<RandomStream> RandomStream::aes(const uint8_t seed[seed_bytes]) {
#ifdef DUALGRID_X86
    static const bool available = has_aes();
    if (available) {
        return std::make_unique<AesStream>(seed);
    }
#endif
    (void)seed;
    return nullptr;
}

std::unique_ptr<RandomStream> RandomStream::chacha(const uint8_t seed[seed_bytes]) {
    return std::make_unique<ChaChaStream>(seed);
}

std::unique_ptr<RandomStream> RandomStream::fresh() {
    Wiped<uint8_t> seed(seed_bytes);
    system_seed(seed.data(), seed_bytes);
    auto stream = aes(seed.data());
    return stream ? std::move(stream) : chacha(seed.data());
}

const char *RandomStream::name() {
    const uint8_t none[seed_bytes] = {};
    return aes(none) ? "AES-256-CTR" : "ChaCha20";
}
