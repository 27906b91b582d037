/* SPDX-License-Identifier: Apache-2.0
 *
 * The store client's list of requests: what waits, what is under way, and what is late.
 */
#include "drivers/xen/xs_engine.h"

#include <string.h>

#include "drivers/xen/abi.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/xs_connect.h"
#include "drivers/xen/xs_kinds.h"
#include "drivers/xen/xs_receive.h"
#include "drivers/xen/xs_ring.h"
#include "drivers/xen/xs_send.h"
#include "drivers/xen/xs_watch.h"
#include "kernel/arch.h"

static struct {
    struct xs_request *head;  /* in the order of the calls */
    struct xs_request **tail; /* where the next one's address goes; NULL: at head */
    uint32_t last_id;
    bool alarm_set;
    struct xs_stats stats;
} xs;

const struct xs_stats *xs_stats(void)
{
    return &xs.stats;
}

bool xs_is_busy(const struct xs_request *req)
{
    return __atomic_load_n(&req->state, __ATOMIC_RELAXED) != XS_FREE;
}

/* ---- the list ---- */

/* With interrupts masked. */
static void put_in(struct xs_request *req)
{
    struct xs_request **place = req->is_urgent || xs.tail == NULL ? &xs.head : xs.tail;

    req->next = *place;
    *place = req;
    if (req->next == NULL)
        xs.tail = &req->next;
}

static void take_out(struct xs_request *req)
{
    struct xs_request **place = &xs.head;

    while (*place != req)
        place = &(*place)->next;
    *place = req->next;
    if (xs.tail == &req->next)
        xs.tail = place;
}

struct xs_request *xs_engine_next(void)
{
    struct xs_request *req = xs.head;

    while (req != NULL && req->state != XS_QUEUED)
        req = req->next;
    return req;
}

void xs_engine_sent(void)
{
    xs.stats.sent++;
}

void xs_engine_count_event(bool is_known)
{
    if (is_known)
        xs.stats.fired++;
    else
        xs.stats.unwatched++;
}

/* ---- a request's life ---- */

static uint64_t counts(uint32_t ms)
{
    return (uint64_t)ms * (arch_timer_hz() / 1000u);
}

/* A new message, so a new id: what belongs to an earlier one must not reach it. */
static void enqueue(struct xs_request *req, uint8_t state)
{
    req->number = 0;
    req->place = 0;
    SuspendAllInterrupts();
    if (++xs.last_id == 0) /* watch events have id 0 */
        xs.last_id = 1;
    req->id = xs.last_id;
    req->state = state;
    put_in(req);
    ResumeAllInterrupts();
}

static void submit(struct xs_request *req, uint8_t state, uint32_t ms)
{
    req->deadline = arch_timer_count() + counts(ms);
    req->status = -EAGAIN;
    req->len = 0;
    enqueue(req, state);
    evtchn_raise(EVTCHN_XENSTORE); /* pump() sends it, and sees to the alarm */
}

void xs_engine_submit(struct xs_request *req)
{
    submit(req, XS_QUEUED, req->timeout_ms != 0 ? req->timeout_ms : CFG_XS_TIMEOUT_MS);
}

void xs_engine_sleep(struct xs_request *req, uint32_t ms)
{
    submit(req, XS_SLEEPING, ms);
}

static void end(struct xs_request *req, int status)
{
    req->status = status;
    if (status != 0 && status != -EOVERFLOW)
        req->len = 0;
    __atomic_store_n(&req->state, XS_FREE, __ATOMIC_RELEASE);
    if (req->done != NULL)
        req->done(req);
}

/* The message that was under way is answered, or given up. */
static void finish(struct xs_request *req, int status)
{
    SuspendAllInterrupts();
    take_out(req);
    ResumeAllInterrupts();
    xs_send_forget(req);
    xs_receive_forget(req);
    if (req->kind->end != NULL)
        status = req->kind->end(req, status);
    if (status == XS_GO_ON)
        enqueue(req, XS_QUEUED);
    else
        end(req, status);
}

/* An error's name as the store sends it; not every daemon ends it with NUL. */
static int errno_of(const char *name)
{
    for (size_t i = 0; i < sizeof(xsd_errors) / sizeof(xsd_errors[0]); i++) {
        if (strcmp(name, xsd_errors[i].errstring) == 0)
            return -xsd_errors[i].errnum;
    }
    return -EIO;
}

struct xs_request *xs_awaiting(uint32_t id, uint32_t type)
{
    struct xs_request *req = xs.head;

    while (req != NULL && !(req->state == XS_SENT && req->id == id))
        req = req->next;
    if (req != NULL && (type == XS_ERROR || type == req->type)) /* fact X2 */
        return req;
    xs.stats.strays++;
    return NULL;
}

void xs_answered(struct xs_request *req, const char *error)
{
    xs.stats.answered++;
    finish(req, error != NULL ? errno_of(error) : 0);
}

/* ---- the pump ---- */

static void end_late(struct xs_request *req)
{
    if (req->state == XS_SLEEPING) {
        finish(req, 0);
    } else {
        xs.stats.timed_out++;
        finish(req, -ETIMEDOUT);
    }
}

static void expire(void)
{
    uint64_t now = arch_timer_count();
    struct xs_request *next;

    for (struct xs_request *req = xs.head; req != NULL; req = next) {
        next = req->next;
        if (now >= req->deadline)
            end_late(req);
    }
}

static void fail_all(void)
{
    while (xs.head != NULL) /* ends: no new ones are accepted */
        finish(xs.head, -EIO);
}

/* What was out completely may have been done: it is not sent again. */
static void fail_sent(void)
{
    struct xs_request *next;

    for (struct xs_request *req = xs.head; req != NULL; req = next) {
        next = req->next;
        if (req->state == XS_SENT)
            finish(req, -EIO);
    }
}

/* A daemon that has started anew has nothing of what it had half of. */
static void connected(void)
{
    xs.stats.connections++;
    xs_receive_reset();
    xs_send_reset();
    xs_connect_came();
    xs_watch_connected();
    fail_sent();
}

static void pump(void)
{
    if (xs_ring_poll())
        connected();
    xs_receive();
    expire();
    if (xs_ring_state() == XS_RING_UP)
        xs_connect_serve();
    xs_send();
    if (xs_ring_state() == XS_RING_DEAD)
        fail_all();
    xs_ring_notify();
}

void xs_pump(void)
{
    pump();
    if (CFG_HAS_XS_ALARM && xs.head != NULL && !xs.alarm_set)
        xs.alarm_set = SetRelAlarm(CFG_XS_ALARM, CFG_XS_ALARM_TICKS, 0) == E_OK;
}

void xs_tick(void)
{
    xs.alarm_set = false;
    evtchn_raise(EVTCHN_XENSTORE);
}

int xs_wait(struct xs_request *req, uint32_t timeout_ms)
{
    uint64_t deadline = arch_timer_count() + counts(timeout_ms);

    if (xs_is_busy(req) && deadline < req->deadline)
        req->deadline = deadline;
    pump();
    while (xs_is_busy(req)) {
        /* After the first event the interrupt stays pending until StartOS and ends each sleep at
         * once: then this polls, which is fair for as long as a boot takes. */
        arch_timer_arm(req->deadline);
        arch_idle();
        pump();
    }
    arch_timer_stop();
    return req->status;
}
