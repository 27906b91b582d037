/* SPDX-License-Identifier: Apache-2.0
 *
 * Resources that interrupts use (OSEK 8.6): exactly the interrupts up to the highest user's level
 * wait, and no task of any priority runs meanwhile. Built in standard and in extended status; what
 * extended status refuses is at the end.
 */
#include "rig.h"

static rig_body at_calm;
static rig_body at_middling;
static rig_body at_urgent;

TASK(Low)
{
    rig_do(bodies[Low]); /* returns without TerminateTask() */
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
    trace("calm ");
    rig_do(at_calm);
}

ISR(Middling)
{
    trace("middling ");
    rig_do(at_middling);
}

ISR(Urgent)
{
    trace("urgent ");
    rig_do(at_urgent);
}

ISR(Raw)
{
    trace("raw ");
}

void ErrorHook(StatusType Error)
{
    trace(OSErrorGetServiceId() == OSServiceId_None ? "error%u! " : "error%u ", Error);
}

static int setup(void **state)
{
    (void)state;
    at_calm = NULL;
    at_middling = NULL;
    at_urgent = NULL;
    rig_begin(0);
    return 0;
}

static void run(rig_body low)
{
    bodies[Low] = low;
    assert_int_equal(host_run(OSDEFAULTAPPMODE), HOST_IDLE_FOREVER);
    if (CFG_EXTENDED_STATUS && rig_log[0] != '\0') { /* Low's own end is not the matter here */
        char *const end = rig_log + strlen(rig_log) - strlen("error18! ");

        assert_string_equal(end, "error18! ");
        *end = '\0';
    }
}

static void get(ResourceType resource)
{
    assert_int_equal(GetResource(resource), E_OK);
    trace("( ");
}

static void release(ResourceType resource)
{
    trace(") ");
    assert_int_equal(ReleaseResource(resource), E_OK);
}

static void raise_all(void)
{
    RAISE(Calm);
    RAISE(Middling);
    RAISE(Raw);
    RAISE(Urgent);
}

static void hold_calm(void)
{
    get(ResCalm);
    raise_all();
    release(ResCalm);
    trace("low ");
}

static void interrupts_up_to_the_level_wait_and_no_others(void **state)
{
    (void)state;
    run(hold_calm);
    assert_trace("( middling raw urgent ) calm low ");
}

static void hold_timer(void)
{
    get(ResTimer);
    raise_all();
    release(ResTimer);
    trace("low ");
}

static void category_1_waits_too(void **state)
{
    (void)state;
    run(hold_timer);
    assert_trace("( urgent ) middling raw calm low ");
}

static void hold_both(void)
{
    get(ResTimer);
    get(ResCalm); /* a lower level: changes nothing */
    raise_all();
    release(ResCalm);
    trace("low ");
    release(ResTimer);
    get(ResCalm);
    get(ResTimer);
    raise_all();
    release(ResTimer);
    trace("low ");
    release(ResCalm);
}

static void sections_nest(void **state)
{
    (void)state;
    run(hold_both);
    assert_trace("( ( urgent ) low ) middling raw calm ( ( urgent ) middling raw low ) calm ");
}

static void trace_high(void)
{
    trace("high ");
}

static void trace_middle(void)
{
    trace("middle ");
}

static void activate_high(void)
{
    assert_int_equal(ActivateTask(High), E_OK);
}

static void hold_calm_and_time(void)
{
    assert_int_equal(SetRelAlarm(ToHigh, 1, 0), E_OK);
    get(ResCalm);
    host_advance(1500);
    RAISE(Urgent);
    trace("low ");
    release(ResCalm);
    trace("low ");
}

static void no_task_runs_while_a_level_is_masked(void **state)
{
    (void)state;
    bodies[High] = trace_high;
    bodies[Middle] = trace_middle;
    run(hold_calm_and_time);
    assert_trace("( urgent low ) high low ");
}

static void use_calm(void)
{
    get(ResCalm);
    RAISE(Calm);
    release(ResCalm);
    trace("end ");
}

static void take_timer_in_calm(void)
{
    get(ResTimer);
    raise_all();
    assert_int_equal(ActivateTask(High), E_OK);
    release(ResTimer);
    trace("calm-end ");
    at_calm = NULL;
}

static void raise_calm(void)
{
    RAISE(Calm);
    trace("low ");
}

static void an_isr_takes_a_resource_above_its_level(void **state)
{
    (void)state;
    at_calm = take_timer_in_calm;
    bodies[High] = trace_high;
    run(raise_calm);
    assert_trace("calm ( urgent ) middling raw calm-end calm high low ");
}

static void middle_uses(void)
{
    trace("middle ");
    get(ResTask);
    release(ResTask);
}

static void activate_middle(void)
{
    assert_int_equal(ActivateTask(Middle), E_OK);
}

static void hold_task_resource(void)
{
    get(ResTask);
    RAISE(Calm);
    RAISE(Urgent);
    trace("low ");
    release(ResTask);
    trace("low ");
}

static void a_resource_of_tasks_masks_no_interrupt(void **state)
{
    (void)state;
    at_calm = activate_middle;
    at_urgent = activate_high;
    bodies[Middle] = middle_uses;
    bodies[High] = trace_high;
    run(hold_task_resource);
    assert_trace("( calm urgent high low ) middle ( ) low ");
}

static void low_takes_while_calm_is_between(void)
{
    at_calm = NULL;
    use_calm();
}

static void a_level_is_as_before_after_all(void **state)
{
    (void)state;
    run(low_takes_while_calm_is_between);
    assert_trace("( ) calm end ");
}

/* ---- what extended status refuses or tidies up ---- */

static void isr_tries_all(void)
{
    assert_int_equal(GetResource(ResTask), E_OS_ACCESS); /* its ceiling is a task's */
    assert_int_equal(GetResource(ResCalm), E_OS_ACCESS); /* below this interrupt's level */
    assert_int_equal(GetResource(CFG_RESOURCE_COUNT), E_OS_ID);
    assert_int_equal(ReleaseResource(ResTimer), E_OS_NOFUNC);
    assert_int_equal(ReleaseResource(ResCalm), E_OS_ACCESS);
}

static void raise_middling(void)
{
    RAISE(Middling);
    trace("low ");
}

static void an_isr_is_refused_what_is_below_its_level(void **state)
{
    (void)state;
    at_middling = isr_tries_all;
    run(raise_middling);
    assert_trace("middling error1 error1 error3 error5 error1 low ");
}

static void urgent_tries(void)
{
    assert_int_equal(GetResource(ResTimer), E_OS_ACCESS);
    assert_int_equal(ReleaseResource(ResTimer), E_OS_ACCESS);
}

static void middling_takes_calms(void)
{
    assert_int_equal(GetResource(ResLinked), E_OS_ACCESS); /* the group's level is Calm's */
}

static void calm_takes_all(void)
{
    get(ResCalm);
    assert_int_equal(GetResource(ResCalm), E_OS_ACCESS);
    get(ResLinked);
    RAISE(Urgent);
    RAISE(Middling);
    assert_int_equal(ReleaseResource(ResCalm), E_OS_NOFUNC);
    release(ResLinked);
    release(ResCalm);
}

static void each_context_holds_its_own(void **state)
{
    (void)state;
    at_calm = calm_takes_all;
    at_middling = middling_takes_calms;
    at_urgent = urgent_tries;
    run(raise_calm);
    assert_trace("calm ( error1 ( urgent error1 error1 middling error1 error5 ) ) low ");
}

static void keep_both(void)
{
    get(ResCalm);
    get(ResTimer);
    RAISE(Middling);
    activate_high();
}

static void an_isr_that_keeps_a_resource_is_told_and_it_is_given_back(void **state)
{
    (void)state;
    at_calm = keep_both;
    bodies[High] = trace_high;
    run(raise_calm);
    assert_trace("calm ( ( error6! middling high low ");
    at_calm = NULL;
    run(hold_both);
    rig_log[0] = '\0';
}

static void return_with_both(void)
{
    get(ResTask);
    get(ResTimer);
    RAISE(Calm);
    RAISE(Middling);
}

static void a_task_that_returns_gives_its_level_back(void **state)
{
    (void)state;
    bodies[Low] = return_with_both;
    assert_int_equal(host_run(OSDEFAULTAPPMODE), HOST_IDLE_FOREVER);
    assert_trace("( ( error18! middling calm ");
}

static void end_in_the_middle(void)
{
    get(ResTask);
    SuspendOSInterrupts();
    ShutdownOS(E_OK);
}

static void a_new_start_holds_nothing_and_is_in_no_section(void **state)
{
    (void)state;
    bodies[Low] = end_in_the_middle;
    assert_int_equal(host_run(OSDEFAULTAPPMODE), E_OK);
    assert_int_equal(host_run(OSDEFAULTAPPMODE), E_OK);
    assert_trace("( ( ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(interrupts_up_to_the_level_wait_and_no_others, setup),
        cmocka_unit_test_setup(category_1_waits_too, setup),
        cmocka_unit_test_setup(sections_nest, setup),
        cmocka_unit_test_setup(no_task_runs_while_a_level_is_masked, setup),
        cmocka_unit_test_setup(an_isr_takes_a_resource_above_its_level, setup),
        cmocka_unit_test_setup(a_resource_of_tasks_masks_no_interrupt, setup),
        cmocka_unit_test_setup(a_level_is_as_before_after_all, setup),
    };
    const struct CMUnitTest refusals[] = {
        cmocka_unit_test_setup(an_isr_is_refused_what_is_below_its_level, setup),
        cmocka_unit_test_setup(each_context_holds_its_own, setup),
        cmocka_unit_test_setup(an_isr_that_keeps_a_resource_is_told_and_it_is_given_back, setup),
        cmocka_unit_test_setup(a_task_that_returns_gives_its_level_back, setup),
        cmocka_unit_test_setup(a_new_start_holds_nothing_and_is_in_no_section, setup),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    if (CFG_EXTENDED_STATUS)
        failed += cmocka_run_group_tests(refusals, NULL, NULL);
    return failed;
}
