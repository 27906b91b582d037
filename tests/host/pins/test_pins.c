/* SPDX-License-Identifier: Apache-2.0
 *
 * The pin service as a whole, with the drivers below it faked at their headers: what it asks of them, in which order,
 * and what it does when one of them fails. Each test runs in a process of its own, because the service starts once.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include <arch/port.h>

#include "drivers/console/console.h"
#include "drivers/gpio/gpio.h"
#include "drivers/pins/pins.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/gnttab.h"
#include "drivers/xen/xen.h"
#include "drivers/xen/xenstore.h"
#include "tests/host/pins/two_rings.h"

const char *const cfg_pins[CFG_PIN_COUNT] = {"PA15", "PX0", "PA3"};

/* What the fakes were told to answer, and what they were asked. */
static struct {
    int gpio, grant, alloc, bind, xs_call, xs_status;
    unsigned int xs_failures; /* how many completions end with xs_status */
} answer;
static bool no_hypervisor, store_is_late;
static struct pin_page *granted;
static unsigned int events, closed_port;
static int level[32];
static char log_text[1024];
static struct xs_request *writing;
static struct xs_listener *listener;
static char store[512]; /* "key=value\n" in the order of writing */

static void note(char *where, size_t size, const char *fmt, va_list args)
{
    const size_t len = strlen(where);

    vsnprintf(where + len, size - len, fmt, args);
}

void printk(const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    note(log_text, sizeof(log_text), fmt, args);
    va_end(args);
}

static void stored(const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    note(store, sizeof(store), fmt, args);
    va_end(args);
}

int gpio_parse(const char *name)
{
    return name[1] == 'A' ? atoi(name + 2) : -EINVAL;
}

int gpio_output(unsigned int pin, bool high)
{
    level[pin] = high;
    return answer.gpio;
}

int gpio_set(unsigned int pin, bool high)
{
    level[pin] = high;
    return 0;
}

int gpio_get(unsigned int pin)
{
    return level[pin];
}

bool xen_is_present(void)
{
    return !no_hypervisor;
}

int gnttab_grant(uint16_t domid, const void *page, bool readonly)
{
    assert_int_equal(domid, 0);
    assert_false(readonly);
    assert_int_equal((uintptr_t)page % 4096, 0);
    granted = (struct pin_page *)(uintptr_t)page;
    return answer.grant;
}

int evtchn_alloc_unbound(uint16_t remote)
{
    assert_int_equal(remote, 0);
    return answer.alloc;
}

int evtchn_bind(unsigned int name, uint32_t port)
{
    assert_int_equal(name, EVTCHN_PINS);
    assert_int_equal(port, answer.alloc);
    return answer.bind;
}

int evtchn_bind_interdomain(uint16_t remote, uint32_t remote_port)
{
    fail_msg("dom0 connects, not the guest: domain %u, port %u", remote, remote_port);
    return -1;
}

void evtchn_unbind(unsigned int name)
{
    fail_msg("the channel of name %u is never closed", name);
}

int evtchn_close(uint32_t port)
{
    closed_port = port;
    return 0;
}

int evtchn_send(unsigned int name)
{
    assert_int_equal(name, EVTCHN_PINS);
    events++;
    return 0;
}

int xs_write(struct xs_request *req, const char *path, const void *value, size_t len, xs_done *done)
{
    assert_null(writing); /* one at a time: the order matters */
    if (answer.xs_call != 0) {
        return answer.xs_call;
    }
    stored("%s=%.*s\n", path, (int)len, (const char *)value);
    req->done = done;
    writing = req;
    return 0;
}

bool xs_is_busy(const struct xs_request *req)
{
    return req == writing;
}

int xs_on_connect(struct xs_listener *who)
{
    if (answer.xs_call != 0) {
        return answer.xs_call;
    }
    listener = who;
    if (!store_is_late) {
        listener->connected();
    }
    return 0;
}

arch_irq_t arch_irq_save(void)
{
    return false;
}

void arch_irq_restore(arch_irq_t was)
{
    assert_false(was);
}

/* The store answers what is under way. @return false: nothing was */
static bool complete(void)
{
    struct xs_request *const req = writing;

    if (req == NULL) {
        return false;
    }
    writing = NULL;
    req->status = 0;
    if (answer.xs_failures > 0) {
        answer.xs_failures--;
        req->status = answer.xs_status;
    }
    req->done(req);
    return true;
}

static void complete_all(void)
{
    for (unsigned int i = 0; i < 20; i++) {
        if (!complete()) {
            return;
        }
    }
    fail_msg("the publisher does not end");
}

static struct dom0_ring module;

static int request(uint32_t op, uint32_t pin, uint32_t *value)
{
    struct pin_request req = {.op = op, .pin = pin, .value = *value};

    assert_int_equal(pin_ring_post(&module, &req), 0);
    pins_serve();
    assert_int_equal(pin_ring_finish(&module, &req), PIN_RING_ANSWERED);
    *value = req.value;
    return req.status;
}

static int set(uint32_t pin, uint32_t value)
{
    return request(PIN_OP_SET, pin, &value);
}

#define KEYS                                                                                           \
    "data/erika-xen/abi-version=1\ndata/erika-xen/grant-ref=4294967\ndata/erika-xen/event-channel=7\n" \
    "data/erika-xen/state=ready\n"

static void start(void)
{
    assert_int_equal(pins_init(), 0);
    complete_all();
    assert_string_equal(store, KEYS);
    assert_int_equal(pin_ring_attach(&module, granted), 0);
}

static void serves_what_dom0_asks(void)
{
    uint32_t value = 0;

    level[15] = 1;
    start();
    assert_int_equal(level[15], 0);
    pins_serve(); /* a spurious event */
    assert_int_equal(events, 0);
    assert_int_equal(set(0, 1), 0);
    assert_int_equal(level[15], 1);
    assert_int_equal(request(PIN_OP_GET, 0, &value), 0);
    assert_int_equal(value, 1);
    assert_int_equal(set(2, 1), 0);
    assert_int_equal(level[3], 1);
    assert_int_equal(events, 3);
    assert_int_equal(pins_stats().requests, 3);
    assert_int_equal(pins_stats().refused, 0);
}

static void sends_one_event_for_a_batch(void)
{
    start();
    for (unsigned int i = 0; i < PIN_SLOTS; i++) {
        struct pin_request req = {.op = PIN_OP_SET, .value = i & 1};

        assert_int_equal(pin_ring_post(&module, &req), 0);
    }
    pins_serve();
    assert_int_equal(events, 1);
    assert_int_equal(pins_stats().requests, PIN_SLOTS);
}

static void a_bad_name_costs_only_its_pin(void)
{
    start();
    assert_non_null(strstr(log_text, "PX0 cannot be used"));
    assert_int_equal(set(1, 1), -EINVAL);
    assert_int_equal(set(0, 1), 0);
    assert_int_equal(set(3, 1), -EINVAL);
}

static void without_a_controller_it_answers_enxio(void)
{
    uint32_t value = 0;

    answer.gpio = -ENODEV;
    start();
    assert_int_equal(set(0, 1), -ENXIO);
    assert_int_equal(request(PIN_OP_GET, 0, &value), -ENXIO);
    assert_int_equal(level[15], 0);
}

static void says_garbage_once(void)
{
    start();
    granted->slots[0].state = 99;
    pins_serve();
    pins_serve();
    assert_int_equal(pins_stats().garbage, 2);
    assert_non_null(strstr(log_text, "slot 0"));
    assert_null(strstr(strstr(log_text, "slot 0") + 1, "slot 0"));
}

static void there_is_no_service(int err)
{
    assert_int_equal(pins_init(), err);
    assert_non_null(strstr(log_text, "no pin service"));
    complete_all();
    assert_null(strstr(store, "ready"));
    pins_serve();
    assert_int_equal(events, 0);
}

static void no_xen(void)
{
    no_hypervisor = true;
    there_is_no_service(-ENODEV);
    assert_null(granted);
}

static void no_grant(void)
{
    answer.grant = -ENOSPC;
    there_is_no_service(-ENOSPC);
}

static void no_port(void)
{
    answer.alloc = -ENOSPC;
    there_is_no_service(-ENOSPC);
}

static void no_binding(void)
{
    answer.bind = -ENOENT;
    there_is_no_service(-ENOENT);
    assert_int_equal(closed_port, 7);
}

static void no_xenstore(void)
{
    answer.xs_call = -ENODEV;
    there_is_no_service(-ENODEV);
}

static void a_late_store_is_asked_again(void)
{
    answer.xs_status = -ETIMEDOUT;
    answer.xs_failures = 2;
    assert_int_equal(pins_init(), 0);
    complete_all();
    assert_non_null(strstr(store, "state=ready\n"));
    assert_string_equal(
        strstr(strstr(store, "grant-ref"), "grant-ref"),
        "grant-ref=4294967\ndata/erika-xen/event-channel=7\ndata/erika-xen/state=ready\n");
}

static void a_store_that_comes_later_gets_all(void)
{
    store_is_late = true;
    assert_int_equal(pins_init(), 0);
    assert_string_equal(store, "");
    listener->connected();
    complete_all();
    assert_string_equal(store, KEYS);
}

/* Whenever it happens, all is written from the first key on; a write under way is waited for. */
static void a_store_that_was_lost_gets_all_again(void)
{
    for (unsigned int done = 0; done <= 4; done++) {
        const pid_t child = fork();
        int status;

        if (child == 0) {
            assert_int_equal(pins_init(), 0);
            for (unsigned int i = 0; i < done; i++) {
                (void)complete();
            }
            listener->connected();
            complete_all();
            assert_string_equal(store + strlen(store) - strlen(KEYS), KEYS);
            _exit(0);
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_int_equal(status, 0);
    }
}

static void a_broken_connection_is_waited_for(void)
{
    assert_int_equal(pins_init(), 0);
    answer.xs_status = -EIO;
    answer.xs_failures = 1;
    complete_all();
    assert_null(strstr(log_text, "xenstore"));
    store[0] = 0;
    listener->connected();
    complete_all();
    assert_string_equal(store, KEYS);
}

static void a_dead_store_is_said(void)
{
    answer.xs_status = -ETIMEDOUT;
    answer.xs_failures = 3;
    assert_int_equal(pins_init(), 0);
    complete_all();
    assert_null(strstr(store, "ready"));
    assert_non_null(strstr(log_text, "cannot write data/erika-xen/abi-version"));
}

static void a_refusing_store_is_said_at_once(void)
{
    assert_int_equal(pins_init(), 0);
    (void)complete();
    answer.xs_status = -EACCES;
    answer.xs_failures = 1;
    complete_all();
    assert_null(strstr(store, "event-channel"));
    assert_non_null(strstr(log_text, "cannot write data/erika-xen/grant-ref"));
}

static void alone(void **state)
{
    void (*const test)(void) = (void (*)(void)) * state;
    const pid_t child = fork();
    int status;

    if (child == 0) {
        answer.grant = 4294967;
        answer.alloc = 7;
        test();
        fflush(stdout);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

#define TEST(name)                                                                                 \
    {                                                                                              \
#name, alone, NULL, NULL, (void *)(name)                                                   \
    }

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(serves_what_dom0_asks),
        TEST(sends_one_event_for_a_batch),
        TEST(a_bad_name_costs_only_its_pin),
        TEST(without_a_controller_it_answers_enxio),
        TEST(says_garbage_once),
        TEST(no_xen),
        TEST(no_grant),
        TEST(no_port),
        TEST(no_binding),
        TEST(no_xenstore),
        TEST(a_late_store_is_asked_again),
        TEST(a_store_that_comes_later_gets_all),
        TEST(a_store_that_was_lost_gets_all_again),
        TEST(a_broken_connection_is_waited_for),
        TEST(a_dead_store_is_said),
        TEST(a_refusing_store_is_said_at_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
