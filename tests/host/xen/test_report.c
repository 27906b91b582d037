/* SPDX-License-Identifier: Apache-2.0
 *
 * The domain's health: what is written into the store, in which order, and when not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include <arch/irq.h>

#include "drivers/console/console.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/report.h"
#include "drivers/xen/xenstore.h"
#include "tests/host/xen/fake_os.h"
#include "tests/host/xen/fake_store.h"
#include "tests/host/xen/fake_xen.h"

#define HOME   "data/erika-xen/"
#define HEALTH HOME "health/"
#define PORT   70u

static void on_event(void)
{
    fake_os.now += 3;
}

const struct evtchn_cfg cfg_evtchn[CFG_EVTCHN_COUNT] = {
    [EVTCHN_XENSTORE] = {.handler = xs_pump, .prio = 1},
    [EVTCHN_LOW] = {.handler = on_event, .prio = 1},
    [EVTCHN_HIGH] = {.handler = on_event, .prio = 1},
    [EVTCHN_DEBUG] = {.handler = report_print, .prio = 1, .virq = VIRQ_DEBUG},
};

const char *const cfg_evtchn_names[CFG_EVTCHN_COUNT] = {
    [EVTCHN_CONSOLE] = "console", [EVTCHN_XENSTORE] = "xenstore", [EVTCHN_LOW] = "low",
    [EVTCHN_HIGH] = "high",       [EVTCHN_DEBUG] = "debug",       [EVTCHN_UNUSED] = "unused",
};

uint32_t OSAlarmLostCount(AlarmType alarm)
{
    return 7 + alarm;
}

uint32_t OSScheduleTableLostCount(ScheduleTableType table)
{
    return 8 + table;
}

bool console_stats(unsigned int which, struct console_stats *stats)
{
    stats->lost_bytes = 100;
    return which < 2;
}

uint32_t console_input_lost(void)
{
    return 11;
}

uint32_t irq_spurious_count(void)
{
    return 9;
}

const char *OSTaskName(TaskType task)
{
    return task == TASK_STORM ? "Storm" : "Store";
}

StatusType GetTaskState(TaskType task, TaskStateRefType state)
{
    *state = task == TASK_STORM ? WAITING : READY;
    return E_OK;
}

static void bind(unsigned int name, uint32_t port)
{
    fake_xen.open[port] = true;
    assert_int_equal(evtchn_bind(name, port), 0);
}

/* One life for all tests: a watch is for ever. */
static int start(void **state)
{
    (void)state;
    fake_os_reset();
    fake_xen_reset();
    fake_store_reset(0);
    fake_os.started = true;
    fake_os.run_task = true;
    fake_xen.next_port = 99;
    evtchn_init(&fake_xen.xen);
    fake_xen_store_page()->connection = XENSTORE_RECONNECT;
    assert_int_equal(xs_init(), 0);
    assert_int_equal(report_init(), 0);
    fake_os_advance_ms(3 * CFG_XS_TIMEOUT_MS); /* the store comes late: fact X4 */
    fake_xen_store_page()->connection = XENSTORE_CONNECTED;
    fake_xen_event(FAKE_STORE_PORT);
    bind(EVTCHN_LOW, PORT);
    fake_xen.remote_port[PORT] = 17;
    bind(EVTCHN_HIGH, PORT + 1);
    fake_store_run();
    return 0;
}

static int setup(void **state)
{
    (void)state;
    fake_store.asleep = false;
    fake_os.text_len = 0;
    fake_os.text[0] = 0;
    return 0;
}

static void ask(const char *word)
{
    fake_store_write(HOME "report", word, strlen(word));
    fake_store_run();
}

static void test_nobody_asks(void **state)
{
    (void)state;
    assert_null(fake_store_value(HOME "reported"));
    assert_null(fake_store_value(HEALTH "counts"));
    assert_string_equal(fake_os.text, "");
}

static void test_all_is_told(void **state)
{
    (void)state;
    fake_xen_event(PORT);
    ask("first");
    assert_string_equal(fake_store_value(HEALTH "events/low"),
                        "port 70 domain 0 port 17 received 1 again 0 early 0 throttled 0 "
                        "worst_ns 3000");
    assert_string_equal(fake_store_value(HEALTH "events/high"),
                        "port 71 unbound received 0 again 0 early 0 throttled 0 worst_ns 0");
    assert_string_equal(fake_store_value(HEALTH "events/debug"),
                        "port 99 virq 1 received 0 again 0 early 0 throttled 0 worst_ns 0");
    assert_string_equal(fake_store_value(HEALTH "events/unused"),
                        "closed received 0 again 0 early 0 throttled 0 worst_ns 0");
    assert_non_null(fake_store_value(HEALTH "events/xenstore"));
    assert_string_equal(fake_store_value(HEALTH "tasks/Storm"), "WAITING");
    assert_string_equal(fake_store_value(HEALTH "tasks/Store"), "READY");
    assert_string_equal(
        fake_store_value(HEALTH "counts"),
        "lost_expiries 7 lost_rounds 8 spurious_interrupts 9 stray_events 0 "
        "store_timeouts 0 store_strays 0 console_lost_bytes 200 input_lost_bytes 11 "
        "worst_upcall_ns 3000");
    assert_string_equal(fake_store_value(HOME "reported"), "first");
    ask("second");
    assert_string_equal(fake_store_value(HOME "reported"), "second");
    assert_int_equal(fake_store.mistakes, 0);
}

/* The word is the last: who waits for it can read the rest. */
static void test_the_word_comes_last(void **state)
{
    struct fake_message msg;
    struct fake_message answer;
    unsigned int writes = 0;

    (void)state;
    fake_store.asleep = true;
    fake_store_write(HOME "report", "word", 4);
    fake_store_let_through(1000);
    while (fake_store_take(&msg)) {
        assert_string_not_equal(fake_store_value(HOME "reported"), "word");
        writes += msg.head.type == XS_WRITE;
        fake_store_answer(&msg, &answer);
        fake_store_put(&answer);
        fake_store_let_through(1000);
    }
    assert_int_equal(writes, CFG_EVTCHN_COUNT + CFG_TASK_COUNT + 2);
    assert_string_equal(fake_store_value(HOME "reported"), "word");
}

static void test_asked_again_meanwhile(void **state)
{
    (void)state;
    fake_store.asleep = true;
    fake_store_write(HOME "report", "one", 3);
    fake_store_let_through(1000);
    fake_store_write(HOME "report", "two", 3);
    fake_store.asleep = false;
    fake_store_run();
    assert_string_equal(fake_store_value(HOME "reported"), "two");
}

static void test_a_word_too_long(void **state)
{
    (void)state;
    ask("sixteen-letters!");
    assert_int_equal(fake_os_printed("report: cannot use data/erika-xen/report (error -75)"), 1);
    assert_string_equal(fake_store_value(HOME "reported"), "two");
    ask("short");
    assert_string_equal(fake_store_value(HOME "reported"), "short");
}

static void test_store_that_does_not_answer(void **state)
{
    (void)state;
    fake_store.asleep = true;
    fake_store_write(HOME "report", "word", 4);
    fake_store_let_through(1000);
    fake_os_advance_ms(CFG_XS_TIMEOUT_MS + 200);
    assert_int_equal(fake_os_printed("report: cannot use data/erika-xen/report (error -110)"), 1);
}

static void test_printed_on_a_virq(void **state)
{
    (void)state;
    fake_xen_event(99);
    assert_int_equal(fake_os_printed("report: events/"), CFG_EVTCHN_COUNT);
    assert_int_equal(fake_os_printed("report: tasks/Storm WAITING\n"), 1);
    assert_int_equal(fake_os_printed("report: counts lost_expiries 7 "), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_nobody_asks, setup),
        cmocka_unit_test_setup(test_all_is_told, setup),
        cmocka_unit_test_setup(test_the_word_comes_last, setup),
        cmocka_unit_test_setup(test_asked_again_meanwhile, setup),
        cmocka_unit_test_setup(test_a_word_too_long, setup),
        cmocka_unit_test_setup(test_store_that_does_not_answer, setup),
        cmocka_unit_test_setup(test_printed_on_a_virq, setup),
    };

    return cmocka_run_group_tests_name("report", tests, start, NULL);
}
