/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls of the application's hooks. They cost nothing where OIL has none. Interrupts masked.
 */
#ifndef KERNEL_HOOK_H
#define KERNEL_HOOK_H

#include "context.h"
#include "fpu.h"

/* The running task's hooks. OSEK 11.5. They run without floating point: between an interrupt and the
 * dispatcher the registers hold what the task was computing. The caller then chooses the next user. */
static inline void hook_pre_task(void)
{
    if (!CFG_PRETASKHOOK)
        return;
    fpu_begin(NULL);
    os.hook = CTX_TASKHOOK;
    PreTaskHook();
    os.hook = 0;
}

static inline void hook_post_task(void)
{
    if (!CFG_POSTTASKHOOK)
        return;
    fpu_begin(NULL);
    os.hook = CTX_TASKHOOK;
    PostTaskHook();
    os.hook = 0;
}

static inline void hook_startup(void)
{
    if (!CFG_STARTUPHOOK)
        return;
    os.hook = CTX_STARTUP;
    StartupHook();
    os.hook = 0;
}

/* Once only: ShutdownOS() from inside ShutdownHook(), or from an ErrorHook() that this one's own
 * errors called, goes on to the end. */
static inline void hook_shutdown(StatusType code)
{
    if (!CFG_SHUTDOWNHOOK || (os.hook & CTX_SHUTDOWN) != 0)
        return;
    os.hook = CTX_SHUTDOWN;
    ShutdownHook(code);
}

/* An alarm's callback is a hook in all but name. OSEK 9.2 */
static inline void hook_callback(void (*callback)(void))
{
    os.hook = CTX_CALLBACK;
    callback();
    os.hook = 0;
}

#endif
