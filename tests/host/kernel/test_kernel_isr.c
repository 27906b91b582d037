/* SPDX-License-Identifier: Apache-2.0
 *
 * Interrupts and the kernel: when a task that an ISR made ready runs, nesting, category 1, and the
 * six services that mask. Built in standard and in extended status; the calls that extended status
 * refuses have tests of their own at the end.
 */
#include "rig.h"

static rig_body at_calm;
static rig_body at_urgent;
static rig_body at_raw;
static rig_body at_call;
static rig_body at_error;

TASK(Low)
{
    rig_task(Low);
}

TASK(Non)
{
    rig_task(Non);
}

TASK(Middle)
{
    rig_task(Middle);
}

TASK(High)
{
    rig_task(High);
}

ISR(Calm)
{
    rig_do(at_calm);
}

ISR(Urgent)
{
    rig_do(at_urgent);
}

ISR(Raw)
{
    rig_do(at_raw);
}

ALARMCALLBACK(Call)
{
    rig_do(at_call);
}

void ErrorHook(StatusType Error)
{
    assert_true(host_is_masked());
    trace("error%u ", Error);
    rig_do(at_error);
}

static int setup(void **state)
{
    (void)state;
    at_calm = NULL;
    at_urgent = NULL;
    at_raw = NULL;
    at_call = NULL;
    at_error = NULL;
    rig_begin(0);
    return 0;
}

static void run(rig_body low)
{
    bodies[Low] = low;
    assert_int_equal(host_run(OSDEFAULTAPPMODE), HOST_IDLE_FOREVER);
}

static void trace_middle(void)
{
    trace("middle ");
}

static void trace_high(void)
{
    trace("high ");
}

static void activate_high(void)
{
    trace("isr( ");
    assert_int_equal(ActivateTask(High), E_OK);
    trace(") ");
}

static void raise_calm(void)
{
    trace("low ");
    RAISE(Calm);
    trace("low ");
}

static void a_task_that_an_isr_activates_runs_after_the_isr(void **state)
{
    (void)state;
    at_calm = activate_high;
    bodies[High] = trace_high;
    run(raise_calm);
    assert_trace("low isr( ) high low ");
}

static void activate_middle_then_nest(void)
{
    trace("calm( ");
    assert_int_equal(ActivateTask(Middle), E_OK);
    RAISE(Urgent);
    trace(") ");
}

static void only_the_outermost_isr_reschedules(void **state)
{
    (void)state;
    at_calm = activate_middle_then_nest;
    at_urgent = activate_high;
    bodies[Middle] = trace_middle;
    bodies[High] = trace_high;
    run(raise_calm);
    assert_trace("low calm( isr( ) ) high middle low ");
}

static void raise_urgent_from_urgent(void)
{
    static bool again;

    trace("( ");
    again = !again;
    if (again) {
        RAISE(Urgent);
        RAISE(Calm);
    }
    trace(") ");
}

static void trace_calm(void)
{
    trace("calm ");
}

static void raise_urgent_once(void)
{
    RAISE(Urgent);
}

static void an_isr_waits_for_those_of_its_level_and_above(void **state)
{
    (void)state;
    at_urgent = raise_urgent_from_urgent;
    at_calm = trace_calm;
    run(raise_urgent_once);
    assert_trace("( ) ( ) calm ");
}

static void identify(void)
{
    TaskType task = 99;
    TaskStateType state = SUSPENDED;

    assert_int_equal(GetTaskID(&task), E_OK);
    if (task != INVALID_TASK)
        assert_int_equal(GetTaskState(task, &state), E_OK);
    trace(task == INVALID_TASK ? "none " : "task%u,%s ", task, state == RUNNING ? "running" : "?");
}

static void low_then_idle(void)
{
    RAISE(Calm);
    (void)SetRelAlarm(Call, 1, 0);
}

static void call_raises_calm(void)
{
    RAISE(Calm); /* above the timer's level, but interrupts are masked: taken after the callback */
}

static void an_isr_sees_the_interrupted_task_or_none(void **state)
{
    (void)state;
    at_calm = identify;
    at_call = call_raises_calm;
    run(low_then_idle);
    assert_trace("task0,running none ");
}

static void non_is_interrupted(void)
{
    trace("non ");
    RAISE(Calm);
    trace("non ");
}

static void activate_non(void)
{
    assert_int_equal(ActivateTask(Non), E_OK);
    trace("low ");
}

static void a_non_preemptable_task_goes_on_after_an_isr(void **state)
{
    (void)state;
    bodies[Non] = non_is_interrupted;
    bodies[High] = trace_high;
    at_calm = activate_high;
    run(activate_non);
    assert_trace("non isr( ) non high low ");
}

static void low_with_resource(void)
{
    assert_int_equal(GetResource(ResMiddle), E_OK);
    RAISE(Calm);
    trace("low ");
    assert_int_equal(ReleaseResource(ResMiddle), E_OK);
    trace("low ");
}

static void activate_both(void)
{
    assert_int_equal(ActivateTask(Middle), E_OK);
    assert_int_equal(ActivateTask(High), E_OK);
}

static void a_ceiling_holds_against_what_an_isr_activates(void **state)
{
    (void)state;
    bodies[Middle] = trace_middle;
    bodies[High] = trace_high;
    at_calm = activate_both;
    run(low_with_resource);
    assert_trace("high low middle low ");
}

static void raw(void)
{
    assert_true(host_is_masked());
    SuspendAllInterrupts();
    SuspendOSInterrupts();
    SuspendOSInterrupts();
    ResumeOSInterrupts();
    ResumeOSInterrupts();
    ResumeAllInterrupts();
    assert_true(host_is_masked());
    DisableAllInterrupts();
    EnableAllInterrupts();
    assert_true(host_is_masked());
    trace("raw ");
}

static void raise_raw_from_urgent(void)
{
    trace("urgent( ");
    assert_int_equal(ActivateTask(High), E_OK);
    RAISE(Raw);
    trace(") ");
}

static void raise_urgent(void)
{
    trace("low ");
    RAISE(Urgent);
    trace("low ");
}

static void category_1_leaves_the_interrupt_state_and_the_tasks_alone(void **state)
{
    (void)state;
    at_urgent = raise_raw_from_urgent;
    at_raw = raw;
    bodies[High] = trace_high;
    run(raise_urgent);
    assert_trace("low urgent( raw ) high low ");
}

static void tell_whether_it_may_wait(void)
{
    trace(OSMayWait() ? "yes " : "no ");
}

static void low_asks_everywhere(void)
{
    tell_whether_it_may_wait();
    RAISE(Calm);
    RAISE(Raw);
    SuspendOSInterrupts();
    tell_whether_it_may_wait();
    ResumeOSInterrupts();
    assert_int_equal(ActivateTask(High), E_OK);
    assert_int_equal(ActivateTask(Low), E_OS_LIMIT);
    tell_whether_it_may_wait();
    (void)SetRelAlarm(Call, 1, 0);
}

static void only_a_task_outside_of_sections_may_wait(void **state)
{
    (void)state;
    at_calm = at_raw = at_call = at_error = tell_whether_it_may_wait;
    bodies[High] = tell_whether_it_may_wait;
    tell_whether_it_may_wait();
    run(low_asks_everywhere);
    assert_trace("no yes no no no yes error4 no yes no ");
}

/* ---- masking ---- */

static void expect_masked(const char *what)
{
    RAISE(Calm);
    assert_true(host_is_masked());
    trace("%s ", what);
}

static void mask_every_way(void)
{
    DisableAllInterrupts();
    expect_masked("disabled");
    EnableAllInterrupts();
    SuspendAllInterrupts();
    expect_masked("all");
    ResumeAllInterrupts();
    SuspendOSInterrupts();
    expect_masked("os");
    ResumeOSInterrupts();
    assert_false(host_is_masked());
}

static void a_pending_interrupt_comes_at_the_end_of_each_section(void **state)
{
    (void)state;
    at_calm = activate_high;
    bodies[High] = trace_high;
    run(mask_every_way);
    assert_trace("disabled isr( ) high all isr( ) high os isr( ) high ");
}

static void nest_every_way(void)
{
    SuspendAllInterrupts();
    SuspendAllInterrupts();
    SuspendOSInterrupts();
    SuspendAllInterrupts();
    ResumeAllInterrupts();
    expect_masked("3");
    ResumeOSInterrupts();
    expect_masked("2");
    ResumeAllInterrupts();
    expect_masked("1");
    ResumeAllInterrupts();
    assert_false(host_is_masked());
    SuspendOSInterrupts();
    SuspendOSInterrupts();
    ResumeOSInterrupts();
    expect_masked("os");
    ResumeOSInterrupts();
    assert_false(host_is_masked());
    SuspendAllInterrupts();
    DisableAllInterrupts();
    EnableAllInterrupts();
    expect_masked("suspended");
    ResumeAllInterrupts();
    DisableAllInterrupts();
    SuspendAllInterrupts();
    SuspendOSInterrupts();
    ResumeOSInterrupts();
    ResumeAllInterrupts();
    expect_masked("disabled");
    EnableAllInterrupts();
    assert_false(host_is_masked());
    DisableAllInterrupts();
    DisableAllInterrupts(); /* does not nest: what the first one found counts */
    EnableAllInterrupts();
    assert_false(host_is_masked());
}

static void suspend_pairs_nest_in_each_other(void **state)
{
    (void)state;
    at_calm = trace_calm;
    run(nest_every_way);
    assert_trace("3 2 1 calm os calm suspended calm disabled calm ");
}

static void nest_300_deep(void)
{
    unsigned int i;

    for (i = 0; i < 300; i++)
        SuspendAllInterrupts();
    for (i = 0; i < 299; i++)
        ResumeAllInterrupts();
    assert_true(host_is_masked());
    ResumeAllInterrupts();
    assert_false(host_is_masked());
}

static void nesting_is_deeper_than_a_byte(void **state)
{
    (void)state;
    run(nest_300_deep);
}

static void resume_without_suspend(void)
{
    ResumeOSInterrupts();
    assert_false(host_is_masked());
    if (!CFG_EXTENDED_STATUS)
        return;
    DisableAllInterrupts();
    ResumeAllInterrupts();
    ResumeOSInterrupts();
    assert_true(host_is_masked());
    EnableAllInterrupts();
    SuspendAllInterrupts();
    EnableAllInterrupts(); /* not its partner */
    assert_true(host_is_masked());
    ResumeAllInterrupts();
    assert_false(host_is_masked());
}

static void a_resume_without_its_suspend_does_nothing(void **state)
{
    (void)state;
    run(resume_without_suspend);
}

/* ---- errors found in an ISR ---- */

static void activate_middle_three_times(void)
{
    assert_int_equal(ActivateTask(Middle), E_OK);
    assert_int_equal(ActivateTask(Middle), E_OK);
    assert_int_equal(ActivateTask(Middle), E_OS_LIMIT);
}

static void error_asks(void)
{
    trace("(%u,%u) ", OSErrorGetServiceId() == OSServiceId_ActivateTask,
          OSError_ActivateTask_TaskID());
}

static void the_limit_holds_in_an_isr_and_calls_error_hook(void **state)
{
    (void)state;
    bodies[Middle] = trace_middle;
    at_calm = activate_middle_three_times;
    at_error = error_asks;
    run(raise_calm);
    assert_trace("low error4 (1,2) middle middle low ");
}

static void error_causes_error(void)
{
    TickType left;

    assert_int_equal(GetAlarm(Call, &left), E_OS_NOFUNC);
    trace("(%u) ", OSErrorGetServiceId() == OSServiceId_CancelAlarm);
}

static void cancel_nothing(void)
{
    assert_int_equal(CancelAlarm(Call), E_OS_NOFUNC);
    assert_int_equal(CancelAlarm(Call), E_OS_NOFUNC);
}

static void an_error_in_error_hook_is_only_returned(void **state)
{
    (void)state;
    at_error = error_causes_error;
    run(cancel_nothing);
    assert_trace("error5 (1) error5 (1) ");
}

static void shutdown_in_isr(void)
{
    ShutdownOS(42);
}

static void shutdown_works_in_an_isr(void **state)
{
    (void)state;
    at_urgent = shutdown_in_isr;
    bodies[Low] = raise_urgent;
    assert_int_equal(host_run(OSDEFAULTAPPMODE), 42);
    assert_trace("low ");
}

/* ---- what extended status refuses ---- */

static void refused_in_isr(void)
{
    assert_int_equal(TerminateTask(), E_OS_CALLEVEL);
    assert_int_equal(ChainTask(High), E_OS_CALLEVEL);
    assert_int_equal(Schedule(), E_OS_CALLEVEL);
    assert_int_equal(GetResource(RES_SCHEDULER), E_OS_ACCESS);
    assert_int_equal(ReleaseResource(RES_SCHEDULER), E_OS_ACCESS);
    assert_int_equal(ActivateTask(CFG_TASK_COUNT), E_OS_ID);
    assert_int_equal(ActivateTask(INVALID_TASK), E_OS_ID);
}

static void task_services_are_refused_in_an_isr(void **state)
{
    (void)state;
    at_calm = refused_in_isr;
    run(raise_calm);
    assert_trace("low error2 error2 error2 error1 error1 error3 error3 low ");
}

static void refused_in_callback(void)
{
    TaskType task;

    assert_int_equal(ActivateTask(High), E_OS_CALLEVEL);
    assert_int_equal(SetRelAlarm(Call, 1, 0), E_OS_CALLEVEL);
    assert_int_equal(GetTaskID(&task), E_OS_CALLEVEL);
    assert_int_equal(IncrementCounter(SystemCounter), E_OS_CALLEVEL);
    SuspendAllInterrupts();
    ResumeAllInterrupts();
    assert_true(host_is_masked());
}

static void arm_call(void)
{
    (void)SetRelAlarm(Call, 1, 0);
}

static void a_callback_may_only_suspend_and_resume(void **state)
{
    (void)state;
    at_call = refused_in_callback;
    run(arm_call);
    assert_trace("error2 error2 error2 error2 ");
}

static void in_a_section(void)
{
    TickType left;

    SuspendOSInterrupts();
    assert_int_equal(ActivateTask(High), E_OS_DISABLEDINT);
    assert_int_equal(SetRelAlarm(Call, 1, 0), E_OS_DISABLEDINT);
    assert_int_equal(GetAlarm(Call, &left), E_OS_DISABLEDINT);
    assert_int_equal(GetResource(RES_SCHEDULER), E_OS_DISABLEDINT);
    ResumeOSInterrupts();
    assert_int_equal(ActivateTask(High), E_OK);
}

static void services_are_refused_in_a_masked_section(void **state)
{
    (void)state;
    bodies[High] = trace_high;
    run(in_a_section);
    assert_trace("error19 error19 error19 error19 high ");
}

static void high_takes_nothing(void)
{
    trace("high ");
    assert_int_equal(Schedule(), E_OK); /* Low's resource is not High's */
    assert_int_equal(GetResource(RES_SCHEDULER), E_OK);
    assert_int_equal(ReleaseResource(RES_SCHEDULER), E_OK);
}

static void low_holds_middle(void)
{
    assert_int_equal(GetResource(ResMiddle), E_OK);
    assert_int_equal(ActivateTask(High), E_OK);
    assert_int_equal(ReleaseResource(ResMiddle), E_OK);
}

static void a_preemptor_does_not_hold_what_the_preempted_holds(void **state)
{
    (void)state;
    bodies[High] = high_takes_nothing;
    run(low_holds_middle);
    assert_trace("high ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_task_that_an_isr_activates_runs_after_the_isr, setup),
        cmocka_unit_test_setup(only_the_outermost_isr_reschedules, setup),
        cmocka_unit_test_setup(an_isr_waits_for_those_of_its_level_and_above, setup),
        cmocka_unit_test_setup(an_isr_sees_the_interrupted_task_or_none, setup),
        cmocka_unit_test_setup(a_non_preemptable_task_goes_on_after_an_isr, setup),
        cmocka_unit_test_setup(a_ceiling_holds_against_what_an_isr_activates, setup),
        cmocka_unit_test_setup(category_1_leaves_the_interrupt_state_and_the_tasks_alone, setup),
        cmocka_unit_test_setup(only_a_task_outside_of_sections_may_wait, setup),
        cmocka_unit_test_setup(a_pending_interrupt_comes_at_the_end_of_each_section, setup),
        cmocka_unit_test_setup(suspend_pairs_nest_in_each_other, setup),
        cmocka_unit_test_setup(nesting_is_deeper_than_a_byte, setup),
        cmocka_unit_test_setup(a_resume_without_its_suspend_does_nothing, setup),
        cmocka_unit_test_setup(the_limit_holds_in_an_isr_and_calls_error_hook, setup),
        cmocka_unit_test_setup(an_error_in_error_hook_is_only_returned, setup),
        cmocka_unit_test_setup(shutdown_works_in_an_isr, setup),
        cmocka_unit_test_setup(a_preemptor_does_not_hold_what_the_preempted_holds, setup),
    };
    const struct CMUnitTest refusals[] = {
        cmocka_unit_test_setup(task_services_are_refused_in_an_isr, setup),
        cmocka_unit_test_setup(a_callback_may_only_suspend_and_resume, setup),
        cmocka_unit_test_setup(services_are_refused_in_a_masked_section, setup),
    };

    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    if (CFG_EXTENDED_STATUS)
        failed += cmocka_run_group_tests(refusals, NULL, NULL);
    return failed;
}
