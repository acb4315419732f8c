// See stream.h.
#include "stream.h"

#include "aes.h"
#include "refusal.h"
#include "vectors.h"
#include "wiped.h"

#include <seal/randomgen.h>

#include <cstring>

#if defined(__linux__)
#include <cerrno>
#include <sys/random.h>
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

class AesStream final : public RandomStream {
public:
    DUALGRID_TARGET_AES explicit AesStream(const uint8_t seed[seed_bytes]) {
        expand_key(seed, keys_);
    }

    ~AesStream() override { seal::util::seal_memzero(keys_, sizeof(keys_)); }

    // Eight blocks at a time, which are as many as the instructions of one have cycles.
    DUALGRID_TARGET_AES void fill(uint8_t *bytes, size_t count) override {
        const WideCounter wide = wide_counter();
        if (wide != nullptr) {
            wide(keys_, counter_, bytes, count);
            counter_ += count / 16;
            return;
        }
        for (size_t done = 0; done < count; done += 8 * 16) {
            __m128i blocks[8];
            for (auto &block : blocks) {
                block = _mm_set_epi64x(static_cast<long long>(big_endian(counter_++)), 0);
            }
            encrypt_blocks(blocks, keys_);
            for (int i = 0; i < 8; i++) {
                _mm_storeu_si128(reinterpret_cast<__m128i *>(bytes + done + 16 * i), blocks[i]);
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

bool RandomStream::has_aes_here() {
#ifdef DUALGRID_X86
    static const bool available = has_aes();
    return available;
#else
    return false;
#endif
}

std::unique_ptr<RandomStream> RandomStream::aes(const uint8_t seed[seed_bytes]) {
#ifdef DUALGRID_X86
    if (has_aes_here()) {
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
    return has_aes_here() ? "AES-256-CTR" : "ChaCha20";
}
