// Streams of random bits, expanded from a seed of 256 bits: AES-256 in counter mode by the
// processor's own instructions, or ChaCha20 (RFC 8439) where there are none. Neither looks anything
// up in a table nor branches on the seed, so neither leaks it through time.
#ifndef DUALGRID_SEAL_STREAM_H
#define DUALGRID_SEAL_STREAM_H

#include <cstddef>
#include <cstdint>
#include <memory>

class RandomStream {
public:
    static constexpr size_t seed_bytes = 32;

    // fill() takes whole multiples of this.
    static constexpr size_t granule = 256;

    RandomStream(const RandomStream &) = delete;
    RandomStream &operator=(const RandomStream &) = delete;
    virtual ~RandomStream() = default;

    // The next bytes; their number is a multiple of the granule.
    virtual void fill(uint8_t *bytes, size_t count) = 0;

    // A stream of its own for whoever asks, seeded by the operating system: nothing is shared, so
    // nothing can be used twice, by threads or after a fork.
    static std::unique_ptr<RandomStream> fresh();

    // AES-256-CTR from counter 0, as NIST SP 800-38A; null where the processor has no instructions
    // for it.
    static std::unique_ptr<RandomStream> aes(const uint8_t seed[seed_bytes]);

    // Whether aes() gives one.
    static bool has_aes_here();

    // ChaCha20 from counter 0 with nonce 0.
    static std::unique_ptr<RandomStream> chacha(const uint8_t seed[seed_bytes]);

    // What fresh() takes on this processor.
    static const char *name();

protected:
    RandomStream() = default;
};

#endif
