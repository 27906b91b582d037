/* SPDX-License-Identifier: Apache-2.0
 *
 * What a conformance case does not define itself. Cases share configurations, and few use all of
 * one: a task that a case has no body for must not run, an interrupt must not come. An error that a
 * case does not look at is a step all the same, so that none is overlooked.
 */
#include "tests/conformance/step.h"

#define DEFAULT __attribute__((weak))

#define NO_TASK(name)                                                                              \
    TASK(name);                                                                                    \
    DEFAULT TASK(name)                                                                             \
    {                                                                                              \
        STEP(#name " must not run");                                                               \
        ShutdownOS(99);                                                                            \
    }

#define NO_ISR(name)                                                                               \
    ISR(name);                                                                                     \
    DEFAULT ISR(name)                                                                              \
    {                                                                                              \
        STEP(#name " must not come");                                                              \
        ShutdownOS(99);                                                                            \
    }

#define NO_CALLBACK(name)                                                                          \
    ALARMCALLBACK(name);                                                                           \
    DEFAULT ALARMCALLBACK(name)                                                                    \
    {                                                                                              \
        STEP(#name " must not be called");                                                         \
        ShutdownOS(99);                                                                            \
    }

DEFAULT const AppModeType start_mode = OSDEFAULTAPPMODE;

DEFAULT void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u)", Error);
}

DEFAULT void StartupHook(void)
{
}

DEFAULT void ShutdownHook(StatusType Error)
{
    (void)Error;
}

DEFAULT void PreTaskHook(void)
{
}

DEFAULT void PostTaskHook(void)
{
}

NO_TASK(Low)
NO_TASK(Middle)
NO_TASK(High)
NO_TASK(Top)
NO_TASK(First)
NO_TASK(Second)
NO_TASK(Third)
NO_TASK(Starter)
NO_TASK(Non)
NO_TASK(Grouped)
NO_TASK(Peer)
NO_TASK(Sleeper)
NO_TASK(Waiter)
NO_TASK(Upper)
NO_TASK(Other)
NO_TASK(Many)
NO_TASK(NormalTask)
NO_TASK(ServiceTask)
NO_ISR(IsrLow)
NO_ISR(IsrMiddle)
NO_ISR(IsrHigh)
NO_ISR(IsrOne)
NO_CALLBACK(Called)
NO_CALLBACK(Timed)
NO_CALLBACK(Calls)
