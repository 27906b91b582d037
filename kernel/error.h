/* SPDX-License-Identifier: Apache-2.0
 *
 * The last step of every service: hand a status to the caller, and tell ErrorHook() if it is an
 * error (OSEK 11.2).
 */
#ifndef KERNEL_ERROR_H
#define KERNEL_ERROR_H

#include "cfg.h"

/** What ErrorHook was told last: for debuggers (ORTI's LASTERROR). */
extern StatusType os_last_error;

/** Tell ErrorHook, unless that is what is running already: it is never nested. Any context. */
void error_call_hook(StatusType status, OSServiceIdType service, uintptr_t first, uintptr_t second,
                     uintptr_t third);

/** @return status, after ErrorHook() had its say if it is not E_OK. The service's parameters in the
 *  order of its prototype, 0 for those that it does not have. */
static inline StatusType error_report(StatusType status, OSServiceIdType service, uintptr_t first,
                                      uintptr_t second, uintptr_t third)
{
    if (CFG_ERRORHOOK && status != E_OK)
        error_call_hook(status, service, first, second, third);
    return status;
}

#endif
