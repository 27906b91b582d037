/* SPDX-License-Identifier: Apache-2.0
 *
 * The benchmark where there are basic tasks only.
 */
#include "bench/common/measure.h"
#include "bench/services/common/rows.h"
#include "kernel/os.h"

TASK(Bench)
{
    measure_print_heading();
    rows_tasks();
    rows_interrupts();
    rows_alarms();
    ShutdownOS(E_OK);
}

int main(void)
{
    measure_init();
    StartOS(OSDEFAULTAPPMODE);
}
