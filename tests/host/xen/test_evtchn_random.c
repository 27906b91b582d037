/* SPDX-License-Identifier: Apache-2.0
 *
 * Event channels under random events, storms, masked stretches, held names, passes, unbinding and binding again. What must
 * never happen is a lost wake-up: whenever all is quiet, no bound port has an event that its handler has not seen.
 *
 * FUZZ_SEED chooses another run, FUZZ_RUNS is the number of steps.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/xen/evtchn.h"
#include "tests/host/lib/random.h"
#include "tests/host/xen/fake_os.h"
#include "tests/host/xen/fake_xen.h"

#define NAMES 4u

static const uint32_t ports[NAMES] = {3, 31, 64, 127};

static struct random dice;
static bool owed[NAMES]; /* an event came that the handler has not seen */
static bool bound[NAMES];
static bool held[NAMES];
static uint32_t calls[NAMES];
static uint32_t calls_since_pass[NAMES];
static bool nested; /* a handler may cause events too, but not for ever */

static uint32_t rnd(uint32_t limit)
{
    return random_below(&dice, limit);
}

static void event(unsigned int name)
{
    owed[name] = true;
    fake_xen_event(ports[name]);
}

static void handle(unsigned int name)
{
    assert_true(bound[name]);
    assert_false(held[name]);
    assert_true(fake_xen.in_irq);
    assert_int_equal(fake_os.suspended, 0);
    owed[name] = false;
    calls[name]++;
    /* The bound of a storm: a budget, and what was left of the old one when the pass began. */
    assert_true(++calls_since_pass[name] <= 2 * CFG_EVTCHN_BUDGET);
    if (nested || rnd(3) != 0)
        return;
    nested = true;
    if (rnd(2) == 0)
        event(rnd(NAMES));
    else
        (void)evtchn_send(name);
    nested = false;
}

static void on_0(void)
{
    handle(0);
}

static void on_1(void)
{
    handle(1);
}

static void on_2(void)
{
    handle(2);
}

static void on_3(void)
{
    handle(3);
}

const struct evtchn_cfg cfg_evtchn[CFG_EVTCHN_COUNT] = {
    {.handler = on_0, .prio = 3},
    {.handler = on_1, .prio = 1},
    {.handler = on_2, .prio = 3},
    {.handler = on_3, .prio = 7},
};

/* The task CFG_EVTCHN_TASK, when higher tasks let it run. */
static void run_task(void)
{
    if (fake_os.activations == 0)
        return;
    fake_os.activations--;
    memset(calls_since_pass, 0, sizeof(calls_since_pass));
    evtchn_pass();
}

static void toggle_binding(unsigned int name)
{
    if (bound[name]) {
        evtchn_unbind(name);
        bound[name] = held[name] = false;
        assert_true(fake_xen_is_masked(ports[name]));
    } else {
        bound[name] = true;
        calls_since_pass[name] = 0;
        assert_int_equal(evtchn_bind(name, ports[name]), 0);
    }
}

static void toggle_mask(unsigned int name)
{
    held[name] = bound[name] && !held[name];
    if (held[name])
        evtchn_mask(name);
    else
        evtchn_unmask(name);
}

static void storm(unsigned int name)
{
    for (uint32_t i = rnd(100); i > 0; i--)
        event(name);
}

static void step(void)
{
    unsigned int name = rnd(NAMES);

    switch (rnd(13)) {
    case 0:
        storm(name);
        break;
    case 1:
        if (rnd(10) == 0 && fake_os.suspended == 0)
            toggle_binding(name);
        break;
    case 2:
        if (fake_os.suspended < 3)
            SuspendAllInterrupts();
        break;
    case 3:
    case 4:
        if (fake_os.suspended > 0)
            ResumeAllInterrupts();
        break;
    case 5:
        if (bound[name])
            owed[name] = true;
        evtchn_raise(name);
        break;
    case 6:
        if (fake_os.suspended == 0)
            run_task();
        break;
    case 7:
        toggle_mask(name);
        break;
    default:
        event(name);
    }
}

static void expect_quiet(void)
{
    while (fake_os.suspended > 0)
        ResumeAllInterrupts();
    for (unsigned int name = 0; name < NAMES; name++) {
        if (held[name])
            toggle_mask(name);
    }
    for (int i = 0; i < 10; i++)
        run_task();
    for (unsigned int name = 0; name < NAMES; name++) {
        if (!bound[name])
            continue;
        assert_false(owed[name]);
        assert_false(fake_xen_is_masked(ports[name]));
        assert_false(fake_xen_is_pending(ports[name]));
    }
    assert_int_equal(fake_xen_shared()->vcpu_info[0].evtchn_upcall_pending, 0);
    assert_false(fake_xen.irq);
}

static void test_no_wake_up_is_lost(void **state)
{
    unsigned long steps = (unsigned long)random_env("FUZZ_RUNS", 1000000);
    struct evtchn_stats stats;
    uint32_t throttled = 0;

    (void)state;
    dice = random_start("evtchn random");
    fake_os_reset();
    fake_xen_reset();
    fake_os.started = true;
    evtchn_init(&fake_xen.xen);
    for (unsigned int name = 0; name < NAMES; name++) {
        fake_xen.open[ports[name]] = true;
        toggle_binding(name);
    }
    for (unsigned long i = 0; i < steps; i++) {
        step();
        assert_true(fake_os.activations <= 2); /* what ACTIVATION = 2 holds */
        if (rnd(50) == 0)
            expect_quiet();
    }
    for (unsigned int name = 0; name < NAMES; name++) {
        assert_true(evtchn_stats(name, &stats));
        assert_int_equal(stats.received, calls[name]);
        throttled += stats.throttled;
    }
    assert_int_equal(evtchn_strays(), 0);
    printf("# %u + %u + %u + %u handler calls, throttled %u times, %u upcalls\n", calls[0],
           calls[1], calls[2], calls[3], throttled, fake_xen.upcalls);
    assert_true(throttled > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_no_wake_up_is_lost)};

    return cmocka_run_group_tests_name("evtchn random", tests, NULL, NULL);
}
