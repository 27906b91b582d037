/* SPDX-License-Identifier: Apache-2.0
 *
 * control/shutdown against the fake daemon, and the end of the domain (X5). The tests run in this
 * order in one life of the guest, as `xl` commands would come.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/xen/evtchn.h"
#include "drivers/xen/shutdown.h"
#include "drivers/xen/xenstore.h"
#include "tests/host/xen/fake_os.h"
#include "tests/host/xen/fake_store.h"
#include "tests/host/xen/fake_xen.h"

#define PATH "control/shutdown"

static void ignore(void)
{
}

const struct evtchn_cfg cfg_evtchn[CFG_EVTCHN_COUNT] = {
    [EVTCHN_CONSOLE] = {.handler = ignore},
    [EVTCHN_XENSTORE] = {.handler = xs_pump},
};

static int start(void **state)
{
    (void)state;
    fake_os_reset();
    fake_xen_reset();
    fake_store_reset(0);
    evtchn_init(&fake_xen.xen);
    if (xs_init() != 0 || shutdown_init() != 0)
        return -1;
    fake_os.started = true;
    fake_os.run_task = true;
    fake_xen_interrupts();
    return 0;
}

/* What dom0 writes. @return whether ShutdownOS() was called for it */
static bool ask(const char *word)
{
    jmp_buf end;
    volatile bool ended = true;

    fake_os.on_shutdown = &end;
    if (setjmp(end) == 0) {
        fake_store_write(PATH, word, strlen(word));
        fake_os_advance_ms(10000);
        ended = false;
    }
    /* ShutdownOS() does not return to the fakes either. */
    fake_os.on_shutdown = NULL;
    fake_xen.in_irq = false;
    fake_store_abandon_run();
    return ended;
}

static void test_first_empty_fire_is_ignored(void **state) /* fact X5 */
{
    (void)state;
    assert_int_equal(xs_stats()->fired, 1);
    assert_int_equal(fake_os.text_len, 0);
    assert_string_equal(fake_store_value("control/feature-poweroff"), "1");
    assert_string_equal(fake_store_value("control/feature-reboot"), "1");
}

static void test_unknown_words_are_refused(void **state) /* fact X5 */
{
    static const char *const words[] = {
        "dance", "suspend",  "poweroff2",
        "power", "POWEROFF", "a word that is much longer than any that anybody knows"};

    (void)state;
    for (unsigned int i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        assert_false(ask(words[i]));
        assert_string_equal(fake_store_value(PATH), ""); /* acknowledged: xl does not wait */
        assert_int_equal(fake_os_printed("refused"), i + 1);
    }
}

static void test_poweroff(void **state) /* fact X5 */
{
    static const char *const words[] = {"poweroff", "halt"};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        assert_true(ask(words[i]));
        assert_int_equal(fake_os.shutdown_code, E_OK);
        assert_string_equal(fake_store_value(PATH), ""); /* before acting */
        assert_int_equal(shutdown_reason(), XEN_END_POWEROFF);
    }
}

static void test_reboot(void **state)
{
    (void)state;
    assert_true(ask("reboot"));
    assert_int_equal(shutdown_reason(), XEN_END_REBOOT);
    assert_string_equal(fake_store_value(PATH), "");
}

static void test_store_that_stops_answering_does_not_stop_the_shutdown(void **state)
{
    struct fake_message msg;
    struct fake_message answer;
    jmp_buf end;

    (void)state;
    fake_store.asleep = true;
    fake_store_write(PATH, "poweroff", 8);
    fake_store_let_through(1000);
    assert_true(fake_store_take(&msg));
    assert_int_equal(msg.head.type, XS_READ);
    fake_store_answer(&msg, &answer);
    fake_store_put(&answer);
    fake_store_let_through(1000);
    fake_os.on_shutdown = &end;
    if (setjmp(end) == 0) {
        fake_os_advance_ms(10000); /* the acknowledgement is never answered */
        fail_msg("no ShutdownOS()");
    }
    assert_int_equal(shutdown_reason(), XEN_END_POWEROFF);
    assert_int_equal(fake_os_printed("cannot acknowledge"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_empty_fire_is_ignored),
        cmocka_unit_test(test_unknown_words_are_refused),
        cmocka_unit_test(test_poweroff),
        cmocka_unit_test(test_reboot),
        cmocka_unit_test(test_store_that_stops_answering_does_not_stop_the_shutdown),
    };

    return cmocka_run_group_tests_name("shutdown", tests, start, NULL);
}
