/* SPDX-License-Identifier: Apache-2.0
 *
 * The pin service: brings the ring, the pins, the grant, the event channel and the keys together.
 */
#include <errno.h>
#include <stddef.h>

#include <arch/mem.h>

#include "drivers/console/console.h"
#include "drivers/gpio/gpio.h"
#include "drivers/pins/pins.h"
#include "drivers/pins/publish.h"
#include "drivers/pins/ring.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/gnttab.h"
#include "drivers/xen/xen.h"

/* All of this page is dom0's to read and write. */
static struct pin_page page __attribute__((aligned(PAGE_SIZE)));

static struct pin_ring ring; /* page == NULL: no service */
/* gpio numbers; negative: what requests for this pin are answered. One too many: C has no empty array. */
static int pins[CFG_PIN_COUNT + 1u];
static bool garbage_was_printed;

int pin_drive(uint32_t pin, bool level)
{
    return pins[pin] < 0 ? pins[pin] : gpio_set((unsigned int)pins[pin], level);
}

int pin_level(uint32_t pin)
{
    return pins[pin] < 0 ? pins[pin] : gpio_get((unsigned int)pins[pin]);
}

static int claim(const char *name)
{
    const int pin = gpio_parse(name);
    const int err = pin < 0 ? pin : gpio_output((unsigned int)pin, false);

    if (err ==
        -ENODEV) { /* gpio_init() has said so; to dom0 ENODEV would mean that there is no guest */
        return -ENXIO;
    }
    if (err != 0) {
        printk("pins: %s cannot be used (%d): correct cfg_pins[]\n", name, err);
        return err;
    }
    return pin;
}

static int fail(const char *what, int err)
{
    printk("pins: %s (%d): no pin service\n", what, err);
    ring.page = NULL;
    return err;
}

int pins_init(void)
{
    int ref;
    int port;
    int err;

    for (unsigned int i = 0; i != CFG_PIN_COUNT; i++) {
        pins[i] = claim(cfg_pins[i]);
    }
    pin_ring_init(&ring, &page, CFG_PIN_COUNT);

    if (!xen_is_present()) {
        return fail("no Xen", -ENODEV);
    }
    ref = gnttab_grant(0, &page, false);
    if (ref < 0) {
        return fail("cannot lend a page to dom0", ref);
    }
    port = evtchn_open(CFG_PIN_EVENT, 0);
    if (port < 0) {
        return fail("no event channel", port);
    }
    err = pins_publish((uint32_t)ref, (uint32_t)port);
    return err != 0 ? fail("cannot write to xenstore", err) : 0;
}

void pins_serve(void)
{
    if (ring.page == NULL) {
        return;
    }
    if (pin_ring_serve(&ring) > 0) {
        (void)evtchn_send(
            CFG_PIN_EVENT); /* if dom0 has closed its end, nobody waits for the answers */
    }
    if (ring.garbage != 0 && !garbage_was_printed) {
        garbage_was_printed = true;
        printk("pins: slot %u of the shared page is broken by dom0; create this domain again\n",
               (unsigned int)(ring.next_id % PIN_SLOTS));
    }
}

struct pins_stats pins_stats(void)
{
    return (struct pins_stats){
        .requests = ring.next_id,
        .refused = ring.refused,
        .garbage = ring.garbage,
    };
}
