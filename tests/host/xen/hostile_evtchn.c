/* SPDX-License-Identifier: Apache-2.0
 *
 * Event channels: two names of an application, and a Xen that sends events for any port.
 */
#include <errno.h>

#include "drivers/xen/evtchn.h"
#include "tests/host/xen/fake_os.h"
#include "tests/host/xen/fake_xen.h"
#include "tests/host/xen/hostile.h"

#define NAMES 2u

static struct {
    unsigned int name;
    uint32_t port; /* 0: not bound */
    uint32_t calls;
} mine[NAMES] = {{.name = EVTCHN_LOW}, {.name = EVTCHN_HIGH}};

static uint32_t strays;

static void handle(unsigned int i)
{
    require(mine[i].port != 0);
    require(fake_xen.in_irq && fake_os.suspended == 0);
    mine[i].calls++;
    if (once_in(4))
        (void)evtchn_send(mine[i].name);
}

void hostile_low(void)
{
    handle(0);
}

void hostile_high(void)
{
    handle(1);
}

static uint32_t closed_port(uint32_t limit)
{
    uint32_t port = 1 + rnd(limit - 1);

    while (fake_xen.open[port])
        port = 1 + rnd(limit - 1);
    return port;
}

/* Xen gives any port that is closed; some are above what the layer was built for. */
static void open_and_bind(unsigned int i)
{
    int port;

    fake_xen.next_port = closed_port(CFG_EVTCHN_PORTS + 10);
    port = evtchn_alloc_unbound(0);
    if (port < 0)
        return;
    require(port > 0 && port < (int)CFG_EVTCHN_PORTS && fake_xen.open[port]);
    require(evtchn_bind(EVTCHN_XENSTORE + 1000, (uint32_t)port) == -EINVAL);
    mine[i].port = (uint32_t)port;
    if (evtchn_bind(mine[i].name, (uint32_t)port) != 0)
        require(!"a new port can be bound");
}

static void unbind_and_close(unsigned int i)
{
    uint32_t port = mine[i].port;

    require(evtchn_close(port) == -EBUSY);
    evtchn_unbind(mine[i].name);
    mine[i].port = 0;
    require(fake_xen_is_masked(port));
    if (evtchn_close(port) == 0)
        require(!fake_xen.open[port] && !fake_xen_is_pending(port));
}

static bool start(void)
{
    return true;
}

static void use(void)
{
    unsigned int i = rnd(NAMES);
    int rc;

    if (mine[i].port == 0) {
        require(evtchn_send(mine[i].name) == -ENOTCONN);
        open_and_bind(i);
        return;
    }
    switch (rnd(4)) {
    case 0:
        unbind_and_close(i);
        break;
    case 1:
        rc = evtchn_bind(mine[i].name, 1 + rnd(CFG_EVTCHN_PORTS - 1));
        require(rc == -EBUSY);
        break;
    case 2:
        evtchn_raise(mine[i].name);
        break;
    default:
        (void)evtchn_send(mine[i].name);
    }
}

/* Pending bits and selector as Xen sets them, but for any ports, also closed ones. */
static void scribble(void)
{
    struct shared_info *shared = fake_xen_shared();
    uint32_t word = rnd(64);

    for (unsigned int i = 0; i < 4; i++)
        shared->evtchn_pending[word] |= 1ull << rnd(64);
    shared->vcpu_info[0].evtchn_pending_sel |= 1ull << word | 1ull << rnd(64);
    shared->vcpu_info[0].evtchn_upcall_pending = 1;
    fake_xen.irq = true;
    fake_xen_interrupts();
}

static void attack(void)
{
    unsigned int i = rnd(NAMES);

    switch (rnd(6)) {
    case 0:
        fake_xen_event(rnd(FAKE_PORTS));
        break;
    case 1: /* an interrupt for nothing */
        fake_xen.irq = true;
        fake_xen_interrupts();
        break;
    case 2:
        scribble();
        break;
    case 3: /* a storm */
        for (uint32_t n = rnd(40); n > 0 && mine[i].port != 0; n--)
            fake_xen_event(mine[i].port);
        break;
    case 4: /* the task that ends a storm cannot be activated now */
        fake_os.activate_rc = once_in(3) ? E_OS_LIMIT : E_OK;
        break;
    default:
        fake_xen_event(mine[i].port != 0 ? mine[i].port : rnd(CFG_EVTCHN_PORTS));
    }
}

static void calm(void)
{
    fake_os.activate_rc = E_OK;
    for (int i = 0; i < 3; i++)
        evtchn_pass();
}

static bool works(void)
{
    for (unsigned int i = 0; i < NAMES; i++) {
        uint32_t calls;

        for (int tries = 0; tries < 50 && mine[i].port == 0; tries++)
            open_and_bind(i); /* Xen's port may be too high */
        if (mine[i].port == 0)
            return false;
        calls = mine[i].calls;
        fake_xen_event(mine[i].port);
        if (mine[i].calls != calls + 1 || fake_xen_is_pending(mine[i].port))
            return false;
    }
    return true;
}

static void check(void)
{
    struct evtchn_stats stats;

    for (unsigned int i = 0; i < NAMES; i++) {
        require(evtchn_stats(mine[i].name, &stats));
        require(stats.received == mine[i].calls);
        if (mine[i].port != 0)
            require(fake_xen.open[mine[i].port]);
    }
    require(evtchn_strays() >= strays);
    strays = evtchn_strays();
    require(fake_xen_is_masked(0));
}

const struct actor hostile_evtchn = {.name = "evtchn",
                                     .start = start,
                                     .use = use,
                                     .attack = attack,
                                     .calm = calm,
                                     .works = works,
                                     .check = check};
