/* SPDX-License-Identifier: Apache-2.0
 *
 * Two application modes with tasks and alarms of their own, and an IdleHook.
 */
#ifndef OS_CFG_H
#define OS_CFG_H

enum { First, Second, Both, Later }; /* TaskType */
enum { SystemCounter };              /* CounterType */
enum { Soon };                       /* AlarmType */
enum { ModeOne, ModeTwo };           /* AppModeType */

void task_First(void);
void task_Second(void);
void task_Both(void);
void task_Later(void);

#define CFG_EXTENDED_STATUS 1

#define CFG_TASK_COUNT           4u
#define CFG_PRIO_COUNT           5u
#define CFG_MULTIPLE_ACTIVATIONS 0
#define CFG_ACTIVATION_COUNT     4u
#define CFG_RESOURCE_COUNT       0u
#define CFG_COUNTER_COUNT        1u
#define CFG_TIMER_COUNTER_COUNT  1u
#define CFG_ALARM_COUNT          1u
#define CFG_APPMODE_COUNT        2u
#define CFG_ISR_COUNT            0u
#define CFG_TIMER_LEVEL          1u

#define CFG_STARTUPHOOK        1
#define CFG_SHUTDOWNHOOK       1
#define CFG_ERRORHOOK          0
#define CFG_PRETASKHOOK        0
#define CFG_POSTTASKHOOK       0
#define CFG_IDLEHOOK           1
#define CFG_USEGETSERVICEID    0
#define CFG_USEPARAMETERACCESS 0

#define OSMAXALLOWEDVALUE_SystemCounter 4294967295u
#define OSTICKSPERBASE_SystemCounter    1u
#define OSMINCYCLE_SystemCounter        1u

#define OSMAXALLOWEDVALUE OSMAXALLOWEDVALUE_SystemCounter
#define OSTICKSPERBASE    OSTICKSPERBASE_SystemCounter
#define OSMINCYCLE        OSMINCYCLE_SystemCounter
#define OSTICKDURATION    1000000u

#endif
