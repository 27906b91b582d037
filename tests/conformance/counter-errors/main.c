/* SPDX-License-Identifier: Apache-2.0
 *
 * Counter services, extended status: E_OS_ID (3) for no counter, and for IncrementCounter of the
 * timer's; E_OS_VALUE (8) for a value above maxallowedvalue.
 *
 * Tests: AUTOSAR 8.4.25, 8.4.26, 8.4.27; rules 8.7, 9.1, 9.3, 7.8, 7.9
 */
#include "tests/conformance/step.h"

static TickType value;
static TickType elapsed;

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u)", Error);
    switch (OSErrorGetServiceId()) {
    case OSServiceId_IncrementCounter:
        STEP("IncrementCounter(%u)", OSError_IncrementCounter_CounterID() == SystemCounter);
        break;
    case OSServiceId_GetCounterValue:
        STEP("GetCounterValue(%u, %u)", OSError_GetCounterValue_CounterID() == CFG_COUNTER_COUNT,
             OSError_GetCounterValue_Value() == &value);
        break;
    case OSServiceId_GetElapsedValue:
        STEP("GetElapsedValue(%u, %u, %u)", OSError_GetElapsedValue_CounterID() == Software,
             OSError_GetElapsedValue_Value() == &value,
             OSError_GetElapsedValue_ElapsedValue() == &elapsed);
        break;
    default:
        STEP("another service");
        break;
    }
}

TASK(Low)
{
    STEP_STATUS(IncrementCounter(CFG_COUNTER_COUNT));
    STEP_STATUS(IncrementCounter(SystemCounter));
    STEP_STATUS(GetCounterValue(CFG_COUNTER_COUNT, &value));
    STEP_STATUS(GetElapsedValue(CFG_COUNTER_COUNT, &value, &elapsed));
    value = 10;
    STEP_STATUS(GetElapsedValue(Software, &value, &elapsed));
    value = 9;
    STEP_STATUS(GetElapsedValue(Software, &value, &elapsed));
    STEP_VALUE(elapsed);
    ShutdownOS(E_OK);
}
