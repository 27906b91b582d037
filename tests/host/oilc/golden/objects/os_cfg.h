/* SPDX-License-Identifier: Apache-2.0
 *
 * Generated from app.oil by oilc, do not edit: what exists and how much of it.
 */
// clang-format off
#if !defined(OS_SYSTEM) && !defined(OS_CFG_NAMES)
#define OS_CFG_NAMES

enum { /* tasks */
    Waiter,
    Main,
    Queued,
    Neighbour,
    Storm,
};

enum { /* resources */
    RES_SCHEDULER,
    Shared,
    Alias,
};

enum { /* counters */
    SystemCounter,
    Soft,
};

enum { /* alarms */
    StoreAlarm,
    Cyclic,
    Wake,
    Beep,
};

enum { /* schedule tables */
    Plan,
};

enum { Service = 1 }; /* application mode */

enum { /* interrupts, as in cfg_isrs[] */
    Fire,
    Quick,
    Ticks,
};

enum { /* events */
    Go = 0x00000001u,
    Stop = 0x00000080u,
};

void task_Waiter(void);
void task_Main(void);
void task_Queued(void);
void task_Neighbour(void);
void task_Storm(void);
void isr_Fire(void);
void isr_Quick(void);
void isr_Lamp(void);
void callback_Beep(void);

#endif

#ifndef OS_CFG_H
#define OS_CFG_H

enum { /* event channels */
    EVTCHN_CONSOLE,
    EVTCHN_XENSTORE,
    EVTCHN_MOTOR,
    EVTCHN_PINS,
    EVTCHN_LAMP,
};

#define CFG_EXTENDED_STATUS          1
#define CFG_TASK_COUNT               5u
#define CFG_PRIO_COUNT               5u
#define CFG_MULTIPLE_ACTIVATIONS     1
#define CFG_ACTIVATION_COUNT         7u
#define CFG_EXTENDED_COUNT           1u
#define CFG_STACK_COUNT              3u
#define CFG_RESOURCE_COUNT           3u
#define CFG_ISR_RESOURCES            1
#define CFG_COUNTER_COUNT            2u
#define CFG_TIMER_COUNTER_COUNT      1u
#define CFG_QUEUE_ENTRIES            12u
#define CFG_ALARM_COUNT              4u
#define CFG_ALARM_START_COUNT        1u
#define CFG_SCHEDTABLE_COUNT         1u
#define CFG_APPMODE_COUNT            2u
#define CFG_ISR_COUNT                3u
#define CFG_FPU                      1
#define CFG_STARTUPHOOK              0
#define CFG_SHUTDOWNHOOK             0
#define CFG_ERRORHOOK                1
#define CFG_PRETASKHOOK              0
#define CFG_POSTTASKHOOK             0
#define CFG_IDLEHOOK                 0
#define CFG_USEGETSERVICEID          0
#define CFG_USEPARAMETERACCESS       0
#define CFG_TIMER_LEVEL              5u
#define CFG_EVENT_LEVEL              2u
#define CFG_EVENT_FPU                1
#define CFG_CONSOLE_PV               1
#define CFG_CONSOLE_UART             1
#define CFG_HAS_CONSOLE_TASK         1
#define CFG_CONSOLE_TASK             2u
#define CFG_CONSOLE_ECHO             0
#define CFG_CONSOLE_ECHO_UART        0
#define CFG_CONSOLE_BLOCK_MS         20u
#define CFG_EVTCHN_COUNT             5u
#define CFG_HAS_EVTCHN_TASK          1
#define CFG_EVTCHN_TASK              4u
#define CFG_EVTCHN_BUDGET            32u
#define CFG_REPORT                   1
#define CFG_HAS_XS_ALARM             1
#define CFG_XS_ALARM                 0u
#define CFG_XS_ALARM_TICKS           200u
#define CFG_GNTTAB_FRAMES            2u
#define CFG_GNTMAP_SLOTS             4u
#define CFG_GPIO_BASE                0x01c20800u
#define CFG_PIN_COUNT                2u

#define OSMAXALLOWEDVALUE_SystemCounter 999999u
#define OSTICKSPERBASE_SystemCounter 1u
#define OSMINCYCLE_SystemCounter 1u
#define OSTICKDURATION_SystemCounter 1000000u
#define OSMAXALLOWEDVALUE 999999u
#define OSTICKSPERBASE 1u
#define OSMINCYCLE 1u
#define OSTICKDURATION 1000000u

#define OSMAXALLOWEDVALUE_Soft 99u
#define OSTICKSPERBASE_Soft 10u
#define OSMINCYCLE_Soft 2u

extern struct arch_fpu fpu_event; /* of all event channels' ISRs */

#endif
