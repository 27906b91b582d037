/* SPDX-License-Identifier: Apache-2.0
 *
 * The least configuration with which the pin service compiles, for test_pins.c.
 */
#ifndef OS_CFG_H
#define OS_CFG_H

enum { EVTCHN_CONSOLE, EVTCHN_XENSTORE, EVTCHN_PINS };

#define CFG_MULTIPLE_ACTIVATIONS 0
#define CFG_EVTCHN_COUNT         3u
#define CFG_PIN_COUNT            3u

#endif
