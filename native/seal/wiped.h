// Memory that is cleared before it is given back: for keys, plaintexts, and the randomness of an
// encryption, which reads its ciphertext as well as the key does.
#ifndef DUALGRID_SEAL_WIPED_H
#define DUALGRID_SEAL_WIPED_H

#include <seal/util/common.h>

#include <cstddef>
#include <new>
#include <type_traits>

template <typename T> class Wiped {
public:
    // Not cleared at first: whoever takes it writes it.
    explicit Wiped(size_t size) : size_(size), values_(new (line) T[size]) {}

    ~Wiped() {
        seal::util::seal_memzero(values_, size_ * sizeof(T));
        ::operator delete[](values_, line);
    }

    Wiped(const Wiped &) = delete;
    Wiped &operator=(const Wiped &) = delete;

    T *data() { return values_; }
    const T *data() const { return values_; }
    size_t size() const { return size_; }
    T &operator[](size_t i) { return values_[i]; }
    const T &operator[](size_t i) const { return values_[i]; }

private:
    // Of a cache: vectors of as many bytes that lie across two lines take twice as long to fetch.
    static constexpr std::align_val_t line{ 64 };

    static_assert(std::is_trivially_destructible_v<T>, "nothing else is cleared by clearing it");

    size_t size_;
    T *values_;
};

#endif
