/* SPDX-License-Identifier: Apache-2.0
 *
 * See xs_connect.h. A connection is a number: who has another one has missed something.
 */
#include "drivers/xen/xs_connect.h"

#include "drivers/xen/abi.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/xs_ring.h"

static struct {
    struct xs_listener *listeners;
    uint32_t number; /* how often the store has come */
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

static void tell(struct xs_listener *listener)
{
    if (listener->told == store.number)
        return;
    listener->told = store.number;
    listener->connected();
}

void xs_connect_serve(void)
{
    for (struct xs_listener *listener = store.listeners; listener != NULL;
         listener = listener->next)
        tell(listener);
}
