/* SPDX-License-Identifier: Apache-2.0
 *
 * The application that has all of the Xen layer in use, for test_hostile_xen.c.
 */
#ifndef OS_CFG_H
#define OS_CFG_H

enum { TASK_STORM, TASK_STORE };
enum { ALARM_XS };
enum {
    EVTCHN_CONSOLE,
    EVTCHN_XENSTORE,
    EVTCHN_PINS,
    EVTCHN_CHANNEL,
    EVTCHN_DISK,
    EVTCHN_LOW,
    EVTCHN_HIGH
};

#define CFG_TASK_COUNT           2u
#define CFG_RESOURCE_COUNT       0u
#define CFG_ALARM_COUNT          1u
#define CFG_MULTIPLE_ACTIVATIONS 1

#define CFG_EVTCHN_COUNT    7u
#define CFG_EVTCHN_PORTS    128u
#define CFG_HAS_EVTCHN_TASK 1
#define CFG_EVTCHN_TASK     TASK_STORM
#define CFG_EVTCHN_BUDGET   8
#define CFG_GNTTAB_FRAMES   2u
#define CFG_HAS_XS_ALARM    1
#define CFG_XS_ALARM        ALARM_XS
#define CFG_XS_TIMEOUT_MS   2000u
#define CFG_GNTMAP_SLOTS    6u
#define CFG_PIN_COUNT       2u

#endif
