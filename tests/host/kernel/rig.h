/* SPDX-License-Identifier: Apache-2.0
 *
 * What the kernel's unit tests share: a trace of what happened in which order, and tasks whose
 * bodies each test supplies.
 */
#ifndef RIG_H
#define RIG_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "host.h"
#include "kernel/cfg.h"

#define RIG_HZ 1000000u /* unless a test wants another frequency */

/* What a task, interrupt or hook does in this test; NULL = nothing. */
typedef void (*rig_body)(void);

__attribute__((unused)) static rig_body bodies[CFG_TASK_COUNT]; /* by task */

static char rig_log[1024];

/** Add a word to the trace. */
__attribute__((format(printf, 1, 2), unused)) static void trace(const char *fmt, ...)
{
    const size_t used = strlen(rig_log);
    va_list args;

    va_start(args, fmt);
    vsnprintf(rig_log + used, sizeof(rig_log) - used, fmt, args);
    va_end(args);
}

static inline void rig_do(rig_body body)
{
    if (body != NULL)
        body();
}

/** All of an ordinary task: its body in this test. */
__attribute__((unused)) static void rig_task(TaskType task)
{
    rig_do(bodies[task]);
    TerminateTask();
}

/** For a test's setup: tasks do nothing, the trace is empty, the machine is new. */
__attribute__((unused)) static void rig_begin(uint64_t count)
{
    memset(bodies, 0, sizeof(bodies));
    rig_log[0] = '\0';
    host_reset(RIG_HZ, count);
}

/** Raise the interrupt that OIL calls `name`. */
#define RAISE(name) rig_raise(isr_##name)

__attribute__((unused)) static void rig_raise(void (*handler)(void))
{
    unsigned int i = 0;

    while (cfg_isrs[i].isr.handler != handler)
        i++;
    host_raise(i);
}

/** Check what happened since the last look, word by word. */
#define assert_trace(expected)                                                                     \
    do {                                                                                           \
        assert_string_equal(rig_log, expected);                                                    \
        rig_log[0] = '\0';                                                                         \
    } while (0)

#endif
