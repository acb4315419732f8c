/*
 * A thin C ABI over Microsoft SEAL's CKKS, for one caller: io.dualgrid.ckks.seal.
 *
 * Every function returns a status; on anything but DUALGRID_SEAL_OK dualgrid_seal_last_error() says
 * why, and outputs are not to be used. No exception leaves the library. Lengths are in elements and
 * are checked against the context; every residue that comes in is checked against its modulus.
 *
 * Objects are handles: numbers that are never given out twice. Freeing a handle again is harmless
 * (DUALGRID_SEAL_BAD_HANDLE), and so is using one that was freed, even while another thread frees it:
 * an object lives until the last call that uses it returns. All functions may be called from any
 * thread at any time.
 *
 * Polynomials are residues in SEAL's evaluation order: [component][modulus][position], as many
 * ciphertexts one after another as the values need (one for each N/2 values). SEAL's own
 * serialization is never used: its loaders are not made for bytes of another party.
 */
#ifndef DUALGRID_SEAL_H
#define DUALGRID_SEAL_H

#include <stdint.h>

#if defined(_WIN32)
#define DUALGRID_API __declspec(dllexport)
#else
#define DUALGRID_API __attribute__((visibility("default")))
#endif

#define DUALGRID_SEAL_ABI_VERSION 6

enum dualgrid_seal_status {
    DUALGRID_SEAL_OK = 0,
    DUALGRID_SEAL_BAD_ARGUMENT = 1, /* null, or parameters that SEAL refuses */
    DUALGRID_SEAL_BAD_HANDLE = 2,   /* never given out, of another kind, or freed */
    DUALGRID_SEAL_BAD_LENGTH = 3,   /* an array is not as long as the context calls for */
    DUALGRID_SEAL_BAD_RESIDUE = 4,  /* a residue is not below its modulus */
    DUALGRID_SEAL_NO_MEMORY = 5,
    DUALGRID_SEAL_FAILED = 6,   /* SEAL threw; its words are in the last error */
    DUALGRID_SEAL_NOT_HERE = 7  /* this processor lacks the instructions */
};

/* Streams of random bits, see dualgrid_seal_stream. */
enum dualgrid_seal_stream_kind {
    DUALGRID_SEAL_AES = 0,   /* AES-256 in counter mode, by the processor's instructions */
    DUALGRID_SEAL_CHACHA = 1 /* ChaCha20, where there are none */
};

/* Distributions of random numbers, see dualgrid_seal_sample. */
enum dualgrid_seal_distribution {
    DUALGRID_SEAL_TERNARY = 0, /* -1, 0, 1 */
    DUALGRID_SEAL_ERROR = 1,   /* centred binomial of variance 10.5 */
    DUALGRID_SEAL_UNIFORM = 2  /* over [0, modulus) */
};

#ifdef __cplusplus
extern "C" {
#endif

DUALGRID_API int32_t dualgrid_seal_abi_version(void);

/* Version of the SEAL behind this library; a constant. */
DUALGRID_API const char *dualgrid_seal_version(void);

/* Where its source came from when this library was built: a crate, an archive, a given tree. */
DUALGRID_API const char *dualgrid_seal_source(void);

/* The stream that encryption takes its randomness from on this processor. */
DUALGRID_API const char *dualgrid_seal_random_stream(void);

/*
 * The widest vectors of this processor that loops here are written for, which moduli of at most 53
 * bits go through.
 */
DUALGRID_API const char *dualgrid_seal_vectors(void);

/* Why the last call of this thread failed; valid until its next call. */
DUALGRID_API const char *dualgrid_seal_last_error(void);

/* Number of handles that have not been freed. */
DUALGRID_API uint64_t dualgrid_seal_live_handles(void);

/*
 * A CKKS context, checked by SEAL against its 128-bit bounds. With more than one modulus the last is
 * the special one, which only keys have.
 */
DUALGRID_API int32_t dualgrid_seal_context_create(uint64_t ring_degree, const uint64_t *moduli,
                                                  uint64_t modulus_count, int64_t *context);

/* Frees a handle of any kind; secret keys, and those of hashes, are wiped. */
DUALGRID_API int32_t dualgrid_seal_free(int64_t handle);

/*
 * Generates a key pair.
 * public_key: 2 * modulus_count * N, written. secret_key: a handle.
 */
DUALGRID_API int32_t dualgrid_seal_generate_keys(int64_t context, uint64_t *public_key,
                                                 uint64_t public_key_length, int64_t *secret_key);

/* An encryptor under a public key of 2 * modulus_count * N residues. */
DUALGRID_API int32_t dualgrid_seal_encryptor_create(int64_t context, const uint64_t *public_key,
                                                    uint64_t public_key_length,
                                                    int64_t *encryptor);

/*
 * Encodes and encrypts.
 * key: an encryptor, or a secret key for encryption under it.
 * residues: ciphertexts as many as the values need, written.
 */
DUALGRID_API int32_t dualgrid_seal_encrypt(int64_t key, const double *values, uint64_t value_count,
                                           double scale, uint64_t *residues,
                                           uint64_t residue_count);

/*
 * Encodes once and encrypts under two keys of one context: a line end's own secret key and the
 * public key of the other end, usually.
 * first_residues, second_residues: residue_count each, written
 * seeds: where the first key is secret, 32 bytes for each modulus of each ciphertext, written: the
 * second component of the first encryption under that modulus is what dualgrid_seal_stream makes of
 * them with AES, words of 64 bits, little endian, cut to as many bits as the modulus has, those
 * below it. Or null: then it has no seed.
 */
DUALGRID_API int32_t dualgrid_seal_encrypt_pair(int64_t first_key, int64_t second_key,
                                                const double *values, uint64_t value_count,
                                                double scale, uint64_t *first_residues,
                                                uint64_t *second_residues, uint64_t residue_count,
                                                uint8_t *seeds, uint64_t seed_bytes);

/*
 * Decrypts and decodes ciphertexts, one after another.
 * slots: N/2 for each of them, written.
 */
DUALGRID_API int32_t dualgrid_seal_decrypt(int64_t secret_key, const uint64_t *residues,
                                           uint64_t residue_count, double scale, double *slots,
                                           uint64_t slot_count);

/*
 * result = sum of weight * term, every weight a whole number other than zero; weights may be null
 * for a plain sum.
 * terms: operands of residue_count residues each, one after another.
 */
DUALGRID_API int32_t dualgrid_seal_combine(int64_t context, const uint64_t *terms,
                                           uint64_t terms_length, const int64_t *weights,
                                           uint64_t weight_count, uint64_t *result,
                                           uint64_t residue_count);

/*
 * Work on keys and hashes that goes with the encryption. Memory with secrets is the caller's to wipe.
 * Where the processor has no instructions for AES, what needs them returns DUALGRID_SEAL_NOT_HERE and
 * changes nothing.
 */

/*
 * The masks of secure sums, see io.dualgrid.securesum.SecureSumParty: of each key the AES-256 of
 * (AES-256 of agreed) xor (round, position), 64 bits big endian each, as numbers of 128 bits, little
 * endian. Those of the first `subtracted` keys are subtracted from the numbers, the others added.
 * keys: 32 bytes each; agreed: 16 bytes; words: two of each number, the low one first, in and out
 */
DUALGRID_API int32_t dualgrid_seal_add_masks(const uint8_t *keys, uint64_t keys_length,
                                             uint64_t subtracted, const uint8_t *agreed,
                                             uint64_t round, uint64_t *words,
                                             uint64_t word_count);

/*
 * A hash of residues under a secret key, see io.dualgrid.auth.ResidueHash: a handle.
 * key: 32 bytes; moduli: below 2^60; words: of the hash under each modulus
 * polynomials, degree: of the residues to come, [polynomial][modulus][degree]
 */
DUALGRID_API int32_t dualgrid_seal_hash_create(const uint8_t *key, const uint64_t *moduli,
                                               const uint32_t *words, uint64_t modulus_count,
                                               uint64_t polynomials, uint64_t degree,
                                               int64_t *hash);

/*
 * The hash of residues, which are below their moduli.
 * words: of all moduli, written
 */
DUALGRID_API int32_t dualgrid_seal_hash(int64_t hash, const uint64_t *residues,
                                        uint64_t residue_count, uint64_t *words,
                                        uint64_t word_count);

/* SHA-256 of public bytes; hash: 32 bytes, written. */
DUALGRID_API int32_t dualgrid_seal_sha256(const uint8_t *bytes, uint64_t count, uint8_t *hash);

/*
 * What a stream makes of a seed of 32 bytes, from its beginning: for masks of programs, and for known
 * answers. Encryption never takes a seed from outside.
 * count: a multiple of 256
 */
DUALGRID_API int32_t dualgrid_seal_stream(int32_t kind, const uint8_t *seed, uint64_t seed_length,
                                          uint8_t *bytes, uint64_t count);

/*
 * For tests of the distributions: numbers drawn as an encryption draws them.
 * modulus: of the uniform distribution, below 2^62
 */
DUALGRID_API int32_t dualgrid_seal_sample(int32_t distribution, uint64_t modulus, int64_t *values,
                                          uint64_t count);

#ifdef __cplusplus
}
#endif

#endif
