/* SPDX-License-Identifier: Apache-2.0
 *
 * BCC2, mixed preemption, internal and standard resources, many activations: for the comparison with
 * the reference model. Extended status.
 */
#ifndef OS_CFG_H
#define OS_CFG_H

enum { T0, T1, T2, T3, T4, T5, T6, T7, T8 }; /* TaskType */
enum { RES_SCHEDULER, ResA, ResB, ResC };    /* ResourceType */
enum { DefaultMode };                        /* AppModeType */
enum { Kick };                               /* cfg_isrs[] */

void task_T0(void);
void task_T1(void);
void task_T2(void);
void task_T3(void);
void task_T4(void);
void task_T5(void);
void task_T6(void);
void task_T7(void);
void task_T8(void);
void isr_Kick(void);

#define CFG_EXTENDED_STATUS 1

#define CFG_TASK_COUNT           9u
#define CFG_PRIO_COUNT           7u
#define CFG_MULTIPLE_ACTIVATIONS 1
#define CFG_ACTIVATION_COUNT     19u
#define CFG_RESOURCE_COUNT       4u
#define CFG_COUNTER_COUNT        0u
#define CFG_TIMER_COUNTER_COUNT  0u
#define CFG_ALARM_COUNT          0u
#define CFG_APPMODE_COUNT        1u
#define CFG_ISR_COUNT            1u
#define CFG_TIMER_LEVEL          1u

#define CFG_STARTUPHOOK        0
#define CFG_SHUTDOWNHOOK       0
#define CFG_ERRORHOOK          0
#define CFG_PRETASKHOOK        1
#define CFG_POSTTASKHOOK       1
#define CFG_IDLEHOOK           0
#define CFG_USEGETSERVICEID    0
#define CFG_USEPARAMETERACCESS 0

#endif
