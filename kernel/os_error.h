/* SPDX-License-Identifier: Apache-2.0
 *
 * What ErrorHook() can ask about the service that failed (OSEK 11.2): OSErrorGetServiceId() gives
 * one of OSServiceId_x, and OSError_x_y() is the value that parameter y of service x had.
 * Valid inside ErrorHook only. The service id is stored if OIL says USEGETSERVICEID = TRUE, the
 * parameters if USEPARAMETERACCESS = TRUE; otherwise these read zero.
 */
#ifndef KERNEL_OS_ERROR_H
#define KERNEL_OS_ERROR_H

#include <stdint.h>

#include "os_types.h"

typedef enum {
    OSServiceId_None, /* no service failed: E_OS_MISSINGEND, an ISR2 that kept a resource or a section */
    OSServiceId_ActivateTask,
    OSServiceId_TerminateTask,
    OSServiceId_ChainTask,
    OSServiceId_Schedule,
    OSServiceId_GetTaskID,
    OSServiceId_GetTaskState,
    OSServiceId_GetResource,
    OSServiceId_ReleaseResource,
    OSServiceId_GetAlarmBase,
    OSServiceId_GetAlarm,
    OSServiceId_SetRelAlarm,
    OSServiceId_SetAbsAlarm,
    OSServiceId_CancelAlarm,
    OSServiceId_IncrementCounter,
    OSServiceId_SetEvent,
    OSServiceId_ClearEvent,
    OSServiceId_GetEvent,
    OSServiceId_WaitEvent,
    OSServiceId_GetCounterValue,
    OSServiceId_GetElapsedValue,
    OSServiceId_StartScheduleTableRel,
    OSServiceId_StartScheduleTableAbs,
    OSServiceId_StopScheduleTable,
    OSServiceId_NextScheduleTable,
    OSServiceId_GetScheduleTableStatus,
} OSServiceIdType;

/** The failed call. Written by the kernel; applications read it through the macros below. */
struct os_error_info {
    uintptr_t param[3]; /* in the order of the service's prototype */
    OSServiceIdType service;
};
extern struct os_error_info os_error_info;

#define OSErrorGetServiceId() (os_error_info.service)

#define OSError_ActivateTask_TaskID()                    ((TaskType)os_error_info.param[0])
#define OSError_ChainTask_TaskID()                       ((TaskType)os_error_info.param[0])
#define OSError_GetTaskID_TaskID()                       ((TaskRefType)os_error_info.param[0])
#define OSError_GetTaskState_TaskID()                    ((TaskType)os_error_info.param[0])
#define OSError_GetTaskState_State()                     ((TaskStateRefType)os_error_info.param[1])
#define OSError_GetResource_ResID()                      ((ResourceType)os_error_info.param[0])
#define OSError_ReleaseResource_ResID()                  ((ResourceType)os_error_info.param[0])
#define OSError_GetAlarmBase_AlarmID()                   ((AlarmType)os_error_info.param[0])
#define OSError_GetAlarmBase_Info()                      ((AlarmBaseRefType)os_error_info.param[1])
#define OSError_GetAlarm_AlarmID()                       ((AlarmType)os_error_info.param[0])
#define OSError_GetAlarm_Tick()                          ((TickRefType)os_error_info.param[1])
#define OSError_SetRelAlarm_AlarmID()                    ((AlarmType)os_error_info.param[0])
#define OSError_SetRelAlarm_increment()                  ((TickType)os_error_info.param[1])
#define OSError_SetRelAlarm_cycle()                      ((TickType)os_error_info.param[2])
#define OSError_SetAbsAlarm_AlarmID()                    ((AlarmType)os_error_info.param[0])
#define OSError_SetAbsAlarm_start()                      ((TickType)os_error_info.param[1])
#define OSError_SetAbsAlarm_cycle()                      ((TickType)os_error_info.param[2])
#define OSError_CancelAlarm_AlarmID()                    ((AlarmType)os_error_info.param[0])
#define OSError_IncrementCounter_CounterID()             ((CounterType)os_error_info.param[0])
#define OSError_SetEvent_TaskID()                        ((TaskType)os_error_info.param[0])
#define OSError_SetEvent_Mask()                          ((EventMaskType)os_error_info.param[1])
#define OSError_ClearEvent_Mask()                        ((EventMaskType)os_error_info.param[0])
#define OSError_GetEvent_TaskID()                        ((TaskType)os_error_info.param[0])
#define OSError_GetEvent_Event()                         ((EventMaskRefType)os_error_info.param[1])
#define OSError_WaitEvent_Mask()                         ((EventMaskType)os_error_info.param[0])
#define OSError_GetCounterValue_CounterID()              ((CounterType)os_error_info.param[0])
#define OSError_GetCounterValue_Value()                  ((TickRefType)os_error_info.param[1])
#define OSError_GetElapsedValue_CounterID()              ((CounterType)os_error_info.param[0])
#define OSError_GetElapsedValue_Value()                  ((TickRefType)os_error_info.param[1])
#define OSError_GetElapsedValue_ElapsedValue()           ((TickRefType)os_error_info.param[2])
#define OSError_StartScheduleTableRel_ScheduleTableID()  ((ScheduleTableType)os_error_info.param[0])
#define OSError_StartScheduleTableRel_Offset()           ((TickType)os_error_info.param[1])
#define OSError_StartScheduleTableAbs_ScheduleTableID()  ((ScheduleTableType)os_error_info.param[0])
#define OSError_StartScheduleTableAbs_Start()            ((TickType)os_error_info.param[1])
#define OSError_StopScheduleTable_ScheduleTableID()      ((ScheduleTableType)os_error_info.param[0])
#define OSError_NextScheduleTable_ScheduleTableID_From() ((ScheduleTableType)os_error_info.param[0])
#define OSError_NextScheduleTable_ScheduleTableID_To()   ((ScheduleTableType)os_error_info.param[1])
#define OSError_GetScheduleTableStatus_ScheduleTableID() ((ScheduleTableType)os_error_info.param[0])
#define OSError_GetScheduleTableStatus_ScheduleStatus()                                            \
    ((ScheduleTableStatusRefType)os_error_info.param[1])

#endif
