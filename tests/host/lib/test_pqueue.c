/* SPDX-License-Identifier: Apache-2.0 */
/* The ordered queue against a model that is too simple to be wrong: an array searched from end to
 * end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "lib/pqueue.h"
#include "tests/host/lib/random.h"

enum { DEFAULT_RUNS = 1000000, ITEMS = 40, ITEMS_MANY = 1000 };

/* Storage with room for the largest test, behind a queue of any capacity up to that. */
struct fixture {
    uint64_t keys[PQUEUE_PLACES(ITEMS_MANY)];
    uint16_t items[PQUEUE_PLACES(ITEMS_MANY)];
    uint16_t places[ITEMS_MANY];
    struct pqueue queue;
};

static void init(struct fixture *fixture, uint16_t capacity)
{
    memset(fixture, 0, sizeof(*fixture));
    fixture->queue = (struct pqueue){
        .keys = fixture->keys,
        .items = fixture->items,
        .places = fixture->places,
        .capacity = capacity,
    };
}

struct model {
    uint64_t keys[ITEMS];
    bool present[ITEMS];
    unsigned int count;
};

/* The first of the items with the smallest key; -1 if there is none. */
static int model_top(const struct model *model)
{
    int top = -1;

    for (int i = 0; i < ITEMS; i++) {
        if (model->present[i] && (top < 0 || model->keys[i] < model->keys[top]))
            top = i;
    }
    return top;
}

static void assert_like_model(const struct pqueue *q, const struct model *model)
{
    int top = model_top(model);

    assert_int_equal(q->count, model->count);
    assert_int_equal(pqueue_is_empty(q), top < 0);
    if (top >= 0) {
        assert_int_equal(pqueue_top(q), top);
        assert_int_equal(pqueue_top_key(q), model->keys[top]);
    }
}

static void assert_item_like_model(const struct pqueue *q, const struct model *model, uint16_t item)
{
    assert_int_equal(pqueue_contains(q, item), model->present[item]);
    if (model->present[item])
        assert_int_equal(pqueue_key(q, item), model->keys[item]);
}

static void set_in_both(struct pqueue *q, struct model *model, uint16_t item, uint64_t key)
{
    bool fits = model->present[item] || model->count < q->capacity;

    assert_int_equal(pqueue_set(q, item, key), fits);
    if (!fits)
        return;
    model->count += !model->present[item];
    model->present[item] = true;
    model->keys[item] = key;
}

static void remove_in_both(struct pqueue *q, struct model *model, uint16_t item)
{
    assert_int_equal(pqueue_remove(q, item), model->present[item]);
    assert_int_equal(q->places[item], 0);
    model->count -= model->present[item];
    model->present[item] = false;
}

/* A few different keys make many equal ones; huge ones are at the end of the range. */
static uint64_t any_key(struct random *random)
{
    return random_below(random, 2) ? random_below(random, 8) : random_value(random);
}

static void any_operation(struct random *random, struct pqueue *q, struct model *model)
{
    uint16_t item = (uint16_t)random_below(random, ITEMS);

    switch (random_below(random, 4)) {
    case 0:
        remove_in_both(q, model, item);
        break;
    case 1: /* an alarm expires and is armed again, later */
        if (!pqueue_is_empty(q)) {
            item = pqueue_top(q);
            set_in_both(q, model, item, pqueue_top_key(q) + random_below(random, 8));
        }
        break;
    default:
        set_in_both(q, model, item, any_key(random));
        break;
    }
    assert_item_like_model(q, model, item);
}

static void behaves_like_the_model(void **state)
{
    struct random random = random_start("queue operations");
    uint64_t runs = random_env("FUZZ_RUNS", DEFAULT_RUNS);
    struct fixture fixture;
    struct model model;

    (void)state;
    for (uint64_t run = 0; run < runs; run++) {
        if (run % 4096 == 0) { /* another capacity, also too small for all items */
            init(&fixture, (uint16_t)random_below(&random, ITEMS + 1));
            memset(&model, 0, sizeof(model));
        }
        any_operation(&random, &fixture.queue, &model);
        assert_like_model(&fixture.queue, &model);
        assert_item_like_model(&fixture.queue, &model, (uint16_t)random_below(&random, ITEMS));
    }
}

static void equal_keys_leave_in_item_order(void **state)
{
    struct fixture fixture;

    (void)state;
    init(&fixture, ITEMS_MANY);
    for (unsigned int i = 0; i < ITEMS_MANY; i++) /* 7 and 1000 have no common factor */
        assert_true(pqueue_set(&fixture.queue, (uint16_t)(i * 7 % ITEMS_MANY), 5));
    for (unsigned int i = 0; i < ITEMS_MANY; i++) {
        assert_int_equal(pqueue_top(&fixture.queue), i);
        assert_true(pqueue_remove(&fixture.queue, (uint16_t)i));
    }
    assert_true(pqueue_is_empty(&fixture.queue));
}

/* A thousand cyclic alarms: each top is re-keyed in place, and time never runs backwards. */
static void many_items_leave_in_key_order(void **state)
{
    struct fixture fixture;
    struct pqueue *q = &fixture.queue;
    uint64_t now = 0;

    (void)state;
    init(&fixture, ITEMS_MANY);
    for (uint16_t i = 0; i < ITEMS_MANY; i++)
        assert_true(pqueue_set(q, i, i % 97u));
    for (int i = 0; i < 100000; i++) {
        uint16_t item = pqueue_top(q);

        assert_true(pqueue_top_key(q) >= now);
        now = pqueue_top_key(q);
        assert_int_equal(now % 97, item % 97);
        assert_true(pqueue_set(q, item, now + 97));
    }
    assert_int_equal(q->count, ITEMS_MANY);
    assert_in_range(now, 9600, 9700); /* 1000 expiries in each 97 ticks */
}

static void queues_may_share_places(void **state)
{
    struct fixture one;
    struct fixture other;

    (void)state;
    init(&one, 4);
    init(&other, 4);
    other.queue.places = one.queue.places;
    assert_true(pqueue_set(&one.queue, 3, 10));
    assert_true(pqueue_set(&other.queue, 5, 20));
    assert_false(pqueue_contains(&one.queue, 5));
    assert_false(pqueue_contains(&other.queue, 3));
    assert_false(pqueue_remove(&other.queue, 3));
    assert_true(pqueue_remove(&one.queue, 3));
    assert_int_equal(pqueue_top(&other.queue), 5);
}

static void holds_nothing_at_capacity_zero(void **state)
{
    uint16_t places[1] = {0};
    struct pqueue q = {.places = places};

    (void)state;
    assert_true(pqueue_is_empty(&q));
    assert_false(pqueue_contains(&q, 0));
    assert_false(pqueue_set(&q, 0, 1));
    assert_false(pqueue_remove(&q, 0));
}

static void takes_the_whole_key_range(void **state)
{
    struct fixture fixture;

    (void)state;
    init(&fixture, 3);
    assert_true(pqueue_set(&fixture.queue, 0, UINT64_MAX));
    assert_true(pqueue_set(&fixture.queue, 1, (uint64_t)INT64_MAX + 1));
    assert_true(pqueue_set(&fixture.queue, 2, 0x100000000));
    assert_int_equal(pqueue_top(&fixture.queue), 2);
    assert_true(pqueue_remove(&fixture.queue, 2));
    assert_int_equal(pqueue_top(&fixture.queue), 1);
    assert_true(pqueue_remove(&fixture.queue, 1));
    assert_int_equal(pqueue_top(&fixture.queue), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_keys_leave_in_item_order),
        cmocka_unit_test(many_items_leave_in_key_order),
        cmocka_unit_test(queues_may_share_places),
        cmocka_unit_test(holds_nothing_at_capacity_zero),
        cmocka_unit_test(takes_the_whole_key_range),
        cmocka_unit_test(behaves_like_the_model),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
