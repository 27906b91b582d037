/* SPDX-License-Identifier: Apache-2.0
 *
 * A producer and a consumer with a bounded buffer between them. Whoever cannot go on waits for an
 * event; the buffer itself is guarded by a resource.
 *
 * A task that was woken looks again: an event says that the buffer has changed, not how it is now.
 */
#include <stdbool.h>

#include "drivers/console/console.h"
#include "kernel/os.h"

#define ROOM  3u
#define ITEMS 6u

static unsigned int buffer[ROOM];
static unsigned int taken, put; /* free-running; an item's place is its number modulo ROOM */

static bool try_put(unsigned int item)
{
    bool done;

    GetResource(Buffer);
    done = put - taken < ROOM;
    if (done) {
        buffer[put++ % ROOM] = item;
        printk("Producer: %u goes in, %u there\n", item, put - taken);
    }
    ReleaseResource(Buffer);
    return done;
}

static bool try_take(unsigned int *item)
{
    bool done;

    GetResource(Buffer);
    done = put != taken;
    if (done) {
        *item = buffer[taken++ % ROOM];
        printk("Consumer: %u comes out, %u there\n", *item, put - taken);
    }
    ReleaseResource(Buffer);
    return done;
}

TASK(Producer)
{
    for (unsigned int item = 1; item <= ITEMS; item++) {
        while (!try_put(item)) {
            printk("Producer: full, waits\n");
            WaitEvent(NotFull);
            ClearEvent(NotFull);
        }
        SetEvent(Consumer, NotEmpty);
    }
    printk("Producer: ends\n");
    TerminateTask();
}

/* The producer may have ended, and a suspended task has no events. */
static void tell_producer(void)
{
    TaskStateType state;

    GetTaskState(Producer, &state);
    if (state != SUSPENDED) {
        SetEvent(Producer, NotFull);
    }
}

TASK(Consumer)
{
    unsigned int item;

    do {
        while (!try_take(&item)) {
            printk("Consumer: empty, waits\n");
            WaitEvent(NotEmpty);
            ClearEvent(NotEmpty);
        }
        tell_producer();
    } while (item != ITEMS);
    ShutdownOS(E_OK);
}

/* None of these services may fail. */
void ErrorHook(StatusType error)
{
    printk("service %u failed: status %u\n", (unsigned int)OSErrorGetServiceId(),
           (unsigned int)error);
    ShutdownOS(error);
}
