/* SPDX-License-Identifier: Apache-2.0
 *
 * Event channels against the fake Xen: each of the facts E1-E6, priorities, and the end of storms.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/xen/evtchn.h"
#include "tests/host/xen/fake_os.h"
#include "tests/host/xen/fake_xen.h"

#define VIRQ_PORT 101u
#define PORT      70u /* in the second word */

static char order[4096]; /* one letter a handler call */
static void (*inside_low)(void);
static void (*inside_high)(void);

static void note(char c)
{
    size_t len = strlen(order);

    if (len + 1 < sizeof(order)) {
        order[len] = c;
        order[len + 1] = 0;
    }
}

static void on_console(void)
{
    note('c');
}

static void on_store(void)
{
    note('x');
}

static void on_low(void)
{
    note('l');
    if (inside_low != NULL)
        inside_low();
}

static void on_high(void)
{
    note('h');
    if (inside_high != NULL)
        inside_high();
}

static void on_debug(void)
{
    note('d');
}

const struct evtchn_cfg cfg_evtchn[CFG_EVTCHN_COUNT] = {
    [EVTCHN_CONSOLE] = {.handler = on_console, .prio = 2},
    [EVTCHN_XENSTORE] = {.handler = on_store, .prio = 2},
    [EVTCHN_LOW] = {.handler = on_low, .prio = 1},
    [EVTCHN_HIGH] = {.handler = on_high, .prio = 9},
    [EVTCHN_DEBUG] = {.handler = on_debug, .prio = 1, .virq = VIRQ_DEBUG},
};

static int setup(void **state)
{
    (void)state;
    fake_os_reset();
    fake_xen_reset();
    fake_os.started = true;
    order[0] = 0;
    inside_low = NULL;
    inside_high = NULL;
    fake_xen.fail_alloc = -ENOSPC; /* no test but one wants the VIRQ */
    evtchn_init(&fake_xen.xen);
    fake_xen.fail_alloc = 0;
    return 0;
}

static void bind(unsigned int name, uint32_t port)
{
    fake_xen.open[port] = true;
    assert_int_equal(evtchn_bind(name, port), 0);
}

static void test_all_ports_are_masked_at_first(void **state) /* fact E1 */
{
    (void)state;
    for (uint32_t port = 0; port < FAKE_PORTS; port++)
        assert_true(fake_xen_is_masked(port));
}

static void test_event_reaches_handler_of_its_port(void **state) /* fact M3: words of 64 */
{
    static const uint32_t ports[] = {1, 31, 32, 63, 64, 95, 96, 127};

    (void)state;
    for (size_t i = 0; i < sizeof(ports) / sizeof(ports[0]); i++) {
        setup(NULL);
        bind(EVTCHN_LOW, ports[i]);
        fake_xen_event(ports[i]);
        assert_string_equal(order, "l");
        fake_xen_event(ports[i]);
        assert_string_equal(order, "ll");
        assert_false(fake_xen_is_pending(ports[i]));
        assert_int_equal(fake_xen_shared()->vcpu_info[0].evtchn_pending_sel, 0);
        assert_int_equal(fake_xen_shared()->vcpu_info[0].evtchn_upcall_pending, 0);
    }
}

static void same_port_again(void)
{
    inside_low = NULL;
    fake_xen_event(PORT);
}

static void test_event_during_its_handler_is_a_new_event(void **state) /* fact E2 */
{
    (void)state;
    bind(EVTCHN_LOW, PORT);
    inside_low = same_port_again;
    fake_xen_event(PORT);
    assert_string_equal(order, "ll");
    assert_int_equal(fake_xen.upcalls, 2);
}

static void test_upcall_byte_is_cleared_before_the_scan(void **state) /* fact E2 */
{
    (void)state;
    bind(EVTCHN_LOW, PORT);
    for (int i = 0; i < 20;
         i++) { /* a lost upcall would be for good: see mark_upcall_pending() of the fake */
        evtchn_pass();
        inside_low = same_port_again;
        fake_xen_event(PORT);
    }
    assert_int_equal(strlen(order), 40);
}

static void event_of_high(void)
{
    fake_os.at_barrier = NULL;
    fake_xen_event(5);
}

/* Xen's own CPU sets the bits there. It makes an upcall only if it finds the byte clear, and we
 * see the bit in this pass only if we have not taken the selector yet. */
static void test_event_between_upcall_byte_and_selector(void **state) /* fact E2 */
{
    (void)state;
    bind(EVTCHN_LOW, PORT);
    bind(EVTCHN_HIGH, 5);
    fake_os.at_barrier = event_of_high;
    fake_xen_event(PORT);
    assert_string_equal(order, "hl");
}

static void test_pending_event_is_delivered_by_bind(void **state) /* facts E1, E3, E6 */
{
    struct evtchn_stats stats;

    (void)state;
    fake_xen.open[PORT] = true;
    fake_xen_event(PORT);
    assert_string_equal(order, "");
    assert_int_equal(evtchn_bind(EVTCHN_LOW, PORT), 0);
    assert_string_equal(order, "l");
    assert_int_equal(fake_xen.unmask_calls, 1);
    assert_true(evtchn_stats(EVTCHN_LOW, &stats));
    assert_int_equal(stats.early, 1);
    assert_int_equal(stats.received, 1);
}

static void test_port_that_xen_does_not_unmask_is_told(void **state) /* fact E3 */
{
    (void)state;
    fake_xen_event(PORT);
    fake_xen.open[PORT] = false;
    assert_int_equal(evtchn_bind(EVTCHN_LOW, PORT), 0);
    assert_int_equal(fake_os_printed("evtchn: Xen does not unmask port"), 1);
    assert_string_equal(order, "");
}

static void test_bind_without_event_makes_no_hypercall(void **state)
{
    (void)state;
    bind(EVTCHN_LOW, PORT);
    assert_int_equal(fake_xen.unmask_calls, 0);
    assert_false(fake_xen_is_masked(PORT));
}

static void test_event_of_unbound_unmasked_port_is_counted(void **state) /* fact E6 */
{
    (void)state;
    fake_xen_shared()->evtchn_mask[0] = 0;
    fake_xen_event(9);
    assert_string_equal(order, "");
    assert_int_equal(evtchn_strays(), 1);
}

static void test_port_above_the_table_is_counted_not_indexed(void **state) /* fact E6 */
{
    (void)state;
    bind(EVTCHN_LOW, PORT);
    fake_xen_shared()->evtchn_mask[CFG_EVTCHN_PORTS / 64] = 0;
    fake_xen_event(CFG_EVTCHN_PORTS);
    assert_int_equal(evtchn_strays(), 1);
    fake_xen_event(PORT);
    assert_string_equal(order, "l");
}

static void test_other_ports_bits_stay(void **state) /* fact E4: the words are shared */
{
    (void)state;
    bind(EVTCHN_LOW, 64);
    bind(EVTCHN_HIGH, 95);
    fake_xen_shared()->evtchn_pending[1] |= 1ull << 20 | 1ull << 40; /* masked: not ours to touch */
    fake_xen_event(64);
    assert_true(fake_xen_is_pending(64 + 20));
    assert_true(fake_xen_is_pending(64 + 40));
    assert_int_equal(fake_xen_shared()->evtchn_mask[1], ~((1ull << 0) | (1ull << 31)));
}

static void test_higher_priority_goes_first_in_a_pass(void **state)
{
    (void)state;
    bind(EVTCHN_LOW, 5);
    bind(EVTCHN_XENSTORE, 6);
    bind(EVTCHN_CONSOLE, 90);
    bind(EVTCHN_HIGH, 91);
    fake_os.suspended = 1;
    fake_xen_event(5);
    fake_xen_event(6);
    fake_xen_event(90);
    fake_xen_event(91);
    ResumeAllInterrupts();
    assert_string_equal(order, "hcxl");
    assert_int_equal(fake_xen.upcalls, 1);
}

static void test_bind_refuses(void **state)
{
    (void)state;
    assert_int_equal(evtchn_bind(CFG_EVTCHN_COUNT, 5), -EINVAL);
    assert_int_equal(evtchn_bind(EVTCHN_UNUSED, 5), -ENOENT);
    assert_int_equal(evtchn_bind(EVTCHN_LOW, 0), -ENOSPC);
    assert_int_equal(evtchn_bind(EVTCHN_LOW, CFG_EVTCHN_PORTS), -ENOSPC);
    assert_int_equal(evtchn_bind(EVTCHN_LOW, UINT32_MAX), -ENOSPC);
    bind(EVTCHN_LOW, 5);
    assert_int_equal(evtchn_bind(EVTCHN_LOW, 6), -EBUSY);
    assert_int_equal(evtchn_bind(EVTCHN_HIGH, 5), -EBUSY);
}

static void test_unbound_handler_is_not_called(void **state)
{
    (void)state;
    bind(EVTCHN_LOW, PORT);
    evtchn_unbind(EVTCHN_LOW);
    fake_xen_event(PORT);
    assert_string_equal(order, "");
    assert_true(fake_xen_is_masked(PORT));
    assert_int_equal(evtchn_bind(EVTCHN_HIGH, PORT), 0); /* and its event was not lost */
    assert_string_equal(order, "h");
}

static void unbind_console(void)
{
    evtchn_unbind(EVTCHN_CONSOLE);
}

static void test_unbind_in_a_pass_holds_at_once(void **state)
{
    (void)state;
    bind(EVTCHN_CONSOLE, 5);
    bind(EVTCHN_HIGH, 6);
    bind(EVTCHN_LOW, 7);
    inside_high = unbind_console; /* which is due in the same pass, after it */
    fake_os.suspended = 1;
    fake_xen_event(7);
    fake_xen_event(6);
    fake_xen_event(5);
    ResumeAllInterrupts();
    assert_string_equal(order, "hl");
    assert_int_equal(evtchn_strays(), 1); /* its event, counted */
}

static void test_alloc_and_close(void **state) /* fact E6 */
{
    int port;

    (void)state;
    port = evtchn_alloc_unbound(0);
    assert_int_equal(port, 3);
    assert_true(fake_xen_is_masked(3));
    fake_xen_event(3);
    assert_int_equal(evtchn_close(3), 0);
    assert_false(fake_xen_is_pending(3));
    assert_true(fake_xen_is_masked(3));
    assert_int_equal(evtchn_close(3), -EINVAL);
    bind(EVTCHN_LOW, 9);
    assert_int_equal(evtchn_close(9), -EBUSY);
    assert_int_equal(evtchn_close(0), -EINVAL);
    assert_int_equal(evtchn_close(CFG_EVTCHN_PORTS), -EINVAL);
    fake_xen.fail_alloc = -ENOSPC;
    assert_int_equal(evtchn_alloc_unbound(0), -ENOSPC);
    fake_xen.fail_alloc = 0;
    fake_xen.next_port = CFG_EVTCHN_PORTS;
    assert_int_equal(evtchn_alloc_unbound(0), -ENOSPC);
    assert_false(fake_xen.open[CFG_EVTCHN_PORTS]);
}

static void test_ports_that_dom0_has_allocated(void **state)
{
    (void)state;
    assert_int_equal(evtchn_bind_interdomain(0, 17), 3);
    assert_int_equal(fake_xen.remote_port[3], 17);
    assert_true(fake_xen_is_masked(3));
    assert_int_equal(evtchn_bind(EVTCHN_LOW, 3), 0);
    assert_string_equal(order, "l"); /* what may have been sent before */
    fake_xen.fail_alloc = -EINVAL;
    assert_int_equal(evtchn_bind_interdomain(2, 17), -EINVAL);
    fake_xen.fail_alloc = 0;
    fake_xen.next_port = CFG_EVTCHN_PORTS;
    assert_int_equal(evtchn_bind_interdomain(0, 17), -ENOSPC);
    assert_false(fake_xen.open[CFG_EVTCHN_PORTS]);
}

static void test_send(void **state)
{
    (void)state;
    assert_int_equal(evtchn_send(EVTCHN_LOW), -ENOTCONN);
    assert_int_equal(evtchn_send(CFG_EVTCHN_COUNT), -ENOTCONN);
    bind(EVTCHN_LOW, PORT);
    assert_int_equal(evtchn_send(EVTCHN_LOW), 0);
    assert_int_equal(fake_xen.sends[PORT], 1);
    fake_xen.open[PORT] = false;
    assert_int_equal(evtchn_send(EVTCHN_LOW), -EINVAL);
}

static void test_raise_runs_the_own_handler(void **state)
{
    (void)state;
    evtchn_raise(EVTCHN_LOW); /* not bound: nothing */
    evtchn_raise(CFG_EVTCHN_COUNT);
    bind(EVTCHN_LOW, PORT);
    evtchn_raise(EVTCHN_LOW);
    evtchn_raise(EVTCHN_LOW);
    assert_string_equal(order, "ll");
    assert_int_equal(fake_xen.sends[PORT], 0);
}

static void test_raise_before_start_is_delivered_after_it(void **state)
{
    (void)state;
    fake_os.started = false;
    bind(EVTCHN_LOW, PORT);
    evtchn_raise(EVTCHN_LOW);
    assert_string_equal(order, "");
    fake_os.started = true;
    fake_xen_interrupts();
    assert_string_equal(order, "l");
}

static void storm(uint32_t port, unsigned int events)
{
    for (unsigned int i = 0; i < events; i++)
        fake_xen_event(port);
}

static void test_storm_is_held_back_for_its_port_alone(void **state)
{
    struct evtchn_stats stats;

    (void)state;
    bind(EVTCHN_LOW, PORT);
    bind(EVTCHN_HIGH, 5);
    storm(PORT, 1000);
    assert_int_equal(strlen(order), CFG_EVTCHN_BUDGET);
    assert_int_equal(fake_os.activations, 1);
    assert_true(fake_xen_is_masked(PORT));
    assert_true(fake_xen_is_pending(PORT)); /* nothing is lost */
    assert_int_equal(fake_xen.upcalls, CFG_EVTCHN_BUDGET + 1);
    order[0] = 0;
    fake_xen_event(5);
    assert_string_equal(order, "h");
    order[0] = 0;
    evtchn_pass();
    assert_string_equal(order, "l");
    assert_false(fake_xen_is_masked(PORT));
    assert_true(evtchn_stats(EVTCHN_LOW, &stats));
    assert_int_equal(stats.throttled, 1);
    assert_int_equal(stats.received, CFG_EVTCHN_BUDGET + 1);
    /* The pass gave a new budget, of which the held-back event took one. */
    order[0] = 0;
    storm(PORT, 1000);
    assert_int_equal(strlen(order), CFG_EVTCHN_BUDGET - 1);
    assert_int_equal(fake_os.activations, 2);
}

static void test_single_event_after_a_storm_is_answered(void **state)
{
    (void)state;
    bind(EVTCHN_LOW, PORT);
    for (unsigned int round = 0; round < 200; round++) {
        storm(PORT, 100);
        evtchn_pass();
        order[0] = 0;
        fake_xen_event(PORT);
        assert_string_equal(order, "l");
    }
}

static void test_raise_of_a_held_back_port_waits_for_the_pass(void **state)
{
    (void)state;
    bind(EVTCHN_LOW, PORT);
    storm(PORT, 100);
    order[0] = 0;
    evtchn_raise(EVTCHN_LOW);
    assert_string_equal(order, "");
    evtchn_pass();
    assert_string_equal(order, "l");
}

static void test_without_its_task_a_storm_is_let_through(void **state)
{
    (void)state;
    bind(EVTCHN_LOW, PORT);
    fake_os.activate_rc = E_OS_LIMIT;
    storm(PORT, 100);
    assert_int_equal(strlen(order), 100);
    fake_os.activate_rc = E_OK;
    storm(PORT, 100);
    assert_in_range(strlen(order), 100, 101);
}

static void test_unbind_of_a_held_back_port(void **state)
{
    (void)state;
    bind(EVTCHN_LOW, PORT);
    storm(PORT, 100);
    evtchn_unbind(EVTCHN_LOW);
    evtchn_pass();
    assert_true(fake_xen_is_masked(PORT));
    order[0] = 0;
    assert_int_equal(evtchn_bind(EVTCHN_HIGH, PORT), 0);
    assert_string_equal(order, "h");
}

static void test_virq(void **state)
{
    (void)state;
    fake_xen.next_port = VIRQ_PORT;
    evtchn_init(&fake_xen.xen);
    assert_int_equal(fake_xen.virq_port[VIRQ_DEBUG], VIRQ_PORT);
    fake_xen_event(VIRQ_PORT);
    assert_string_equal(order, "d");
}

static void test_virq_that_cannot_be_bound(void **state)
{
    (void)state;
    assert_int_equal(evtchn_send(EVTCHN_DEBUG), -ENOTCONN);
    fake_xen.next_port = CFG_EVTCHN_PORTS;
    evtchn_init(&fake_xen.xen);
    assert_int_equal(evtchn_send(EVTCHN_DEBUG), -ENOTCONN);
    assert_false(fake_xen.open[CFG_EVTCHN_PORTS]); /* given back */
}

static void test_status(void **state)
{
    struct evtchn_status status;

    (void)state;
    assert_int_equal(evtchn_status(EVTCHN_LOW, &status), -ENOTCONN);
    assert_int_equal(evtchn_status(CFG_EVTCHN_COUNT, &status), -ENOTCONN);
    bind(EVTCHN_LOW, PORT);
    fake_xen.remote_port[PORT] = 5;
    assert_int_equal(evtchn_status(EVTCHN_LOW, &status), 0);
    assert_int_equal(status.port, PORT);
    assert_int_equal(status.status, EVTCHNSTAT_interdomain);
    assert_int_equal(status.u.interdomain.port, 5);
}

static void test_masked_name_keeps_one_event(void **state) /* E3 */
{
    (void)state;
    bind(EVTCHN_LOW, PORT);
    evtchn_mask(EVTCHN_LOW);
    storm(PORT, 3);
    evtchn_raise(EVTCHN_LOW);
    evtchn_pass();
    assert_string_equal(order, "");
    evtchn_unmask(EVTCHN_LOW);
    assert_string_equal(order, "l");
    assert_int_equal(fake_xen.unmask_calls, 1);
    fake_xen_event(PORT);
    assert_string_equal(order, "ll");
}

static void test_mask_of_nothing(void **state)
{
    (void)state;
    evtchn_mask(EVTCHN_LOW);
    evtchn_mask(CFG_EVTCHN_COUNT);
    evtchn_unmask(CFG_EVTCHN_COUNT);
    bind(EVTCHN_LOW, PORT);
    evtchn_unmask(EVTCHN_LOW);
    fake_xen_event(PORT);
    assert_string_equal(order, "l");
    evtchn_mask(EVTCHN_LOW);
    evtchn_unbind(EVTCHN_LOW);
    evtchn_unmask(EVTCHN_LOW);
    assert_true(fake_xen_is_masked(PORT));
    bind(EVTCHN_LOW, PORT);
    assert_false(fake_xen_is_masked(PORT)); /* it begins anew */
}

static void test_unmask_does_not_end_a_storm(void **state)
{
    (void)state;
    bind(EVTCHN_LOW, PORT);
    storm(PORT, 100);
    order[0] = 0;
    evtchn_mask(EVTCHN_LOW);
    evtchn_unmask(EVTCHN_LOW);
    assert_string_equal(order, "");
    assert_true(fake_xen_is_masked(PORT));
    evtchn_pass();
    assert_string_equal(order, "l");
}

static void mask_low(void)
{
    evtchn_mask(EVTCHN_LOW);
}

static void test_handler_masks_its_own_name(void **state)
{
    (void)state;
    bind(EVTCHN_LOW, PORT);
    inside_low = mask_low;
    storm(PORT, 5);
    assert_string_equal(order, "l");
}

static void take_three(void)
{
    fake_os.now += 3;
    inside_low = NULL;
    fake_xen_event(PORT);
}

static void take_five(void)
{
    fake_os.now += 5;
    inside_high = NULL;
}

static void test_what_is_measured(void **state)
{
    struct evtchn_stats stats;

    (void)state;
    bind(EVTCHN_LOW, PORT);
    bind(EVTCHN_HIGH, 5);
    inside_low = take_three;
    inside_high = take_five;
    fake_os.suspended = 1;
    fake_xen_event(PORT);
    fake_xen_event(5);
    ResumeAllInterrupts();
    assert_string_equal(order, "hll");
    assert_true(evtchn_stats(EVTCHN_LOW, &stats));
    assert_int_equal(stats.again, 1);
    assert_int_equal(stats.worst_count, 3);
    assert_true(evtchn_stats(EVTCHN_HIGH, &stats));
    assert_int_equal(stats.again, 0);
    assert_int_equal(stats.worst_count, 5);
    assert_int_equal(evtchn_worst_upcall(), 8);
    assert_false(evtchn_stats(CFG_EVTCHN_COUNT, &stats));
}

static void take_for_ever(void)
{
    fake_os.now += UINT64_C(1) << 40;
}

static void test_longest_time_that_can_be_told(void **state)
{
    (void)state;
    bind(EVTCHN_LOW, PORT);
    inside_low = take_for_ever;
    fake_xen_event(PORT);
    assert_int_equal(evtchn_worst_upcall(), UINT32_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_all_ports_are_masked_at_first, setup),
        cmocka_unit_test_setup(test_event_reaches_handler_of_its_port, setup),
        cmocka_unit_test_setup(test_event_during_its_handler_is_a_new_event, setup),
        cmocka_unit_test_setup(test_upcall_byte_is_cleared_before_the_scan, setup),
        cmocka_unit_test_setup(test_event_between_upcall_byte_and_selector, setup),
        cmocka_unit_test_setup(test_pending_event_is_delivered_by_bind, setup),
        cmocka_unit_test_setup(test_port_that_xen_does_not_unmask_is_told, setup),
        cmocka_unit_test_setup(test_bind_without_event_makes_no_hypercall, setup),
        cmocka_unit_test_setup(test_event_of_unbound_unmasked_port_is_counted, setup),
        cmocka_unit_test_setup(test_port_above_the_table_is_counted_not_indexed, setup),
        cmocka_unit_test_setup(test_other_ports_bits_stay, setup),
        cmocka_unit_test_setup(test_higher_priority_goes_first_in_a_pass, setup),
        cmocka_unit_test_setup(test_bind_refuses, setup),
        cmocka_unit_test_setup(test_unbound_handler_is_not_called, setup),
        cmocka_unit_test_setup(test_unbind_in_a_pass_holds_at_once, setup),
        cmocka_unit_test_setup(test_alloc_and_close, setup),
        cmocka_unit_test_setup(test_ports_that_dom0_has_allocated, setup),
        cmocka_unit_test_setup(test_send, setup),
        cmocka_unit_test_setup(test_raise_runs_the_own_handler, setup),
        cmocka_unit_test_setup(test_raise_before_start_is_delivered_after_it, setup),
        cmocka_unit_test_setup(test_storm_is_held_back_for_its_port_alone, setup),
        cmocka_unit_test_setup(test_single_event_after_a_storm_is_answered, setup),
        cmocka_unit_test_setup(test_raise_of_a_held_back_port_waits_for_the_pass, setup),
        cmocka_unit_test_setup(test_without_its_task_a_storm_is_let_through, setup),
        cmocka_unit_test_setup(test_unbind_of_a_held_back_port, setup),
        cmocka_unit_test_setup(test_virq, setup),
        cmocka_unit_test_setup(test_virq_that_cannot_be_bound, setup),
        cmocka_unit_test_setup(test_status, setup),
        cmocka_unit_test_setup(test_masked_name_keeps_one_event, setup),
        cmocka_unit_test_setup(test_mask_of_nothing, setup),
        cmocka_unit_test_setup(test_unmask_does_not_end_a_storm, setup),
        cmocka_unit_test_setup(test_handler_masks_its_own_name, setup),
        cmocka_unit_test_setup(test_what_is_measured, setup),
        cmocka_unit_test_setup(test_longest_time_that_can_be_told, setup),
    };

    return cmocka_run_group_tests_name("evtchn", tests, NULL, NULL);
}
