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

#define ITEM_BITS PQUEUE_ITEM_BITS(ITEMS_MANY)
#define KEY_LIMIT (PQUEUE_NONE >> ITEM_BITS) /* keys are below */

/* Storage with room for the largest test, behind a queue of any number of items up to that. */
struct fixture {
    uint64_t entries[PQUEUE_ENTRIES(ITEMS_MANY)];
    struct pqueue queue;
};

static void init(struct fixture *fixture, unsigned int items)
{
    pqueue_init(&fixture->queue, fixture->entries, items, ITEM_BITS);
}

static uint64_t entry_of(unsigned int item, uint64_t key)
{
    return key << ITEM_BITS | item;
}

static unsigned int item_of(uint64_t entry)
{
    return (unsigned int)entry & ((1u << ITEM_BITS) - 1);
}

static uint64_t key_of(uint64_t entry)
{
    return entry >> ITEM_BITS;
}

struct model {
    uint64_t keys[ITEMS];
    bool present[ITEMS];
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

    if (top >= 0)
        assert_int_equal(pqueue_top(q), entry_of((unsigned int)top, model->keys[top]));
    else
        assert_int_equal(pqueue_top(q), PQUEUE_NONE);
}

static void assert_item_like_model(const struct pqueue *q, const struct model *model,
                                   unsigned int item)
{
    const unsigned int place = pqueue_find(q, item);

    assert_int_equal(place != 0, model->present[item]);
    if (place != 0)
        assert_int_equal(q->entries[place], entry_of(item, model->keys[item]));
}

/* No entry goes before the one above it, and each lies on its item's way. */
static void assert_order(const struct pqueue *q)
{
    for (unsigned int place = 1; place < 2u * q->ways; place++) {
        const uint64_t entry = q->entries[place];
        unsigned int way = q->ways + item_of(entry);

        assert_true(place == 1 || q->entries[place / 2] <= entry);
        while (entry != PQUEUE_NONE && way > place)
            way /= 2;
        assert_true(entry == PQUEUE_NONE || way == place);
    }
}

static void remove_in_both(struct pqueue *q, struct model *model, unsigned int item)
{
    if (model->present[item])
        pqueue_remove(q, pqueue_find(q, item));
    model->present[item] = false;
}

static void set_in_both(struct pqueue *q, struct model *model, unsigned int item, uint64_t key)
{
    remove_in_both(q, model, item);
    pqueue_insert(q, entry_of(item, key));
    model->present[item] = true;
    model->keys[item] = key;
}

/* A few different keys make many equal ones; huge ones are at the end of the range. */
static uint64_t any_key(struct random *random)
{
    return random_below(random, 2) ? random_below(random, 8) : random_value(random) % KEY_LIMIT;
}

static void any_operation(struct random *random, unsigned int items, struct pqueue *q,
                          struct model *model)
{
    unsigned int item = (unsigned int)random_below(random, items);
    uint64_t key;

    switch (random_below(random, 4)) {
    case 0:
        remove_in_both(q, model, item);
        break;
    case 1: /* an alarm expires and is armed again, later */
        if (key_of(pqueue_top(q)) < KEY_LIMIT - 8) {
            item = item_of(pqueue_top(q));
            key = key_of(pqueue_top(q)) + random_below(random, 8);
            pqueue_remove(q, 1);
            model->present[item] = false;
            set_in_both(q, model, item, key);
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
    unsigned int items = ITEMS;
    struct fixture fixture;
    struct model model;

    (void)state;
    for (uint64_t run = 0; run < runs; run++) {
        if (run % 4096 == 0) {
            items = 1 + (unsigned int)random_below(&random, ITEMS);
            init(&fixture, items);
            memset(&model, 0, sizeof(model));
        }
        any_operation(&random, items, &fixture.queue, &model);
        assert_like_model(&fixture.queue, &model);
        assert_item_like_model(&fixture.queue, &model, (unsigned int)random_below(&random, items));
        assert_order(&fixture.queue);
    }
}

static void equal_keys_leave_in_item_order(void **state)
{
    struct fixture fixture;

    (void)state;
    init(&fixture, ITEMS_MANY);
    for (unsigned int i = 0; i < ITEMS_MANY; i++) /* 7 and 1000 have no common factor */
        pqueue_insert(&fixture.queue, entry_of(i * 7 % ITEMS_MANY, 5));
    for (unsigned int i = 0; i < ITEMS_MANY; i++) {
        assert_int_equal(pqueue_top(&fixture.queue), entry_of(i, 5));
        pqueue_remove(&fixture.queue, 1);
    }
    assert_int_equal(pqueue_top(&fixture.queue), PQUEUE_NONE);
}

/* A thousand cyclic alarms: time never runs backwards. */
static void many_items_leave_in_key_order(void **state)
{
    struct fixture fixture;
    struct pqueue *q = &fixture.queue;
    uint64_t now = 0;

    (void)state;
    init(&fixture, ITEMS_MANY);
    for (unsigned int i = 0; i < ITEMS_MANY; i++)
        pqueue_insert(q, entry_of(i, i % 97u));
    for (int i = 0; i < 100000; i++) {
        unsigned int item = item_of(pqueue_top(q));

        assert_true(key_of(pqueue_top(q)) >= now);
        now = key_of(pqueue_top(q));
        assert_int_equal(now % 97, item % 97);
        pqueue_remove(q, 1);
        pqueue_insert(q, entry_of(item, now + 97));
    }
    assert_in_range(now, 9600, 9700); /* 1000 expiries in each 97 ticks */
}

static void may_be_for_no_item(void **state)
{
    struct fixture fixture;

    (void)state;
    init(&fixture, 0);
    assert_int_equal(pqueue_top(&fixture.queue), PQUEUE_NONE);
    assert_int_equal(pqueue_find(&fixture.queue, 0), 0);
}

static void takes_the_whole_key_range(void **state)
{
    struct fixture fixture;
    struct pqueue *q = &fixture.queue;

    (void)state;
    for (unsigned int items = 3; items <= ITEMS_MANY; items++) {
        init(&fixture, items);
        pqueue_insert(q, entry_of(0, KEY_LIMIT - 1));
        pqueue_insert(q, entry_of(1, KEY_LIMIT / 2 + 1));
        pqueue_insert(q, entry_of(items - 1, 0x100000000));
        assert_int_equal(pqueue_top(q), entry_of(items - 1, 0x100000000));
        pqueue_remove(q, 1);
        assert_int_equal(pqueue_top(q), entry_of(1, KEY_LIMIT / 2 + 1));
        pqueue_remove(q, 1);
        assert_int_equal(pqueue_top(q), entry_of(0, KEY_LIMIT - 1));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_keys_leave_in_item_order),
        cmocka_unit_test(many_items_leave_in_key_order),
        cmocka_unit_test(may_be_for_no_item),
        cmocka_unit_test(takes_the_whole_key_range),
        cmocka_unit_test(behaves_like_the_model),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
