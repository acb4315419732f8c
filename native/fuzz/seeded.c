/*
 * Runs a driver without libFuzzer: DRIVER SECONDS SEED, the seconds of a processor. Input i of a
 * seed is the same on every machine.
 */
#include <inttypes.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

enum { LONGEST = 4096 };

static uint64_t state;
static uint64_t seed = 1;
static uint64_t inputs;

static uint64_t draw(void) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return state;
}

/* Drivers abort, and sanitizers where their options say so (abort_on_error). */
static void on_abort(int number) {
  fprintf(stderr, "found by input %" PRIu64 " of seed %" PRIu64 "\n", inputs, seed);
  signal(number, SIG_DFL);
}

int main(int argc, char **argv) {
  double seconds = argc > 1 ? atof(argv[1]) : 10.0;
  signal(SIGABRT, on_abort);
  seed = argc > 2 ? strtoull(argv[2], NULL, 10) : seed;
  for (; (double)clock() / CLOCKS_PER_SEC < seconds; inputs++) {
    state = (seed * 1000003 + inputs + 1) * 0x9E3779B97F4A7C15u | 1;
    size_t length = draw() % LONGEST;
    uint8_t *bytes = malloc(length > 0 ? length : 1);
    for (size_t i = 0; i < length; i++) {
      bytes[i] = (uint8_t)(draw() >> 32);
    }
    LLVMFuzzerTestOneInput(bytes, length);
    free(bytes);
  }
  printf("%" PRIu64 " inputs of seed %" PRIu64 ", no finding\n", inputs, seed);
  return EXIT_SUCCESS;
}
