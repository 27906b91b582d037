/* SPDX-License-Identifier: Apache-2.0
 *
 * The two halves of the pin protocol against each other, step by random step: requests, time-outs, killed writers, a
 * guest that is paused (also in the middle of a request), modules that are unloaded or vanish and come back. Each
 * request names a pin of its own, so the test knows of each movement which request made it, and holds the protocol
 * to its promises:
 *   - a request that was reported cancelled, or left behind POSTED by a module, never moves a pin;
 *   - one that was answered with 0 has moved its pin once, before the answer;
 *   - no request moves a pin twice, and they do it in the order of their ids;
 *   - the ring never gets stuck: a guest that runs and a module that waits come to an answer.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/host/lib/random.h"
#include "tests/host/pins/two_rings.h"

#define STEPS    300000u
#define REQUESTS (STEPS * 4)

enum fate {
    UNSENT,
    WAITING,    /* the module waits for it */
    MAY_MOVE,   /* given up when it was TAKEN: once, or not at all */
    MAY_NOT,    /* cancelled: never (again) */
    MOVED_DONE, /* answered */
};

static struct random rnd;
static struct pin_page *page;
static struct pin_ring guest;
static struct dom0_ring module;
static uint8_t fate[REQUESTS];
static uint8_t moves[REQUESTS];
static uint32_t sent, last_moved;
static struct pin_request waiting[PIN_SLOTS];
static unsigned int waiting_count;
static bool serving;
static bool stormy; /* dom0 also acts while the guest is in the middle of a request */
static unsigned int counts[5], busy, taken_timeouts, reloads, mid_request;

static void dom0_step(void);

int pin_drive(uint32_t pin, bool level)
{
    (void)level;
    assert_true(pin < sent);
    assert_int_not_equal(fate[pin], MAY_NOT);
    assert_int_not_equal(fate[pin], MOVED_DONE);
    assert_int_equal(moves[pin], 0);
    assert_true(pin >= last_moved);
    last_moved = pin;
    moves[pin]++;
    /* The slot is TAKEN: what may happen to a guest that is stopped here? */
    for (uint32_t i = stormy && random_below(&rnd, 4) == 0 ? random_below(&rnd, 50) : 0; i > 0;
         i--) {
        mid_request++;
        dom0_step();
    }
    return pin % 7 == 0 ? -EPERM : 0;
}

int pin_level(uint32_t pin)
{
    return pin & 1;
}

static void forget(unsigned int i)
{
    waiting[i] = waiting[--waiting_count];
}

static void post(void)
{
    struct pin_request req = {.op = PIN_OP_SET, .pin = sent, .value = sent & 1};
    int err;

    if (sent == REQUESTS) {
        return;
    }
    if (random_below(&rnd, 8) == 0) {
        req.op = PIN_OP_GET;
        req.value = 0;
    }
    err = pin_ring_post(&module, &req);
    if (err == -EBUSY) {
        busy++;
        return;
    }
    assert_int_equal(err, 0);
    assert_true(waiting_count < PIN_SLOTS);
    fate[sent++] = WAITING;
    waiting[waiting_count++] = req;
}

static void check_answer(const struct pin_request *req)
{
    if (req->op == PIN_OP_GET) {
        assert_int_equal(req->status, 0);
        assert_int_equal(req->value, req->pin & 1);
        assert_int_equal(moves[req->pin], 0);
    } else {
        assert_int_equal(req->status, req->pin % 7 == 0 ? -EPERM : 0);
        assert_int_equal(moves[req->pin], 1);
    }
}

/* A time-out, an answer, or a killed writer: the module's code does not care which. */
static void end(unsigned int i, bool give_up)
{
    struct pin_request *const req = &waiting[i];

    switch (pin_ring_finish(&module, req)) {
    case PIN_RING_ANSWERED:
        check_answer(req);
        fate[req->pin] = MOVED_DONE;
        break;
    case PIN_RING_CANCELLED:
        assert_int_equal(moves[req->pin], 0);
        fate[req->pin] = MAY_NOT;
        break;
    case PIN_RING_TAKEN:
        assert_true(serving);
        taken_timeouts++;
        if (!give_up) {
            return;
        }
        pin_ring_abandon(&module, req->id);
        fate[req->pin] = MAY_MOVE;
        break;
    default:
        fail_msg("%s", module.fault);
    }
    forget(i);
}

/* rmmod gives up all requests first; a module that vanishes leaves them as they are. */
static void reload(void)
{
    reloads++;
    if (random_below(&rnd, 2)) {
        while (waiting_count > 0) {
            end(waiting_count - 1, true);
        }
    }
    while (waiting_count > 0) {
        const struct pin_request *const req = &waiting[waiting_count - 1];
        const bool posted = page->slots[req->id % PIN_SLOTS].state == PIN_POSTED;

        fate[req->pin] = posted ? MAY_NOT : MAY_MOVE;
        forget(waiting_count - 1);
    }
    memset(&module, 0xa5, sizeof(module));
    assert_int_equal(pin_ring_attach(&module, page), 0);
}

static void dom0_step(void)
{
    const uint32_t what = random_below(&rnd, 200);

    if (what == 0) {
        reload();
    } else if (what < 110) {
        post();
    } else if (waiting_count > 0) {
        end(random_below(&rnd, waiting_count), random_below(&rnd, 2));
    }
}

static void serve(void)
{
    const uint32_t before = guest.next_id;
    unsigned int answered;

    serving = true;
    answered = pin_ring_serve(&guest);
    serving = false;
    assert_true(answered <= guest.next_id - before);
    assert_true(guest.next_id - before <= PIN_SLOTS);
    assert_true(module.next_id - guest.next_id <= PIN_SLOTS);
}

static void connect(void **state)
{
    (void)state;
    page = aligned_alloc(PIN_PAGE_BYTES, PIN_PAGE_BYTES);
    memset(page, 0, sizeof(*page));
    memset(fate, UNSENT, sizeof(fate));
    memset(moves, 0, sizeof(moves));
    sent = last_moved = waiting_count = 0;
    pin_ring_init(&guest, page, REQUESTS);
    assert_int_equal(pin_ring_attach(&module, page), 0);
}

/* A writer with a running guest gets its answer, whatever was before. */
static void still_works(void)
{
    struct pin_request req = {.op = PIN_OP_SET};
    const bool was_stormy = stormy;

    stormy = false;
    while (waiting_count > 0) {
        end(waiting_count - 1, true);
    }
    serve();
    assert_true(sent < REQUESTS);
    req.pin = sent++;
    fate[req.pin] = WAITING;
    assert_int_equal(pin_ring_post(&module, &req), 0);
    assert_false(pin_ring_settled(&module, req.id));
    serve();
    assert_true(pin_ring_settled(&module, req.id));
    assert_true(pin_ring_progress(&module));
    assert_int_equal(pin_ring_finish(&module, &req), PIN_RING_ANSWERED);
    check_answer(&req);
    assert_false(pin_ring_progress(&module));
    fate[req.pin] = MOVED_DONE;
    stormy = was_stormy;
}

static void promises_are_kept_at_random(void **state)
{
    bool paused = false;

    rnd = random_start("promises_are_kept_at_random");
    connect(state);
    stormy = true;
    for (unsigned int step = 0; step < STEPS; step++) {
        const uint32_t what = random_below(&rnd, 100);

        if (what < 2) {
            paused = random_below(&rnd, 3) == 0;
        } else if (what < 40 && !paused) {
            serve();
        } else {
            dom0_step();
        }
        if (step % 5000 == 0) {
            still_works();
        }
    }
    still_works();
    for (uint32_t i = 0; i < sent; i++) {
        counts[fate[i]]++;
        assert_int_not_equal(fate[i], WAITING);
        assert_true(fate[i] != MAY_NOT || moves[i] == 0);
    }
    print_message(
        "%u requests: %u answered, %u cancelled, %u unknown, %u times busy, %u late for cancelling; %u "
        "reloads, %u steps in the middle of a request\n",
        sent, counts[MOVED_DONE], counts[MAY_NOT], counts[MAY_MOVE], busy, taken_timeouts, reloads,
        mid_request);
    /* A run that never came into the corners would prove nothing. */
    assert_true(counts[MOVED_DONE] > 1000 && counts[MAY_NOT] > 1000 && counts[MAY_MOVE] > 50);
    assert_true(busy > 100 && taken_timeouts > 100 && reloads > 100 && mid_request > 1000);
    assert_int_equal(guest.garbage, 0);
    stormy = false;
    free(page);
}

static void a_full_ring_of_a_paused_guest_is_busy_then_recovers(void **state)
{
    connect(state);
    for (unsigned int i = 0; i < PIN_SLOTS; i++) {
        post();
        assert_int_equal(waiting_count, 1);
        end(0, true); /* timed out */
        assert_int_equal(fate[i], MAY_NOT);
    }
    busy = 0;
    post();
    assert_int_equal(busy, 1);
    assert_int_equal(pin_ring_serve(&guest), 0); /* unpaused: nothing to answer */
    still_works();
    free(page);
}

static void ids_wrap(void **state)
{
    connect(state);
    guest.next_id = page->next_id = page->post_id = 0xfffffff0u;
    assert_int_equal(pin_ring_attach(&module, page), 0);
    for (unsigned int i = 0; i < 100; i++) {
        post();
        serve();
        end(0, true);
    }
    assert_int_equal(guest.next_id, 0xfffffff0u + 100);
    still_works();
    free(page);
}

/* A module that goes while the guest is paused, with requests in every state. */
static void leftovers_of_each_kind_are_met(void **state)
{
    connect(state);
    for (unsigned int i = 0; i < 4; i++) {
        post();
    }
    page->slots[0].state = PIN_DONE; /* answered, never collected */
    page->slots[0].answer_id = 0;
    page->slots[1].state = PIN_TAKEN; /* the guest stands here */
    page->slots[2].state = PIN_CANCELLED;
    guest.next_id = page->next_id = 2; /* it has written this, not yet DONE */
    fate[2] = fate[3] = MAY_NOT;
    waiting_count = 0;

    assert_int_equal(pin_ring_attach(&module, page), 0);
    assert_int_equal(module.next_id, 4);
    assert_int_equal(page->slots[3].state, PIN_CANCELLED);
    page->slots[1].state = PIN_DONE; /* it goes on */
    for (unsigned int i = 0; i < 2 * PIN_SLOTS; i++) {
        still_works(); /* over the leftovers of the ring's last round */
    }
    assert_int_equal(moves[2] + moves[3], 0);
    free(page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(promises_are_kept_at_random),
        cmocka_unit_test(a_full_ring_of_a_paused_guest_is_busy_then_recovers),
        cmocka_unit_test(ids_wrap),
        cmocka_unit_test(leftovers_of_each_kind_are_met),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
