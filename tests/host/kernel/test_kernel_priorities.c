/* SPDX-License-Identifier: Apache-2.0
 *
 * The ready bitmap of two levels where its words end. What it does with many tasks is the model's to say
 * (test_kernel_model.c); here is what only an interrupt at one instruction could bring about.
 */
#include "rig.h"

#include "kernel/ready.h"
#include "kernel/resource.h"

#define BODY(name)                                                                                 \
    TASK(name)                                                                                     \
    {                                                                                              \
        rig_task(name);                                                                            \
    }
#define TEN(t)                                                                                     \
    BODY(t##0)                                                                                     \
    BODY(t##1)                                                                                     \
    BODY(t##2)                                                                                     \
    BODY(t##3)                                                                                     \
    BODY(t##4) BODY(t##5) BODY(t##6) BODY(t##7) BODY(t##8) BODY(t##9)

BODY(Lowest)
BODY(T2)
BODY(T3)
BODY(T4)
BODY(T5)
BODY(T6)
BODY(T7)
BODY(T8)
BODY(T9)
TEN(T1)
TEN(T2)
BODY(T30)
BODY(T31)
BODY(Highest)

void IdleHook(void)
{
    trace("idle, top %u ", ready_top());
    ShutdownOS(E_OK);
}

static int setup(void **state)
{
    (void)state;
    rig_begin(0);
    return 0;
}

/* Runs first: the kernel has not been started in this process. */
static void before_the_start_nothing_is_ready(void **state)
{
    (void)state;
    assert_int_equal(CFG_PRIO_COUNT, 33);
    assert_int_equal(ready_top(), 0);
}

static void highest(void)
{
    trace("32 ");
}

static void last_of_the_first_word(void)
{
    trace("31 ");
}

static void activate_both(void)
{
    assert_int_equal(GetResource(RES_SCHEDULER), E_OK);
    assert_int_equal(os.prio, 32);
    assert_int_equal(ActivateTask(T31), E_OK);
    assert_int_equal(ready_top(), 31);
    assert_int_equal(ActivateTask(Highest), E_OK);
    assert_int_equal(ready_top(), 32);
    assert_int_equal(ReleaseResource(RES_SCHEDULER), E_OK);
    assert_int_equal(ready_top(), 1);
}

static void two_priorities_in_two_words(void **state)
{
    (void)state;
    bodies[Lowest] = activate_both;
    bodies[T31] = last_of_the_first_word;
    bodies[Highest] = highest;
    assert_int_equal(host_run(Only), E_OK);
    assert_trace("32 31 idle, top 0 ");
}

/* An interrupt has come after the word of groups was read, and its end has run the group's last. */
static void look_into_an_empty_group(void)
{
    os.ready_map |= 1u << 1;
    assert_int_equal(ready_top(), 32);
    os.ready_map &= ~(1u << 1);
    assert_int_equal(ready_top(), 1);
}

static void a_group_that_is_empty_by_now_gives_its_lowest(void **state)
{
    (void)state;
    bodies[Lowest] = look_into_an_empty_group;
    assert_int_equal(host_run(Only), E_OK);
    assert_trace("idle, top 0 ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(before_the_start_nothing_is_ready, setup),
        cmocka_unit_test_setup(two_priorities_in_two_words, setup),
        cmocka_unit_test_setup(a_group_that_is_empty_by_now_gives_its_lowest, setup),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
