// Memory that is cleared before it is given back: for keys, plaintexts, and the randomness of an
// encryption, which reads its ciphertext as well as the key does.
#ifndef DUALGRID_SEAL_WIPED_H
#define DUALGRID_SEAL_WIPED_H

#include <seal/util/common.h>

#include <cstddef>
#include <memory>

template <typename T> class Wiped {
public:
    // Not cleared at first: whoever takes it writes it.
    explicit Wiped(size_t size) : size_(size), values_(new T[size]) {}
    ~Wiped() { seal::util::seal_memzero(values_.get(), size_ * sizeof(T)); }
    Wiped(const Wiped &) = delete;
    Wiped &operator=(const Wiped &) = delete;

    T *data() { return values_.get(); }
    const T *data() const { return values_.get(); }
    size_t size() const { return size_; }
    T &operator[](size_t i) { return values_[i]; }
    const T &operator[](size_t i) const { return values_[i]; }

private:
    size_t size_;
    std::unique_ptr<T[]> values_;
};

#endif
