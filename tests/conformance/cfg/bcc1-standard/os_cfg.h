/* SPDX-License-Identifier: Apache-2.0
 *
 * BCC1, standard status: the configuration bcc1 without checks and hooks.
 */
#ifndef OS_CFG_H
#define OS_CFG_H

enum { Low, Middle, High };                 /* TaskType */
enum { RES_SCHEDULER, ResMiddle, ResHigh }; /* ResourceType */
enum { SystemCounter };                     /* CounterType */
enum { AlarmMiddle, AlarmHigh };            /* AlarmType */
enum { DefaultMode };                       /* AppModeType */

void task_Low(void);
void task_Middle(void);
void task_High(void);

#define CFG_EXTENDED_STATUS 0

#define CFG_TASK_COUNT           3u
#define CFG_PRIO_COUNT           4u
#define CFG_MULTIPLE_ACTIVATIONS 0
#define CFG_ACTIVATION_COUNT     3u
#define CFG_RESOURCE_COUNT       3u
#define CFG_COUNTER_COUNT        1u
#define CFG_TIMER_COUNTER_COUNT  1u
#define CFG_ALARM_COUNT          2u
#define CFG_APPMODE_COUNT        1u
#define CFG_ISR_COUNT            0u
#define CFG_TIMER_LEVEL          1u

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

#define OSMAXALLOWEDVALUE OSMAXALLOWEDVALUE_SystemCounter
#define OSTICKSPERBASE    OSTICKSPERBASE_SystemCounter
#define OSMINCYCLE        OSMINCYCLE_SystemCounter
#define OSTICKDURATION    50000000u /* ns: long beside what a line of text costs on a shared CPU */

#endif
