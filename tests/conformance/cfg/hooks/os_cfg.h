/* SPDX-License-Identifier: Apache-2.0
 *
 * BCC1, extended status: every hook that a conforming application may have; Low and High start by
 * themselves.
 */
#ifndef OS_CFG_H
#define OS_CFG_H

enum { Low, Middle, High }; /* TaskType */
enum { DefaultMode };       /* AppModeType */

void task_Low(void);
void task_Middle(void);
void task_High(void);

#define CFG_EXTENDED_STATUS 1

#define CFG_TASK_COUNT           3u
#define CFG_PRIO_COUNT           4u
#define CFG_MULTIPLE_ACTIVATIONS 0
#define CFG_ACTIVATION_COUNT     3u
#define CFG_RESOURCE_COUNT       0u
#define CFG_COUNTER_COUNT        0u
#define CFG_TIMER_COUNTER_COUNT  0u
#define CFG_ALARM_COUNT          0u
#define CFG_APPMODE_COUNT        1u
#define CFG_ISR_COUNT            0u
#define CFG_TIMER_LEVEL          1u

#define CFG_STARTUPHOOK        1
#define CFG_SHUTDOWNHOOK       1
#define CFG_ERRORHOOK          1
#define CFG_PRETASKHOOK        1
#define CFG_POSTTASKHOOK       1
#define CFG_IDLEHOOK           0
#define CFG_USEGETSERVICEID    1
#define CFG_USEPARAMETERACCESS 1

#endif
