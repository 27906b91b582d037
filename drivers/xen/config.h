/* SPDX-License-Identifier: Apache-2.0
 *
 * What an application may decide about the Xen layer, with the value that holds if its os_cfg.h
 * says nothing. The OIL compiler prints these like all other constants.
 */
#ifndef XEN_CONFIG_H
#define XEN_CONFIG_H

#include "os.h"

/* The names of events (evtchn.h). The console's and the store's come first in every application. */
#ifndef CFG_EVTCHN_COUNT
enum { EVTCHN_CONSOLE, EVTCHN_XENSTORE };
#define CFG_EVTCHN_COUNT 2u
#endif

/* Event channel ports that may be bound: a multiple of 64, up to Xen's 4096. Xen deals ports out
 * from the lowest, so 64 are plenty; a port costs one byte. */
#ifndef CFG_EVTCHN_PORTS
#define CFG_EVTCHN_PORTS 64u
#endif

/* The task that ends a storm (evtchn.h): its id in CFG_EVTCHN_TASK. 0: there is none, storms are
 * not held back. */
#ifndef CFG_HAS_EVTCHN_TASK
#define CFG_HAS_EVTCHN_TASK 0
#define CFG_EVTCHN_TASK     0u
#endif

/* How often an event's handler may run before that task has run. 1 .. 65535. */
#ifndef CFG_EVTCHN_BUDGET
#define CFG_EVTCHN_BUDGET 64
#endif

/* Whether a name of events is bound to a VIRQ at the start. */
#ifndef CFG_HAS_VIRQS
#define CFG_HAS_VIRQS 0
#endif

/* Whether event handlers are timed, and dom0 can read the domain's health (report.h). */
#ifndef CFG_REPORT
#define CFG_REPORT 0
#endif

/* Pages of the grant table: 512 grants each, of which the first page's 8 are Xen's. */
#ifndef CFG_GNTTAB_FRAMES
#define CFG_GNTTAB_FRAMES 1u
#endif

/* Pages of other domains that may be mapped at once (gntmap.h). */
#ifndef CFG_GNTMAP_SLOTS
#define CFG_GNTMAP_SLOTS 0u
#endif

/* How long a xenstore request may take if it does not say, in ms. */
#ifndef CFG_XS_TIMEOUT_MS
#define CFG_XS_TIMEOUT_MS 5000u
#endif

/* The alarm, with the callback xs_tick(), that looks for requests which are late, and its interval
 * in ticks of its counter. 0: there is none, a time-out shows only when something else wakes the
 * store's client. */
#ifndef CFG_HAS_XS_ALARM
#define CFG_HAS_XS_ALARM 0
#define CFG_XS_ALARM     0u
#endif
#ifndef CFG_XS_ALARM_TICKS
#define CFG_XS_ALARM_TICKS 100u /* 100 ms of a system counter of 1 ms */
#endif

/* How long the application may go without feeding the watchdog (watchdog.h), in seconds. 0: there is
 * no watchdog. */
#ifndef CFG_WATCHDOG_S
#define CFG_WATCHDOG_S 0u
#endif

_Static_assert(CFG_EVTCHN_PORTS % 64 == 0 && CFG_EVTCHN_PORTS >= 64 && CFG_EVTCHN_PORTS <= 4096,
               "CFG_EVTCHN_PORTS: a multiple of 64 up to 4096");
_Static_assert(!CFG_HAS_EVTCHN_TASK || CFG_MULTIPLE_ACTIVATIONS, "CFG_EVTCHN_TASK: ACTIVATION = 2");
_Static_assert(CFG_EVTCHN_BUDGET >= 1 && CFG_EVTCHN_BUDGET <= 65535,
               "CFG_EVTCHN_BUDGET: 1 to 65535");
_Static_assert(CFG_EVTCHN_COUNT >= 1 && CFG_EVTCHN_COUNT <= 32, "1 to 32 event names");
_Static_assert(CFG_GNTTAB_FRAMES >= 1 && CFG_GNTTAB_FRAMES <= 32, "CFG_GNTTAB_FRAMES: 1 to 32");
_Static_assert(CFG_GNTMAP_SLOTS <= 256, "CFG_GNTMAP_SLOTS: up to 256");
_Static_assert(CFG_XS_TIMEOUT_MS >= 1, "a request needs some time");

#endif
