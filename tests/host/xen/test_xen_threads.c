/* SPDX-License-Identifier: Apache-2.0
 *
 * Words that Xen or dom0 changes on another CPU at the same time: nothing of theirs may be lost, and nothing taken
 * from them. In one thread each of these steps is whole by itself; here they really race.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <threads.h>

#include <cmocka.h>

#include "drivers/xen/evtchn.h"
#include "drivers/xen/gnttab.h"
#include "tests/host/xen/fake_os.h"
#include "tests/host/xen/fake_xen.h"

#define ROUNDS 3000000u /* of this thread: enough to meet the other one on a busy machine, too */
#define PORT   70u

static _Alignas(4096) uint8_t page[4096];
static unsigned int events;
static bool stop;

static void on_low(void)
{
    events++;
}

const struct evtchn_cfg cfg_evtchn[CFG_EVTCHN_COUNT] = {[EVTCHN_LOW] = {.handler = on_low}};

static int setup(void **state)
{
    (void)state;
    fake_os_reset();
    fake_xen_reset();
    fake_os.started = true;
    fake_os.run_task = true;
    evtchn_init(&fake_xen.xen);
    stop = false;
    return gnttab_init(&fake_xen.xen);
}

/* ---- event channels ---- */

#define MASKED     (1ull << (PORT + 1) % 64)       /* a port beside ours, same half-word */
#define STRAY_WORD (1ull << CFG_EVTCHN_PORTS / 64) /* of the selector: ports that nobody knows */

static uint64_t *pending_word(void)
{
    return (uint64_t *)&fake_xen_shared()->evtchn_pending[PORT / 64];
}

static unsigned int lost;
static unsigned int selected;

static int run_xen(void *unused)
{
    uint64_t *sel = (uint64_t *)&fake_xen_shared()->vcpu_info[0].evtchn_pending_sel;

    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
        __atomic_fetch_or(pending_word(), MASKED, __ATOMIC_SEQ_CST);
        if ((__atomic_fetch_or(sel, STRAY_WORD, __ATOMIC_SEQ_CST) & STRAY_WORD) == 0)
            selected++;
        if ((__atomic_fetch_and(pending_word(), ~MASKED, __ATOMIC_SEQ_CST) & MASKED) == 0)
            lost++;
    }
    (void)unused;
    return 0;
}

static void test_bits_that_xen_sets_meanwhile(void **state) /* fact E4 */
{
    thrd_t thread;

    (void)state;
    fake_xen.open[PORT] = true;
    assert_int_equal(evtchn_bind(EVTCHN_LOW, PORT), 0);
    assert_int_equal(thrd_create(&thread, run_xen, NULL), thrd_success);
    for (unsigned int i = 0; i < ROUNDS; i++) {
        evtchn_raise(EVTCHN_LOW);
        fake_xen.open[PORT + 2] = true;
        assert_int_equal(evtchn_close(PORT + 2), 0);
    }
    __atomic_store_n(&stop, true, __ATOMIC_RELAXED);
    thrd_join(thread, NULL);
    evtchn_raise(EVTCHN_LOW);
    assert_int_equal(lost, 0);
    assert_int_equal(evtchn_strays(), selected);
    assert_int_equal(events, ROUNDS + 1);
}

/* ---- grants ---- */

static int the_ref;
static unsigned int pulled_away;

/* dom0 maps the page and unmaps it, as Xen does that: it wants to find what it has left there. */
static int run_dom0(void *unused)
{
    uint16_t *flags = &fake_xen_grants()[the_ref].flags;
    const uint16_t mapped = GTF_permit_access | GTF_reading;

    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
        uint16_t was = GTF_permit_access;

        if (!__atomic_compare_exchange_n(flags, &was, mapped, false, __ATOMIC_SEQ_CST,
                                         __ATOMIC_SEQ_CST))
            continue;
        was = mapped;
        if (!__atomic_compare_exchange_n(flags, &was, GTF_permit_access, false, __ATOMIC_SEQ_CST,
                                         __ATOMIC_SEQ_CST))
            pulled_away++;
    }
    (void)unused;
    return 0;
}

/* The only one that is left, so that each grant is the same entry. */
static int last_ref(void)
{
    while (gnttab_free_count() > 1)
        assert_true(gnttab_grant(0, page, false) > 0);
    return gnttab_grant(0, page, false);
}

static void test_page_that_dom0_maps_meanwhile(void **state) /* fact G2 */
{
    thrd_t thread;

    (void)state;
    the_ref = last_ref();
    assert_int_equal(thrd_create(&thread, run_dom0, NULL), thrd_success);
    for (unsigned int ends = 0; ends < ROUNDS; ends++) {
        while (gnttab_end(the_ref) != 0) {
        }
        assert_int_equal(gnttab_grant(0, page, false), the_ref);
    }
    __atomic_store_n(&stop, true, __ATOMIC_RELAXED);
    thrd_join(thread, NULL);
    assert_int_equal(pulled_away, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_bits_that_xen_sets_meanwhile, setup),
        cmocka_unit_test_setup(test_page_that_dom0_maps_meanwhile, setup),
    };

    return cmocka_run_group_tests_name("xen_threads", tests, NULL, NULL);
}
