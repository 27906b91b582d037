/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The device-tree reader on damaged trees. Each input is used twice: a tree that was sound when it
 * was opened and is damaged under the reader afterwards, so that nothing but the reader's own
 * checks stands between the damage and the memory; and the damaged tree opened anew. Every input
 * lies in a heap block of exactly its size: AddressSanitizer is the witness that no byte outside is
 * read, a timer that every call ends, and libfdt that what passes both checkers is also read alike.
 */
#include <errno.h>
#include <libfdt.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "lib/dt.h"
#include "tests/host/lib/dtb.h"
#include "tests/host/lib/random.h"

enum {
    DEFAULT_RUNS = 1000000,
    RUNS_PER_ALARM = 10000,
    ALARM_S = 60, /* the time-out for RUNS_PER_ALARM runs that need less than a second */
    HEADER_BYTES = 40,
};

struct input {
    uint8_t *blob;
    size_t bytes;
    uint32_t struct_offset; /* of the sound tree */
    uint32_t struct_bytes;
};

/*
 * Read where the reader said that it may be read, which must be in the structure block. The sum
 * keeps the loads from being dropped.
 */
static unsigned int touch(const struct dt *dt, const uint8_t *value, uint32_t len)
{
    unsigned int sum = 0;

    assert_in_range(value - dt->structure, 0, dt->structure_bytes);
    assert_in_range(len, 0, dt->structure_bytes - (size_t)(value - dt->structure));
    for (uint32_t i = 0; i < len; i++)
        sum += value[i];
    return sum;
}

static int any_node(struct random *random, const struct input *input)
{
    if (random_below(random, 4) == 0)
        return (int)random_bits(random);
    return (int)random_below(random, input->struct_bytes + 8) & ~3;
}

static unsigned int use_node(struct random *random, const struct dt *dt, int node)
{
    static const char *const names[] = {"reg", "interrupts", "compatible", "status", "", "x"};
    const char *name = names[random_below(random, 6)];
    unsigned int index = random_below(random, 4) ? random_below(random, 4) : UINT_MAX;
    uint32_t len;
    uint32_t cell;
    uint64_t addr;
    uint64_t size;
    const void *value = dt_prop(dt, node, name, &len);
    unsigned int sum = value ? touch(dt, value, len) : 0;

    sum += (unsigned int)dt_prop_u32(dt, node, name, index, &cell);
    sum += (unsigned int)dt_reg(dt, node, index, &addr, &size);
    return sum + dt_is_enabled(dt, node);
}

/* Every function of the reader, on nodes that it finds and on handles that are anything. */
static unsigned int use(struct random *random, const struct dt *dt, const struct input *input)
{
    static const char *const paths[] = {"/", "/memory", "/cpus/cpu@0", "/a/a/a/a/a/a/a/a/deep"};
    static const char *const compatibles[] = {"xen,xen", "arm,pl011", "test,deep", ""};
    unsigned int sum = 0;
    int node;

    sum += use_node(random, dt, dt_find_path(dt, paths[random_below(random, 4)]));
    sum += use_node(random, dt, dt_find_device_type(dt, -1, "memory"));
    node = any_node(random, input);
    sum += use_node(random, dt, node);
    node = dt_find_compatible(dt, random_below(random, 2) ? -1 : node,
                              compatibles[random_below(random, 4)]);
    return sum + use_node(random, dt, node);
}

/* Numbers at the edges of every comparison that a reader makes. */
static uint32_t nasty_number(struct random *random, const struct input *input)
{
    static const uint32_t numbers[] = {
        0,          1,          2,          3,          4,          9,          0xffffffff,
        0xfffffffe, 0xfffffffc, 0xfffffff8, 0xfffffff4, 0xfffffff0, 0x7fffffff, 0x80000000,
    };
    uint32_t near = (uint32_t)input->bytes - 16 + random_below(random, 32);

    switch (random_below(random, 4)) {
    case 0:
        return near;
    case 1:
        return near - input->struct_offset;
    case 2:
        return (uint32_t)random_value(random);
    default:
        return numbers[random_below(random, sizeof(numbers) / sizeof(numbers[0]))];
    }
}

static void flip_bits(struct random *random, struct input *input)
{
    for (uint32_t flips = 1 + random_below(random, 8); flips > 0; flips--)
        input->blob[random_below(random, (uint32_t)input->bytes)] ^=
            (uint8_t)(1u << random_below(random, 8));
}

static void fill_range(struct random *random, struct input *input)
{
    static const uint8_t fillers[] = {0x00, 0xff, '@', 0x03};
    uint32_t start = random_below(random, (uint32_t)input->bytes);
    uint32_t len = random_below(random, (uint32_t)input->bytes - start);

    memset(input->blob + start, fillers[random_below(random, 4)], len < 64 ? len : len % 64);
}

static void set_header_word(struct random *random, struct input *input)
{
    uint32_t word = random_below(random, HEADER_BYTES / 4);

    fdt32_st(input->blob + word * 4, nasty_number(random, input));
}

/* A token, the length or name offset of a property, or a cell. */
static void set_struct_word(struct random *random, struct input *input)
{
    uint32_t word = random_below(random, input->struct_bytes / 4);

    fdt32_st(input->blob + input->struct_offset + word * 4, nasty_number(random, input));
}

/* Whole tokens in other places: nodes lose their ends, properties their nodes. */
static void copy_struct_words(struct random *random, struct input *input)
{
    uint32_t words = input->struct_bytes / 4;
    uint32_t from = random_below(random, words);
    uint32_t to = random_below(random, words);
    uint32_t room = words - (from > to ? from : to);
    uint8_t *structure = input->blob + input->struct_offset;

    memmove(structure + to * 4, structure + from * 4, (size_t)random_below(random, room + 1) * 4);
}

static void damage(struct random *random, struct input *input)
{
    static void (*const kinds[])(struct random *, struct input *) = {
        flip_bits, fill_range, set_header_word, set_struct_word, copy_struct_words,
    };

    for (uint32_t times = 1 + random_below(random, 3); times > 0; times--)
        kinds[random_below(random, 5)](random, input);
}

static struct input copy_of(const struct dtb *dtb)
{
    struct input input = {.blob = malloc(dtb->bytes), .bytes = dtb->bytes};

    memcpy(input.blob, dtb->blob, dtb->bytes);
    input.struct_offset = fdt_off_dt_struct(dtb->blob);
    input.struct_bytes = fdt_size_dt_struct(dtb->blob);
    return input;
}

/* Cut the blob; mostly with a header that admits it, so that the cut is found by its contents. */
static void truncate_blob(struct random *random, struct input *input)
{
    size_t bytes = 8 + random_below(random, (uint32_t)input->bytes - 8);
    uint8_t *shorter = malloc(bytes);

    memcpy(shorter, input->blob, bytes);
    free(input->blob);
    input->blob = shorter;
    input->bytes = bytes;
    if (bytes < HEADER_BYTES || random_below(random, 8) == 0)
        return;
    fdt32_st(shorter + 4, (uint32_t)bytes);
    if (bytes > input->struct_offset)
        fdt32_st(shorter + 36, (uint32_t)bytes - input->struct_offset);
    fdt32_st(shorter + 12, (uint32_t)bytes - random_below(random, HEADER_BYTES)); /* strings */
    fdt32_st(shorter + 32, random_below(random, HEADER_BYTES));
}

/* libfdt 1.6 goes back, and round for ever, at a property whose length is a negative number. */
static bool hangs_libfdt(const struct input *input)
{
    const fdt32_t *words = (const fdt32_t *)(const void *)input->blob;

    for (size_t i = 1; i < input->bytes / 4; i++) {
        if (fdt32_ld(&words[i - 1]) == FDT_PROP && fdt32_ld(&words[i]) > INT_MAX)
            return true;
    }
    return false;
}

/* libfdt also takes older versions and a root behind NOPs; all else that it takes we must take. */
static bool must_open(const struct input *input)
{
    const uint8_t *blob = input->blob;

    return input->bytes >= HEADER_BYTES && fdt_version(blob) >= 17 &&
           fdt_off_dt_struct(blob) % 4 == 0 && !hangs_libfdt(input) &&
           fdt_check_full(blob, input->bytes) == 0 &&
           fdt32_ld((const fdt32_t *)(const void *)(blob + fdt_off_dt_struct(blob))) ==
               FDT_BEGIN_NODE;
}

struct tally {
    unsigned int opened;
    unsigned int compared;
};

/* The damaged tree as it would arrive: opened, used if it opens, and compared if libfdt takes it.
 */
static void use_anew(struct random *random, const struct input *input, struct tally *tally,
                     uint64_t run)
{
    struct dt dt;
    int error = dt_open(&dt, input->blob, input->bytes);
    bool comparable = must_open(input);

    if (error != 0 && error != -EINVAL && error != -E2BIG)
        fail_msg("run %llu: dt_open returns %d", (unsigned long long)run, error);
    if (error && comparable)
        fail_msg("run %llu: refused, but libfdt takes it", (unsigned long long)run);
    if (error)
        return;
    tally->opened++;
    use(random, &dt, input);
    if (!comparable)
        return;
    tally->compared++;
    if (random_below(random, 16) == 0 && !dtb_agrees(&dt, input->blob))
        fail_msg("run %llu: differs from libfdt", (unsigned long long)run);
}

static void survives_damaged_trees(void **state)
{
    struct random random = random_start("damaged trees");
    uint64_t runs = random_env("FUZZ_RUNS", DEFAULT_RUNS);
    struct tally tally = {0};
    struct dtb dtbs[DTB_COUNT];
    struct dt dt;

    (void)state;
    dtb_load_all(dtbs);
    for (uint64_t run = 0; run < runs; run++) {
        struct input input = copy_of(&dtbs[run % DTB_COUNT]);

        if (run % RUNS_PER_ALARM == 0)
            alarm(ALARM_S);
        if (random_below(&random, 4) == 0) {
            truncate_blob(&random, &input);
        } else {
            assert_int_equal(dt_open(&dt, input.blob, input.bytes), 0);
            damage(&random, &input);
            use(&random, &dt, &input);
        }
        use_anew(&random, &input, &tally, run);
        free(input.blob);
    }
    alarm(0);
    dtb_free_all(dtbs);
    printf("# %llu inputs, %u still open, libfdt takes %u of them\n", (unsigned long long)runs,
           tally.opened, tally.compared);
    /* A fuzzer that only makes rubbish tests only the first check. */
    assert_true(tally.opened > runs / 100);
    assert_true(tally.compared > runs / 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(survives_damaged_trees),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
