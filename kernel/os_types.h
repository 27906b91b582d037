/* SPDX-License-Identifier: Apache-2.0
 *
 * The standard's types, status codes and constants (OSEK OS 2.2.3, chapter 13). Applications
 * include os.h, which includes this.
 */
#ifndef KERNEL_OS_TYPES_H
#define KERNEL_OS_TYPES_H

#include <stdint.h>

/*
 * Status codes. The OSEK communication and network standards define StatusType and E_OK too; the
 * guard is the one that their binding specification (ISO 17356-2) asks for.
 */
#ifndef STATUSTYPEDEFINED
#define STATUSTYPEDEFINED
typedef unsigned char StatusType;
#define E_OK 0
#endif

/* The last two are AUTOSAR OS's, in extended status only. */
#define E_OS_ACCESS      1  /* the object may not be used in this way by this caller */
#define E_OS_CALLEVEL    2  /* not allowed in this context (task, ISR, hook) */
#define E_OS_ID          3  /* no such object */
#define E_OS_LIMIT       4  /* too many activations */
#define E_OS_NOFUNC      5  /* nothing to do: alarm not armed, resource not the last one taken */
#define E_OS_RESOURCE    6  /* a resource is still taken */
#define E_OS_STATE       7  /* wrong state for this, for example the alarm is armed already */
#define E_OS_VALUE       8  /* value out of range */
#define E_OS_MISSINGEND  18 /* a task function returned */
#define E_OS_DISABLEDINT 19 /* called, or an ISR2 ended, in Disable/Suspend...Interrupts */

/** Task id: an enumerator of os_cfg.h, 0 .. CFG_TASK_COUNT - 1, or INVALID_TASK. */
typedef unsigned int TaskType;
typedef TaskType *TaskRefType;
#define INVALID_TASK ((TaskType)-1)

typedef enum { SUSPENDED, READY, WAITING, RUNNING } TaskStateType;
typedef TaskStateType *TaskStateRefType;

/** Resource id: an enumerator of os_cfg.h. RES_SCHEDULER is one of them if OIL asks for it. */
typedef unsigned int ResourceType;

/** Events of a task: each bit is one, named in os_cfg.h. 0 = none. OSEK 13.5.1 */
typedef uint32_t EventMaskType;
typedef EventMaskType *EventMaskRefType;

/** Counter id, alarm id: enumerators of os_cfg.h. */
typedef unsigned int CounterType;
typedef unsigned int AlarmType;

/** A count of ticks of some counter: 0 .. that counter's maxallowedvalue. */
typedef uint32_t TickType;
typedef TickType *TickRefType;

/** A counter's constants, as GetAlarmBase() tells them. OSEK 13.6.1. */
typedef struct {
    TickType maxallowedvalue; /* the counter goes from here back to 0 */
    TickType ticksperbase;    /* ticks to one unit that means something to the application */
    TickType mincycle;        /* smallest cycle that SetRelAlarm/SetAbsAlarm accept, ticks */
} AlarmBaseType;
typedef AlarmBaseType *AlarmBaseRefType;

/** Schedule table id: an enumerator of os_cfg.h. AUTOSAR OS 8.3.18 */
typedef unsigned int ScheduleTableType;
typedef enum {
    SCHEDULETABLE_STOPPED,
    SCHEDULETABLE_NEXT,    /* starts when the one that runs has ended its round */
    SCHEDULETABLE_WAITING, /* for synchronisation: never here */
    SCHEDULETABLE_RUNNING,
    SCHEDULETABLE_RUNNING_AND_SYNCHRONOUS, /* never here */
} ScheduleTableStatusType;
typedef ScheduleTableStatusType *ScheduleTableStatusRefType;

/** One stack, as OSStackInfo() tells. */
typedef struct {
    const char *name;
    uint32_t size_bytes;
    uint32_t used_bytes; /* the most that has been used since the start */
} OSStackInfoType;

/** Application mode: an enumerator of os_cfg.h; OIL's first APPMODE is the default. */
typedef uint8_t AppModeType;
#define OSDEFAULTAPPMODE ((AppModeType)0)

#endif
