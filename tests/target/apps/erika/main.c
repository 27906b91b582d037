/* SPDX-License-Identifier: Apache-2.0
 *
 * A source in ERIKA's dialect: an interrupt ticks a counter, whose alarm activates a task.
 */
#include "ee.h"

#include "drivers/console/console.h"
#include "tests/target/devices/phystimer.h"

enum {
    EE_ASSERT_FIN = 0,
    EE_ASSERT_INIT,
    EE_ASSERT_TASK1_FIRED,
    EE_ASSERT_ISR2_FIRED,
    EE_ASSERT_TASK2_FIRED,
    EE_ASSERT_TASK1_ENDS,
    EE_ASSERT_DIM
};
EE_TYPEASSERTVALUE EE_assertions[EE_ASSERT_DIM];

static volatile EE_UINT32 task2_fired;

DeclareTask(Task1);
DeclareTask(Task2);

ISR2(button)
{
    phystimer_quiet();
    EE_assert(EE_ASSERT_ISR2_FIRED, EE_TRUE, EE_ASSERT_TASK1_FIRED);
    CounterTick(myCounter);
}

/* ERIKA's tasks may end by returning. */
TASK(Task2)
{
    task2_fired++;
    EE_assert(EE_ASSERT_TASK2_FIRED, task2_fired == 1, EE_ASSERT_ISR2_FIRED);
}

TASK(Task1)
{
    EE_assert(EE_ASSERT_TASK1_FIRED, EE_TRUE, EE_ASSERT_INIT);
    SetRelAlarm(AcquireAlarm, 1, 0);
    phystimer_fire();
    while (task2_fired == 0) {
    }
    EE_assert(EE_ASSERT_TASK1_ENDS, EE_TRUE, EE_ASSERT_TASK2_FIRED);
    EE_assert_range(EE_ASSERT_FIN, EE_ASSERT_INIT, EE_ASSERT_TASK1_ENDS);
    printk("Test result: %s\n", EE_assert_last() == EE_ASSERT_YES ? "SUCCESS" : "FAILURE");
    ShutdownOS(E_OK);
}

int main(void)
{
    EE_mcu_init();
    EE_assert(EE_ASSERT_INIT, EE_TRUE, EE_ASSERT_NIL);
    StartOS(OSDEFAULTAPPMODE);
    for (;;) {
    }
}
