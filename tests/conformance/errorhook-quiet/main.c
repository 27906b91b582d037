/* SPDX-License-Identifier: Apache-2.0
 *
 * Without USEGETSERVICEID and USEPARAMETERACCESS, ErrorHook is called as well and the access
 * macros read zero.
 *
 * Tests: OSEK 11.2; rules 7.17, 7.5
 */
#include "tests/conformance/step.h"

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u), service %u, parameter %u", Error, (unsigned int)OSErrorGetServiceId(),
         OSError_ActivateTask_TaskID());
}

TASK(Low)
{
    STEP_STATUS(ActivateTask(INVALID_TASK));
    ShutdownOS(E_OK);
}
