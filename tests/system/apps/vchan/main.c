/* SPDX-License-Identifier: Apache-2.0
 *
 * The client of a channel that dom0 serves: it answers each message of eight bytes by the same
 * bytes in reverse. Beside that, a message by grant copies alone (copied.c), and what Xen says to
 * one for another guest (neighbour.c).
 */
#include "drivers/console/console.h"
#include "drivers/xen/channel.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/gntmap.h"
#include "kernel/os.h"
#include "tests/system/apps/vchan/copied.h"
#include "tests/system/apps/vchan/neighbour.h"

#define MESSAGE 8u

static void connected(struct channel *channel, int error);

static struct channel dom0 = {.event = EVTCHN_DOM0, .path = "data/dom0", .connected = connected};
static bool changed; /* the keys, while we were busy */
static bool is_connected;

/* ISR2, or the task when the last connection has ended. */
static void try_to_connect(void)
{
    changed = channel_connect(&dom0) != 0;
}

static void connected(struct channel *channel, int error)
{
    (void)channel;
    printk("vchan: connected, status %d\n", error);
    is_connected = error == 0;
    if (error != 0 && changed)
        try_to_connect();
}

static void keys_changed(struct xs_watch *watch, const char *path)
{
    (void)watch;
    (void)path;
    try_to_connect();
}

/* What is there; then -ENOTCONN, or 0. */
static int answer(void)
{
    char message[MESSAGE];
    char reply[MESSAGE];
    int len;

    while ((len = channel_recv(&dom0, message, MESSAGE)) > 0) {
        for (unsigned int i = 0; i < MESSAGE; i++)
            reply[i] = message[MESSAGE - 1 - i];
        if (channel_send(&dom0, reply, MESSAGE) == 0)
            printk("vchan: no room for an answer\n");
    }
    return len;
}

TASK(AnswerTask)
{
    for (;;) {
        int rc;

        WaitEvent(Moved);
        ClearEvent(Moved);
        if (!is_connected || answer() == 0)
            continue;
        is_connected = false;
        rc = channel_close(&dom0);
        printk("vchan: closed, status %d, %u slots free\n", rc, gntmap_free_count());
        if (changed)
            try_to_connect();
    }
}

TASK(StormTask)
{
    evtchn_pass();
    TerminateTask();
}

int main(void);
int main(void)
{
    static struct xs_request req;
    static struct xs_watch watch = {.path = "data/dom0", .fired = keys_changed};

    (void)xs_watch(&req, &watch, NULL);
    copied_start();
    neighbour_start();
    StartOS(OSDEFAULTAPPMODE);
}
