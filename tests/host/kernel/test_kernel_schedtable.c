/* SPDX-License-Identifier: Apache-2.0
 *
 * Schedule tables: at which count each point expires, what comes after the last one, late ones, and
 * the states; and what GetCounterValue and GetElapsedValue tell. A tick is 1000 counts.
 */
#include "rig.h"

static rig_body at_low;
static rig_body at_urgent;
static rig_body at_error;
static bool times; /* trace when tasks run */

static void trace_task(const char *name)
{
    if (times)
        trace("%s@%llu ", name, (unsigned long long)(host_count() / 1000));
    else
        trace("%s ", name);
}

TASK(Low)
{
    rig_do(at_low);
    TerminateTask();
}

TASK(A)
{
    trace_task("A");
    TerminateTask();
}

TASK(B)
{
    trace_task("B");
    TerminateTask();
}

TASK(Waiter)
{
    for (;;) {
        assert_int_equal(WaitEvent(Go), E_OK);
        assert_int_equal(ClearEvent(Go), E_OK);
        trace_task("go");
    }
}

ISR(Urgent)
{
    rig_do(at_urgent);
}

void ErrorHook(StatusType Error)
{
    trace("error%u ", Error);
    rig_do(at_error);
}

static int setup(void **state)
{
    (void)state;
    at_low = NULL;
    at_urgent = NULL;
    at_error = NULL;
    times = true;
    rig_begin(0);
    return 0;
}

static void run_for(rig_body low, unsigned int ticks)
{
    at_low = low;
    host_set_limit(ticks * 1000u);
    assert_in_range(host_run(DefaultMode), HOST_IDLE_FOREVER, HOST_TIME_UP);
}

static void expect_status(ScheduleTableType table, ScheduleTableStatusType expected)
{
    ScheduleTableStatusType status = (ScheduleTableStatusType)99;

    assert_int_equal(GetScheduleTableStatus(table, &status), E_OK);
    assert_int_equal(status, expected);
}

/* ---- a single round ---- */

static void start_once(void)
{
    expect_status(Once, SCHEDULETABLE_STOPPED);
    assert_int_equal(StartScheduleTableRel(Once, 10), E_OK);
    expect_status(Once, SCHEDULETABLE_RUNNING);
    trace("low ");
    host_advance(29999);
    expect_status(Once, SCHEDULETABLE_RUNNING);
    host_advance(1);
    expect_status(Once, SCHEDULETABLE_STOPPED);
}

static void a_single_round_ends_after_its_duration(void **state)
{
    (void)state;
    run_for(start_once, 1000);
    assert_trace("low A@12 go@15 B@15 A@15 ");
    assert_int_equal(host_timer_armed(), UINT64_MAX);
    assert_int_equal(host_timer_interrupts(), 3);
}

static void start_again_at_its_end(void)
{
    assert_int_equal(StartScheduleTableRel(Once, 1), E_OK);
    host_advance(21000);
    assert_int_equal(StartScheduleTableRel(Once, 1), E_OK);
}

static void a_table_can_be_started_again(void **state)
{
    (void)state;
    run_for(start_again_at_its_end, 1000);
    assert_trace("A@3 go@6 B@6 A@6 A@24 go@27 B@27 A@27 ");
}

static void start_absolute(void)
{
    host_advance(95000);
    assert_int_equal(StartScheduleTableAbs(Round, 98), E_OK);
    assert_int_equal(StartScheduleTableAbs(Third, 95), E_OK); /* shown now: the next time */
    assert_int_equal(StartScheduleTableAbs(Once, 2), E_OK);
}

static void an_absolute_start_is_the_next_time_that_the_counter_shows_it(void **state)
{
    (void)state;
    run_for(start_absolute, 130);
    assert_trace("A@98 B@102 A@104 go@107 B@107 A@107 A@108 B@112 A@118 B@122 A@128 ");
    rig_begin(0);
    run_for(start_absolute, 200);
    assert_non_null(strstr(rig_log, "B@195 "));
}

/* ---- round after round ---- */

static void start_round(void)
{
    assert_int_equal(StartScheduleTableRel(Round, 1), E_OK);
}

static void a_repeating_table_never_drifts(void **state)
{
    (void)state;
    run_for(start_round, 27);
    assert_trace("A@1 B@5 A@11 B@15 A@21 B@25 ");
}

static void start_and_stop(void)
{
    start_round();
    host_advance(12000);
    assert_int_equal(StopScheduleTable(Round), E_OK);
    expect_status(Round, SCHEDULETABLE_STOPPED);
    assert_int_equal(StopScheduleTable(Round), E_OS_NOFUNC);
    assert_int_equal(host_timer_armed(), UINT64_MAX);
    host_advance(12000);
    trace("low ");
    assert_int_equal(StartScheduleTableRel(Round, 1), E_OK);
    host_advance(2000);
    assert_int_equal(StopScheduleTable(Round), E_OK);
}

static void a_stopped_table_expires_no_more_and_starts_anew(void **state)
{
    (void)state;
    run_for(start_and_stop, 1000);
    assert_trace("A@1 B@5 A@11 error5 low A@25 ");
}

static void pause_for_rounds(void)
{
    start_round();
    host_advance(2000);
    host_pause(33000); /* from 2 to 35: 5, 11, 15, 21, 25, 31, 35 would have expired */
    trace("low ");
    assert_int_equal(OSScheduleTableLostCount(Round), 3);
    host_advance(10000);
}

static void a_table_late_by_rounds_runs_one_and_keeps_its_phase(void **state)
{
    (void)state;
    run_for(pause_for_rounds, 46);
    assert_trace("A@1 B@35 low A@41 B@45 ");
}

static void pause_until_just_before(void)
{
    start_round();
    host_advance(2000);
    host_pause(12999); /* until the count before 15 */
    trace("low ");
    assert_int_equal(OSScheduleTableLostCount(Round), 0);
}

static void a_table_late_by_less_than_a_round_catches_up(void **state)
{
    (void)state;
    run_for(pause_until_just_before, 16);
    assert_trace("A@1 B@14 A@14 low B@15 ");
}

static void pause_a_single_round(void)
{
    assert_int_equal(StartScheduleTableRel(Once, 10), E_OK);
    host_pause(90000);
    expect_status(Once, SCHEDULETABLE_STOPPED);
    assert_int_equal(OSScheduleTableLostCount(Once), 0);
}

/* The second activation of A finds the first still in the queue, and there is room for it. */
static void all_points_of_a_single_round_run_however_late(void **state)
{
    (void)state;
    run_for(pause_a_single_round, 1000);
    assert_trace("go@90 B@90 A@90 A@90 ");
}

/* ---- one after another ---- */

static void next_in_the_round(void)
{
    start_round();
    host_advance(2000);
    assert_int_equal(NextScheduleTable(Round, Third), E_OK);
    expect_status(Round, SCHEDULETABLE_RUNNING);
    expect_status(Third, SCHEDULETABLE_NEXT);
    host_advance(8999);
    expect_status(Third, SCHEDULETABLE_NEXT);
    host_advance(1);
    expect_status(Round, SCHEDULETABLE_STOPPED);
    expect_status(Third, SCHEDULETABLE_RUNNING);
}

static void a_table_follows_at_the_end_of_the_round(void **state)
{
    (void)state;
    run_for(next_in_the_round, 1000);
    assert_trace("A@1 B@5 B@11 ");
}

static void next_after_the_last_point(void)
{
    assert_int_equal(StartScheduleTableRel(Third, 1), E_OK);
    host_advance(3000);
    assert_int_equal(NextScheduleTable(Third, Once), E_OK);
}

static void it_follows_also_when_asked_after_the_last_point(void **state)
{
    (void)state;
    run_for(next_after_the_last_point, 1000);
    assert_trace("B@1 A@10 go@13 B@13 A@13 ");
}

static void replace_next(void)
{
    start_round();
    assert_int_equal(NextScheduleTable(Round, Third), E_OK);
    assert_int_equal(NextScheduleTable(Round, Once), E_OK);
    expect_status(Third, SCHEDULETABLE_STOPPED);
    expect_status(Once, SCHEDULETABLE_NEXT);
    assert_int_equal(NextScheduleTable(Round, Once), E_OS_STATE);
    assert_int_equal(NextScheduleTable(Round, Round), E_OS_STATE);
    assert_int_equal(NextScheduleTable(Once, Third), E_OS_NOFUNC); /* has not started */
    assert_int_equal(NextScheduleTable(Third, Once), E_OS_NOFUNC); /* stopped */
    assert_int_equal(StartScheduleTableRel(Once, 1), E_OS_STATE);
    assert_int_equal(StartScheduleTableAbs(Round, 1), E_OS_STATE);
    assert_int_equal(StopScheduleTable(Once), E_OK);
    expect_status(Once, SCHEDULETABLE_STOPPED);
    assert_int_equal(NextScheduleTable(Round, Third), E_OK);
    assert_int_equal(StopScheduleTable(Round), E_OK);
    expect_status(Third, SCHEDULETABLE_STOPPED);
    start_round();
}

static void who_follows_can_be_changed_and_stopped(void **state)
{
    (void)state;
    run_for(replace_next, 12);
    assert_trace("error7 error7 error5 error5 error7 error7 A@1 B@5 A@11 ");
}

static void pause_with_next(void)
{
    start_round();
    host_advance(2000);
    assert_int_equal(NextScheduleTable(Round, Third), E_OK);
    host_pause(40000);
    assert_int_equal(OSScheduleTableLostCount(Round), 0);
}

static void a_table_that_is_followed_ends_with_its_round_however_late(void **state)
{
    (void)state;
    run_for(pause_with_next, 1000);
    assert_trace("A@1 B@42 B@42 ");
}

/* ---- what belongs together ---- */

static void raise_urgent(void)
{
    RAISE(Urgent); /* hooks are masked: it is taken as soon as the kernel lets it through */
}

static void look_at_waiter(void)
{
    TaskStateType state = SUSPENDED;

    assert_int_equal(GetTaskState(A, &state), E_OK);
    trace(state == READY ? "urgent:A-is-ready " : "urgent ");
    assert_int_equal(GetTaskState(Waiter, &state), E_OK);
    trace(state == READY ? "Waiter-is-ready " : "but-not-Waiter ");
}

static void fill_b_then_start_once(void)
{
    times = false;
    assert_int_equal(GetResource(RES_SCHEDULER), E_OK);
    assert_int_equal(ActivateTask(B), E_OK);
    assert_int_equal(ActivateTask(B), E_OK);
    assert_int_equal(StartScheduleTableRel(Once, 1), E_OK);
    assert_int_equal(SetRelAlarm(ToA, 6, 0), E_OK);
    host_advance(8000);
    trace("low ");
    assert_int_equal(ReleaseResource(RES_SCHEDULER), E_OK);
}

/* At tick 6: the alarm activates A again, then the point fails to activate B and A, and sets Go. */
static void a_points_actions_happen_together_and_after_an_alarm_of_that_tick(void **state)
{
    (void)state;
    at_error = raise_urgent;
    at_urgent = look_at_waiter;
    run_for(fill_b_then_start_once, 1000);
    assert_trace("error4 error4 urgent:A-is-ready Waiter-is-ready low go B B A A ");
}

/* ---- starting by themselves ---- */

static void tables_start_by_themselves(void **state)
{
    (void)state;
    host_set_limit(18000);
    assert_int_equal(host_run(Automatic), HOST_TIME_UP);
    assert_trace("B@1 A@3 B@7 A@13 B@17 ");
}

/* ---- on a software counter ---- */

static void tick(unsigned int times_)
{
    while (times_-- > 0)
        assert_int_equal(IncrementCounter(Soft), E_OK);
}

static void tick_to_the_wrap(void)
{
    tick(9);
    trace("9 ");
    tick(1);
}

/* AUTOSTART ABSOLUTE with the value that the counter shows at the start. */
static void a_table_that_starts_by_itself_at_0_waits_for_the_wrap(void **state)
{
    (void)state;
    at_urgent = tick_to_the_wrap;
    RAISE(Urgent);
    host_set_limit(0);
    assert_int_equal(host_run(Automatic), HOST_TIME_UP);
    assert_trace("9 B@0 ");
}

static void ticks(void)
{
    times = false;
    tick(8);
    assert_int_equal(StartScheduleTableAbs(OnSoft, 1), E_OK);
    assert_int_equal(SetRelAlarm(ToB, 3, 0), E_OK);
    tick(2);
    trace("8+2 ");
    tick(1);
    trace("8+3 ");
    tick(2);
    trace("8+5 ");
    tick(1);
    trace("8+6 ");
}

static void a_software_counter_drives_a_table(void **state)
{
    (void)state;
    run_for(ticks, 1000);
    assert_trace("8+2 B B 8+3 8+5 B 8+6 ");
}

/* ---- errors ---- */

static void wrong_arguments(void)
{
    ScheduleTableStatusType status;

    assert_int_equal(StartScheduleTableRel(CFG_SCHEDTABLE_COUNT, 1), E_OS_ID);
    assert_int_equal(StartScheduleTableAbs(CFG_SCHEDTABLE_COUNT, 1), E_OS_ID);
    assert_int_equal(StopScheduleTable(CFG_SCHEDTABLE_COUNT), E_OS_ID);
    assert_int_equal(NextScheduleTable(CFG_SCHEDTABLE_COUNT, Once), E_OS_ID);
    assert_int_equal(NextScheduleTable(Once, CFG_SCHEDTABLE_COUNT), E_OS_ID);
    assert_int_equal(GetScheduleTableStatus(CFG_SCHEDTABLE_COUNT, &status), E_OS_ID);
    assert_int_equal(NextScheduleTable(Once, OnSoft), E_OS_ID);
    assert_trace("error3 error3 error3 error3 error3 error3 error3 ");
    assert_int_equal(StartScheduleTableRel(Once, 0), E_OS_VALUE);
    assert_int_equal(StartScheduleTableRel(Once, 98), E_OS_VALUE); /* + 2 to the first point */
    assert_int_equal(StartScheduleTableRel(Once, UINT32_MAX), E_OS_VALUE);
    assert_int_equal(StartScheduleTableAbs(Once, 100), E_OS_VALUE);
    assert_trace("error8 error8 error8 error8 ");
    assert_int_equal(StartScheduleTableRel(Once, 97), E_OK);
    assert_int_equal(StartScheduleTableAbs(Third, 99), E_OK);
    assert_int_equal(StopScheduleTable(Once), E_OK);
    assert_int_equal(StopScheduleTable(Third), E_OK);
}

static void wrong_arguments_are_refused(void **state)
{
    (void)state;
    run_for(wrong_arguments, 1000);
    assert_trace("");
}

/* ---- counters ---- */

static void read_counters(void)
{
    TickType value = 99;
    TickType elapsed = 99;

    assert_int_equal(GetCounterValue(SystemCounter, &value), E_OK);
    assert_int_equal(value, 0);
    host_advance(95000);
    assert_int_equal(GetElapsedValue(SystemCounter, &value, &elapsed), E_OK);
    assert_int_equal(value, 95);
    assert_int_equal(elapsed, 95);
    host_advance(10999);
    assert_int_equal(GetElapsedValue(SystemCounter, &value, &elapsed), E_OK);
    assert_int_equal(value, 5); /* 105 */
    assert_int_equal(elapsed, 10);
    assert_int_equal(GetElapsedValue(SystemCounter, &value, &elapsed), E_OK);
    assert_int_equal(elapsed, 0);
    tick(7);
    assert_int_equal(GetCounterValue(Soft, &value), E_OK);
    assert_int_equal(value, 7);
    tick(9);
    assert_int_equal(GetElapsedValue(Soft, &value, &elapsed), E_OK);
    assert_int_equal(value, 6);
    assert_int_equal(elapsed, 9);
    value = 10;
    assert_int_equal(GetElapsedValue(Soft, &value, &elapsed), E_OS_VALUE);
    assert_int_equal(GetElapsedValue(CFG_COUNTER_COUNT, &value, &elapsed), E_OS_ID);
    assert_int_equal(GetCounterValue(CFG_COUNTER_COUNT, &value), E_OS_ID);
    assert_int_equal(IncrementCounter(CFG_COUNTER_COUNT), E_OS_ID);
    assert_int_equal(IncrementCounter(SystemCounter), E_OS_ID);
}

static void counters_tell_their_value_and_what_has_passed(void **state)
{
    (void)state;
    run_for(read_counters, 1000);
    assert_trace("error8 error3 error3 error3 error3 ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_single_round_ends_after_its_duration, setup),
        cmocka_unit_test_setup(a_table_can_be_started_again, setup),
        cmocka_unit_test_setup(an_absolute_start_is_the_next_time_that_the_counter_shows_it, setup),
        cmocka_unit_test_setup(a_repeating_table_never_drifts, setup),
        cmocka_unit_test_setup(a_stopped_table_expires_no_more_and_starts_anew, setup),
        cmocka_unit_test_setup(a_table_late_by_rounds_runs_one_and_keeps_its_phase, setup),
        cmocka_unit_test_setup(a_table_late_by_less_than_a_round_catches_up, setup),
        cmocka_unit_test_setup(all_points_of_a_single_round_run_however_late, setup),
        cmocka_unit_test_setup(a_table_follows_at_the_end_of_the_round, setup),
        cmocka_unit_test_setup(it_follows_also_when_asked_after_the_last_point, setup),
        cmocka_unit_test_setup(who_follows_can_be_changed_and_stopped, setup),
        cmocka_unit_test_setup(a_table_that_is_followed_ends_with_its_round_however_late, setup),
        cmocka_unit_test_setup(a_points_actions_happen_together_and_after_an_alarm_of_that_tick,
                               setup),
        cmocka_unit_test_setup(tables_start_by_themselves, setup),
        cmocka_unit_test_setup(a_table_that_starts_by_itself_at_0_waits_for_the_wrap, setup),
        cmocka_unit_test_setup(a_software_counter_drives_a_table, setup),
        cmocka_unit_test_setup(wrong_arguments_are_refused, setup),
        cmocka_unit_test_setup(counters_tell_their_value_and_what_has_passed, setup),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
