/* SPDX-License-Identifier: Apache-2.0
 *
 * One write at a time, each started by the end of the one before: "state" must be the last that
 * dom0 sees. A write that timed out is repeated, because writing the same value twice does no harm.
 */
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "abi/pin.h"
#include "decimal.h"
#include "drivers/console/console.h"
#include "drivers/pins/publish.h"
#include "drivers/xen/xenstore.h"

#define ATTEMPTS 3u

enum step { ABI_VERSION, GRANT_REF, EVENT_CHANNEL, READY, STEPS };

static const char *const paths[STEPS] = {
    [ABI_VERSION] = "data/erika-xen/abi-version",
    [GRANT_REF] = "data/erika-xen/grant-ref",
    [EVENT_CHANNEL] = "data/erika-xen/event-channel",
    [READY] = "data/erika-xen/state",
};

static void connected(void);

/* All of it belongs to the store's ISR2. */
static struct xs_listener store = {.connected = connected};
static char numbers[READY][DECIMAL_BYTES];
static struct xs_request request;
static enum step step;
static unsigned int attempt;
static bool anew; /* the store has come while a write was under way */

static const char *value_of(enum step which)
{
    return which == READY ? "ready" : numbers[which];
}

static void written(struct xs_request *req);

static void write_step(void)
{
    const char *const value = value_of(step);
    const int err = xs_write(&request, paths[step], value, strlen(value), written);

    if (err != 0) {
        printk("pins: xenstore takes no more writes (%d): dom0 will not find the pins\n", err);
    }
}

static void begin(void)
{
    anew = false;
    attempt = 0;
    step = ABI_VERSION;
    write_step();
}

/* The store has come, and is empty (fact X4). */
static void connected(void)
{
    anew = xs_is_busy(&request);
    if (!anew) {
        begin();
    }
}

static void written(struct xs_request *req)
{
    const int err = req->status;

    if (anew) {
        begin();
        return;
    }
    if (err == -EIO) {
        return; /* the connection is broken, which is printed; when it has come again, so do we */
    }
    if (err == 0) {
        if (step == READY) {
            return;
        }
        attempt = 0;
        step++;
    } else if ((err != -ETIMEDOUT && err != -EAGAIN) || ++attempt == ATTEMPTS) {
        printk("pins: cannot write %s to xenstore (%d): dom0 will not find the pins\n", paths[step],
               err);
        return;
    }
    write_step();
}

int pins_publish(uint32_t grant_ref, uint32_t port)
{
    (void)decimal_print(numbers[ABI_VERSION], PIN_ABI_VERSION);
    (void)decimal_print(numbers[GRANT_REF], grant_ref);
    (void)decimal_print(numbers[EVENT_CHANNEL], port);
    return xs_on_connect(&store);
}
