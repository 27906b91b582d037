/* SPDX-License-Identifier: Apache-2.0
 *
 * kernel/reciprocal.c and kernel/timebase.c against 128-bit arithmetic, which the target does not
 * have.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kernel/timebase.h"

typedef unsigned __int128 u128;

static uint64_t random_state;

/* xorshift64: the same numbers in every run */
static uint64_t random_u64(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

/* Of all magnitudes, not nearly always large. */
static uint64_t random_magnitude(unsigned int bits)
{
    return random_u64() >> (64 - 1 - random_u64() % bits);
}

static int setup(void **state)
{
    (void)state;
    random_state = 0x9e3779b97f4a7c15u;
    return 0;
}

static void long_divide_equals_128_bit_division(void **state)
{
    unsigned int i;

    (void)state;
    for (i = 0; i < 20000; i++) {
        const uint64_t divisor = random_magnitude(63) | 1;
        const uint64_t high = random_u64() % divisor;
        const uint64_t low = random_u64();

        assert_int_equal(long_divide(high, low, divisor),
                         (uint64_t)(((u128)high << 64 | low) / divisor));
    }
    for (i = 0; i < 20000; i++) {
        const uint64_t divisor = random_magnitude(63) | 1;
        const uint64_t low = random_magnitude(63);

        assert_int_equal(long_divide(0, low, divisor), low / divisor);
    }
    assert_int_equal(long_divide(0, 0, 3), 0);
    assert_int_equal(long_divide(UINT64_MAX - 1, UINT64_MAX, UINT64_MAX), UINT64_MAX);
}

static void check_quotient(uint64_t n, uint64_t divisor, unsigned int scale)
{
    const u128 exact = ((u128)n << scale) / divisor;
    struct reciprocal r;
    uint64_t quotient;

    if (exact >> 62 != 0)
        return;
    reciprocal_init(&r, divisor, scale);
    quotient = reciprocal_quotient(n, &r);
    assert_true(quotient == exact || quotient + 1 == exact);
}

static void quotient_is_exact_or_one_less(void **state)
{
    unsigned int i;

    (void)state;
    for (i = 0; i < 20000; i++) {
        check_quotient(random_magnitude(62), random_magnitude(63) | 1, 0);
        check_quotient(random_magnitude(62), random_magnitude(63) | 1, 32);
    }
}

static void quotient_at_the_edges(void **state)
{
    unsigned int shift;

    (void)state;
    for (shift = 0; shift < 62; shift++) {
        const uint64_t power = UINT64_C(1) << shift;

        check_quotient(power, power, 0);
        check_quotient(power - 1, power, 0);
        check_quotient(power + 1, power + 1, 0);
        check_quotient(0, power, 32);
        check_quotient((UINT64_C(1) << 62) - 1, power, 0);
        check_quotient((UINT64_C(1) << 62) - 1, power << 1, 32);
    }
}

struct rate {
    uint32_t hz;
    uint32_t tick_ns;
};

static const struct rate rates[] = {
    {62500000, 1000000},   {24000000, 1000000},      {54000000, 1000000}, {19200000, 1000000},
    {1000000000, 1000000}, {32768, 1000000},         {62500000, 100},     {54000000, 250000},
    {1000003, 1000000},    {4294967295, 1000000000}, {4294967295, 1},     {1, 1000000000},
    {32768, 1000},         {24000000, 333333333},
};

#define RATES (sizeof(rates) / sizeof(rates[0]))

/* The first count of a tick in the ideal, ns and Hz without rounding. */
static u128 ideal_count(const struct rate *rate, uint64_t ticks)
{
    const u128 scaled = (u128)rate->hz * rate->tick_ns * ticks;

    return (scaled + 999999999) / 1000000000;
}

static void whole_factors_never_drift(void **state)
{
    unsigned int i;
    unsigned int n;

    (void)state;
    for (i = 0; i < 5; i++) {
        struct timebase base;

        timebase_init(&base, rates[i].hz, rates[i].tick_ns);
        for (n = 0; n < 2000; n++) {
            const uint64_t ticks = random_magnitude(43);

            assert_int_equal(timebase_count(&base, ticks), (uint64_t)ideal_count(&rates[i], ticks));
        }
    }
}

static void any_factor_is_at_most_one_count_early_in_2_32_ticks(void **state)
{
    unsigned int i;
    unsigned int n;

    (void)state;
    for (i = 0; i < RATES; i++) {
        struct timebase base;

        timebase_init(&base, rates[i].hz, rates[i].tick_ns);
        for (n = 0; n < 2000; n++) {
            const uint64_t ticks = random_magnitude(32);
            const u128 ideal = ideal_count(&rates[i], ticks);
            const uint64_t count = timebase_count(&base, ticks);

            assert_true(count == ideal || count + 1 == ideal);
        }
    }
}

/* The definition: the largest tick whose first count is not after `count`. */
static void check_tick_of(const struct timebase *base, uint64_t count)
{
    const uint64_t tick = timebase_ticks(base, count);

    assert_true(timebase_count(base, tick) <= count);
    assert_true(timebase_count(base, tick + 1) > count);
}

static void reading_and_expiry_agree_at_every_count(void **state)
{
    unsigned int i;
    unsigned int n;

    (void)state;
    for (i = 0; i < RATES; i++) {
        struct timebase base;

        timebase_init(&base, rates[i].hz, rates[i].tick_ns);
        for (n = 0; n < 3000; n++)
            check_tick_of(&base, random_magnitude(48));
        for (n = 0; n < 3000; n++) {
            const uint64_t first = timebase_count(&base, random_magnitude(30) + 1);

            check_tick_of(&base, first);
            check_tick_of(&base, first - 1);
            check_tick_of(&base, first + 1);
        }
        check_tick_of(&base, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(long_divide_equals_128_bit_division, setup),
        cmocka_unit_test_setup(quotient_is_exact_or_one_less, setup),
        cmocka_unit_test_setup(quotient_at_the_edges, setup),
        cmocka_unit_test_setup(whole_factors_never_drift, setup),
        cmocka_unit_test_setup(any_factor_is_at_most_one_count_early_in_2_32_ticks, setup),
        cmocka_unit_test_setup(reading_and_expiry_agree_at_every_count, setup),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
