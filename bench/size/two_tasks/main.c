/* SPDX-License-Identifier: Apache-2.0
 *
 * As little as two tasks can do.
 */
#include "kernel/os.h"

TASK(Low)
{
    (void)ActivateTask(High);
    (void)TerminateTask();
}

TASK(High)
{
    (void)TerminateTask();
}
