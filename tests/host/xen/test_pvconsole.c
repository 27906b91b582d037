/* SPDX-License-Identifier: Apache-2.0
 *
 * The PV console against a fake xenconsoled: text out and in, nobody reading, and garbage in the
 * indices (X6).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/console/console.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/pvconsole.h"
#include "tests/host/xen/fake_os.h"
#include "tests/host/xen/fake_xen.h"

static struct console_sink *sink;
static unsigned int pumps;

static char shown[8192]; /* what a reader of the ring got */
static size_t shown_len;
static char typed[4096]; /* what the application got */
static size_t typed_len;

void console_add(struct console_sink *added)
{
    sink = added;
}

/* As the console has it: all there is, then one word to the other side. */
void console_interrupt(struct console_sink *interrupted)
{
    char text[64];
    size_t len;

    assert_ptr_equal(interrupted, sink);
    while ((len = interrupted->read(interrupted, text, sizeof(text))) > 0) {
        assert_in_range(typed_len + len, len, sizeof(typed));
        memcpy(typed + typed_len, text, len);
        typed_len += len;
    }
    pumps++;
}

static void ignore(void)
{
}

const struct evtchn_cfg cfg_evtchn[CFG_EVTCHN_COUNT] = {
    [EVTCHN_CONSOLE] = {.handler = pvconsole_isr},
    [EVTCHN_XENSTORE] = {.handler = ignore},
};

static void read_all(void)
{
    struct xencons_interface *page = fake_xen_console_page();

    while (page->out_cons != page->out_prod)
        shown[shown_len++ % sizeof(shown)] =
            page->out[MASK_XENCONS_IDX(page->out_cons++, page->out)];
    shown[shown_len % sizeof(shown)] = 0;
}

static void type(const char *text, size_t len)
{
    struct xencons_interface *page = fake_xen_console_page();

    for (size_t i = 0; i < len; i++)
        page->in[MASK_XENCONS_IDX(page->in_prod++, page->in)] = text[i];
    fake_xen_event(FAKE_CONSOLE_PORT);
}

static size_t put(const char *line, size_t len)
{
    return sink->write(sink, line, len);
}

static void begin(uint32_t index)
{
    struct xencons_interface *page;

    fake_os_reset();
    fake_xen_reset();
    page = fake_xen_console_page();
    page->out_prod = page->out_cons = index;
    page->in_prod = page->in_cons = index;
    fake_os.started = true;
    fake_os.run_task = true;
    evtchn_init(&fake_xen.xen);
    shown_len = typed_len = 0;
    pumps = 0;
    sink = NULL;
    assert_int_equal(pvconsole_init(), 0);
    assert_non_null(sink);
}

static int setup(void **state)
{
    (void)state;
    begin(0);
    return 0;
}

static void test_text_goes_out_and_the_event_by_itself(void **state)
{
    (void)state;
    assert_int_equal(put("Hello\n", 6), 6);
    assert_int_equal(put("you\n", 4), 4);
    assert_int_equal(fake_xen.sends[FAKE_CONSOLE_PORT], 0);
    sink->notify(sink);
    assert_int_equal(fake_xen.sends[FAKE_CONSOLE_PORT], 1);
    read_all();
    assert_string_equal(shown, "Hello\r\nyou\r\n");
}

static void test_ring_wraps_at_each_offset(void **state)
{
    (void)state;
    for (uint32_t offset = 0; offset <= 2048; offset++) {
        begin(offset - 10);
        assert_int_equal(put("0123456789\n", 11), 11);
        read_all();
        assert_string_equal(shown, "0123456789\r\n");
        type("abcdefghijkl", 12);
        assert_int_equal(typed_len, 12);
        assert_memory_equal(typed, "abcdefghijkl", 12);
    }
}

static void test_nobody_reads(void **state) /* fact X6 */
{
    char line[64];
    size_t taken = 0;

    (void)state;
    memset(line, 'x', sizeof(line));
    for (int i = 0; i < 100; i++)
        taken += put(line, sizeof(line));
    assert_int_equal(taken, 2048); /* no more than there is room for, and no waiting */
    assert_int_equal(put("\n", 1), 0);
    fake_xen_console_page()->out_cons++;
    assert_int_equal(put("\n", 1), 0); /* a line's end needs two places: never half of it */
    fake_xen_console_page()->out_cons++;
    assert_int_equal(put("\n", 1), 1);
    assert_int_equal(fake_os.text_len, 0);
}

static struct xencons_interface seen; /* at the last barrier */

static void look(void)
{
    seen = *fake_xen_console_page();
}

static void test_text_is_there_before_its_index(void **state) /* fact X6 */
{
    (void)state;
    fake_os.at_barrier = look;
    assert_int_equal(put("text\n", 5), 5);
    assert_memory_equal(seen.out, "text\r\n", 6);
    assert_int_equal(seen.out_prod, 0);
    assert_int_equal(fake_xen_console_page()->out_prod, 6);
}

static void test_room_is_offered_to_waiting_text(void **state)
{
    (void)state;
    fake_xen_event(FAKE_CONSOLE_PORT);
    assert_int_equal(pumps, 1);
}

static void test_input_is_read_whole(void **state)
{
    char text[1024];

    (void)state;
    for (size_t i = 0; i < sizeof(text); i++)
        text[i] = (char)i;
    type(text, sizeof(text));
    assert_int_equal(typed_len, sizeof(text));
    assert_memory_equal(typed, text, sizeof(text));
    assert_int_equal(fake_xen_console_page()->in_cons, sizeof(text)); /* there is room again */
}

static void test_garbage_in_the_readers_index(void **state) /* fact X6 */
{
    (void)state;
    fake_xen_console_page()->out_cons = 1; /* ahead of what was written */
    assert_int_equal(put("text", 4), 4);   /* taken as by a dead one: nobody waits for it */
    assert_int_equal(fake_xen.sends[FAKE_CONSOLE_PORT], 0);
    fake_xen_event(FAKE_CONSOLE_PORT);
    fake_xen_event(FAKE_CONSOLE_PORT);
    assert_int_equal(fake_os_printed("output ring"), 1);
    assert_int_equal(put("text", 4), 4);
}

static void test_garbage_in_the_writers_index(void **state) /* fact X6 */
{
    (void)state;
    fake_xen_console_page()->in_prod = 1025;
    fake_xen_event(FAKE_CONSOLE_PORT);
    fake_xen_event(FAKE_CONSOLE_PORT);
    assert_int_equal(typed_len, 0);
    assert_int_equal(fake_os_printed("input ring"), 1);
}

static void test_own_indices_are_not_read_back(void **state)
{
    (void)state;
    fake_xen_console_page()->out_prod = 12345;
    assert_int_equal(put("text", 4), 4);
    assert_int_equal(fake_xen_console_page()->out_prod, 4);
    fake_xen_console_page()->in_cons = 999;
    type("abc", 3);
    assert_int_equal(typed_len, 3);
}

static void test_no_console(void **state)
{
    static const uint64_t none[] = {0, UINT64_MAX};

    (void)state;
    evtchn_unbind(EVTCHN_CONSOLE);
    for (size_t i = 0; i < 2; i++) {
        fake_xen.params[HVM_PARAM_CONSOLE_PFN] = none[i];
        assert_int_equal(pvconsole_init(), -ENODEV);
    }
    fake_xen.params[HVM_PARAM_CONSOLE_PFN] = FAKE_CONSOLE_PFN;
    fake_xen.params[HVM_PARAM_CONSOLE_EVTCHN] = 0;
    assert_int_equal(pvconsole_init(), -ENODEV);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_text_goes_out_and_the_event_by_itself, setup),
        cmocka_unit_test_setup(test_ring_wraps_at_each_offset, setup),
        cmocka_unit_test_setup(test_nobody_reads, setup),
        cmocka_unit_test_setup(test_text_is_there_before_its_index, setup),
        cmocka_unit_test_setup(test_room_is_offered_to_waiting_text, setup),
        cmocka_unit_test_setup(test_input_is_read_whole, setup),
        cmocka_unit_test_setup(test_garbage_in_the_readers_index, setup),
        cmocka_unit_test_setup(test_garbage_in_the_writers_index, setup),
        cmocka_unit_test_setup(test_own_indices_are_not_read_back, setup),
        cmocka_unit_test_setup(test_no_console, setup),
    };

    return cmocka_run_group_tests_name("pvconsole", tests, NULL, NULL);
}
