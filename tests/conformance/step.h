/* SPDX-License-Identifier: Apache-2.0
 *
 * How a conformance case tells what happens: one line "step: ..." for each step, in the order in
 * which the steps happen. The runner compares these lines, and the one that ShutdownOS() prints,
 * with what is expected; all other lines of the console belong to the machine.
 *
 * A case defines the tasks, handlers and hooks that it needs; common/defaults.c has the others.
 */
#ifndef STEP_H
#define STEP_H

#include "drivers/console/console.h"
#include "kernel/os.h"
#include "tests/conformance/trigger.h"

#define STEP(...)                                                                                  \
    do {                                                                                           \
        printk("step: " __VA_ARGS__);                                                              \
        printk("\n");                                                                              \
    } while (0)

/** A step that calls a service: its text and the status that it returned. */
#define STEP_STATUS(call)                                                                          \
    do {                                                                                           \
        const StatusType step_status = (call);                                                     \
                                                                                                   \
        STEP("%s returned %u", #call, step_status);                                                \
    } while (0)

/** A step that tells a value, as an unsigned number. */
#define STEP_VALUE(value)                                                                          \
    do {                                                                                           \
        const unsigned int step_value = (unsigned int)(value);                                     \
                                                                                                   \
        STEP("%s = %u", #value, step_value);                                                       \
    } while (0)

/** A step that tells a task's state by GetTaskState(). */
#define STEP_STATE(task) STEP("%s is %s", #task, step_state(task))

/** A step that tells which events a task has, by GetEvent(). */
#define STEP_EVENTS(task) STEP("events of %s: %u", #task, step_events(task))

/** A task that only tells that it runs. */
#define PLAIN_TASK(name)                                                                           \
    TASK(name)                                                                                     \
    {                                                                                              \
        STEP(#name " runs");                                                                       \
        TerminateTask();                                                                           \
    }

static inline const char *step_state(TaskType task)
{
    static const char *const names[] = {"SUSPENDED", "READY", "WAITING", "RUNNING"};
    TaskStateType state = (TaskStateType)99;

    if (GetTaskState(task, &state) != E_OK || state > RUNNING) {
        return "unknown";
    }
    return names[state];
}

static inline unsigned int step_events(TaskType task)
{
    EventMaskType events = 0xbadu;

    return GetEvent(task, &events) == E_OK ? (unsigned int)events : 0xbad2u;
}

/** The task that runs, as GetTaskID() tells; 999 = INVALID_TASK. */
static inline unsigned int step_self(void)
{
    TaskType self = 998;

    (void)GetTaskID(&self);
    return self == INVALID_TASK ? 999u : self;
}

#endif
