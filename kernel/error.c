/* SPDX-License-Identifier: Apache-2.0
 *
 * ErrorHook and what it can ask: see error.h, os_error.h.
 */
#include "error.h"
#include "arch.h"
#include "context.h"

struct os_error_info os_error_info;
StatusType os_last_error;

void error_call_hook(StatusType status, OSServiceIdType service, uintptr_t first, uintptr_t second,
                     uintptr_t third)
{
    const arch_irq_t irq = arch_irq_save();
    const uint8_t outer = os.hook; /* errors inside other hooks are reported too */

    if ((outer & CTX_ERRORHOOK) == 0) { /* OSEK 11.2: never recursive */
        os_last_error = status;
        if (CFG_USEGETSERVICEID)
            os_error_info.service = service;
        if (CFG_USEPARAMETERACCESS) {
            os_error_info.param[0] = first;
            os_error_info.param[1] = second;
            os_error_info.param[2] = third;
        }
        os.hook = (uint8_t)(outer | CTX_ERRORHOOK);
        ErrorHook(status);
        os.hook = outer;
    }
    arch_irq_restore(irq);
}
