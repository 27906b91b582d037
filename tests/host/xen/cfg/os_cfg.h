/* SPDX-License-Identifier: Apache-2.0
 *
 * The application that the Xen layer's unit tests pretend to be. No kernel is linked: fake_os.c answers.
 */
#ifndef OS_CFG_H
#define OS_CFG_H

enum { TASK_STORM, TASK_STORE };
#define EVENT_STORE 0x04u
enum { ALARM_XS };
enum { EVTCHN_CONSOLE, EVTCHN_XENSTORE, EVTCHN_LOW, EVTCHN_HIGH, EVTCHN_DEBUG, EVTCHN_UNUSED };

#define CFG_TASK_COUNT           2u
#define CFG_RESOURCE_COUNT       0u
#define CFG_ALARM_COUNT          1u
#define CFG_SCHEDTABLE_COUNT     1u
#define CFG_MULTIPLE_ACTIVATIONS 1

#define CFG_EVTCHN_COUNT    6u
#define CFG_EVTCHN_PORTS    128u /* two words: the first and the last port of each are tested */
#define CFG_HAS_EVTCHN_TASK 1
#define CFG_EVTCHN_TASK     TASK_STORM
#define CFG_EVTCHN_BUDGET   8
#define CFG_GNTTAB_FRAMES   2u
#define CFG_GNTMAP_SLOTS    6u
#define CFG_HAS_XS_ALARM    1
#define CFG_XS_ALARM        ALARM_XS
#define CFG_XS_TIMEOUT_MS   2000u
#define CFG_WATCHDOG_S      7u
#define CFG_REPORT          1
#define CFG_HAS_VIRQS       1

#endif
