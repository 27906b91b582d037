/* SPDX-License-Identifier: Apache-2.0
 *
 * The time of day from a shared_info page, also from one that changes or lies.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <threads.h>

#include <cmocka.h>

#include "calendar.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/wallclock.h"
#include "tests/host/xen/fake_os.h"
#include "tests/host/xen/fake_xen.h"

#define READS 200000u
#define T0    UINT64_C(946684800) /* 2000-01-01 */

const struct evtchn_cfg cfg_evtchn[CFG_EVTCHN_COUNT];

static struct shared_info *shared;
static struct wallclock now;

struct shared_info *xen_shared(void)
{
    return shared;
}

static int setup(void **state)
{
    (void)state;
    fake_os_reset();
    fake_xen_reset();
    shared = fake_xen_shared();
    fake_os.now = 0;
    now = (struct wallclock){.seconds = 7, .ns = 7};
    return 0;
}

static void xen_writes(uint32_t version, uint64_t seconds, uint32_t ns)
{
    shared->wc_version = version;
    shared->wc_sec = (uint32_t)seconds;
    shared->wc_sec_hi = (uint32_t)(seconds >> 32);
    shared->wc_nsec = ns;
}

static void refused(int rc)
{
    assert_int_equal(wallclock_read(&now), rc);
    assert_int_equal(now.seconds, 7);
    assert_int_equal(now.ns, 7);
}

static void is(uint64_t seconds, uint32_t ns)
{
    assert_int_equal(wallclock_read(&now), 0);
    assert_int_equal(now.seconds, seconds);
    assert_int_equal(now.ns, ns);
}

static void test_start_and_timer_add_up(void **state)
{
    (void)state;
    xen_writes(2, T0 + 1000, 0);
    is(T0 + 1000, 0);
    fake_os.now = 3 * FAKE_HZ + FAKE_HZ / 4;
    is(T0 + 1003, 250000000);
    xen_writes(4, 0x1ffffffff, 999999999);
    is(0x200000003, 249999999);
    fake_os.now = FAKE_HZ - 1;
    is(0x200000000, 999998999);
}

static void test_after_years(void **state)
{
    (void)state;
    xen_writes(2, T0 + 5, 0);
    fake_os.now = UINT64_C(1000000000) * FAKE_HZ + 1;
    is(T0 + 1000000005, 1000);
}

static void test_no_xen(void **state)
{
    (void)state;
    shared = NULL;
    refused(-ENODEV);
}

static void test_nobody_has_told(void **state)
{
    (void)state;
    refused(-ENODATA);
    xen_writes(2, 1000, 0); /* since Xen's start */
    refused(-ENODATA);
    xen_writes(2, T0 - 1, 999999999);
    refused(-ENODATA);
}

static void test_xen_that_never_ends_writing(void **state)
{
    (void)state;
    xen_writes(3, T0, 0);
    refused(-EAGAIN);
}

static void test_no_time(void **state)
{
    (void)state;
    xen_writes(2, T0, 1000000000);
    refused(-EIO);
    xen_writes(2, T0, UINT32_MAX);
    refused(-EIO);
    xen_writes(2, UINT64_MAX, 0);
    refused(-EIO);
    xen_writes(2, CALENDAR_END, 0);
    refused(-EIO);
}

static uint32_t writing; /* until 0 */

static int xen(void *unused)
{
    (void)unused;
    for (uint32_t i = 1; __atomic_load_n(&writing, __ATOMIC_RELAXED) != 0; i = i % 999999999 + 1) {
        __atomic_fetch_add(&shared->wc_version, 1, __ATOMIC_SEQ_CST);
        __atomic_store_n(&shared->wc_sec, (uint32_t)T0 + i, __ATOMIC_SEQ_CST);
        __atomic_store_n(&shared->wc_nsec, i, __ATOMIC_SEQ_CST);
        __atomic_fetch_add(&shared->wc_version, 1, __ATOMIC_SEQ_CST);
    }
    return 0;
}

/* Another CPU writes without pause, always the same number into both words. */
static void test_words_belong_together(void **state)
{
    unsigned int taken = 0;
    thrd_t thread;

    (void)state;
    writing = 1;
    now = (struct wallclock){.seconds = T0 + 1, .ns = 1};
    xen_writes(2, T0 + 1, 1);
    assert_int_equal(thrd_create(&thread, xen, NULL), thrd_success);
    for (unsigned int i = 0; i < READS; i++) {
        int rc = wallclock_read(&now);

        assert_true(rc == 0 || rc == -EAGAIN);
        taken += rc == 0;
        assert_int_equal(now.seconds, T0 + now.ns);
    }
    __atomic_store_n(&writing, 0, __ATOMIC_RELAXED);
    thrd_join(thread, NULL);
    assert_in_range(taken, 1, READS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_start_and_timer_add_up, setup),
        cmocka_unit_test_setup(test_after_years, setup),
        cmocka_unit_test_setup(test_no_xen, setup),
        cmocka_unit_test_setup(test_nobody_has_told, setup),
        cmocka_unit_test_setup(test_xen_that_never_ends_writing, setup),
        cmocka_unit_test_setup(test_no_time, setup),
        cmocka_unit_test_setup(test_words_belong_together, setup),
    };

    return cmocka_run_group_tests_name("wallclock", tests, NULL, NULL);
}
