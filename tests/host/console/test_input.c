/* SPDX-License-Identifier: Apache-2.0
 *
 * What is typed: from two sinks, one of them a UART, to the application, in an interrupt or in a task, and back as an
 * echo. Built for each choice of CONSOLEINPUT and CONSOLEECHO. input.c is included, so that each test starts anew.
 */
#include "drivers/console/input.c"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define TEXT_BYTES 8192u

enum { PV, UART };

static bool masked;
static unsigned int activations;
static unsigned int handed_on; /* by task: how often it has run */
static StatusType activate_status;

static struct {
    char text[TEXT_BYTES];
    size_t len;
} typed[2], shown[2], got;
static size_t read_at[2];
static unsigned int calls, notified[2];
static void (*in_the_middle)(void); /* what comes while the application looks at the text */

/* ---- the system ---- */

arch_irq_t arch_irq_save(void)
{
    const arch_irq_t was = masked;

    masked = true;
    return was;
}

void arch_irq_restore(arch_irq_t was)
{
    masked = was;
}

uint32_t arch_timer_hz(void)
{
    return 1000;
}

uint64_t arch_timer_count(void)
{
    return 0;
}

bool OSMayWait(void)
{
    return false;
}

StatusType ActivateTask(TaskType task)
{
    assert_true(CFG_HAS_CONSOLE_TASK);
    assert_int_equal(task, SHELL);
    assert_in_range(activations, 0, 1); /* one that runs, and one more */
    activations += activate_status == E_OK;
    return activate_status;
}

/* ---- two consoles ---- */

static struct console_sink sink[2];

static size_t show(struct console_sink *to, const char *text, size_t len)
{
    const size_t which = (size_t)(to - sink);

    assert_true(masked);
    memcpy(&shown[which].text[shown[which].len], text, len);
    shown[which].len += len;
    return len;
}

static size_t give(struct console_sink *from, char *text, size_t size)
{
    const size_t which = (size_t)(from - sink);
    const size_t len = typed[which].len - read_at[which];
    const size_t fits = len < size ? len : size;

    memcpy(text, &typed[which].text[read_at[which]], fits);
    read_at[which] += fits;
    return fits;
}

static void count_notify(struct console_sink *to)
{
    notified[to - sink]++;
}

static struct console_sink sink[2] = {
    [PV] = {.name = "PV", .write = show, .read = give, .notify = count_notify},
    [UART] = {.name = "UART", .write = show, .read = give, .notify = count_notify, .is_uart = true},
};

/* As its interrupt has it. */
static void type_at(unsigned int which, const char *text, size_t len)
{
    memcpy(&typed[which].text[typed[which].len], text, len);
    typed[which].len += len;
    console_interrupt(&sink[which]);
}

static void input(const char *text, size_t len)
{
    void (*const once)(void) = in_the_middle;

    calls++;
    assert_in_range(len, 1, INPUT_BYTES);
    in_the_middle = NULL;
    if (once != NULL) {
        once();
    }
    memcpy(&got.text[got.len], text, len);
    got.len += len;
}

/* The task, if it is activated. */
static void run_task(void)
{
    while (activations > 0) {
        handed_on++;
        console_serve_input();
        activations--;
    }
}

static int reset(void **state)
{
    static bool is_added;

    (void)state;
    written = taken = lost = UINT32_MAX - 100; /* indices wrap on the way */
    lost = 0;
    is_task_wanted = false;
    activations = handed_on = calls = 0;
    activate_status = E_OK;
    memset(typed, 0, sizeof(typed));
    memset(shown, 0, sizeof(shown));
    memset(&got, 0, sizeof(got));
    read_at[PV] = read_at[UART] = 0;
    in_the_middle = NULL;
    if (!is_added) {
        console_add(&sink[PV]);
        console_add(&sink[UART]);
        is_added = true;
    }
    notified[PV] = notified[UART] = 0;
    console_on_input(input);
    return 0;
}

/* ---- tests ---- */

static void text_arrives_from_both(void **state)
{
    (void)state;
    type_at(PV, "one\r", 4);
    run_task();
    type_at(UART, "two\r", 4);
    run_task();
    assert_string_equal(got.text, "one\rtwo\r");
    assert_int_equal(calls, 2);
    assert_int_equal(notified[PV], 1); /* for the echo and for the room that was made */
    assert_int_equal(handed_on, CFG_HAS_CONSOLE_TASK ? 2 : 0);
}

static void it_is_echoed_where_oil_says(void **state)
{
    const char *const echoed = CFG_CONSOLE_ECHO ? "ls\n" : "";

    (void)state;
    type_at(PV, "ls\r", 3);
    assert_string_equal(shown[CFG_CONSOLE_ECHO_UART ? UART : PV].text, echoed);
    assert_string_equal(shown[CFG_CONSOLE_ECHO_UART ? PV : UART].text, "");
    type_at(UART, "ls\r", 3);
    assert_string_equal(shown[PV].text, CFG_CONSOLE_ECHO_UART ? "" : echoed);
}

static void nobody_who_listens_is_no_harm(void **state)
{
    char text[2 * INPUT_BYTES];

    (void)state;
    console_on_input(NULL);
    memset(text, 'x', sizeof(text));
    for (unsigned int i = 0; i < 2; i++) {
        type_at(PV, text, 500);
        run_task();
    }
    assert_int_equal(console_input_lost(), 0);
    console_on_input(input);
    type_at(PV, "y", 1);
    run_task();
    assert_string_equal(got.text, "y");
}

/* From each place in the buffer, a ringful comes whole, in one call or two. */
static void a_paste_comes_in_at_most_two_calls(void **state)
{
    char text[INPUT_BYTES];

    for (size_t i = 0; i < sizeof(text); i++) {
        text[i] = (char)i;
    }
    for (uint32_t at = 0; at < INPUT_BYTES; at += 31) {
        reset(state);
        written = taken = at;
        type_at(PV, text, sizeof(text));
        run_task();
        assert_int_equal(got.len, sizeof(text));
        assert_memory_equal(got.text, text, sizeof(text));
        assert_in_range(calls, 1, 2);
        assert_int_equal(console_input_lost(), 0);
    }
}

static void more_than_there_is_room_for_is_counted(void **state)
{
    char text[INPUT_BYTES + 200];

    (void)state;
    memset(text, 'a', sizeof(text));
    type_at(PV, text, sizeof(text));
    console_interrupt(&sink[PV]); /* the rest */
    assert_int_equal(console_input_lost(), 200);
    run_task();
    assert_int_equal(got.len, INPUT_BYTES);
}

static void type_more(void)
{
    type_at(UART, "later", 5);
}

/* An interrupt that comes while the task hands text on: the text is neither changed nor forgotten. */
static void text_that_comes_meanwhile_follows(void **state)
{
    (void)state;
    in_the_middle = type_more;
    type_at(PV, "first ", 6);
    run_task();
    assert_string_equal(got.text, "first later");
    assert_int_equal(handed_on, 2);
}

static void a_failed_activation_is_tried_again(void **state)
{
    (void)state;
    activate_status = E_OS_LIMIT;
    type_at(PV, "a", 1);
    activate_status = E_OK;
    type_at(PV, "b", 1);
    run_task();
    assert_string_equal(got.text, "ab");
}

/* Who types without end is left alone at some point; the rest makes the interrupt come again. */
static void an_endless_source_holds_nobody(void **state)
{
    (void)state;
    memset(typed[PV].text, 'z', TEXT_BYTES);
    typed[PV].len = TEXT_BYTES;
    console_interrupt(&sink[PV]);
    assert_int_equal(read_at[PV], INPUT_BYTES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(text_arrives_from_both, reset),
        cmocka_unit_test_setup(it_is_echoed_where_oil_says, reset),
        cmocka_unit_test_setup(nobody_who_listens_is_no_harm, reset),
        cmocka_unit_test_setup(a_paste_comes_in_at_most_two_calls, reset),
        cmocka_unit_test_setup(an_endless_source_holds_nobody, reset),
    };
    const struct CMUnitTest by_task[] = {
        cmocka_unit_test_setup(more_than_there_is_room_for_is_counted, reset),
        cmocka_unit_test_setup(text_that_comes_meanwhile_follows, reset),
        cmocka_unit_test_setup(a_failed_activation_is_tried_again, reset),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    if (CFG_HAS_CONSOLE_TASK) {
        failed += cmocka_run_group_tests(by_task, NULL, NULL);
    }
    return failed;
}
