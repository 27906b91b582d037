/* SPDX-License-Identifier: Apache-2.0
 *
 * Finding Xen in device trees that libfdt builds: with the node, without it, and with each part of
 * it damaged.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>
#include <libfdt.h>

#include "drivers/xen/evtchn.h"
#include "drivers/xen/xen.h"
#include "tests/host/xen/fake_os.h"
#include "tests/host/xen/fake_xen.h"

const struct evtchn_cfg cfg_evtchn[CFG_EVTCHN_COUNT];

struct node {
    const char *compatible;
    uint64_t window;
    uint64_t window_bytes;
    uint32_t irq[3];
    unsigned int irq_cells;
    const char *status;
};

static const struct node good = {.compatible = "xen,xen",
                                 .window = FAKE_WINDOW_IPA,
                                 .window_bytes = 0x1000000,
                                 .irq = {1, 15, 0xf08},
                                 .irq_cells = 3};
static uint32_t blob[1024];
static struct dt dt;

static void put_string(const char *name, const char *value)
{
    fdt_property(blob, name, value, (int)strlen(value) + 1);
}

static void build(const struct node *node)
{
    uint8_t reg[16];
    fdt32_t irq[3];

    fdt64_st(reg, node->window);
    fdt64_st(reg + 8, node->window_bytes);
    for (unsigned int i = 0; i < 3; i++)
        irq[i] = cpu_to_fdt32(node->irq[i]);
    assert_int_equal(fdt_create(blob, sizeof(blob)), 0);
    assert_int_equal(fdt_finish_reservemap(blob), 0);
    fdt_begin_node(blob, "");
    fdt_property_u32(blob, "#address-cells", 2);
    fdt_property_u32(blob, "#size-cells", 2);
    fdt_begin_node(blob, "hypervisor");
    put_string("compatible", node->compatible);
    if (node->window_bytes != 0)
        fdt_property(blob, "reg", reg, sizeof(reg));
    if (node->irq_cells != 0)
        fdt_property(blob, "interrupts", irq, (int)node->irq_cells * 4);
    if (node->status != NULL)
        put_string("status", node->status);
    fdt_end_node(blob);
    fdt_end_node(blob);
    assert_int_equal(fdt_finish(blob), 0);
    assert_int_equal(dt_open(&dt, blob, sizeof(blob)), 0);
}

static int setup(void **state)
{
    (void)state;
    fake_os_reset();
    fake_xen_reset();
    return 0;
}

static int init(const struct node *node)
{
    static struct xen xen;
    int rc;

    build(node);
    rc = xen_init(&dt, &xen);
    fake_xen.xen = xen;
    return rc;
}

static void test_everything_comes_from_the_node(void **state)
{
    (void)state;
    assert_int_equal(init(&good), 0);
    assert_int_equal(fake_xen.xen.major, 4);
    assert_int_equal(fake_xen.xen.minor, 17);
    assert_string_equal(fake_xen.xen.extra, ".5-pre");
    assert_string_equal(fake_xen.xen.capabilities, "xen-3.0-aarch64 xen-3.0-armv7l");
    assert_int_equal(fake_xen.xen.features, 1u << 16);
    assert_int_equal(fake_xen.xen.event_line, 31);
    assert_int_equal(fake_xen.xen.window_ipa, FAKE_WINDOW_IPA);
    assert_ptr_equal(fake_xen.xen.shared, fake_xen_shared());
    assert_int_equal(fake_os.text_len, 0);
}

static void test_capabilities_of_any_length(void **state)
{
    static char text[1024];

    (void)state;
    memset(text, 'x', sizeof(text) - 1);
    for (size_t len = 0; len < sizeof(text); len += 11) {
        fake_xen.capabilities = &text[sizeof(text) - 1 - len];
        assert_int_equal(init(&good), 0);
        assert_int_equal(
            strlen(fake_xen.xen.capabilities),
            len < sizeof(fake_xen.xen.capabilities) ? len : sizeof(fake_xen.xen.capabilities) - 1);
        fake_xen.physmap_calls = 0;
    }
}

static void test_shared_info_is_behind_the_grant_frames(void **state) /* fact M4 */
{
    (void)state;
    assert_int_equal(init(&good), 0);
    assert_int_equal(fake_xen.physmap_calls, 1);
    assert_int_equal(fake_xen.physmap[0].space, XENMAPSPACE_shared_info);
    assert_int_equal(fake_xen.physmap[0].gpfn, FAKE_WINDOW_IPA / 4096 + CFG_GNTTAB_FRAMES);
}

static void test_shared_interrupt(void **state)
{
    struct node node = good;

    (void)state;
    node.irq[0] = 0; /* an SPI */
    assert_int_equal(init(&node), 0);
    assert_int_equal(fake_xen.xen.event_line, 47);
}

static void test_no_xen(void **state) /* fact X4 */
{
    struct node node = good;

    (void)state;
    node.compatible = "qemu,other";
    assert_int_equal(init(&node), -ENODEV);
    node = good;
    node.status = "disabled";
    assert_int_equal(init(&node), -ENODEV);
    assert_int_equal(fake_xen.physmap_calls, 0);
    assert_int_equal(fake_os.text_len, 0); /* nothing is wrong: the banner says it */
}

static void test_damaged_node(void **state)
{
    struct node nodes[] = {good, good, good, good, good, good};

    (void)state;
    nodes[0].window_bytes = 0; /* no reg */
    nodes[1].window_bytes =
        (CFG_GNTTAB_FRAMES + CFG_GNTMAP_SLOTS) * 4096; /* shared_info's is missing */
    nodes[2].window += 8;
    nodes[3].irq_cells = 0;
    nodes[4].irq_cells = 1;
    nodes[5].irq[1] = 16; /* no such PPI */
    for (unsigned int i = 0; i < 6; i++) {
        assert_int_equal(init(&nodes[i]), -EINVAL);
        assert_int_equal(fake_os_printed("hypervisor node has no usable"), i + 1);
    }
    assert_int_equal(fake_xen.physmap_calls, 0);
}

static void test_xen_refuses(void **state)
{
    (void)state;
    fake_xen.fail_physmap_at = 0;
    assert_int_equal(init(&good), -ENOMEM);
    assert_int_equal(fake_os_printed("no shared_info page"), 1);
}

static void test_window_that_cannot_be_mapped(void **state)
{
    struct node node = good;

    (void)state;
    node.window = 0x90000000; /* the fake's mem_map() has no room there */
    assert_int_equal(init(&node), -ENOMEM);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_everything_comes_from_the_node, setup),
        cmocka_unit_test_setup(test_capabilities_of_any_length, setup),
        cmocka_unit_test_setup(test_shared_info_is_behind_the_grant_frames, setup),
        cmocka_unit_test_setup(test_shared_interrupt, setup),
        cmocka_unit_test_setup(test_no_xen, setup),
        cmocka_unit_test_setup(test_damaged_node, setup),
        cmocka_unit_test_setup(test_xen_refuses, setup),
        cmocka_unit_test_setup(test_window_that_cannot_be_mapped, setup),
    };

    return cmocka_run_group_tests_name("xen", tests, NULL, NULL);
}
