/* SPDX-License-Identifier: Apache-2.0
 *
 * Only the configuration differs: see printer.h. Here a task has the input.
 */
#include "tests/system/apps/console_drop/printer.h"

TASK(Shell)
{
    console_serve_input();
    TerminateTask();
}
