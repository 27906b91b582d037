/* SPDX-License-Identifier: Apache-2.0
 *
 * Other domains' pages against the fake Xen, which shows them to the guest where and while they are
 * mapped: slots, errors of each hypercall, copies across pages' ends.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/xen/evtchn.h"
#include "drivers/xen/gntmap.h"
#include "tests/host/xen/fake_os.h"
#include "tests/host/xen/fake_xen.h"

#define SLOTS CFG_GNTMAP_SLOTS

const struct evtchn_cfg cfg_evtchn[CFG_EVTCHN_COUNT];

static _Alignas(4096) uint8_t ours[3 * 4096];

static int setup(void **state)
{
    (void)state;
    fake_os_reset();
    fake_xen_reset();
    for (uint32_t ref = 1; ref < FAKE_FOREIGN_REFS; ref++) {
        fake_xen.foreign[ref].lent = true;
        memset(fake_xen_foreign(ref), (int)ref, 4096);
    }
    return gntmap_init(&fake_xen.xen);
}

static unsigned int mapped_count(void)
{
    unsigned int count = 0;

    for (uint32_t ref = 0; ref < FAKE_FOREIGN_REFS; ref++)
        count += fake_xen.foreign[ref].mapped;
    return count;
}

static void test_pages_appear_in_order(void **state)
{
    static const uint32_t refs[] = {7, 3, 9};
    void *pages = NULL;
    uint8_t *bytes;

    (void)state;
    assert_int_equal(gntmap_map(0, refs, 3, false, &pages), 0);
    bytes = pages;
    for (unsigned int i = 0; i < 3; i++)
        assert_int_equal(bytes[i * 4096 + 4095], refs[i]);
    bytes[4096] = 0xaa;
    assert_int_equal(*(uint8_t *)fake_xen_foreign(3), 0xaa);
    assert_int_equal(gntmap_free_count(), SLOTS - 3);
    assert_int_equal(gntmap_unmap(pages, 3), 0);
    assert_int_equal(gntmap_free_count(), SLOTS);
    assert_int_equal(mapped_count(), 0);
}

static void test_readonly(void **state)
{
    static const uint32_t ref = 5;
    void *page = NULL;

    (void)state;
    fake_xen.foreign[5].readonly = true;
    assert_int_equal(gntmap_map(0, &ref, 1, false, &page), -EIO);
    assert_null(page);
    assert_int_equal(gntmap_map(0, &ref, 1, true, &page), 0);
    assert_int_equal(*(uint8_t *)page, 5);
}

static void test_running_out_is_an_error(void **state)
{
    uint32_t refs[SLOTS + 1];
    void *pages[SLOTS];
    void *more;

    (void)state;
    for (unsigned int i = 0; i < SLOTS + 1; i++)
        refs[i] = i + 1;
    assert_int_equal(gntmap_map(0, refs, SLOTS + 1, false, &more), -ENOMEM);
    assert_int_equal(gntmap_map(0, refs, 0, false, &more), -EINVAL);
    for (unsigned int i = 0; i < SLOTS; i++)
        assert_int_equal(gntmap_map(0, &refs[i], 1, false, &pages[i]), 0);
    assert_int_equal(gntmap_map(0, refs, 1, false, &more), -ENOMEM);

    /* Two free slots, but not in a row. */
    assert_int_equal(gntmap_unmap(pages[1], 1), 0);
    assert_int_equal(gntmap_unmap(pages[3], 1), 0);
    assert_int_equal(gntmap_map(0, refs, 2, false, &more), -ENOMEM);
    assert_int_equal(gntmap_unmap(pages[2], 1), 0);
    assert_int_equal(gntmap_map(0, refs, 3, false, &more), 0);
    assert_ptr_equal(more, pages[1]);
    assert_int_equal(gntmap_free_count(), 0);
}

/* Each status of Xen's, and each place in a row of pages where it can come. */
static void test_errors(void **state)
{
    static const struct {
        int16_t status;
        int error;
    } cases[] = {
        {GNTST_general_error, -EIO},      {GNTST_bad_domain, -ESRCH},
        {GNTST_bad_gntref, -ENOENT},      {GNTST_bad_handle, -EINVAL},
        {GNTST_bad_virt_addr, -EINVAL},   {GNTST_bad_dev_addr, -EINVAL},
        {GNTST_no_device_space, -EINVAL}, {GNTST_permission_denied, -EPERM},
        {GNTST_bad_page, -EFAULT},        {GNTST_bad_copy_arg, -EINVAL},
        {GNTST_address_too_big, -EINVAL}, {GNTST_eagain, -EAGAIN},
        {GNTST_no_space, -ENOSPC},        {-99, -EINVAL},
    };
    static const uint32_t refs[] = {1, 2, 3};
    void *pages;

    (void)state;
    for (unsigned int i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        fake_xen.fail_status = cases[i].status;
        fake_xen.fail_after = i % 3;
        assert_int_equal(gntmap_map(0, refs, 3, false, &pages), cases[i].error);
        fake_xen.fail_after = 0;
        assert_int_equal(gntmap_copy_from(0, 1, 0, ours, 1), cases[i].error);
        assert_int_equal(mapped_count(), 0);
        assert_int_equal(gntmap_free_count(), SLOTS);
    }
    fake_xen.fail_grant = -ENOSYS;
    fake_xen.fail_after = 1;
    assert_int_equal(gntmap_map(0, refs, 3, false, &pages), -ENOSYS);
    assert_int_equal(mapped_count(), 0);
    assert_int_equal(gntmap_free_count(), SLOTS);
    fake_xen.fail_after = 0;
    assert_int_equal(gntmap_copy_to(0, 1, 0, ours, 1), -ENOSYS);
}

static void test_who_may(void **state) /* E5 */
{
    static const uint32_t ref = 1;
    static const uint32_t unknown = FAKE_FOREIGN_REFS;
    static const uint32_t kept = 0;
    void *page;

    (void)state;
    assert_int_equal(gntmap_map(2, &ref, 1, false, &page), -EPERM);
    assert_int_equal(gntmap_map(9, &ref, 1, false, &page), -ESRCH);
    assert_int_equal(gntmap_map(0, &unknown, 1, false, &page), -ENOENT);
    assert_int_equal(gntmap_map(0, &kept, 1, false, &page), -EIO);
    assert_int_equal(gntmap_copy_from(2, 1, 0, ours, 1), -EPERM);
    assert_int_equal(gntmap_copy_to(0, unknown, 0, ours, 1), -ENOENT);
}

static void test_unmap_refuses_what_is_not_mapped(void **state)
{
    static const uint32_t refs[] = {1, 2};
    void *pages = NULL;

    (void)state;
    assert_int_equal(gntmap_map(0, refs, 2, false, &pages), 0);
    assert_int_equal(gntmap_unmap(pages, 0), -EINVAL);
    assert_int_equal(gntmap_unmap(pages, 3), -EINVAL);
    assert_int_equal(gntmap_unmap(pages, SLOTS + 1), -EINVAL);
    assert_int_equal(gntmap_unmap((uint8_t *)pages + 1, 1), -EINVAL);
    assert_int_equal(gntmap_unmap((uint8_t *)pages - 4096, 1), -EINVAL);
    assert_int_equal(gntmap_unmap((uint8_t *)pages + SLOTS * 4096, 1), -EINVAL);
    assert_int_equal(gntmap_unmap(ours, 1), -EINVAL);
    assert_int_equal(gntmap_unmap(pages, 2), 0);
    assert_int_equal(gntmap_unmap(pages, 2), -EINVAL);
}

static void test_page_that_xen_keeps(void **state)
{
    static const uint32_t refs[] = {1, 2, 3};
    void *pages = NULL;

    (void)state;
    assert_int_equal(gntmap_map(0, refs, 3, false, &pages), 0);
    fake_xen.fail_status = GNTST_general_error;
    fake_xen.fail_after = 1;
    assert_int_equal(gntmap_unmap(pages, 3), -EIO);
    assert_int_equal(fake_xen.foreign[2].mapped, 1);
    assert_int_equal(mapped_count(), 1);
    assert_int_equal(gntmap_free_count(), SLOTS - 1);
    assert_int_equal(gntmap_unmap((uint8_t *)pages + 4096, 1), -EINVAL);
    fake_xen.fail_status = 0;
    for (unsigned int i = 0; i < SLOTS - 1; i++) {
        void *page;

        assert_int_equal(gntmap_map(0, refs, 1, false, &page), 0);
        assert_ptr_not_equal(page, (uint8_t *)pages + 4096);
    }
}

static void test_copies_cross_our_pages(void **state)
{
    uint8_t *page = fake_xen_foreign(4);

    (void)state;
    for (unsigned int i = 0; i < 4096; i++)
        page[i] = (uint8_t)(i * 7);
    for (unsigned int at = 0; at <= 4096; at += 1024) {
        memset(ours, 0, sizeof(ours));
        assert_int_equal(gntmap_copy_from(0, 4, 0, ours + at, 4096), 0);
        assert_memory_equal(ours + at, page, 4096);
        assert_int_equal(ours[at + 4096], 0);
    }
    memset(ours, 0x55, sizeof(ours));
    assert_int_equal(gntmap_copy_to(0, 4, 100, ours + 4090, 20), 0);
    for (unsigned int i = 0; i < 4096; i++)
        assert_int_equal(page[i], i >= 100 && i < 120 ? 0x55 : (uint8_t)(i * 7));
}

static void test_copy_stays_in_its_page(void **state)
{
    (void)state;
    assert_int_equal(gntmap_copy_from(0, 1, 0, ours, 0), -EINVAL);
    assert_int_equal(gntmap_copy_from(0, 1, 0, ours, 4097), -EINVAL);
    assert_int_equal(gntmap_copy_from(0, 1, 4095, ours, 2), -EINVAL);
    assert_int_equal(gntmap_copy_from(0, 1, 65536, ours, 1), -EINVAL);
    assert_int_equal(gntmap_copy_to(0, 1, 4096, ours, 1), -EINVAL);
    assert_int_equal(gntmap_copy_to(0, 1, 1, ours, UINT32_MAX), -EINVAL);
    assert_int_equal(gntmap_copy_from(0, 1, 4095, ours, 1), 0);
    assert_int_equal(ours[0], 1);
}

static void test_no_window(void **state)
{
    struct xen elsewhere = {.window_ipa = 0x10000000};
    static const uint32_t ref = 1;
    void *page;

    (void)state;
    assert_int_equal(gntmap_init(&elsewhere), -ENOMEM);
    assert_int_equal(gntmap_free_count(), 0);
    assert_int_equal(gntmap_map(0, &ref, 1, false, &page), -ENOMEM);
    assert_int_equal(gntmap_unmap(NULL, 1), -EINVAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_pages_appear_in_order, setup),
        cmocka_unit_test_setup(test_readonly, setup),
        cmocka_unit_test_setup(test_running_out_is_an_error, setup),
        cmocka_unit_test_setup(test_errors, setup),
        cmocka_unit_test_setup(test_who_may, setup),
        cmocka_unit_test_setup(test_unmap_refuses_what_is_not_mapped, setup),
        cmocka_unit_test_setup(test_page_that_xen_keeps, setup),
        cmocka_unit_test_setup(test_copies_cross_our_pages, setup),
        cmocka_unit_test_setup(test_copy_stays_in_its_page, setup),
        cmocka_unit_test_setup(test_no_window, setup),
    };

    return cmocka_run_group_tests_name("gntmap", tests, NULL, NULL);
}
