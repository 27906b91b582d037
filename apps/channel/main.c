/* SPDX-License-Identifier: Apache-2.0
 *
 * An echo: what a program in dom0 writes into the channel comes back.
 */
#include "drivers/console/console.h"
#include "drivers/xen/channel.h"
#include "drivers/xen/evtchn.h"
#include "kernel/os.h"

#define ORDER 15 /* rings of 32 KiB */

static uint8_t pages[CHANNEL_PAGES(ORDER, ORDER) * PAGE_SIZE] __attribute__((aligned(PAGE_SIZE)));
static struct channel echo = {
    .event = EVTCHN_ECHO,
    .path = "data/vchan/echo",
    .pages = pages,
    .in_order = ORDER,
    .out_order = ORDER,
};

/* What was read, and how much of it is not written yet. */
static uint8_t text[8192];
static int from, left;

/* Once around: true if anything moved. */
static bool move(void)
{
    int len;

    if (left == 0) {
        from = 0;
        left = channel_read(&echo, text, sizeof(text));
    }
    if (left <= 0) {
        left = 0;
        return false;
    }
    len = channel_write(&echo, text + from, (size_t)left);
    if (len < 0) { /* the client does not wait for its echo */
        left = 0;
        return true;
    }
    from += len;
    left -= len;
    return len > 0;
}

TASK(EchoTask)
{
    for (;;) {
        WaitEvent(Moved);
        ClearEvent(Moved);
        if (channel_accept(&echo) == 0) {
            printk("channel: a client\n");
            left = 0;
        }
        while (move()) {
        }
    }
}

/* Activated when dom0 sends more events than are served (evtchn.h). */
TASK(StormTask)
{
    evtchn_pass();
    TerminateTask();
}

int main(void)
{
    const int error = channel_serve(&echo);

    if (error != 0) {
        printk("channel: not served (%d)\n", error);
    }
    StartOS(OSDEFAULTAPPMODE);
}
