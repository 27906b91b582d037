/* SPDX-License-Identifier: Apache-2.0
 *
 * GetScheduleTableStatus of no table, extended status: E_OS_ID (3); ErrorHook is told the
 * parameters of the schedule table services.
 *
 * Tests: AUTOSAR 8.4.16; rules 9.11, 7.8, 7.9
 */
#include "tests/conformance/step.h"

static ScheduleTableStatusType status;

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u)", Error);
    switch (OSErrorGetServiceId()) {
    case OSServiceId_GetScheduleTableStatus:
        STEP("GetScheduleTableStatus(%u, %u)",
             OSError_GetScheduleTableStatus_ScheduleTableID() == CFG_SCHEDTABLE_COUNT,
             OSError_GetScheduleTableStatus_ScheduleStatus() == &status);
        break;
    case OSServiceId_StartScheduleTableRel:
        STEP("StartScheduleTableRel(%u, %u)",
             OSError_StartScheduleTableRel_ScheduleTableID() == Once,
             (unsigned int)OSError_StartScheduleTableRel_Offset());
        break;
    case OSServiceId_StartScheduleTableAbs:
        STEP("StartScheduleTableAbs(%u, %u)",
             OSError_StartScheduleTableAbs_ScheduleTableID() == Once,
             (unsigned int)OSError_StartScheduleTableAbs_Start());
        break;
    case OSServiceId_StopScheduleTable:
        STEP("StopScheduleTable(%u)", OSError_StopScheduleTable_ScheduleTableID() == Once);
        break;
    case OSServiceId_NextScheduleTable:
        STEP("NextScheduleTable(%u, %u)", OSError_NextScheduleTable_ScheduleTableID_From() == Once,
             OSError_NextScheduleTable_ScheduleTableID_To() == Round);
        break;
    default:
        STEP("another service");
        break;
    }
}

TASK(Low)
{
    STEP_STATUS(GetScheduleTableStatus(CFG_SCHEDTABLE_COUNT, &status));
    STEP_STATUS(StartScheduleTableRel(Once, 200));
    STEP_STATUS(StartScheduleTableAbs(Once, 300));
    STEP_STATUS(StopScheduleTable(Once));
    STEP_STATUS(NextScheduleTable(Once, Round));
    ShutdownOS(E_OK);
}
