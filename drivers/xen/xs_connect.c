/* SPDX-License-Identifier: Apache-2.0
 *
 * See xs_connect.h. A connection is a number: who has another one has missed something.
 */
#include "drivers/xen/xs_connect.h"

#include <string.h>

#include "drivers/console/console.h"
#include "drivers/xen/abi.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/xs_engine.h"
#include "drivers/xen/xs_ring.h"
#include "kernel/arch.h"

static struct {
    struct xs_listener *listeners;
    uint32_t number;
    struct xs_request again; /* sets a watch */
} store;

int xs_on_connect(struct xs_listener *listener)
{
    if (xs_ring_state() == XS_RING_NONE)
        return -ENODEV;
    SuspendAllInterrupts();
    listener->next = store.listeners;
    store.listeners = listener;
    ResumeAllInterrupts();
    evtchn_raise(EVTCHN_XENSTORE);
    return 0;
}

void xs_connect_came(void)
{
    if (++store.number == 0) /* 0 is nobody's */
        store.number = 1;
}

uint32_t xs_connect_number(void)
{
    return store.number;
}

static void tell(struct xs_listener *listener)
{
    if (listener->told == store.number)
        return;
    listener->told = store.number;
    listener->connected();
}

static void set_again_done(struct xs_request *req)
{
    if (req->status != 0)
        printk("xenstore: cannot watch %s again (error %d)\n", req->watch->path, req->status);
}

static void set_again(struct xs_watch *watch)
{
    store.again = (struct xs_request){
        .type = XS_WATCH,
        .part = {watch->path, watch->token},
        .part_len = {(uint32_t)strlen(watch->path) + 1, (uint32_t)strlen(watch->token) + 1},
        .watch = watch,
        .done = set_again_done,
    };
    xs_engine_submit(&store.again);
}

/* A watch whose own request is under way has no number: that request sets it. */
static bool is_lost(const struct xs_watch *watch)
{
    return watch->connection != 0 && watch->connection != store.number;
}

void xs_connect_serve(void)
{
    struct xs_watch *watch = NULL;

    for (struct xs_listener *listener = store.listeners; listener != NULL;
         listener = listener->next)
        tell(listener);
    if (xs_is_busy(&store.again))
        return;
    do
        watch = xs_engine_next_watch(watch);
    while (watch != NULL && !is_lost(watch));
    if (watch != NULL)
        set_again(watch);
}
