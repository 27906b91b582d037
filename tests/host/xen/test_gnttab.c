/* SPDX-License-Identifier: Apache-2.0
 *
 * Grants against the fake Xen: what Xen reads in an entry, busy grants, running out (G1-G3).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include <arch/mem.h>

#include "drivers/xen/evtchn.h"
#include "drivers/xen/gnttab.h"
#include "tests/host/xen/fake_os.h"
#include "tests/host/xen/fake_xen.h"

#define REFS     1024 /* two frames */
#define RESERVED 8

const struct evtchn_cfg cfg_evtchn[CFG_EVTCHN_COUNT];

static _Alignas(4096) uint8_t page[2 * 4096];

static int setup(void **state)
{
    (void)state;
    fake_os_reset();
    fake_xen_reset();
    return gnttab_init(&fake_xen.xen);
}

static void test_frames_are_mapped_last_first(void **state) /* facts G1, M3 */
{
    (void)state;
    assert_int_equal(fake_xen.physmap_calls, 2);
    for (unsigned int call = 0; call < 2; call++) {
        assert_int_equal(fake_xen.physmap[call].space, XENMAPSPACE_grant_table);
        assert_int_equal(fake_xen.physmap[call].index, 1 - call);
        assert_int_equal(fake_xen.physmap[call].gpfn, FAKE_WINDOW_IPA / 4096 + 1 - call);
    }
}

static void test_refused_frame_means_no_grants(void **state)
{
    (void)state;
    for (int call = 0; call < 2; call++) {
        fake_xen_reset();
        fake_xen.fail_physmap_at = call;
        assert_int_equal(gnttab_init(&fake_xen.xen), -ENOMEM);
        assert_int_equal(gnttab_grant(0, page, false), -ENOSPC);
        assert_int_equal(gnttab_end(RESERVED), -EINVAL);
        assert_int_equal(gnttab_free_count(), 0);
    }
    assert_int_equal(fake_os_printed("grant table"), 2);
}

static void test_entry_is_what_xen_reads(void **state) /* facts G1, G3 */
{
    int ref = gnttab_grant(0, page, false);
    int ref_ro = gnttab_grant(7, page + 4096, true);
    const struct grant_entry_v1 *grants = fake_xen_grants();

    (void)state;
    assert_in_range(ref, RESERVED, REFS - 1);
    assert_int_equal(grants[ref].flags, GTF_permit_access);
    assert_int_equal(grants[ref].domid, 0);
    assert_int_equal(grants[ref].frame, mem_ipa(page) / 4096);
    assert_int_equal(grants[ref_ro].flags, GTF_permit_access | GTF_readonly);
    assert_int_equal(grants[ref_ro].domid, 7);
    assert_int_equal(grants[ref_ro].frame, mem_ipa(page) / 4096 + 1);
}

static struct grant_entry_v1 entry_seen; /* at the last barrier */

static void look(void)
{
    entry_seen = fake_xen_grants()[RESERVED];
}

/* When Xen sees them it takes the rest. */
static void test_flags_come_last(void **state) /* fact G3 */
{
    (void)state;
    fake_os.at_barrier = look;
    assert_int_equal(gnttab_grant(7, page, false), RESERVED);
    assert_int_equal(entry_seen.flags, GTF_invalid);
    assert_int_equal(entry_seen.domid, 7);
    assert_int_equal(entry_seen.frame, mem_ipa(page) / 4096);
}

static void test_size_is_xens_word(void **state)
{
    unsigned int frames = 0;
    unsigned int max_frames = 0;

    (void)state;
    fake_xen.query_status = GNTST_permission_denied;
    assert_int_equal(gnttab_frames(&frames, &max_frames), -EPERM);
    assert_int_equal(frames + max_frames, 0);
    fake_xen.query_status = GNTST_okay;
    assert_int_equal(gnttab_frames(&frames, &max_frames), 0);
    assert_int_equal(frames, 2);
    assert_int_equal(max_frames, 64);
}

static void test_page_must_be_a_page(void **state)
{
    (void)state;
    assert_int_equal(gnttab_grant(0, page + 1, false), -EINVAL);
    assert_int_equal(gnttab_grant(0, page + 2048, false), -EINVAL);
    assert_int_equal(gnttab_free_count(), REFS - RESERVED);
}

static void test_mapped_grant_stays(void **state) /* fact G2 */
{
    static const uint16_t busy[] = {GTF_reading, GTF_writing, GTF_reading | GTF_writing};
    int ref = gnttab_grant(0, page, false);
    struct grant_entry_v1 *entry = &fake_xen_grants()[ref];

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        entry->flags = (uint16_t)(GTF_permit_access | busy[i]);
        assert_int_equal(gnttab_end(ref), -EBUSY);
        assert_int_equal(entry->flags, GTF_permit_access | busy[i]);
        assert_int_equal(gnttab_free_count(), REFS - RESERVED - 1);
    }
    entry->flags = GTF_permit_access;
    assert_int_equal(gnttab_end(ref), 0);
    assert_int_equal(entry->flags, GTF_invalid);
    assert_int_equal(gnttab_free_count(), REFS - RESERVED);
}

static void test_end_refuses_what_is_not_granted(void **state)
{
    int ref = gnttab_grant(0, page, false);

    (void)state;
    assert_int_equal(gnttab_end(-1), -EINVAL);
    assert_int_equal(gnttab_end(0), -EINVAL);
    assert_int_equal(gnttab_end(RESERVED - 1), -EINVAL);
    assert_int_equal(gnttab_end(REFS), -EINVAL);
    assert_int_equal(gnttab_end(ref + 1), -EINVAL);
    assert_int_equal(gnttab_end(ref), 0);
    assert_int_equal(gnttab_end(ref), -EINVAL);
    assert_int_equal(gnttab_free_count(), REFS - RESERVED);
}

static void test_running_out_is_an_error(void **state)
{
    static bool seen[REFS];

    (void)state;
    for (int i = 0; i < REFS - RESERVED; i++) {
        int ref = gnttab_grant(0, page, false);

        assert_in_range(ref, RESERVED, REFS - 1);
        assert_false(seen[ref]);
        seen[ref] = true;
    }
    assert_int_equal(gnttab_grant(0, page, false), -ENOSPC);
    assert_int_equal(gnttab_end(500), 0);
    assert_int_equal(gnttab_grant(0, page, false), 500);
    assert_int_equal(gnttab_grant(0, page, false), -ENOSPC);
}

static void test_busy_grant_is_never_reused(void **state) /* fact G2 */
{
    static bool mapped[REFS];
    static bool given[REFS];
    unsigned int given_count = 0;

    (void)state;
    srand(2);
    for (int step = 0; step < 200000; step++) {
        int ref = rand() % REFS;
        struct grant_entry_v1 *entry = &fake_xen_grants()[ref];

        switch (rand() % 4) {
        case 0: /* dom0 maps or unmaps */
            if (!given[ref])
                break;
            mapped[ref] = !mapped[ref];
            entry->flags =
                (uint16_t)(mapped[ref] ? entry->flags | GTF_reading : entry->flags & ~GTF_reading);
            break;
        case 1:
        case 2:
            ref = gnttab_grant(0, page, false);
            if (ref < 0) {
                assert_int_equal(given_count, REFS - RESERVED);
                break;
            }
            assert_false(given[ref]);
            given[ref] = true;
            given_count++;
            break;
        default: {
            int rc = gnttab_end(ref);

            assert_int_equal(rc, !given[ref] ? -EINVAL : mapped[ref] ? -EBUSY : 0);
            if (rc == 0) {
                given[ref] = false;
                given_count--;
            }
        }
        }
        assert_int_equal(gnttab_free_count(), REFS - RESERVED - given_count);
    }
    assert_int_equal(fake_os.suspended, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_frames_are_mapped_last_first, setup),
        cmocka_unit_test_setup(test_refused_frame_means_no_grants, setup),
        cmocka_unit_test_setup(test_entry_is_what_xen_reads, setup),
        cmocka_unit_test_setup(test_flags_come_last, setup),
        cmocka_unit_test_setup(test_size_is_xens_word, setup),
        cmocka_unit_test_setup(test_page_must_be_a_page, setup),
        cmocka_unit_test_setup(test_mapped_grant_stays, setup),
        cmocka_unit_test_setup(test_end_refuses_what_is_not_granted, setup),
        cmocka_unit_test_setup(test_running_out_is_an_error, setup),
        cmocka_unit_test_setup(test_busy_grant_is_never_reused, setup),
    };

    return cmocka_run_group_tests_name("gnttab", tests, NULL, NULL);
}
