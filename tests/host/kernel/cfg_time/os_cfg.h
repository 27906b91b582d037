/* SPDX-License-Identifier: Apache-2.0
 *
 * Two counters on the timer, of 2^32 ticks of 1 ms and of 10 ticks of 250 us; alarms that activate
 * tasks and one that calls back. BCC1, standard status.
 */
#ifndef OS_CFG_H
#define OS_CFG_H

enum { Low, Middle, High };                          /* TaskType */
enum { SystemCounter, Small };                       /* CounterType */
enum { ToLow, ToMiddle, ToHigh, Call, SmallToHigh }; /* AlarmType */
enum { DefaultMode };                                /* AppModeType */
enum { Urgent };                                     /* cfg_isrs[] */

void task_Low(void);
void task_Middle(void);
void task_High(void);
void isr_Urgent(void);
void alarm_Call(void);

#define CFG_EXTENDED_STATUS 0

#define CFG_TASK_COUNT           3u
#define CFG_PRIO_COUNT           4u
#define CFG_MULTIPLE_ACTIVATIONS 0
#define CFG_ACTIVATION_COUNT     3u
#define CFG_RESOURCE_COUNT       0u
#define CFG_COUNTER_COUNT        2u
#define CFG_TIMER_COUNTER_COUNT  2u
#define CFG_ALARM_COUNT          5u
#define CFG_APPMODE_COUNT        1u
#define CFG_ISR_COUNT            1u
#define CFG_TIMER_LEVEL          3u

#define CFG_STARTUPHOOK        0
#define CFG_SHUTDOWNHOOK       0
#define CFG_ERRORHOOK          0
#define CFG_PRETASKHOOK        0
#define CFG_POSTTASKHOOK       0
#define CFG_IDLEHOOK           0
#define CFG_USEGETSERVICEID    0
#define CFG_USEPARAMETERACCESS 0

#define OSMAXALLOWEDVALUE_SystemCounter 4294967295u
#define OSTICKSPERBASE_SystemCounter    1u
#define OSMINCYCLE_SystemCounter        1u

#define OSMAXALLOWEDVALUE_Small 9u
#define OSTICKSPERBASE_Small    1u
#define OSMINCYCLE_Small        2u

#define OSMAXALLOWEDVALUE OSMAXALLOWEDVALUE_SystemCounter
#define OSTICKSPERBASE    OSTICKSPERBASE_SystemCounter
#define OSMINCYCLE        OSMINCYCLE_SystemCounter
#define OSTICKDURATION    1000000u

#endif
