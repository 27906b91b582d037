/* SPDX-License-Identifier: Apache-2.0
 *
 * The types of chapter 13 and their reference types exist and hold what they must.
 *
 * Tests: OSEK 13.1, 13.2.1, 13.4.1, 13.5.1, 13.6.1, 13.7.1, 6.2; rules 7.15
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    TaskType task = Low;
    TaskRefType task_ref = &task;
    TaskStateType state = SUSPENDED;
    TaskStateRefType state_ref = &state;
    ResourceType resource = RES_SCHEDULER;
    EventMaskType mask = 0x80000000u;
    EventMaskRefType mask_ref = &mask;
    TickType tick = 4294967295u;
    TickRefType tick_ref = &tick;
    AlarmBaseType base = {.maxallowedvalue = tick, .ticksperbase = 1, .mincycle = 1};
    AlarmBaseRefType base_ref = &base;
    AlarmType alarm = 0;
    AppModeType mode = OSDEFAULTAPPMODE;
    StatusType status = E_OK;
    OSServiceIdType service = OSServiceId_ActivateTask;

    STEP_VALUE(*task_ref == Low);
    STEP_VALUE(*state_ref == SUSPENDED);
    STEP_VALUE(resource == RES_SCHEDULER);
    STEP_VALUE(*mask_ref == 0x80000000u);
    STEP_VALUE(*tick_ref == base_ref->maxallowedvalue);
    STEP_VALUE(alarm == 0 && mode == 0 && status == E_OK);
    STEP_VALUE(service != OSServiceId_TerminateTask);
    ShutdownOS(E_OK);
}
