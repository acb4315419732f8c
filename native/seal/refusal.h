// How code behind the C ABI says no.
#ifndef DUALGRID_SEAL_REFUSAL_H
#define DUALGRID_SEAL_REFUSAL_H

#include <cstdint>
#include <stdexcept>
#include <string>

// A refusal of our own, with its status.
struct Refusal : std::runtime_error {
    Refusal(int32_t status, const std::string &why) : std::runtime_error(why), status(status) {}
    int32_t status;
};

inline void require(bool condition, int32_t status, const char *why) {
    if (!condition) {
        throw Refusal(status, why);
    }
}

#endif
