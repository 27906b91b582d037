/* SPDX-License-Identifier: Apache-2.0
 *
 * The console ring with sinks that are fast, slow, late or dead, and with an interrupt that prints between any two of
 * its steps. The driver is included, not linked, so that each test starts with an empty ring. Built for both choices of
 * CONSOLEFULL.
 */
#include "drivers/console/console.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define HZ            1000000u
#define COUNTS_A_LOOK 100u /* how far the clock goes at each look at it */

static bool masked;
static uint64_t count;
static unsigned int interrupts; /* how many more of them print, one at each unmasking */

static char taken[2][4 * RING_BYTES];
static size_t taken_bytes[2];
static size_t room[2]; /* what a sink takes in one call */
static size_t left[2]; /* what it takes at all, until somebody reads */
static unsigned int notified[2];
static bool in_task;
static uint64_t revives_at; /* when sink 1 is read again */

static char letters[2 * RING_BYTES + 1];

/* ---- the port ---- */

arch_irq_t arch_irq_save(void)
{
    const arch_irq_t was = masked;

    masked = true;
    return was;
}

void arch_irq_restore(arch_irq_t was)
{
    masked = was;
    if (!masked && interrupts > 0) {
        interrupts--;
        masked = true;
        printk("[irq]");
        masked = false;
    }
}

uint32_t arch_timer_hz(void)
{
    return HZ;
}

uint64_t arch_timer_count(void)
{
    count += COUNTS_A_LOOK;
    if (count >= revives_at) {
        room[1] = PIECE_BYTES;
        left[1] = SIZE_MAX;
    }
    return count;
}

bool OSMayWait(void)
{
    return in_task;
}

/* ---- two sinks ---- */

static struct console_sink sink[2];

static size_t take(struct console_sink *to, const char *text, size_t len)
{
    const size_t which = (size_t)(to - sink);
    size_t fits = len < room[which] ? len : room[which];

    fits = fits < left[which] ? fits : left[which];
    assert_true(masked);
    assert_in_range(len, 1, FEED_BYTES);
    assert_in_range(taken_bytes[which] + fits, 0, sizeof(taken[which]));
    memcpy(&taken[which][taken_bytes[which]], text, fits);
    taken_bytes[which] += fits;
    left[which] -= left[which] != SIZE_MAX ? fits : 0;
    return fits;
}

static void count_notify(struct console_sink *to)
{
    assert_true(masked);
    notified[to - sink]++;
}

static struct console_sink sink[2] = {
    {.name = "0", .write = take, .notify = count_notify},
    {.name = "1", .write = take},
};

static int reset(void **state)
{
    (void)state;
    written = 0;
    sinks = NULL;
    masked = false;
    count = 0;
    interrupts = 0;
    memset(taken, 0, sizeof(taken));
    memset(taken_bytes, 0, sizeof(taken_bytes));
    room[0] = room[1] = PIECE_BYTES;
    left[0] = left[1] = SIZE_MAX;
    notified[0] = notified[1] = 0;
    in_task = false;
    revives_at = UINT64_MAX;
    sink[0].lost_bytes = sink[1].lost_bytes = 0;
    for (size_t i = 0; i < sizeof(letters) - 1; i++) {
        letters[i] = (char)('a' + i % 26);
    }
    return 0;
}

static void assert_taken(unsigned int which, const char *text)
{
    assert_int_equal(taken_bytes[which], strlen(text));
    assert_memory_equal(taken[which], text, taken_bytes[which]);
}

/* ---- tests ---- */

static void text_goes_out_at_once(void **state)
{
    (void)state;
    console_add(&sink[0]);
    printk("%s %d\n", "number", 1);
    assert_taken(0, "number 1\n");
}

static void early_text_is_replayed(void **state) /* fact M5 */
{
    (void)state;
    printk("early ");
    console_add(&sink[0]);
    printk("late");
    console_add(&sink[1]);
    assert_taken(0, "early late");
    assert_taken(1, "early late");
    assert_int_equal(sink[0].lost_bytes + sink[1].lost_bytes, 0);
}

static void one_word_to_the_reader_behind_a_burst(void **state)
{
    (void)state;
    printk("%.*s", 1000, letters);
    console_add(&sink[0]);
    assert_int_equal(notified[0], 1);
    printk("%.*s", 1000, letters);
    assert_int_equal(notified[0], 2);
    console_pump();
    room[0] = 0;
    printk("unread");
    assert_int_equal(notified[0], 2); /* there is nothing new to read */
}

#define NOTE_OF_100 "\n... 100 bytes lost\n"

static void a_late_sink_gets_the_last_ringful(void **state)
{
    const size_t note_len = strlen(NOTE_OF_100);

    (void)state;
    printk("%.*s", RING_BYTES + 100, letters);
    console_add(&sink[0]);
    assert_int_equal(taken_bytes[0], note_len + RING_BYTES);
    assert_memory_equal(taken[0], NOTE_OF_100, note_len);
    assert_memory_equal(taken[0] + note_len, letters + 100, RING_BYTES);
    assert_int_equal(sink[0].lost_bytes, 100);
}

static void print_letters(unsigned int count_of_letters)
{
    for (unsigned int i = 0; i < count_of_letters; i++) {
        printk("%c", letters[i]);
    }
}

static void a_dead_sink_loses_alone(void **state)
{
    const size_t note_len = strlen(NOTE_OF_100);
    struct console_stats stats;

    (void)state;
    console_add(&sink[0]);
    console_add(&sink[1]);
    room[1] = 0;
    print_letters(RING_BYTES + 100);
    assert_int_equal(taken_bytes[0], RING_BYTES + 100);
    assert_memory_equal(taken[0], letters, taken_bytes[0]);
    assert_true(console_stats(0, &stats));
    assert_string_equal(stats.name, "1");
    assert_int_equal(stats.lost_bytes, 100);
    assert_true(console_stats(1, &stats));
    assert_string_equal(stats.name, "0");
    assert_int_equal(stats.lost_bytes, 0);
    assert_false(console_stats(2, &stats));

    room[1] = PIECE_BYTES; /* it comes back to life */
    console_pump();
    assert_int_equal(taken_bytes[1], note_len + RING_BYTES);
    assert_memory_equal(taken[1], NOTE_OF_100, note_len);
    assert_memory_equal(taken[1] + note_len, letters + 100, RING_BYTES);
    assert_int_equal(sink[1].lost_bytes, 100);
}

/* What is lost while a note is on its way, byte by byte, is the next note's; none is told twice. */
static void notes_count_all_that_is_lost(void **state)
{
    unsigned int sum = 0;
    unsigned int one;

    (void)state;
    console_add(&sink[1]);
    left[1] = 0;
    print_letters(RING_BYTES + 50);
    for (unsigned int i = 0; i < 60; i++) {
        left[1] = 1;
        printk("%c", letters[i]);
    }
    left[1] = SIZE_MAX;
    console_pump();
    taken[1][taken_bytes[1]] = '\0';
    for (const char *at = taken[1]; (at = strstr(at, "... ")) != NULL; at++) {
        assert_int_equal(sscanf(at, "... %u bytes lost\n", &one), 1);
        sum += one;
    }
    assert_int_equal(sum, sink[1].lost_bytes);
    assert_true(sum > 50);
    assert_memory_equal(taken[1], "\n... 51 bytes lost\n", 19);
}

/* ---- CONSOLEFULL = BLOCK ---- */

#define BLOCK_COUNTS ((uint64_t)CFG_CONSOLE_BLOCK_MS * (HZ / 1000))

static void fill_sink_1(void)
{
    console_add(&sink[0]);
    console_add(&sink[1]);
    left[1] = 0;
    printk("%.*s", RING_BYTES, letters);
    assert_int_equal(sink[1].lost_bytes, 0);
}

static void a_task_waits_for_a_slow_sink(void **state)
{
    (void)state;
    fill_sink_1();
    in_task = true;
    revives_at = count + BLOCK_COUNTS / 2;
    printk("%.*s", 1000, letters);
    assert_int_equal(sink[1].lost_bytes, 0);
    assert_int_equal(taken_bytes[1], RING_BYTES + 1000);
    assert_true(count >= revives_at);
}

static void a_dead_sink_costs_the_time_once(void **state)
{
    uint64_t begin;

    (void)state;
    fill_sink_1();
    in_task = true;
    begin = count;
    printk("%.*s", 1000, letters);
    assert_in_range(count - begin, BLOCK_COUNTS, BLOCK_COUNTS + 40 * COUNTS_A_LOOK);
    assert_int_equal(sink[1].lost_bytes, 1000);
    assert_int_equal(taken_bytes[0], RING_BYTES + 1000);
    begin = count;
    printk("%.*s", 1000, letters);
    assert_in_range(count - begin, 0, 40 * COUNTS_A_LOOK);
    assert_int_equal(sink[1].lost_bytes, 2000);

    left[1] = strlen("\n... 2000 bytes lost\n") + 1; /* it moves: the note, and one letter */
    console_pump();
    assert_int_equal(sink[1].position, 2001);
    begin = count;
    printk("%.*s", 100, letters);
    assert_in_range(count - begin, BLOCK_COUNTS, BLOCK_COUNTS + 40 * COUNTS_A_LOOK);
    assert_int_equal(sink[1].lost_bytes, 2099);
}

static void others_do_not_wait(void **state)
{
    const uint64_t begin = count;

    (void)state;
    fill_sink_1();
    printk("%.*s", 1000, letters);
    assert_in_range(count - begin, 0, 40 * COUNTS_A_LOOK);
    assert_int_equal(sink[1].lost_bytes, 1000);
}

static void without_the_choice_a_task_does_not_wait(void **state)
{
    (void)state;
    in_task = true;
    others_do_not_wait(state);
}

static void a_slow_sink_is_waited_for_at_the_end_only(void **state)
{
    (void)state;
    console_add(&sink[0]);
    room[0] = 3;
    printk("%.*s", 3000, letters);
    assert_in_range(taken_bytes[0], 1, 2999);
    assert_true(console_drain(1000));
    assert_int_equal(taken_bytes[0], 3000);
    assert_memory_equal(taken[0], letters, 3000);
}

static void drain_gives_up_in_time(void **state)
{
    uint64_t begin;

    (void)state;
    console_add(&sink[0]);
    console_add(&sink[1]);
    room[1] = 0;
    printk("unread");
    begin = count;
    assert_false(console_drain(1000));
    assert_in_range(count - begin, HZ, HZ + 2 * COUNTS_A_LOOK);
    assert_taken(0, "unread");
}

static void drain_of_nothing_does_not_wait(void **state)
{
    (void)state;
    assert_true(console_drain(1000));
    console_add(&sink[0]);
    assert_true(console_drain(1000));
    assert_in_range(count, 0, 4 * COUNTS_A_LOOK);
}

/* An interrupt may print between two pieces, never inside one, and nothing is lost. */
static void an_interrupt_prints_between_pieces(void **state)
{
    char without[512] = "";
    const char *from = taken[0];
    const char *irq;
    unsigned int seen = 0;

    (void)state;
    console_add(&sink[0]);
    interrupts = 3;
    printk("%.*s", 300, letters);
    taken[0][taken_bytes[0]] = '\0';
    while ((irq = strstr(from, "[irq]")) != NULL) {
        strncat(without, from, (size_t)(irq - from));
        assert_true(strlen(without) % PIECE_BYTES == 0 || strlen(without) == 300);
        from = irq + strlen("[irq]");
        seen++;
    }
    strcat(without, from);
    assert_int_equal(seen, 3);
    assert_int_equal(strlen(without), 300);
    assert_memory_equal(without, letters, 300);
}

static void an_interrupt_that_never_stops_printing_holds_nobody(void **state)
{
    (void)state;
    console_add(&sink[0]);
    interrupts = 500; /* more than one printk() unmasks */
    printk("text");
    assert_true(interrupts > 0);
    assert_non_null(strstr(taken[0], "text"));
}

static void positions_wrap(void **state)
{
    const size_t note_len = strlen("\n... 7 bytes lost\n");

    (void)state;
    written = UINT32_MAX - 99;
    sink[0].position = written;
    sink[0].lost_bytes = sink[0].told_bytes = 0;
    sinks = &sink[0];
    sink[0].next = NULL;
    room[0] = 0;
    printk("%.*s", RING_BYTES + 7, letters);
    room[0] = PIECE_BYTES;
    assert_true(console_drain(1));
    assert_int_equal(taken_bytes[0], note_len + RING_BYTES);
    assert_memory_equal(taken[0] + note_len, letters + 7, RING_BYTES);
    assert_int_equal(sink[0].lost_bytes, 7);
}

static void a_line_begins_where_none_is_begun(void **state)
{
    (void)state;
    console_add(&sink[0]);
    console_begin_line();
    printk("one");
    console_begin_line();
    console_begin_line();
    printk("two\n");
    console_begin_line();
    assert_taken(0, "one\ntwo\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(text_goes_out_at_once, reset),
        cmocka_unit_test_setup(early_text_is_replayed, reset),
        cmocka_unit_test_setup(one_word_to_the_reader_behind_a_burst, reset),
        cmocka_unit_test_setup(a_late_sink_gets_the_last_ringful, reset),
        cmocka_unit_test_setup(a_dead_sink_loses_alone, reset),
        cmocka_unit_test_setup(notes_count_all_that_is_lost, reset),
        cmocka_unit_test_setup(others_do_not_wait, reset),
        cmocka_unit_test_setup(a_slow_sink_is_waited_for_at_the_end_only, reset),
        cmocka_unit_test_setup(drain_gives_up_in_time, reset),
        cmocka_unit_test_setup(drain_of_nothing_does_not_wait, reset),
        cmocka_unit_test_setup(an_interrupt_prints_between_pieces, reset),
        cmocka_unit_test_setup(an_interrupt_that_never_stops_printing_holds_nobody, reset),
        cmocka_unit_test_setup(positions_wrap, reset),
        cmocka_unit_test_setup(a_line_begins_where_none_is_begun, reset),
    };

    const struct CMUnitTest blocking[] = {
        cmocka_unit_test_setup(a_task_waits_for_a_slow_sink, reset),
        cmocka_unit_test_setup(a_dead_sink_costs_the_time_once, reset),
    };
    const struct CMUnitTest dropping[] = {
        cmocka_unit_test_setup(without_the_choice_a_task_does_not_wait, reset),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    failed += CFG_CONSOLE_BLOCK_MS != 0 ? cmocka_run_group_tests(blocking, NULL, NULL)
                                        : cmocka_run_group_tests(dropping, NULL, NULL);
    return failed;
}
