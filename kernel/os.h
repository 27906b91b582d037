/* SPDX-License-Identifier: Apache-2.0
 *
 * The operating system's services, exactly as OSEK/VDX OS 2.2.3 names them: the only kernel header
 * that an application or a driver includes. Section numbers are that standard's. Differences and
 * choices where the standard leaves room are marked "Here:".
 *
 * Contexts: "task", "ISR2" (interrupt of category 2), the hooks. In extended status a call from any
 * other context returns E_OS_CALLEVEL, and a call between Disable/Suspend...Interrupts and its
 * partner returns E_OS_DISABLEDINT; in standard status such calls are undefined. An interrupt of
 * category 1 may use the six interrupt services only: the operating system does not see it, and
 * other calls there are undefined in both. Errors marked "(ext)" are found in
 * extended status only. Every error also calls ErrorHook(), if configured, before the service
 * returns.
 */
#ifndef KERNEL_OS_H
#define KERNEL_OS_H

#include <stdbool.h>

#include "os_types.h"
#include "os_error.h"

#include "os_cfg.h" /* this application's ids and constants, made from its OIL file */

/*
 * Definitions and declarations. A task's function has no name of its own: TASK(Blink) { ... }.
 * Ids come from os_cfg.h, so that the Declare macros may be left out; they fail to compile when
 * there is no such object. 13.2.2, 13.4.2, 13.5.2, 13.6.2
 */
#define TASK(name)          void task_##name(void)
#define ISR(name)           void isr_##name(void)
#define ALARMCALLBACK(name) void callback_##name(void)

#define DeclareTask(name)     TASK(name)
#define DeclareEvent(name)    _Static_assert((name) != 0, "not an event in OIL")
#define DeclareResource(name) _Static_assert((name) < CFG_RESOURCE_COUNT, "not a resource in OIL")
#define DeclareAlarm(name)    _Static_assert((name) < CFG_ALARM_COUNT, "not an alarm in OIL")

/**
 * Move a task from SUSPENDED to READY, or queue one more activation of it. It runs before this
 * returns if its priority is above the caller's current one and the caller is a preemptable task.
 * @param  TaskID  any task, the caller included
 * @return E_OK; E_OS_LIMIT: too many activations, nothing changed; E_OS_ID (ext)
 * Context: task, ISR2. 13.2.3.1
 */
StatusType ActivateTask(TaskType TaskID);

/**
 * End the calling task, at any depth of its calls. Its internal resource is released; a resource
 * taken by GetResource() must have been released by the task.
 * @return only on error, and the task goes on: E_OS_RESOURCE, E_OS_CALLEVEL (ext)
 * Context: task. 13.2.3.2
 */
StatusType TerminateTask(void);

/**
 * End the calling task and activate another, or the same again: that goes to the end of its
 * priority's queue and does not count as an additional activation.
 * @return only on error, and the task goes on: E_OS_LIMIT; E_OS_ID, E_OS_RESOURCE,
 *         E_OS_CALLEVEL (ext)
 * Context: task. 13.2.3.3
 */
StatusType ChainTask(TaskType TaskID);

/**
 * Let ready tasks above the caller's own (static) priority run, in spite of the caller being
 * non-preemptable or holding an internal resource. No effect for any other task.
 * @return E_OK; E_OS_CALLEVEL, E_OS_RESOURCE (ext)
 * Context: task, holding no resource. 13.2.3.4
 */
StatusType Schedule(void);

/**
 * Which task is running; in an ISR2 or a hook, the interrupted one.
 * @param  TaskID  out: a task or INVALID_TASK when none runs
 * @return E_OK
 * Context: task, ISR2, ErrorHook, PreTaskHook, PostTaskHook. 13.2.3.5
 */
StatusType GetTaskID(TaskRefType TaskID);

/**
 * A task's state at this moment: RUNNING if any of its activations runs.
 * @param  State  out: SUSPENDED, READY, WAITING or RUNNING
 * @return E_OK; E_OS_ID (ext)
 * Context: task, ISR2, ErrorHook, PreTaskHook, PostTaskHook. 13.2.3.6
 */
StatusType GetTaskState(TaskType TaskID, TaskStateRefType State);

/**
 * Here: whether the caller may spend time waiting for something: it is a task, outside of interrupt
 * sections. In interrupts, hooks and callbacks, and before StartOS(), others would wait with it.
 * Context: any.
 */
bool OSMayWait(void);

/*
 * Interrupts. Disable/Enable does not nest in itself, Enable restores what Disable found. The
 * Suspend/Resume pairs nest, also inside each other and in a Disable section; the outermost Resume
 * restores what the first Suspend found. An Enable or Resume without its partner does nothing
 * (Suspend/ResumeAllInterrupts in standard status: undefined). SuspendOSInterrupts() masks category
 * 2 only, where the port can do that.
 * Context: task, ISR1, ISR2; Suspend/ResumeAllInterrupts also in hooks and alarm callbacks. 13.3.2
 */
void EnableAllInterrupts(void);
void DisableAllInterrupts(void);
void SuspendAllInterrupts(void);
void ResumeAllInterrupts(void);
void SuspendOSInterrupts(void);
void ResumeOSInterrupts(void);

/**
 * Enter a critical section: the caller's priority becomes the resource's ceiling at once, so that
 * no task that uses the resource can start; if an ISR2 uses it, interrupts up to that one's level
 * wait as well, else all stay enabled. Sections nest, last in, first out. RES_SCHEDULER is a
 * resource that all tasks use.
 * @return E_OK; E_OS_ID (ext); E_OS_ACCESS (ext): occupied, or the caller's static priority is
 *         above the ceiling
 * Context: task, ISR2. 13.4.3.1, 8.6
 */
StatusType GetResource(ResourceType ResID);

/**
 * Leave a critical section: the priority becomes what it was before, and tasks and interrupts that
 * waited for that run.
 * @return E_OK; E_OS_ID (ext); E_OS_NOFUNC (ext): not taken by the caller, or another was taken
 *         after it; E_OS_ACCESS (ext): ceiling below the caller's static priority
 * Context: task, ISR2 (which must have left all when it ends). 13.4.3.2, 8.6
 */
StatusType ReleaseResource(ResourceType ResID);

/**
 * Set events of an extended task; if it waits for one of them it becomes READY, and runs before
 * this returns if its priority is above the caller's current one and the caller is a preemptable
 * task. Events that are set already stay set.
 * @param  Mask  any events; others of the task are unchanged
 * @return E_OK; E_OS_ID, E_OS_ACCESS (ext): not an extended task; E_OS_STATE (ext): it is SUSPENDED
 * Context: task, ISR2. 13.5.3.1
 */
StatusType SetEvent(TaskType TaskID, EventMaskType Mask);

/**
 * Clear events of the calling task.
 * @return E_OK; E_OS_ACCESS, E_OS_CALLEVEL (ext)
 * Context: extended task. 13.5.3.2
 */
StatusType ClearEvent(EventMaskType Mask);

/**
 * Which events of an extended task are set: not those that it waits for.
 * @param  Event  out
 * @return E_OK; E_OS_ID, E_OS_ACCESS (ext): not an extended task; E_OS_STATE (ext): it is SUSPENDED
 * Context: task, ISR2, ErrorHook, PreTaskHook, PostTaskHook. 13.5.3.3
 */
StatusType GetEvent(TaskType TaskID, EventMaskRefType Event);

/**
 * Wait until one of these events is set. Returns at once, without rescheduling, if one is already;
 * else the internal resource is released meanwhile. Clears nothing.
 * @param  Mask  0: waits for ever
 * @return E_OK; E_OS_ACCESS, E_OS_RESOURCE, E_OS_CALLEVEL (ext)
 * Context: extended task, holding no resource. 13.5.3.4
 */
StatusType WaitEvent(EventMaskType Mask);

/**
 * The constants of the counter that an alarm belongs to.
 * @return E_OK; E_OS_ID (ext)
 * Context: task, ISR2, ErrorHook, PreTaskHook, PostTaskHook. 13.6.3.1
 */
StatusType GetAlarmBase(AlarmType AlarmID, AlarmBaseRefType Info);

/**
 * How many ticks from now an alarm expires.
 * @param  Tick  out: 0 .. maxallowedvalue; 0 = due, its interrupt is pending
 * @return E_OK; E_OS_NOFUNC: not armed; E_OS_ID (ext)
 * Context: task, ISR2, ErrorHook, PreTaskHook, PostTaskHook. 13.6.3.2
 */
StatusType GetAlarm(AlarmType AlarmID, TickRefType Tick);

/**
 * Arm an alarm to expire `increment` ticks from now, and then every `cycle` ticks. The tick that is
 * going on counts as the first: the time to expiry is between increment - 1 and increment ticks.
 * A cyclic alarm never drifts. One that is found late by k whole cycles expires once, keeps its
 * phase, and adds k to OSAlarmLostCount().
 * @param  increment  1 .. maxallowedvalue. Here: 0 is E_OS_VALUE in both statuses
 * @param  cycle      0 = once, else mincycle .. maxallowedvalue
 * @return E_OK; E_OS_STATE: armed already; E_OS_VALUE: increment 0, or out of range (ext);
 *         E_OS_ID (ext)
 * Context: task, ISR2. 13.6.3.3
 */
StatusType SetRelAlarm(AlarmType AlarmID, TickType increment, TickType cycle);

/**
 * Arm an alarm to expire when the counter reads `start`, and then every `cycle` ticks. A value that
 * the counter shows now or has passed is reached again after it wraps.
 * @param  start  0 .. maxallowedvalue
 * @param  cycle  0 = once, else mincycle .. maxallowedvalue
 * @return E_OK; E_OS_STATE: armed already; E_OS_VALUE (ext); E_OS_ID (ext)
 * Context: task, ISR2. 13.6.3.4
 */
StatusType SetAbsAlarm(AlarmType AlarmID, TickType start, TickType cycle);

/**
 * Disarm an alarm.
 * @return E_OK; E_OS_NOFUNC: not armed; E_OS_ID (ext)
 * Context: task, ISR2. 13.6.3.5
 */
StatusType CancelAlarm(AlarmType AlarmID);

/**
 * Here: how many expiries an alarm has lost since StartOS(), because its cycles passed while the
 * machine was held up (a paused domain, interrupts masked for longer than a cycle). Wraps at 2^32.
 * @param  AlarmID  must exist
 * Context: any.
 */
uint32_t OSAlarmLostCount(AlarmType AlarmID);

/**
 * One tick of a counter that no hardware drives; alarms that this makes due expire before it
 * returns. AUTOSAR OS's form, one argument (OSEK defines none).
 * @return E_OK; E_OS_ID (ext): no such counter, or a hardware one
 * Context: task, ISR2.
 */
StatusType IncrementCounter(CounterType CounterID);

/**
 * What a counter shows.
 * @param  Value  out: 0 .. maxallowedvalue
 * @return E_OK; E_OS_ID (ext)
 * Context: task, ISR2. AUTOSAR OS 8.4.26
 */
StatusType GetCounterValue(CounterType CounterID, TickRefType Value);

/**
 * How many ticks have passed since a counter showed a value, and what it shows now.
 * @param  Value         in: what it showed, 0 .. maxallowedvalue; out: what it shows
 * @param  ElapsedValue  out: ticks between the two, modulo maxallowedvalue + 1
 * @return E_OK; E_OS_ID (ext); E_OS_VALUE (ext): Value is above maxallowedvalue
 * Context: task, ISR2. AUTOSAR OS 8.4.27
 */
StatusType GetElapsedValue(CounterType CounterID, TickRefType Value, TickRefType ElapsedValue);

/*
 * Schedule tables: expiry points at fixed offsets from a start, each of which activates tasks and
 * sets events; once, or round after round. A table found late by whole rounds does not catch up: it
 * keeps its phase and adds the rounds to OSScheduleTableLostCount(). No synchronisation. AUTOSAR OS
 * 7.4.
 */

/**
 * Start a table, whose round begins `Offset` ticks from now.
 * @param  Offset  1 .. maxallowedvalue - the first expiry point's offset
 * @return E_OK; E_OS_STATE: it is not stopped; E_OS_VALUE (ext); E_OS_ID (ext)
 * Context: task, ISR2. AUTOSAR OS 8.4.8
 */
StatusType StartScheduleTableRel(ScheduleTableType ScheduleTableID, TickType Offset);

/**
 * Start a table, whose round begins when the counter next shows `Start`.
 * @param  Start  0 .. maxallowedvalue
 * @return E_OK; E_OS_STATE: it is not stopped; E_OS_VALUE (ext); E_OS_ID (ext)
 * Context: task, ISR2. AUTOSAR OS 8.4.9
 */
StatusType StartScheduleTableAbs(ScheduleTableType ScheduleTableID, TickType Start);

/**
 * Stop a table at once; one that was to follow it (NextScheduleTable) is stopped too.
 * @return E_OK; E_OS_NOFUNC: it was stopped; E_OS_ID (ext)
 * Context: task, ISR2. AUTOSAR OS 8.4.10
 */
StatusType StopScheduleTable(ScheduleTableType ScheduleTableID);

/**
 * Let a table follow another at the end of that one's round. It replaces one that was to follow.
 * @return E_OK; E_OS_NOFUNC: From is stopped or itself to follow; E_OS_STATE: To is not stopped;
 *         E_OS_ID (ext): no such table, or they have different counters
 * Context: task, ISR2. AUTOSAR OS 8.4.11
 */
StatusType NextScheduleTable(ScheduleTableType ScheduleTableID_From,
                             ScheduleTableType ScheduleTableID_To);

/**
 * @param  ScheduleStatus  out
 * @return E_OK; E_OS_ID (ext)
 * Context: task, ISR2. AUTOSAR OS 8.4.16
 */
StatusType GetScheduleTableStatus(ScheduleTableType ScheduleTableID,
                                  ScheduleTableStatusRefType ScheduleStatus);

/** Here: how many rounds a table has lost since StartOS(), as OSAlarmLostCount(). Context: any. */
uint32_t OSScheduleTableLostCount(ScheduleTableType ScheduleTableID);

/** Here: a task's name, as OIL has it. @param TaskID must exist. Context: any. */
const char *OSTaskName(TaskType TaskID);

/**
 * Here: the name of a stack, its size, and the most of it that has been used since the start.
 * Looks through the stack's unused part, so it takes time.
 * @param  index  0 = all basic tasks, 1 = interrupts, then the tasks with stacks of their own
 * @param  Info   out
 * @return E_OK; E_OS_ID: there are not so many stacks. Never calls ErrorHook
 * Context: any.
 */
StatusType OSStackInfo(unsigned int index, OSStackInfoType *Info);

/**
 * The mode that StartOS() was given.
 * Context: task, ISR2, all hooks. 13.7.2.1
 */
AppModeType GetActiveApplicationMode(void);

/**
 * Start the operating system: all its state is set up, StartupHook() runs, then the tasks and
 * alarms of the mode start, interrupts are enabled, and the first task runs. Does not return.
 * @param  Mode  0 .. CFG_APPMODE_COUNT - 1; any other ends the system with code E_OS_ID
 * Context: once, outside the operating system, interrupts masked or not. 13.7.2.2
 */
_Noreturn void StartOS(AppModeType Mode);

/**
 * End the operating system: ShutdownHook(Error), then a line with the code on the console, then the
 * machine is given back. Here: E_OK powers off, any other code counts as a crash of the domain.
 * Does not return.
 * Context: task, ISR2, StartupHook, ErrorHook. 13.7.2.3
 */
_Noreturn void ShutdownOS(StatusType Error);

/**
 * Here: written by the application if it has devices to prepare or a mode to choose; ends with
 * StartOS(). Without it the system starts in OSDEFAULTAPPMODE.
 * Context: outside the operating system, interrupts masked.
 */
int main(void);

/*
 * Hooks, written by the application if OIL says so. They run with interrupts masked, except
 * IdleHook(). 11, 13.8
 *
 * ErrorHook      a service returns Error, or an alarm's action failed. Never nested.
 * StartupHook    all is set up, nothing has started
 * ShutdownHook   first step of ShutdownOS(Error)
 * PreTaskHook    a task has become RUNNING, GetTaskID() gives it; also after a preemption
 * PostTaskHook   a task is about to leave RUNNING
 * IdleHook       here: called again and again while nothing is ready, with interrupts enabled,
 *                instead of the wait for an interrupt. May do what an ISR2 may.
 */
void ErrorHook(StatusType Error);
void StartupHook(void);
void ShutdownHook(StatusType Error);
void PreTaskHook(void);
void PostTaskHook(void);
void IdleHook(void);

#endif
