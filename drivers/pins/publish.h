/* SPDX-License-Identifier: Apache-2.0
 *
 * The service's keys in xenstore, data/erika-xen/... Internal to drivers/pins.
 */
#ifndef PINS_PUBLISH_H
#define PINS_PUBLISH_H

#include <stdint.h>

/**
 * Write the keys, "state" = "ready" last, as soon as there is a store, and again if it was lost.
 * Printed if it fails for good.
 * @return 0; -ENODEV: no xenstore
 * Context: before StartOS, task, ISR2.
 */
int pins_publish(uint32_t grant_ref, uint32_t port);

#endif
