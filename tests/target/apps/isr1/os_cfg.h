/* SPDX-License-Identifier: Apache-2.0
 *
 * One task, started at once, and an interrupt of category 1.
 */
#ifndef OS_CFG_H
#define OS_CFG_H

enum { Main };

void task_Main(void);
void isr_First(void);

#define CFG_EXTENDED_STATUS      0
#define CFG_TASK_COUNT           1u
#define CFG_PRIO_COUNT           2u
#define CFG_MULTIPLE_ACTIVATIONS 0
#define CFG_ACTIVATION_COUNT     1u
#define CFG_RESOURCE_COUNT       0u
#define CFG_COUNTER_COUNT        0u
#define CFG_TIMER_COUNTER_COUNT  0u
#define CFG_ALARM_COUNT          0u
#define CFG_APPMODE_COUNT        1u
#define CFG_ISR_COUNT            1u
#define CFG_STARTUPHOOK          0
#define CFG_SHUTDOWNHOOK         0
#define CFG_ERRORHOOK            0
#define CFG_PRETASKHOOK          0
#define CFG_POSTTASKHOOK         0
#define CFG_IDLEHOOK             0
#define CFG_USEGETSERVICEID      0
#define CFG_USEPARAMETERACCESS   0

#endif
