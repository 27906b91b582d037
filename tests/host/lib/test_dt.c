/* SPDX-License-Identifier: Apache-2.0 */
/* The device-tree reader on sound trees: values we know, and libfdt's answers on everything else.
 */
#include <errno.h>
#include <libfdt.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "lib/dt.h"
#include "tests/host/lib/dtb.h"
#include "tests/host/lib/random.h"

enum { RANDOM_TREES = 3000, RANDOM_TREE_BYTES = 16384 };

static struct dtb dtbs[DTB_COUNT];

static struct dt open_named(const char *name)
{
    const struct dtb *dtb = dtb_named(dtbs, name);
    struct dt dt;

    assert_int_equal(dt_open(&dt, dtb->blob, dtb->bytes), 0);
    return dt;
}

static void assert_reg(const struct dt *dt, int node, unsigned int index, uint64_t addr,
                       uint64_t size)
{
    uint64_t our_addr;
    uint64_t our_size;

    assert_int_equal(dt_reg(dt, node, index, &our_addr, &our_size), 0);
    assert_int_equal(our_addr, addr);
    assert_int_equal(our_size, size);
}

static void assert_cell(const struct dt *dt, int node, const char *name, unsigned int index,
                        uint32_t value)
{
    uint32_t our_value;

    assert_int_equal(dt_prop_u32(dt, node, name, index, &our_value), 0);
    assert_int_equal(our_value, value);
}

static void reads_xens_guest_tree(void **state)
{
    struct dt dt = open_named("xen-domu");
    int hypervisor = dt_find_path(&dt, "/hypervisor");
    int gic = dt_find_compatible(&dt, -1, "arm,cortex-a15-gic");
    int bank = dt_find_device_type(&dt, -1, "memory");

    (void)state;
    assert_int_equal(dt_find_compatible(&dt, -1, "xen,xen"), hypervisor);
    assert_reg(&dt, hypervisor, 0, 0x38000000, 0x01000000);
    assert_cell(&dt, hypervisor, "interrupts", 1, 15);
    assert_reg(&dt, gic, 0, 0x03001000, 0x1000);
    assert_reg(&dt, gic, 1, 0x03002000, 0x2000);
    assert_reg(&dt, bank, 0, 0x40000000, 0xc0000000);
    bank = dt_find_device_type(&dt, bank, "memory");
    assert_reg(&dt, bank, 0, 0x200000000, 0x140000000);
    assert_int_equal(dt_find_device_type(&dt, bank, "memory"), -ENOENT);
    assert_cell(&dt, dt_find_path(&dt, "/timer"), "clock-frequency", 0, 24000000);
    assert_reg(&dt, dt_find_path(&dt, "/cpus/cpu@1"), 0, 1, 0);
}

static void finds_paths_as_libfdt_does(void **state)
{
    static const char *const paths[] = {
        "/",
        "//",
        "/uart",
        "/uart@2",
        "/uart@3",
        "/uart@",
        "/uart-x",
        "/uart/",
        "/one-one//dev/",
        "/a/a/a",
        "/a/a/a/b",
        "/a/a/a/a/a/a/a/a/deep",
        "/dev",
        "/values",
        "/value",
        "/valuesx",
        "/one-one/dev@",
        "/one-one/dev@10x",
        "/@",
        "/ ",
        "/uart/uart",
        "/one-one@/x",
        "/deep@5",
    };
    struct dt dt = open_named("odd");

    (void)state;
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        int node = fdt_path_offset(dtb_named(dtbs, "odd")->blob, paths[i]);

        assert_int_equal(dt_find_path(&dt, paths[i]), node < 0 ? -ENOENT : node);
    }
    assert_int_equal(dt_find_path(&dt, ""), -EINVAL);
    assert_int_equal(dt_find_path(&dt, "uart"), -EINVAL);
}

static void agrees_with_libfdt_on_the_sample_trees(void **state)
{
    (void)state;
    for (int i = 0; i < DTB_COUNT; i++) {
        struct dt dt = open_named(dtbs[i].name);

        assert_int_equal(dt_size(dtbs[i].blob), dtbs[i].bytes);
        assert_true(dtb_agrees(&dt, dtbs[i].blob));
    }
}

static void refuses_cell_counts_out_of_range(void **state)
{
    static const char *const nodes[] = {"/three-two/dev", "/zero-one/dev", "/wide-count/dev",
                                        "/one-one/ragged"};
    struct dt dt = open_named("odd");

    (void)state;
    for (size_t i = 0; i < sizeof(nodes) / sizeof(nodes[0]); i++) {
        int node = dt_find_path(&dt, nodes[i]);

        assert_true(node > 0);
        assert_int_equal(dt_reg(&dt, node, 0, NULL, NULL), -EINVAL);
    }
    assert_reg(&dt, dt_find_path(&dt, "/default-cells"), 0, 0x100000002, 3);
    assert_reg(&dt, dt_find_path(&dt, "/two-one/dev"), 0, 0xffffffff00000000, 0xffffffff);
    assert_reg(&dt, dt_find_path(&dt, "/one-zero/dev"), 2, 9, 0);
    assert_int_equal(dt_reg(&dt, dt_find_path(&dt, "/one-zero/dev"), 3, NULL, NULL), -ENOENT);
    assert_int_equal(dt_reg(&dt, dt_find_path(&dt, "/uart"), 0, NULL, NULL), -ENOENT);
    assert_int_equal(dt_reg(&dt, 0, 0, NULL, NULL), -EINVAL);
}

static void tells_enabled_from_disabled(void **state)
{
    struct dt dt = open_named("odd");

    (void)state;
    assert_true(dt_is_enabled(&dt, dt_find_path(&dt, "/uart@1")));
    assert_true(dt_is_enabled(&dt, dt_find_path(&dt, "/uart@2")));
    assert_true(dt_is_enabled(&dt, dt_find_path(&dt, "/uart-x")));
    assert_int_equal(dt_find_path(&dt, "/uart"), dt_find_path(&dt, "/uart@1"));
    assert_false(dt_is_enabled(&dt, dt_find_compatible(&dt, -1, "test,last")));
    assert_false(dt_is_enabled(&dt, dt_find_path(&dt, "/one-one/dev")));
    assert_false(dt_is_enabled(&dt, dt_find_path(&dt, "/values")));
    assert_false(dt_is_enabled(&dt, -ENOENT));
}

/* The error of one call may be handed to the next, and no number at all is dangerous. */
static void refuses_what_is_no_node(void **state)
{
    static const int handles[] = {-1, -ENOENT, -EINVAL, INT32_MIN, INT32_MAX, 0x7ffffffc, 1, 2, 3};
    struct dt dt = open_named("xen-domu");
    uint32_t value = 77;

    (void)state;
    for (size_t i = 0; i < sizeof(handles) / sizeof(handles[0]); i++) {
        assert_null(dt_prop(&dt, handles[i], "compatible", &value));
        assert_int_equal(dt_prop_u32(&dt, handles[i], "reg", 0, &value), -EINVAL);
        assert_int_equal(dt_reg(&dt, handles[i], 0, NULL, NULL), -EINVAL);
        assert_false(dt_is_enabled(&dt, handles[i]));
        if (handles[i] != -1)
            assert_int_equal(dt_find_compatible(&dt, handles[i], "xen,xen"), -EINVAL);
    }
    assert_int_equal(value, 77);
    assert_int_equal(dt_prop_u32(&dt, 4, "reg", 0, &value), -EINVAL); /* the root's name */
}

/* Bytes that look like a node, but not at a multiple of four, where they are never read. */
static void refuses_a_misaligned_handle(void **state)
{
    struct dt dt = open_named("odd");
    const uint8_t *value = dt_prop(&dt, dt_find_path(&dt, "/values"), "like-a-node", NULL);

    (void)state;
    assert_non_null(value);
    assert_false(dt_is_enabled(&dt, (int)(value + 1 - dt.structure)));
}

static void header_is_checked(void **state)
{
    static const struct {
        unsigned int word;
        uint32_t value;
        int error;
    } cases[] = {
        {0, 0xedfe0dd0, -EINVAL}, /* magic in the wrong byte order */
        {1, 39, -EINVAL},         /* smaller than its header */
        {1, 0xffffffff, -E2BIG},  /* larger than what may be read */
        {2, 0, -EINVAL},          /* structure block inside the header */
        {2, 42, -EINVAL},         /* not aligned */
        {2, 0xfffffffc, -EINVAL}, /* offset + size wraps */
        {3, 36, -EINVAL},         /* strings block inside the header */
        {3, 0xfffffffe, -EINVAL}, /* strings block outside */
        {5, 16, -EINVAL},         /* too old: has no size of the structure block */
        {6, 18, -EINVAL},         /* too new */
        {8, 0, -EINVAL},          /* the names of all properties are cut off */
        {8, 0xffffffff, -EINVAL}, {9, 0, -EINVAL}, {9, 0xffffffff, -EINVAL},
    };
    const struct dtb *dtb = dtb_named(dtbs, "xen-domu");
    struct dt dt;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        fdt32_t *blob = malloc(dtb->bytes);

        memcpy(blob, dtb->blob, dtb->bytes);
        fdt32_st(&blob[cases[i].word], cases[i].value);
        assert_int_equal(dt_open(&dt, blob, dtb->bytes), cases[i].error);
        free(blob);
    }
}

/* A tree made of the given structure block, for what no tool would write. */
static int open_words(const uint32_t *words, size_t count, uint32_t offset)
{
    static const char strings[4] = {'x', '\0', 'y', 'z'}; /* "yz" does not end */
    uint32_t bytes = (uint32_t)count * 4;
    uint32_t total = offset + bytes + (uint32_t)sizeof(strings);
    const uint32_t header[] = {FDT_MAGIC, total, offset, offset + bytes,  40,
                               17,        16,    0,      sizeof(strings), bytes};
    uint8_t *blob = malloc(total);
    struct dt dt;
    int error;

    for (size_t i = 0; i < sizeof(header) / sizeof(header[0]); i++)
        fdt32_st(blob + i * 4, header[i]);
    for (size_t i = 0; i < count; i++)
        fdt32_st(blob + offset + i * 4, words[i]);
    memcpy(blob + offset + bytes, strings, sizeof(strings));
    error = dt_open(&dt, blob, total);
    free(blob);
    return error;
}

static void structure_is_checked(void **state)
{
    enum {
        BEGIN = FDT_BEGIN_NODE,
        CLOSE = FDT_END_NODE,
        PROP = FDT_PROP,
        NOP = FDT_NOP,
        END = FDT_END,
        WORDS_MAX = 8
    };
    static const struct {
        size_t count;
        uint32_t words[WORDS_MAX];
        int error;
    } cases[] = {
        {4, {BEGIN, 0, CLOSE, END}, 0},
        {6, {BEGIN, 0, NOP, CLOSE, NOP, END}, 0},
        {7, {BEGIN, 0, PROP, 0, 0, CLOSE, END}, 0},
        {8, {BEGIN, 0, PROP, 1, 0, 0, CLOSE, END}, 0}, /* one byte and its padding */
        {0, {0}, -EINVAL},
        {1, {END}, -EINVAL},
        {2, {BEGIN, 0x61616161}, -EINVAL},                     /* a name without an end */
        {3, {BEGIN, 0, END}, -EINVAL},                         /* a node without an end */
        {3, {BEGIN, 0, CLOSE}, -EINVAL},                       /* no end of the tree */
        {5, {BEGIN, 0, CLOSE, CLOSE, END}, -EINVAL},           /* more ends than nodes */
        {7, {BEGIN, 0, CLOSE, CLOSE, BEGIN, 0, END}, -EINVAL}, /* the same, evened out */
        {5, {NOP, BEGIN, 0, CLOSE, END}, -EINVAL},             /* the root is not at 0 */
        {7, {BEGIN, 0, CLOSE, BEGIN, 0, CLOSE, END}, -EINVAL}, /* two roots */
        {7, {BEGIN, 0, CLOSE, PROP, 0, 0, END}, -EINVAL},      /* a property of no node */
        {5, {BEGIN, 0, 5, CLOSE, END}, -EINVAL},               /* no such token */
        {3, {BEGIN, 0, PROP}, -EINVAL},
        {4, {BEGIN, 0, PROP, 0}, -EINVAL},
        {5, {BEGIN, 0, PROP, 1, 0}, -EINVAL},
        {7, {BEGIN, 0, PROP, 0, 2, CLOSE, END}, -EINVAL}, /* a property name without an end */
        {7, {BEGIN, 0, PROP, 0, 4, CLOSE, END}, -EINVAL}, /* a property name outside */
        {7, {BEGIN, 0, PROP, 0, 0xffffffff, CLOSE, END}, -EINVAL},
        {7, {BEGIN, 0, PROP, 9, 0, CLOSE, END}, -EINVAL},
        {7, {BEGIN, 0, PROP, 0x7fffffff, 0, CLOSE, END}, -EINVAL},
        {7, {BEGIN, 0, PROP, 0xfffffff4, 0, CLOSE, END}, -EINVAL}, /* back to this property */
        {7, {BEGIN, 0, PROP, 0xffffffff, 0, CLOSE, END}, -EINVAL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int error = open_words(cases[i].words, cases[i].count, 40);

        if (error != cases[i].error)
            fail_msg("case %zu: %d, not %d", i, error, cases[i].error);
    }
    assert_int_equal(open_words(cases[0].words, cases[0].count, 44), 0);
    assert_int_equal(open_words(cases[0].words, cases[0].count, 42), -EINVAL);
}

/* A length that grows after dt_open(): to the very end of the block it is believed, not beyond. */
static void checks_again_what_has_changed(void **state)
{
    const struct dtb *dtb = dtb_named(dtbs, "xen-domu");
    uint8_t *blob = malloc(dtb->bytes);
    struct dt dt;
    int node;
    uint8_t *value;
    uint32_t room;

    (void)state;
    memcpy(blob, dtb->blob, dtb->bytes);
    assert_int_equal(dt_open(&dt, blob, dtb->bytes), 0);
    node = dt_find_path(&dt, "/psci");
    value = blob + ((const uint8_t *)dt_prop(&dt, node, "method", NULL) - blob);
    room = dt.structure_bytes - (uint32_t)(value - dt.structure);
    fdt32_st(value - 8, room);
    assert_ptr_equal(dt_prop(&dt, node, "method", NULL), value);
    for (uint32_t excess = 1; excess < 9; excess++) {
        fdt32_st(value - 8, room + excess);
        assert_null(dt_prop(&dt, node, "method", NULL));
    }
    free(blob);
}

/* Each length from nothing to one byte too few, in a block of just that length. */
static void refuses_every_truncation(void **state)
{
    const struct dtb *dtb = dtb_named(dtbs, "xen-domu");
    struct dt dt;

    (void)state;
    for (size_t bytes = 0; bytes < dtb->bytes; bytes++) {
        uint8_t *blob = malloc(bytes ? bytes : 1);

        memcpy(blob, dtb->blob, bytes);
        assert_int_equal(dt_open(&dt, blob, bytes), bytes < 40 ? -EINVAL : -E2BIG);
        if (bytes >= 8) {
            fdt32_st(blob + 4, (uint32_t)bytes);
            assert_int_equal(dt_open(&dt, blob, bytes), -EINVAL);
        }
        free(blob);
    }
}

static void refuses_a_misaligned_blob(void **state)
{
    const struct dtb *dtb = dtb_named(dtbs, "minimal");
    uint8_t *room = malloc(dtb->bytes + 4);
    struct dt dt;

    (void)state;
    for (size_t shift = 1; shift < 4; shift++) {
        memcpy(room + shift, dtb->blob, dtb->bytes);
        assert_int_equal(dt_size(room + shift), 0);
        assert_int_equal(dt_open(&dt, room + shift, dtb->bytes), -EINVAL);
    }
    free(room);
}

static void skips_nops(void **state)
{
    const struct dtb *dtb = dtb_named(dtbs, "xen-domu");
    uint8_t *blob = malloc(dtb->bytes);
    struct dt dt;
    uint32_t value;

    (void)state;
    memcpy(blob, dtb->blob, dtb->bytes);
    assert_int_equal(fdt_nop_property(blob, fdt_path_offset(blob, "/timer"), "compatible"), 0);
    assert_int_equal(fdt_nop_node(blob, fdt_path_offset(blob, "/psci")), 0);
    assert_int_equal(dt_open(&dt, blob, dtb->bytes), 0);
    assert_true(dtb_agrees(&dt, blob));
    assert_int_equal(dt_find_path(&dt, "/psci"), -ENOENT);
    assert_int_equal(dt_prop_u32(&dt, dt_find_path(&dt, "/timer"), "interrupts", 4, &value), 0);
    assert_int_equal(value, 14);
    free(blob);
}

static void write_random_prop(struct random *random, void *blob)
{
    static const char *const names[] = {"reg",    "#address-cells", "#size-cells", "compatible",
                                        "status", "device_type",    "interrupts",  "x"};
    static const char strings[] = "okay\0memory\0ok\0xen,xen\0xen,xen-4.17\0disabled";
    const char *name = names[random_below(random, 8)];
    uint32_t cells[6];

    if (random_below(random, 3) == 0) {
        uint32_t start = random_below(random, sizeof(strings));
        uint32_t len = random_below(random, (uint32_t)sizeof(strings) + 1 - start);

        assert_int_equal(fdt_property(blob, name, strings + start, (int)len), 0);
        return;
    }
    for (size_t i = 0; i < 6; i++)
        cells[i] = cpu_to_fdt32(random_below(random, 3) ? random_below(random, 4)
                                                        : (uint32_t)random_bits(random));
    assert_int_equal(fdt_property(blob, name, cells,
                                  random_below(random, 4)
                                      ? (int)random_below(random, 7) * 4
                                      : (int)random_below(random, sizeof(cells) + 1)),
                     0);
}

static void write_random_node_start(struct random *random, void *blob, bool root)
{
    static const char *const names[] = {"a",   "a@1", "a@10",   "ab",       "memory@0",
                                        "cpu", "@",   "memory", "memory@1", "c@@d"};

    assert_int_equal(fdt_begin_node(blob, root ? "" : names[random_below(random, 10)]), 0);
    for (uint32_t props = random_below(random, 5); props > 0; props--)
        write_random_prop(random, blob);
}

static void write_random_tree(struct random *random, void *blob)
{
    int depth = 1;

    assert_int_equal(fdt_create(blob, RANDOM_TREE_BYTES), 0);
    assert_int_equal(fdt_finish_reservemap(blob), 0);
    write_random_node_start(random, blob, true);
    for (uint32_t steps = random_below(random, 60); steps > 0; steps--) {
        if (random_below(random, 2)) {
            write_random_node_start(random, blob, false);
            depth++;
        } else if (depth > 1) {
            assert_int_equal(fdt_end_node(blob), 0);
            depth--;
        }
    }
    for (; depth > 0; depth--)
        assert_int_equal(fdt_end_node(blob), 0);
    assert_int_equal(fdt_finish(blob), 0);
}

static void agrees_with_libfdt_on_random_trees(void **state)
{
    struct random random = random_start("random trees");
    void *blob = malloc(RANDOM_TREE_BYTES);
    struct dt dt;

    (void)state;
    for (int i = 0; i < RANDOM_TREES; i++) {
        write_random_tree(&random, blob);
        assert_int_equal(dt_open(&dt, blob, RANDOM_TREE_BYTES), 0);
        if (!dtb_agrees(&dt, blob))
            fail_msg("tree %d", i);
    }
    free(blob);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_xens_guest_tree),
        cmocka_unit_test(finds_paths_as_libfdt_does),
        cmocka_unit_test(agrees_with_libfdt_on_the_sample_trees),
        cmocka_unit_test(refuses_cell_counts_out_of_range),
        cmocka_unit_test(tells_enabled_from_disabled),
        cmocka_unit_test(refuses_what_is_no_node),
        cmocka_unit_test(refuses_a_misaligned_handle),
        cmocka_unit_test(header_is_checked),
        cmocka_unit_test(structure_is_checked),
        cmocka_unit_test(checks_again_what_has_changed),
        cmocka_unit_test(refuses_every_truncation),
        cmocka_unit_test(refuses_a_misaligned_blob),
        cmocka_unit_test(skips_nops),
        cmocka_unit_test(agrees_with_libfdt_on_random_trees),
    };
    int failures;

    dtb_load_all(dtbs);
    failures = cmocka_run_group_tests(tests, NULL, NULL);
    dtb_free_all(dtbs);
    return failures;
}
