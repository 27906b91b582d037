/* SPDX-License-Identifier: Apache-2.0
 *
 * The two halves of the pin protocol on two CPUs at once: a guest that serves as fast as it can, and a module that
 * gives up after anything between no time and long enough. test_pin_rings.c tries the steps in every order; this one
 * lets the compare-and-swaps really race.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>

#include <cmocka.h>

#include "tests/host/lib/random.h"
#include "tests/host/pins/two_rings.h"

#define REQUESTS 100000u

static struct pin_page *page;
static struct pin_ring guest;
static struct dom0_ring module;
static unsigned char moves[REQUESTS];     /* the guest's */
static unsigned char cancelled[REQUESTS]; /* the module's */
static bool stop;

int pin_drive(uint32_t pin, bool level)
{
    (void)level;
    __atomic_fetch_add(&moves[pin], 1, __ATOMIC_RELAXED);
    return 0;
}

int pin_level(uint32_t pin)
{
    return pin & 1;
}

static int run_guest(void *unused)
{
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
        if (pin_ring_serve(&guest) == 0) {
            thrd_yield(); /* one of the two may have no CPU of its own */
        }
    }
    (void)pin_ring_serve(&guest);
    (void)unused;
    return 0;
}

static enum pin_ring_end wait_and_finish(struct pin_request *req, uint32_t patience)
{
    while (patience-- > 0 && !pin_ring_settled(&module, req->id)) {
        if (patience % 64 == 0) {
            thrd_yield();
        }
    }
    return pin_ring_finish(&module, req);
}

static void cancelled_never_moves(void **state)
{
    struct random rnd = random_start("cancelled_never_moves");
    unsigned int counts[4] = {0};
    thrd_t thread;

    (void)state;
    page = aligned_alloc(PIN_PAGE_BYTES, PIN_PAGE_BYTES);
    memset(page, 0, sizeof(*page));
    pin_ring_init(&guest, page, REQUESTS);
    assert_int_equal(pin_ring_attach(&module, page), 0);
    assert_int_equal(thrd_create(&thread, run_guest, NULL), thrd_success);
    for (uint32_t i = 0; i < REQUESTS; i++) {
        struct pin_request req = {.op = PIN_OP_SET, .pin = i};
        enum pin_ring_end end;

        while (pin_ring_post(&module, &req) == -EBUSY) {
            thrd_yield();
        }
        end = wait_and_finish(&req, random_below(&rnd, 3) ? random_below(&rnd, 40) : 100000);
        while (end == PIN_RING_TAKEN) {
            counts[end]++;
            end = wait_and_finish(&req, 1000);
        }
        counts[end]++;
        cancelled[i] = end == PIN_RING_CANCELLED;
        assert_int_not_equal(end, PIN_RING_BROKEN);
        if (end == PIN_RING_ANSWERED) {
            assert_int_equal(__atomic_load_n(&moves[i], __ATOMIC_RELAXED), 1);
        }
    }
    __atomic_store_n(&stop, true, __ATOMIC_RELAXED);
    thrd_join(thread, NULL);
    for (uint32_t i = 0; i < REQUESTS; i++) {
        assert_int_equal(moves[i], !cancelled[i]);
    }
    print_message("%u answered, %u cancelled, %u times too late to cancel\n",
                  counts[PIN_RING_ANSWERED], counts[PIN_RING_CANCELLED], counts[PIN_RING_TAKEN]);
    assert_true(counts[PIN_RING_ANSWERED] > 100 && counts[PIN_RING_CANCELLED] > 100);
    free(page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cancelled_never_moves),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
