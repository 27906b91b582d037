/* SPDX-License-Identifier: Apache-2.0
 *
 * Generated from app.oil by oilc, do not edit: what exists and how much of it.
 */
// clang-format off
#if !defined(OS_SYSTEM) && !defined(OS_CFG_NAMES)
#define OS_CFG_NAMES

enum { /* tasks */
    Hello,
    Goodbye,
};

enum { /* resources */
    RES_SCHEDULER,
};

enum { /* counters */
    SystemCounter,
};

enum { /* alarms */
    EverySoOften,
};

void task_Hello(void);
void task_Goodbye(void);

#endif

#ifndef OS_CFG_H
#define OS_CFG_H

#define CFG_EXTENDED_STATUS          0
#define CFG_TASK_COUNT               2u
#define CFG_PRIO_COUNT               3u
#define CFG_MULTIPLE_ACTIVATIONS     0
#define CFG_ACTIVATION_COUNT         2u
#define CFG_EXTENDED_COUNT           0u
#define CFG_STACK_COUNT              2u
#define CFG_RESOURCE_COUNT           1u
#define CFG_ISR_RESOURCES            0
#define CFG_COUNTER_COUNT            1u
#define CFG_TIMER_COUNTER_COUNT      1u
#define CFG_QUEUE_ENTRIES            2u
#define CFG_ALARM_COUNT              1u
#define CFG_ALARM_START_COUNT        1u
#define CFG_SCHEDTABLE_COUNT         0u
#define CFG_APPMODE_COUNT            1u
#define CFG_ISR_COUNT                0u
#define CFG_FPU                      0
#define CFG_STARTUPHOOK              0
#define CFG_SHUTDOWNHOOK             0
#define CFG_ERRORHOOK                0
#define CFG_PRETASKHOOK              0
#define CFG_POSTTASKHOOK             0
#define CFG_IDLEHOOK                 0
#define CFG_USEGETSERVICEID          0
#define CFG_USEPARAMETERACCESS       0
#define CFG_EVENT_FPU                0
#define CFG_CONSOLE_PV               1
#define CFG_CONSOLE_UART             1
#define CFG_CONSOLE_ECHO             1
#define CFG_CONSOLE_ECHO_UART        0
#define CFG_EVTCHN_BUDGET            64u
#define CFG_XS_ALARM_TICKS           100u
#define CFG_GNTTAB_FRAMES            1u

#define OSMAXALLOWEDVALUE_SystemCounter 4294967295u
#define OSTICKSPERBASE_SystemCounter 1u
#define OSMINCYCLE_SystemCounter 1u
#define OSTICKDURATION_SystemCounter 1000000u
#define OSMAXALLOWEDVALUE 4294967295u
#define OSTICKSPERBASE 1u
#define OSMINCYCLE 1u
#define OSTICKDURATION 1000000u

#endif
