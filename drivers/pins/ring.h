/* SPDX-License-Identifier: Apache-2.0
 *
 * The guest's half of the pin protocol: what it does to the shared page (abi/PIN_PROTOCOL.md),
 * without Xen and without pins, so that the tests can put a hostile dom0 on the other side.
 * Internal to drivers/pins.
 */
#ifndef PINS_RING_H
#define PINS_RING_H

#include <stdbool.h>
#include <stdint.h>

#include "abi/pin.h"

struct pin_ring {
    struct pin_page *page; /* shared with dom0 */
    uint32_t next_id;      /* the request to look at next; the page only gets a copy */
    uint32_t pin_count;
    uint32_t refused; /* requests that were answered with an error; wraps */
    uint32_t garbage; /* slots found in a state that they cannot have; wraps */
};

/** Fill in the page, which is all zero. */
void pin_ring_init(struct pin_ring *ring, struct pin_page *page, uint32_t pin_count);

/**
 * Serve what waits, in order, at most PIN_SLOTS requests.
 * @return how many were answered: if any, dom0 wants an event
 */
unsigned int pin_ring_serve(struct pin_ring *ring);

/* Supplied by the user of this file. `pin` is below pin_count. Both return a negative errno if it
 * cannot be done. */
int pin_drive(uint32_t pin, bool level); /* 0 */
int pin_level(uint32_t pin);             /* 0 or 1 */

#endif
