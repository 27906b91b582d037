/* SPDX-License-Identifier: Apache-2.0
 *
 * The benchmark with everything that costs: several activations, events, checks.
 */
#include "bench/common/measure.h"
#include "bench/services/common/rows.h"
#include "kernel/os.h"

TASK(Bench)
{
    measure_print_heading();
    rows_tasks();
    rows_events();
    rows_interrupts();
    rows_alarms();
    ShutdownOS(E_OK);
}

int main(void)
{
    measure_init(); /* the tasks that wait measure from the start on */
    StartOS(OSDEFAULTAPPMODE);
}

TASK(Several)
{
    TerminateTask();
}

ISR(UsesResource)
{
}
