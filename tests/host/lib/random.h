/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Repeatable random numbers for tests: the same seed gives the same run on every machine.
 * FUZZ_SEED and FUZZ_RUNS in the environment choose another run; the seed in use is printed.
 */
#ifndef TESTS_HOST_LIB_RANDOM_H
#define TESTS_HOST_LIB_RANDOM_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct random {
    uint64_t state;
};

static inline uint64_t random_env(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);

    return text ? strtoull(text, NULL, 0) : otherwise;
}

/** A generator for the test @p name, which stands in the printed line. */
static inline struct random random_start(const char *name)
{
    struct random random = {.state = random_env("FUZZ_SEED", 1)};

    printf("# %s: FUZZ_SEED=%llu\n", name, (unsigned long long)random.state);
    fflush(stdout);
    return random;
}

/** 64 random bits: SplitMix64, a Weyl sequence through a bit mixer. Any seed is good. */
static inline uint64_t random_bits(struct random *random)
{
    uint64_t bits = random->state += 0x9e3779b97f4a7c15u;

    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9u;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebu;
    return bits ^ (bits >> 31);
}

/** A number 0 .. limit - 1; @p limit must not be 0. */
static inline uint32_t random_below(struct random *random, uint32_t limit)
{
    return (uint32_t)((random_bits(random) >> 32) * limit >> 32);
}

/** A number of random magnitude, so that small ones, huge ones and edges all occur. */
static inline uint64_t random_value(struct random *random)
{
    uint64_t value = random_bits(random) >> random_below(random, 64);

    switch (random_below(random, 8)) {
    case 0:
        return 0 - value;
    case 1:
        return (uint64_t)1 << random_below(random, 64);
    case 2:
        return ((uint64_t)1 << random_below(random, 64)) - 1;
    default:
        return value;
    }
}

#endif
