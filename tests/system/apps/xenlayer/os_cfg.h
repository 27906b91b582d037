/* SPDX-License-Identifier: Apache-2.0
 *
 * Configuration of the Xen layer's test guest: see kernel/cfg.h.
 */
#ifndef OS_CFG_H
#define OS_CFG_H

enum { StormTask };
enum { SystemCounter };
enum { XenstoreAlarm };

enum { EVTCHN_CONSOLE, EVTCHN_XENSTORE };

void task_StormTask(void);

#define CFG_EXTENDED_STATUS      0
#define CFG_TASK_COUNT           1u
#define CFG_PRIO_COUNT           2u
#define CFG_MULTIPLE_ACTIVATIONS 1
#define CFG_ACTIVATION_COUNT     2u
#define CFG_RESOURCE_COUNT       0u
#define CFG_COUNTER_COUNT        1u
#define CFG_TIMER_COUNTER_COUNT  1u
#define CFG_ALARM_COUNT          1u
#define CFG_APPMODE_COUNT        1u
#define CFG_ISR_COUNT            0u
#define CFG_STARTUPHOOK          0
#define CFG_SHUTDOWNHOOK         0
#define CFG_ERRORHOOK            0
#define CFG_PRETASKHOOK          0
#define CFG_POSTTASKHOOK         0
#define CFG_IDLEHOOK             0
#define CFG_USEGETSERVICEID      0
#define CFG_USEPARAMETERACCESS   0

#define CFG_EVTCHN_COUNT    2u
#define CFG_HAS_EVTCHN_TASK 1
#define CFG_EVTCHN_TASK     StormTask
#define CFG_HAS_XS_ALARM    1
#define CFG_XS_ALARM        XenstoreAlarm

#define OSMAXALLOWEDVALUE               4294967295u
#define OSTICKSPERBASE                  1u
#define OSMINCYCLE                      1u
#define OSTICKDURATION                  1000000u
#define OSMAXALLOWEDVALUE_SystemCounter OSMAXALLOWEDVALUE
#define OSTICKSPERBASE_SystemCounter    OSTICKSPERBASE
#define OSMINCYCLE_SystemCounter        OSMINCYCLE

#endif
