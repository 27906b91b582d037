/* SPDX-License-Identifier: Apache-2.0
 *
 * XenBus frontends: see xenbus.h. A table says by the two ends' states what to do.
 */
#include "drivers/xen/xenbus.h"

#include <string.h>

#include "decimal.h"
#include "drivers/console/console.h"
#include "drivers/xen/abi.h"
#include "drivers/xen/xb_step.h"
#include "kernel/arch.h"
#include "os.h"

#define ATTEMPTS 3u
#define RETRY_MS 1000u

enum action {
    REST,    /* all is well, or nothing can be done */
    WAIT,    /* it is the backend's turn, within XENBUS_TIMEOUT_MS */
    PUBLISH, /* it is there: offer it our ring */
    CONNECT, /* it has taken that */
    CLOSE,   /* it closes, or is not there any more: Closed */
    RESET,   /* it knows nothing of this connection, or only of another: close, and begin again */
    CLOSED,  /* it has heard of our Closing */
    RESTART, /* it has come back, or has never heard of us: Initialising */
    REOPEN,  /* both have closed: begin again if that is wanted */
};

/* By our state and the backend's. Ours is never InitWait or one of the last two.
 *
 * A backend in InitWait may have read our state, and what we had published, before we wrote Closing: then it connects
 * to that yet, and must find it in order. It has read Closing when it has gone on. */
static const uint8_t actions[XenbusStateClosed + 1][XenbusStateReconfigured + 1] = {
    /* Backend:  Unknown, Initialising, InitWait, Initialised,
     *           Connected, Closing, Closed, Reconfiguring, Reconfigured */
    // clang-format off
    [XenbusStateInitialising] = {WAIT, WAIT, PUBLISH, PUBLISH,
                                 RESET, CLOSE, WAIT, RESET, RESET},
    [XenbusStateInitialised] = {CLOSE, WAIT, WAIT, WAIT,
                                CONNECT, CLOSE, CLOSE, WAIT, WAIT},
    [XenbusStateConnected] = {CLOSE, RESET, RESET, RESET,
                              REST, CLOSE, CLOSE, REST, REST},
    [XenbusStateClosing] = {CLOSED, CLOSED, WAIT, WAIT,
                            WAIT, CLOSED, CLOSED, WAIT, WAIT},
    [XenbusStateClosed] = {REST, RESTART, RESTART, RESTART,
                           WAIT, WAIT, REOPEN, REST, REST},
    // clang-format on
};

/* ---- time ---- */

static void timer_ended(struct xs_request *req);

/* The timer looks at the deadline every now and then: it cannot be stopped or set anew. */
static void arm(struct xenbus_device *dev, uint32_t ms)
{
    dev->deadline = arch_timer_count() + (uint64_t)ms * (arch_timer_hz() / 1000u);
    if (!xs_is_busy(&dev->timer))
        (void)xs_sleep(&dev->timer, RETRY_MS, timer_ended);
}

/* For the state of ours that waits for the backend's. Once: what fires a watch meanwhile does not
 * begin the time anew. */
static void wait(struct xenbus_device *dev)
{
    if (dev->waiting)
        return;
    dev->waiting = true;
    arm(dev, XENBUS_TIMEOUT_MS);
}

static void give_up_waiting(struct xenbus_device *dev)
{
    dev->late = true;
    if (dev->state == XenbusStateClosing) /* we can close alone */
        return;
    dev->error = -ETIMEDOUT;
    printk("xenbus: %s: the backend does not go on from state %u; ours is %u\n", dev->path,
           dev->backend_state, dev->state);
}

static void timer_ended(struct xs_request *req)
{
    struct xenbus_device *dev = req->context;

    if (req->status != 0 || !(dev->retrying || (dev->waiting && !dev->late)))
        return;
    if (arch_timer_count() < dev->deadline) {
        (void)xs_sleep(req, RETRY_MS, timer_ended);
        return;
    }
    if (!dev->retrying)
        give_up_waiting(dev);
    dev->retrying = false;
    xb_advance(dev);
}

/* Later all is looked at anew, from our node on. */
void xb_failed(struct xenbus_device *dev, int error)
{
    dev->error = error;
    dev->look = true;
    dev->peek = true;
    dev->waiting = false;
    dev->retrying = ++dev->failures < ATTEMPTS;
    if (dev->retrying)
        arm(dev, RETRY_MS);
    else
        printk("xenbus: %s: error %d\n", dev->node, error);
}

/* ---- the connection ---- */

static void switch_to(struct xenbus_device *dev, uint8_t state)
{
    dev->next_state = state;
    xb_go(dev, XB_SWITCH);
}

void xb_switched(struct xenbus_device *dev)
{
    dev->state = dev->next_state;
    dev->waiting = dev->late = false;
    if (dev->state == XenbusStateInitialising)
        dev->error = -EAGAIN;
    if (dev->state == XenbusStateConnected)
        dev->again = false;
    if (dev->state == XenbusStateClosed)
        dev->fresh = false;
    xb_advance(dev);
}

void xb_backend_changed(struct xenbus_device *dev, uint8_t state)
{
    dev->backend_state = state;
    dev->waiting = dev->late = false;
    dev->fresh = true;
}

static void hang_up(struct xenbus_device *dev, int why)
{
    dev->error = why;
    if (dev->in_use) {
        dev->in_use = false;
        dev->driver->disconnect(dev, why);
    }
}

static void let_go(struct xenbus_device *dev)
{
    if (dev->lent && !dev->in_use) {
        dev->lent = false;
        dev->driver->release(dev);
    }
}

static void offer(struct xenbus_device *dev)
{
    int rc = dev->in_use ? 0 : dev->driver->publish(dev);

    dev->again = false;
    if (rc != 0) {
        dev->error = rc;
        switch_to(dev, XenbusStateClosed);
        return;
    }
    dev->in_use = dev->lent = true;
    dev->index = 0;
    xb_go(dev, XB_KEY);
}

void xb_properties(struct xenbus_device *dev, int error)
{
    if (error == 0)
        error = dev->driver->connect(dev, dev->values);
    if (error == 0) {
        dev->error = 0;
        switch_to(dev, XenbusStateConnected);
    } else {
        hang_up(dev, error);
        switch_to(dev, XenbusStateClosing);
    }
}

static void connect(struct xenbus_device *dev)
{
    dev->index = 0;
    if (dev->driver->property_count > 0)
        xb_go(dev, XB_NUMBER);
    else
        xb_properties(dev, 0);
}

void xb_vanished(struct xenbus_device *dev)
{
    hang_up(dev, -ENODEV);
    let_go(dev);
    dev->present = false;
    dev->state = dev->backend_state = XenbusStateUnknown;
    dev->waiting = dev->late = false;
    xb_advance(dev);
}

/* ---- the machine ---- */

/* The backend has unmapped what it had of us, or there is none. */
static bool has_let_go(const struct xenbus_device *dev)
{
    return dev->state == XenbusStateClosed && dev->backend_state != XenbusStateClosing &&
           dev->backend_state != XenbusStateConnected;
}

static enum action action_of(const struct xenbus_device *dev)
{
    if (dev->late && dev->state == XenbusStateClosing)
        return CLOSED;
    return (enum action)actions[dev->state][dev->backend_state];
}

static void act(struct xenbus_device *dev)
{
    switch (action_of(dev)) {
    case REST:
        dev->failures = 0; /* all steps have gone well */
        break;
    case WAIT:
        dev->failures = 0;
        wait(dev);
        break;
    case PUBLISH:
        offer(dev);
        break;
    case CONNECT:
        connect(dev);
        break;
    case RESET:
        dev->again = true;
        hang_up(dev, -ECONNRESET);
        switch_to(dev, XenbusStateClosing);
        break;
    case CLOSE:
        hang_up(dev, -ECONNRESET);
        switch_to(dev, XenbusStateClosed);
        break;
    case CLOSED:
        switch_to(dev, XenbusStateClosed);
        break;
    case RESTART:
        if (dev->open && (dev->fresh || dev->again))
            switch_to(dev, XenbusStateInitialising);
        break;
    case REOPEN:
        if (dev->open && dev->again)
            switch_to(dev, XenbusStateInitialising);
        break;
    }
}

/* xenbus_close() or xenbus_fail() was called. @return whether that has begun to close it */
static bool obey(struct xenbus_device *dev)
{
    int why = dev->fault;

    dev->fault = 0;
    if (why == 0 || dev->state >= XenbusStateClosing)
        return false;
    hang_up(dev, why);
    switch_to(dev, XenbusStateClosing);
    return true;
}

static void decide(struct xenbus_device *dev)
{
    if (obey(dev))
        return;
    if (has_let_go(dev))
        let_go(dev);
    act(dev);
}

void xb_advance(struct xenbus_device *dev)
{
    if (xs_is_busy(&dev->req)) /* its end comes here */
        return;
    if (!dev->watching_own)
        xb_go(dev, XB_WATCH_NODE);
    else if (dev->watching_other && !dev->present)
        xb_go(dev, XB_UNWATCH_BACKEND);
    else if (dev->look && (dev->open || dev->present))
        xb_go(dev, XB_LOOK);
    else if (dev->present && dev->peek)
        xb_go(dev, XB_PEEK);
    else if (dev->present)
        decide(dev);
}

/* ---- the calls ---- */

static void kicked(struct xs_request *req)
{
    if (req->status == 0)
        xb_advance(req->context);
}

/* Into the store's ISR2. One kick that is under way is as good as two. */
static int kick(struct xenbus_device *dev)
{
    int rc;

    SuspendAllInterrupts(); /* against another caller */
    rc = xs_sleep(&dev->kick, 0, kicked);
    ResumeAllInterrupts();
    return rc == -EBUSY ? 0 : rc;
}

int xenbus_open(struct xenbus_device *dev)
{
    int rc;

    if (dev->driver == NULL || dev->driver->property_count > XENBUS_PROPERTIES_MAX ||
        !xb_is_path(dev->path))
        return -EINVAL;
    if (dev->open && dev->state == XenbusStateConnected)
        return 0;
    dev->req.context = dev->timer.context = dev->kick.context = dev;
    dev->error = -EAGAIN;
    if (!dev->present) /* else what is to be closed is closed first, and then opened anew */
        dev->fault = 0;
    dev->look = dev->again = dev->open = true;
    rc = kick(dev);
    if (rc != 0)
        dev->error = rc;
    return rc;
}

void xenbus_close(struct xenbus_device *dev)
{
    dev->open = false;
    xenbus_fail(dev, -ESHUTDOWN);
}

void xenbus_fail(struct xenbus_device *dev, int error)
{
    dev->fault = error;
    if (dev->error == 0) /* now: the store may be silent, or dead */
        dev->error = error;
    (void)kick(dev);
}

uint32_t xenbus_id(const struct xenbus_device *dev)
{
    const char *slash = strrchr(dev->path, '/');
    uint64_t id = 0;

    (void)(slash != NULL && decimal_parse(slash + 1, UINT32_MAX, &id));
    return (uint32_t)id;
}
