/* SPDX-License-Identifier: Apache-2.0
 *
 * On which stack everything runs, that nothing there is lost while others run, and what OSStackInfo
 * says of it; and events as far as they come from outside of tasks.
 */
#include "rig.h"

static rig_body at_outer;
static rig_body at_inner;

/* The stack that the caller runs on, as its index; CFG_STACK_COUNT: none of them. */
static unsigned int stack_here(void)
{
    const uint8_t *const here = __builtin_frame_address(0);
    unsigned int i = 0;

    while (i != CFG_STACK_COUNT && (here < cfg_stacks[i].low || here >= cfg_stacks[i].top))
        i++;
    return i;
}

static void run_task(TaskType task)
{
    assert_int_equal(stack_here(), cfg_tasks[task].stack);
    rig_do(bodies[task]);
    assert_int_equal(stack_here(), cfg_tasks[task].stack);
    TerminateTask();
}

TASK(Low)
{
    run_task(Low);
}

TASK(Waiter)
{
    run_task(Waiter);
}

TASK(Middle)
{
    run_task(Middle);
}

TASK(Other)
{
    run_task(Other);
}

TASK(Own)
{
    run_task(Own);
}

TASK(High)
{
    run_task(High);
}

ISR(Outer)
{
    assert_int_equal(stack_here(), STACK_INTERRUPT);
    rig_do(at_outer);
}

ISR(Inner)
{
    assert_int_equal(stack_here(), STACK_INTERRUPT);
    rig_do(at_inner);
}

void ErrorHook(StatusType Error)
{
    trace("error%u ", Error);
}

static int setup(void **state)
{
    (void)state;
    at_outer = NULL;
    at_inner = NULL;
    rig_begin(0);
    return 0;
}

static void run(rig_body low)
{
    bodies[Low] = low;
    assert_int_equal(host_run(OSDEFAULTAPPMODE), HOST_IDLE_FOREVER);
}

/* ---- each on its stack, and nothing lost there ---- */

#define DEPTH 20u

/* Calls itself and then does something; everything on the stack must still be there after that. */
static void deep(unsigned int depth, rig_body then)
{
    volatile unsigned int mine[8];
    unsigned int i;

    for (i = 0; i < 8; i++)
        mine[i] = depth * 8 + i;
    if (depth < DEPTH)
        deep(depth + 1, then);
    else
        then();
    for (i = 0; i < 8; i++)
        assert_int_equal(mine[i], depth * 8 + i);
}

static void end_deep(void)
{
    trace("high ");
    TerminateTask();
}

static void high(void)
{
    deep(0, end_deep); /* TerminateTask() at any depth */
}

static void activate_high(void)
{
    assert_int_equal(ActivateTask(High), E_OK);
}

static void own(void)
{
    trace("own( ");
    deep(0, activate_high);
    trace(") ");
}

static void activate_own(void)
{
    assert_int_equal(ActivateTask(Own), E_OK);
}

static void wait_for_go(void)
{
    assert_int_equal(WaitEvent(Go), E_OK);
    assert_int_equal(ClearEvent(Go), E_OK);
    trace("go ");
}

static void other(void)
{
    trace("other( ");
    deep(0, activate_own);
    deep(0, wait_for_go);
    deep(0, activate_own);
    trace(") ");
}

static void start_other(void)
{
    assert_int_equal(ActivateTask(Other), E_OK);
    trace("middle ");
    assert_int_equal(SetEvent(Other, Go), E_OK);
}

static void middle(void)
{
    trace("middle( ");
    deep(0, start_other);
    trace(") ");
}

static void activate_middle(void)
{
    assert_int_equal(ActivateTask(Middle), E_OK);
}

static void waiter(void)
{
    trace("waiter( ");
    deep(0, wait_for_go);
    deep(0, activate_middle);
    trace(") ");
}

static void low(void)
{
    assert_int_equal(ActivateTask(Waiter), E_OK);
    trace("low ");
    assert_int_equal(SetEvent(Waiter, Go), E_OK);
    trace("low ");
}

static void low_deep(void)
{
    deep(0, low);
}

static void every_stack_keeps_what_is_on_it_through_preemptions_and_waits(void **state)
{
    (void)state;
    bodies[Waiter] = waiter;
    bodies[Middle] = middle;
    bodies[Other] = other;
    bodies[Own] = own;
    bodies[High] = high;
    run(low_deep);
    assert_trace("waiter( low go middle( other( own( high ) middle go own( high ) ) ) ) low ");
}

/* ---- an interrupt between them ---- */

static void release_waiter(void)
{
    trace("isr ");
    assert_int_equal(SetEvent(Waiter, Go), E_OK);
}

static void raise_inner(void)
{
    trace("outer( ");
    RAISE(Inner);
    trace(") ");
}

static void start_waiter_and_raise(void)
{
    assert_int_equal(ActivateTask(Waiter), E_OK);
    trace("low ");
    RAISE(Outer);
    trace("low ");
}

static void an_isr_releases_a_task_that_goes_on_after_it(void **state)
{
    (void)state;
    bodies[Waiter] = wait_for_go;
    at_outer = raise_inner;
    at_inner = release_waiter;
    run(start_waiter_and_raise);
    assert_trace("low outer( isr ) go low ");
}

static void interrupt_me(void)
{
    RAISE(Outer);
    trace("waiter ");
}

static void activate_high_in_isr(void)
{
    trace("isr ");
    assert_int_equal(ActivateTask(High), E_OK);
}

static void start_waiter(void)
{
    assert_int_equal(ActivateTask(Waiter), E_OK);
    trace("low ");
}

static void a_task_on_its_own_stack_is_preempted_after_an_isr(void **state)
{
    (void)state;
    bodies[Waiter] = interrupt_me;
    bodies[High] = high;
    at_outer = activate_high_in_isr;
    run(start_waiter);
    assert_trace("isr high waiter low ");
}

/* ---- events from alarms ---- */

static void wait_by_alarm(void)
{
    assert_int_equal(SetRelAlarm(ToWaiter, 3, 0), E_OK);
    wait_for_go();
    trace("@%llu ", (unsigned long long)host_count());
}

static void an_alarm_sets_an_event(void **state)
{
    (void)state;
    bodies[Waiter] = wait_by_alarm;
    run(start_waiter);
    assert_trace("low go @3000 ");
}

static void arm_waiter(void)
{
    assert_int_equal(SetRelAlarm(ToWaiter, 1, 0), E_OK);
    host_advance(1000);
}

static void an_alarm_that_sets_a_suspended_tasks_event_is_an_error(void **state)
{
    (void)state;
    run(arm_waiter);
    assert_trace("error7 ");
}

/* ---- many waits ---- */

static unsigned int waits;

static void wait_often(void)
{
    for (waits = 0; waits < 10000; waits++) {
        assert_int_equal(WaitEvent(Go), E_OK);
        assert_int_equal(ClearEvent(Go), E_OK);
    }
}

static void release_often(void)
{
    TaskStateType state = READY;
    unsigned int i;

    start_waiter();
    for (i = 0; i < 10000; i++) {
        assert_int_equal(waits, i);
        assert_int_equal(GetTaskState(Waiter, &state), E_OK);
        assert_int_equal(state, WAITING);
        assert_int_equal(SetEvent(Waiter, Go), E_OK);
    }
    assert_int_equal(GetTaskState(Waiter, &state), E_OK);
    assert_int_equal(state, SUSPENDED);
}

static void a_task_can_wait_any_number_of_times(void **state)
{
    OSStackInfoType before;
    OSStackInfoType after;

    (void)state;
    bodies[Waiter] = wait_often;
    run(release_often);
    assert_int_equal(OSStackInfo(cfg_tasks[Waiter].stack, &after), E_OK);
    assert_in_range(after.used_bytes, 1, 64 * 1024);
    assert_int_equal(OSStackInfo(STACK_SHARED, &before), E_OK);
    assert_in_range(before.used_bytes, 1, 64 * 1024);
}

static void wait_for_never(void)
{
    assert_int_equal(WaitEvent(Never), E_OK);
    fail();
}

static void a_second_start_forgets_who_waited(void **state)
{
    (void)state;
    bodies[Waiter] = wait_for_never;
    run(start_waiter);
    bodies[Waiter] = wait_for_go;
    run(low);
    assert_trace("low low go low ");
}

/* ---- what OSStackInfo tells ---- */

#define BIG 20000u

static void use_much(void)
{
    volatile uint8_t much[BIG];
    unsigned int i;

    for (i = 0; i < BIG; i++)
        much[i] = 1;
    assert_int_equal(much[BIG / 2], 1);
}

static unsigned int used(unsigned int stack)
{
    OSStackInfoType info;

    assert_int_equal(OSStackInfo(stack, &info), E_OK);
    assert_int_equal(info.size_bytes, cfg_stacks[stack].top - cfg_stacks[stack].low);
    assert_string_equal(info.name, cfg_stacks[stack].name);
    assert_true(info.used_bytes <= info.size_bytes);
    return info.used_bytes;
}

static void measure(void)
{
    const unsigned int before = used(cfg_tasks[Own].stack);
    const unsigned int shared = used(STACK_SHARED);

    assert_int_equal(before, 0);
    bodies[Own] = NULL;
    activate_own();
    assert_in_range(used(cfg_tasks[Own].stack), 1, BIG - 1);
    bodies[Own] = use_much;
    activate_own();
    assert_in_range(used(cfg_tasks[Own].stack), BIG, 2 * BIG);
    assert_in_range(used(STACK_SHARED), shared, shared + BIG / 2);
    assert_int_equal(used(STACK_INTERRUPT), 0);
    RAISE(Outer);
    assert_int_not_equal(used(STACK_INTERRUPT), 0);
}

static void stack_info_tells_the_most_that_was_used(void **state)
{
    OSStackInfoType info;

    (void)state;
    run(measure);
    assert_int_equal(OSStackInfo(CFG_STACK_COUNT, &info), E_OS_ID);
    assert_int_equal(OSStackInfo(UINT32_MAX, &info), E_OS_ID);
    assert_trace("");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(every_stack_keeps_what_is_on_it_through_preemptions_and_waits,
                               setup),
        cmocka_unit_test_setup(an_isr_releases_a_task_that_goes_on_after_it, setup),
        cmocka_unit_test_setup(a_task_on_its_own_stack_is_preempted_after_an_isr, setup),
        cmocka_unit_test_setup(an_alarm_sets_an_event, setup),
        cmocka_unit_test_setup(an_alarm_that_sets_a_suspended_tasks_event_is_an_error, setup),
        cmocka_unit_test_setup(a_task_can_wait_any_number_of_times, setup),
        cmocka_unit_test_setup(a_second_start_forgets_who_waited, setup),
        cmocka_unit_test_setup(stack_info_tells_the_most_that_was_used, setup),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
