/* SPDX-License-Identifier: Apache-2.0
 *
 * Who is calling: the rows of the standard's table of allowed calls (OSEK 12.3, figure 12-1), and
 * the check that extended status makes with them.
 */
#ifndef KERNEL_CONTEXT_H
#define KERNEL_CONTEXT_H

#include <stddef.h>

#include "interrupt.h"
#include "state.h"

/* Bits, so that a service can name all its callers in one mask. */
enum context {
    CTX_TASK = 1u << 0,
    CTX_ISR2 = 1u << 1,
    CTX_IDLE = 1u << 2, /* IdleHook */
    CTX_ERRORHOOK = 1u << 3,
    CTX_TASKHOOK = 1u << 4, /* PreTaskHook, PostTaskHook */
    CTX_STARTUP = 1u << 5,  /* StartupHook, and before StartOS() */
    CTX_SHUTDOWN = 1u << 6,
    CTX_CALLBACK = 1u << 7, /* of an alarm */

    CTX_WORKERS = CTX_TASK | CTX_ISR2 | CTX_IDLE,
    CTX_OBSERVERS = CTX_WORKERS | CTX_ERRORHOOK | CTX_TASKHOOK,
};

static inline unsigned int context_now(void)
{
    if (os.hook != 0)
        return os.hook;
    if (state_in_isr2())
        return CTX_ISR2;
    return os.running == NULL ? CTX_IDLE : CTX_TASK;
}

/** May a service that `allowed` contexts may call be called now? Standard status: always E_OK. */
static inline StatusType context_check(unsigned int allowed)
{
    if (!CFG_EXTENDED_STATUS)
        return E_OK;
    if ((context_now() & allowed) == 0)
        return E_OS_CALLEVEL;
    return interrupt_in_section() ? E_OS_DISABLEDINT : E_OK;
}

#endif
