/* SPDX-License-Identifier: Apache-2.0
 *
 * Each half of the pin protocol against an other side that writes what it likes into the shared page, when it likes:
 * first one lie at a time, each with the answer that the protocol gives to it, then random ones without end. The page
 * stands alone in memory, so the sanitizers see any step outside it.
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

#define PINS  3u
#define STEPS 200000u

static struct random rnd;
static struct pin_page *page;
static struct pin_ring guest;
static struct dom0_ring module;
static unsigned int drives, levels;
static bool scribbling;

/* One word of the page, to something that is near the truth about half of the time. */
static void scribble(void)
{
    const uint32_t words = PIN_PAGE_BYTES / 4 - sizeof(page->unused) / 4;
    uint32_t *const word = (uint32_t *)(void *)page + random_below(&rnd, words);

    if (random_below(&rnd, 2)) {
        page->slots[random_below(&rnd, PIN_SLOTS)].state = random_below(&rnd, 6);
    } else if (random_below(&rnd, 2)) {
        *word = random_below(&rnd, 3) + (random_below(&rnd, 2) ? guest.next_id : 0);
    } else {
        *word = (uint32_t)random_value(&rnd);
    }
}

int pin_drive(uint32_t pin, bool level)
{
    assert_true(pin < PINS);
    assert_true(level == 0 || level == 1);
    drives++;
    for (uint32_t i = scribbling ? random_below(&rnd, 4) : 0; i > 0; i--) {
        scribble();
    }
    return 0;
}

int pin_level(uint32_t pin)
{
    assert_true(pin < PINS);
    levels++;
    return 1;
}

static int connect(void **state)
{
    (void)state;
    page = aligned_alloc(PIN_PAGE_BYTES, PIN_PAGE_BYTES);
    memset(page, 0, sizeof(*page));
    drives = levels = 0;
    scribbling = false;
    pin_ring_init(&guest, page, PINS);
    return pin_ring_attach(&module, page);
}

static int disconnect(void **state)
{
    (void)state;
    free(page);
    return 0;
}

static struct pin_slot *post(uint32_t op, uint32_t pin, uint32_t value)
{
    struct pin_request req = {.op = op, .pin = pin, .value = value};

    assert_int_equal(pin_ring_post(&module, &req), 0);
    return &page->slots[req.id % PIN_SLOTS];
}

static void guest_refuses(uint32_t op, uint32_t pin, uint32_t value, int status)
{
    const uint32_t refused = guest.refused;
    struct pin_slot *const slot = post(op, pin, value);
    struct pin_request req = {.op = op, .id = slot->id};

    assert_int_equal(pin_ring_serve(&guest), 1);
    assert_int_equal(guest.refused, refused + 1);
    assert_int_equal(pin_ring_finish(&module, &req), PIN_RING_ANSWERED);
    assert_int_equal(req.status, status);
    assert_int_equal(drives + levels, 0);
}

static void guest_refuses_bad_requests(void **state)
{
    (void)state;
    guest_refuses(PIN_OP_SET, 0, 2, -EINVAL);
    guest_refuses(PIN_OP_SET, 0, 0xffffffffu, -EINVAL);
    guest_refuses(PIN_OP_SET, PINS, 1, -EINVAL);
    guest_refuses(PIN_OP_GET, 0x80000000u, 0, -EINVAL);
    guest_refuses(0, 0, 1, -ENOSYS);
    guest_refuses(3, 0, 1, -ENOSYS);
    guest_refuses(0xffffffffu, 0, 1, -ENOSYS);
}

static void guest_refuses_a_wrong_id(void **state)
{
    struct pin_slot *slot;

    (void)state;
    slot = post(PIN_OP_SET, 0, 1);
    slot->id += PIN_SLOTS;
    assert_int_equal(pin_ring_serve(&guest), 1);
    assert_int_equal(slot->state, PIN_DONE);
    assert_int_equal(slot->status, -EPROTO);
    assert_int_equal(slot->answer_id, slot->id);
    assert_int_equal(drives, 0);
}

static void guest_stops_at_garbage(void **state)
{
    static const uint32_t bad[] = {PIN_TAKEN, 5, 0x80000001u, 0xffffffffu};

    (void)state;
    (void)post(PIN_OP_SET, 0, 1);
    (void)post(PIN_OP_SET, 0, 0);
    for (unsigned int i = 0; i < 4; i++) {
        page->slots[0].state = bad[i];
        assert_int_equal(pin_ring_serve(&guest), 0);
        assert_int_equal(page->slots[0].state, bad[i]);
        assert_int_equal(guest.garbage, i + 1);
    }
    page->slots[0].state = PIN_POSTED;
    assert_int_equal(pin_ring_serve(&guest), 2);
    assert_int_equal(drives, 2);
}

static void guest_survives_any_dom0(void **state)
{
    uint32_t all = 0;

    (void)state;
    rnd = random_start("guest_survives_any_dom0");
    scribbling = true;
    for (unsigned int step = 0; step < STEPS; step++) {
        const uint32_t before = guest.next_id;
        const unsigned int answered = pin_ring_serve(&guest);

        assert_true(answered <= guest.next_id - before);
        assert_true(guest.next_id - before <= PIN_SLOTS);
        all += answered;
        for (uint32_t i = random_below(&rnd, 8); i > 0; i--) {
            scribble();
        }
        if (random_below(&rnd, 4) == 0) { /* a good one between, so that the run gets somewhere */
            struct pin_slot *const slot = &page->slots[guest.next_id % PIN_SLOTS];

            *slot = (struct pin_slot){PIN_POSTED, guest.next_id, PIN_OP_SET, .value = 1};
        }
    }
    print_message("%u answered, %u refused, %u drives, %u garbage\n", all, guest.refused, drives,
                  guest.garbage);
    assert_true(drives > STEPS / 100 && guest.refused > STEPS / 100 && guest.garbage > STEPS / 100);
}

static void module_refuses(const char *why)
{
    assert_int_equal(pin_ring_attach(&module, page), -EPROTO);
    assert_non_null(strstr(module.fault, why));
}

static void module_refuses_bad_pages(void **state)
{
    uint32_t *const header[] = {&page->magic, &page->abi_version, &page->slot_count,
                                &page->slot_bytes, &page->pin_count};
    static const char *const why[] = {"magic", "ABI version", "slot", "slot", "no pins"};

    (void)state;
    for (unsigned int i = 0; i < 5; i++) {
        const uint32_t good = *header[i];

        *header[i] = i == 4 ? 0 : good + 1;
        module_refuses(why[i]);
        *header[i] = good;
    }
    page->post_id = PIN_SLOTS + 1;
    module_refuses("step");
    page->post_id = 0;
    page->next_id = 1;
    module_refuses("step");
    page->next_id = 0;
    page->slots[31].state = 5;
    module_refuses("garbage");
    page->slots[31].state = PIN_DONE;
    assert_int_equal(pin_ring_attach(&module, page), 0);
}

/* A request that the guest has answered properly, before the lie. */
static struct pin_slot *answered(uint32_t op, struct pin_request *req)
{
    struct pin_slot *slot;

    *req = (struct pin_request){.op = op};
    assert_int_equal(pin_ring_post(&module, req), 0);
    (void)pin_ring_serve(&guest);
    slot = &page->slots[req->id % PIN_SLOTS];
    assert_int_equal(slot->state, PIN_DONE);
    return slot;
}

static void module_finds(struct pin_request *req, const char *why)
{
    assert_true(pin_ring_settled(&module, req->id));
    assert_int_equal(pin_ring_finish(&module, req), PIN_RING_BROKEN);
    assert_non_null(strstr(module.fault, why));
    page->slots[req->id % PIN_SLOTS].state = PIN_FREE;
}

static void module_finds_bad_answers(void **state)
{
    static const int32_t bad_status[] = {1, -134, -512, INT32_MIN, INT32_MAX};
    static const uint32_t bad_state[] = {PIN_FREE, PIN_CANCELLED, 5, 0xffffffffu};
    struct pin_request req;

    (void)state;
    answered(PIN_OP_SET, &req)->answer_id++;
    module_finds(&req, "unknown request");
    for (unsigned int i = 0; i < 5; i++) {
        answered(PIN_OP_SET, &req)->status = bad_status[i];
        module_finds(&req, "errno");
    }
    answered(PIN_OP_GET, &req)->answer_value = 2;
    module_finds(&req, "level");
    for (unsigned int i = 0; i < 4; i++) {
        answered(PIN_OP_SET, &req)->state = bad_state[i];
        module_finds(&req, "out of turn");
    }
    page->slots[module.next_id % PIN_SLOTS].state = 77;
    assert_int_equal(pin_ring_post(&module, &req), -EPROTO);
}

static void module_survives_any_guest(void **state)
{
    struct pin_request waiting[PIN_SLOTS];
    unsigned int count = 0, ends[4] = {0}, attached = 0;

    (void)state;
    rnd = random_start("module_survives_any_guest");
    for (unsigned int step = 0; step < STEPS; step++) {
        const uint32_t what = random_below(&rnd, 8);

        if (what < 3) {
            scribble();
        } else if (what < 5) {
            (void)pin_ring_serve(&guest);
        } else if (what < 7) {
            struct pin_request req = {.op = 1 + random_below(&rnd, 2), .value = 1};

            if (pin_ring_post(&module, &req) == 0) {
                assert_true(count < PIN_SLOTS);
                waiting[count++] = req;
            }
        } else if (count > 0) {
            const unsigned int i = random_below(&rnd, count);
            struct pin_request *const req = &waiting[i];
            const enum pin_ring_end end = pin_ring_finish(&module, req);

            ends[end]++;
            assert_true(end != PIN_RING_ANSWERED ||
                        (req->status <= 0 && req->status >= -PIN_ERRNO_MAX));
            assert_true(end != PIN_RING_ANSWERED || req->op != PIN_OP_GET || req->status != 0 ||
                        req->value <= 1);
            if (end == PIN_RING_TAKEN) {
                pin_ring_abandon(&module, req->id);
            }
            waiting[i] = waiting[--count];
        }
        (void)pin_ring_progress(&module);
        if (random_below(&rnd, 100) ==
            0) { /* the worker disconnects; the guest may be connected again */
            if (random_below(&rnd, 2)) {
                memset(page, 0, sizeof(*page));
                pin_ring_init(&guest, page, PINS);
            }
            attached += pin_ring_attach(&module, page) == 0;
            count = 0;
        }
    }
    print_message("%u answered, %u cancelled, %u taken, %u broken, %u times attached\n", ends[0],
                  ends[1], ends[2], ends[3], attached);
    for (unsigned int i = 0; i < 4; i++) {
        assert_true(ends[i] > 100);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, connect, disconnect)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(guest_refuses_bad_requests), TEST(guest_refuses_a_wrong_id),
        TEST(guest_stops_at_garbage),     TEST(guest_survives_any_dom0),
        TEST(module_refuses_bad_pages),   TEST(module_finds_bad_answers),
        TEST(module_survives_any_guest),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
