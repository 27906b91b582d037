/* SPDX-License-Identifier: Apache-2.0 */
/* Ring arithmetic and copies at every offset of a ring, round its end and round 2^32. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>

#include "lib/ring.h"
#include "tests/host/lib/random.h"

enum { SIZE = 64, XEN_SIZE = 1024, RANDOM_RUNS = 200000 };

/* Indices whose multiples of the ring's size lie at, before and behind the places where they wrap.
 */
static const uint32_t bases[] = {0, SIZE, 0x7fffffc0, 0x80000000, 0xffffff80, 0xffffffc0};

#define FOR_EACH_BASE(base)                                                                        \
    for (const uint32_t *base = bases; base < bases + sizeof(bases) / sizeof(bases[0]); base++)

static void counts_used_and_free(void **state)
{
    (void)state;
    FOR_EACH_BASE(base)
    {
        for (uint32_t used = 0; used <= SIZE; used++) {
            uint32_t cons = *base + 17;
            uint32_t prod = cons + used;

            assert_true(ring_is_valid(prod, cons, SIZE));
            assert_int_equal(ring_used(prod, cons), used);
            assert_int_equal(ring_free(prod, cons, SIZE), SIZE - used);
        }
    }
}

static void refuses_indices_that_cannot_be(void **state)
{
    (void)state;
    FOR_EACH_BASE(base)
    {
        assert_false(ring_is_valid(*base + SIZE + 1, *base, SIZE));
        assert_false(ring_is_valid(*base - 1, *base, SIZE)); /* consumed more than produced */
        assert_false(ring_is_valid(*base + 0x80000000, *base, SIZE));
        assert_false(ring_is_valid(*base - SIZE, *base, SIZE));
    }
}

static void finds_offset_and_run(void **state)
{
    (void)state;
    FOR_EACH_BASE(base)
    {
        for (uint32_t i = 0; i < SIZE; i++) {
            assert_int_equal(ring_offset(*base + i, SIZE), i);
            assert_int_equal(ring_run(*base + i, SIZE), SIZE - i);
        }
    }
}

/* Each start and each length; heap blocks of exact size, so a byte beyond is seen. */
static void copies_round_the_end(void **state)
{
    uint8_t *ring = malloc(SIZE);

    (void)state;
    for (uint32_t index = 0; index < SIZE; index++) {
        for (uint32_t len = 0; len <= SIZE; len++) {
            uint8_t *in = malloc(len + 1u);
            uint8_t *out = malloc(len + 1u);

            memset(ring, 0xee, SIZE);
            for (uint32_t i = 0; i < len; i++)
                in[i] = (uint8_t)(i + 1);
            ring_copy_in(ring, SIZE, index, in, len);
            for (uint32_t i = 0; i < SIZE; i++)
                assert_int_equal(ring[(index + i) % SIZE], i < len ? i + 1 : 0xee);
            out[len] = 0xdd;
            ring_copy_out(out, ring, SIZE, index, len);
            assert_memory_equal(out, in, len);
            assert_int_equal(out[len], 0xdd);
            free(out);
            free(in);
        }
    }
    free(ring);
}

/*
 * A stream of known bytes through a ring of Xen's size, in random pieces, across the point where
 * the indices wrap: what comes out is what went in, in order, nothing lost.
 */
static void streams_in_order(void **state)
{
    struct random random = random_start("ring stream");
    uint8_t *ring = malloc(XEN_SIZE);
    uint8_t piece[XEN_SIZE];
    uint32_t prod = 0u - 20 * XEN_SIZE - 5;
    uint32_t cons = prod;

    (void)state;
    for (int run = 0; run < RANDOM_RUNS; run++) {
        uint32_t len = random_below(&random, ring_free(prod, cons, XEN_SIZE) + 1);

        for (uint32_t i = 0; i < len; i++)
            piece[i] = (uint8_t)((prod + i) * 167 >> 3);
        ring_copy_in(ring, XEN_SIZE, prod, piece, len);
        prod += len;
        assert_true(ring_is_valid(prod, cons, XEN_SIZE));
        len = random_below(&random, ring_used(prod, cons) + 1);
        ring_copy_out(piece, ring, XEN_SIZE, cons, len);
        for (uint32_t i = 0; i < len; i++) {
            if (piece[i] != (uint8_t)((cons + i) * 167 >> 3))
                fail_msg("run %d: byte %u of the stream differs", run, cons + i);
        }
        cons += len;
    }
    assert_true(cons < 0x80000000); /* it did wrap */
    free(ring);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_used_and_free), cmocka_unit_test(refuses_indices_that_cannot_be),
        cmocka_unit_test(finds_offset_and_run), cmocka_unit_test(copies_round_the_end),
        cmocka_unit_test(streams_in_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
