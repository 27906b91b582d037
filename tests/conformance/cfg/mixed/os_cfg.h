/* SPDX-License-Identifier: Apache-2.0
 *
 * BCC2, extended status, mixed preemption: Non cannot be preempted, Grouped has an internal resource
 * whose ceiling is Middle's priority; Starter starts by itself.
 */
#ifndef OS_CFG_H
#define OS_CFG_H

enum { Starter, Non, Grouped, Peer, Middle, High }; /* TaskType */
enum { RES_SCHEDULER };                             /* ResourceType */
enum { DefaultMode };                               /* AppModeType */

void task_Starter(void);
void task_Non(void);
void task_Grouped(void);
void task_Peer(void);
void task_Middle(void);
void task_High(void);

#define CFG_EXTENDED_STATUS 1

#define CFG_TASK_COUNT           6u
#define CFG_PRIO_COUNT           6u
#define CFG_MULTIPLE_ACTIVATIONS 1
#define CFG_ACTIVATION_COUNT     6u
#define CFG_RESOURCE_COUNT       1u
#define CFG_COUNTER_COUNT        0u
#define CFG_TIMER_COUNTER_COUNT  0u
#define CFG_ALARM_COUNT          0u
#define CFG_APPMODE_COUNT        1u
#define CFG_ISR_COUNT            0u
#define CFG_TIMER_LEVEL          1u

#define CFG_STARTUPHOOK        0
#define CFG_SHUTDOWNHOOK       0
#define CFG_ERRORHOOK          1
#define CFG_PRETASKHOOK        0
#define CFG_POSTTASKHOOK       0
#define CFG_IDLEHOOK           0
#define CFG_USEGETSERVICEID    1
#define CFG_USEPARAMETERACCESS 1

#endif
