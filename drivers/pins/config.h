/* SPDX-License-Identifier: Apache-2.0
 *
 * What an application decides about the pin service. One that says nothing has no pins, and no use
 * for the service: then it is compiled all the same, and not linked.
 */
#ifndef PINS_CONFIG_H
#define PINS_CONFIG_H

#include "drivers/xen/config.h"

/* How many pins there are, and the event by which dom0 calls. */
#ifdef CFG_PIN_COUNT
#define CFG_PIN_EVENT EVTCHN_PINS
#else
#define CFG_PIN_COUNT 0u
#define CFG_PIN_EVENT CFG_EVTCHN_COUNT /* no name's number: evtchn_bind() refuses it */
#endif

#endif
