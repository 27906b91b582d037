/* SPDX-License-Identifier: Apache-2.0
 *
 * The watchdog against the fake Xen: which one is fed, and with what.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "drivers/xen/evtchn.h"
#include "drivers/xen/watchdog.h"
#include "tests/host/xen/fake_os.h"
#include "tests/host/xen/fake_xen.h"

const struct evtchn_cfg cfg_evtchn[CFG_EVTCHN_COUNT];

static int setup(void **state)
{
    (void)state;
    fake_os_reset();
    fake_xen_reset();
    watchdog_stop(); /* of the test before, which this Xen has forgotten */
    return 0;
}

static void test_start_feed_stop(void **state)
{
    (void)state;
    fake_xen.watchdogs[0].in_use = true; /* somebody else's */
    assert_int_equal(watchdog_start(), 0);
    assert_true(fake_xen.watchdogs[1].in_use);
    assert_int_equal(fake_xen.watchdogs[1].seconds, CFG_WATCHDOG_S);
    fake_xen.watchdogs[1].seconds = 0;
    watchdog_feed();
    assert_int_equal(fake_xen.watchdogs[1].seconds, CFG_WATCHDOG_S);
    assert_int_equal(fake_xen.watchdogs[1].given, 2);
    watchdog_stop();
    assert_false(fake_xen.watchdogs[1].in_use);
    assert_int_equal(fake_xen.watchdogs[0].given, 0);
}

static void test_feeding_does_not_start_it(void **state)
{
    (void)state;
    watchdog_feed();
    watchdog_stop();
    assert_int_equal(watchdog_start(), 0);
    watchdog_stop();
    watchdog_feed();
    assert_false(fake_xen.watchdogs[0].in_use);
    assert_int_equal(fake_xen.watchdogs[0].given, 2);
}

static void test_none_is_free(void **state)
{
    (void)state;
    for (unsigned int i = 0; i < FAKE_WATCHDOGS; i++)
        fake_xen.watchdogs[i].in_use = true;
    assert_int_equal(watchdog_start(), -ENOSPC);
    watchdog_feed();
    for (unsigned int i = 0; i < FAKE_WATCHDOGS; i++)
        assert_int_equal(fake_xen.watchdogs[i].given, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_start_feed_stop, setup),
        cmocka_unit_test_setup(test_feeding_does_not_start_it, setup),
        cmocka_unit_test_setup(test_none_is_free, setup),
    };

    return cmocka_run_group_tests_name("watchdog", tests, NULL, NULL);
}
