/* SPDX-License-Identifier: Apache-2.0
 *
 * A source in ERIKA's dialect: an interrupt ticks a counter, whose alarm activates a task.
 */
#include "ee.h"
#include "test/assert/inc/ee_assert.h"

#include "drivers/console/console.h"
#include "tests/target/devices/phystimer.h"

enum {
    EE_ASSERT_FIN = 0,
    EE_ASSERT_INIT,
    EE_ASSERT_TASK1_FIRED,
    EE_ASSERT_ISR2_FIRED,
    EE_ASSERT_TASK2_FIRED,
    EE_ASSERT_TASK1_ENDS,
    EE_ASSERT_WRONG,
    EE_ASSERT_AFTER_WRONG,
    EE_ASSERT_ALL,
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

/* Each can be asked once, and holds only after the one before it. */
static EE_TYPEBOOL assertions_can_fail(void)
{
    return EE_assert(EE_ASSERT_WRONG, EE_FALSE, EE_ASSERT_NIL) == EE_ASSERT_NO &&
           EE_assert(EE_ASSERT_WRONG, EE_TRUE, EE_ASSERT_NIL) == EE_ASSERT_ALREADYUSED &&
           EE_assert(EE_ASSERT_AFTER_WRONG, EE_TRUE, EE_ASSERT_WRONG) == EE_ASSERT_NO &&
           EE_assert_range(EE_ASSERT_ALL, EE_ASSERT_TASK1_ENDS, EE_ASSERT_WRONG) == EE_ASSERT_NO;
}

TASK(Task1)
{
    EE_TYPEBOOL success;

    EE_assert(EE_ASSERT_TASK1_FIRED, EE_TRUE, EE_ASSERT_INIT);
    SetRelAlarm(AcquireAlarm, 1, 0);
    phystimer_fire();
    while (task2_fired == 0) {
    }
    EE_assert(EE_ASSERT_TASK1_ENDS, EE_TRUE, EE_ASSERT_TASK2_FIRED);
    EE_assert_range(EE_ASSERT_FIN, EE_ASSERT_INIT, EE_ASSERT_TASK1_ENDS);
    success = EE_assert_last() == EE_ASSERT_YES && assertions_can_fail();
    printk("Test result: %s\n", success ? "SUCCESS" : "FAILURE");
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
