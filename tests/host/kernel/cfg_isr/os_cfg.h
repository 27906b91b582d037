/* SPDX-License-Identifier: Apache-2.0
 *
 * Interrupts of two levels of category 2 and one of category 1; Non cannot be preempted.
 * Standard status.
 */
#ifndef OS_CFG_H
#define OS_CFG_H

enum { Low, Non, Middle, High };   /* TaskType */
enum { RES_SCHEDULER, ResMiddle }; /* ResourceType */
enum { SystemCounter };            /* CounterType */
enum { Call };                     /* AlarmType */
enum { DefaultMode };              /* AppModeType */
enum { Calm, Urgent, Raw };        /* cfg_isrs[] */

void task_Low(void);
void task_Non(void);
void task_Middle(void);
void task_High(void);
void isr_Calm(void);
void isr_Urgent(void);
void isr_Raw(void);
void alarm_Call(void);

#define CFG_EXTENDED_STATUS 0

#define CFG_TASK_COUNT           4u
#define CFG_PRIO_COUNT           5u
#define CFG_MULTIPLE_ACTIVATIONS 1
#define CFG_ACTIVATION_COUNT     5u
#define CFG_RESOURCE_COUNT       2u
#define CFG_COUNTER_COUNT        1u
#define CFG_TIMER_COUNTER_COUNT  1u
#define CFG_ALARM_COUNT          1u
#define CFG_APPMODE_COUNT        1u
#define CFG_ISR_COUNT            3u
#define CFG_TIMER_LEVEL          1u

#define CFG_STARTUPHOOK        0
#define CFG_SHUTDOWNHOOK       0
#define CFG_ERRORHOOK          1
#define CFG_PRETASKHOOK        0
#define CFG_POSTTASKHOOK       0
#define CFG_IDLEHOOK           0
#define CFG_USEGETSERVICEID    1
#define CFG_USEPARAMETERACCESS 1

#define OSMAXALLOWEDVALUE_SystemCounter 4294967295u
#define OSTICKSPERBASE_SystemCounter    1u
#define OSMINCYCLE_SystemCounter        1u

#define OSMAXALLOWEDVALUE OSMAXALLOWEDVALUE_SystemCounter
#define OSTICKSPERBASE    OSTICKSPERBASE_SystemCounter
#define OSMINCYCLE        OSMINCYCLE_SystemCounter
#define OSTICKDURATION    1000000u

#endif
