/* SPDX-License-Identifier: Apache-2.0
 *
 * The pin service: dom0 sets and reads the application's pins through one shared page and one event
 * channel (abi/PIN_PROTOCOL.md). A request runs in a task of the application, so its priority is
 * the application's choice.
 *
 * In os_cfg.h:  EVTCHN_PINS among the names of events, and
 *               #define CFG_PIN_COUNT 1u
 * In os_cfg.c:  const char *const cfg_pins[CFG_PIN_COUNT] = {"PA15"};   [0]: behind pin_state
 *               static void evtchn_PINS(void) { (void)ActivateTask(PinTask); }
 *               and in cfg_evtchn[]:  [EVTCHN_PINS] = {.handler = evtchn_PINS, ...}
 * The task:     TASK(PinTask) { pins_serve(); TerminateTask(); }
 *               with ACTIVATION = 2: an event that comes after the task's last look must start it
 *               once more.
 */
#ifndef PINS_H
#define PINS_H

#include <stdbool.h>
#include <stdint.h>

#include "drivers/pins/config.h"

extern const char *const cfg_pins[CFG_PIN_COUNT];

/**
 * Claim the pins as outputs at level 0, lend the page to dom0, open the event channel, and begin to
 * publish all that in xenstore; that ends by itself after StartOS. What is missing is printed, and
 * costs only itself: without a port controller requests are answered -ENXIO, a pin that cannot be
 * used has the GPIO driver's errno for answer. Call it after gpio_init().
 * @return 0; -ENODEV: no Xen, or no xenstore; the error of the grant table, the event channels or
 *         xenstore. There is no service then, and this was printed.
 * Context: before StartOS, once.
 */
int pins_init(void);

/**
 * Serve the requests that wait, at most PIN_SLOTS (32), and send dom0 one event for all of them.
 * Returns at once if there is none, or no service.
 * Context: task; one at a time.
 */
void pins_serve(void);

/** What happened so far; counts wrap. */
struct pins_stats {
    uint32_t requests; /* looked at: answered or found cancelled */
    uint32_t refused;  /* of these, answered with an error */
    uint32_t garbage;  /* slots found in a state that they cannot have; the first one was printed */
};

struct pins_stats pins_stats(void);

#endif
