/* SPDX-License-Identifier: Apache-2.0
 *
 * Counters and alarms on the machine's timer: at which count they expire, at any frequency, late,
 * and where the counter wraps. Time is checked against the counts of the simulated timer.
 */
#include "rig.h"

static rig_body at_call;
static rig_body at_urgent;

TASK(Low)
{
    rig_task(Low);
}

TASK(Middle)
{
    rig_task(Middle);
}

TASK(High)
{
    rig_task(High);
}

ALARMCALLBACK(Call)
{
    rig_do(at_call);
}

ISR(Urgent)
{
    rig_do(at_urgent);
}

static uint64_t now(void)
{
    return host_count();
}

static int setup(void **state)
{
    (void)state;
    at_call = NULL;
    at_urgent = NULL;
    rig_begin(0);
    return 0;
}

static int run(rig_body low)
{
    bodies[Low] = low;
    return host_run(OSDEFAULTAPPMODE);
}

/* ---- exact moments ---- */

static struct {
    uint32_t hz;
    uint64_t epoch;
    TickType cycle;
    unsigned int expiries;
    unsigned int wanted;
    unsigned int early; /* counts that an expiry may be before the ideal moment */
} series;

static void check_moment(void)
{
    const uint64_t ticks = (uint64_t)++series.expiries * series.cycle;
    const unsigned __int128 scaled = (unsigned __int128)ticks * series.hz * OSTICKDURATION;
    const uint64_t ideal = (uint64_t)((scaled + 999999999) / 1000000000);

    assert_in_range(now() - series.epoch, ideal - series.early, ideal);
    if (series.expiries == series.wanted)
        ShutdownOS(E_OK);
}

static void start_series(void)
{
    assert_int_equal(SetRelAlarm(ToHigh, series.cycle, series.cycle), E_OK);
}

static void run_series(uint32_t hz, TickType cycle, unsigned int hours, unsigned int early)
{
    series.hz = hz;
    series.epoch = 0x123456789abcdefu;
    series.cycle = cycle;
    series.expiries = 0;
    series.wanted = hours * 3600u * 1000u / cycle;
    series.early = early;
    setup(NULL);
    bodies[High] = check_moment;
    host_reset(hz, series.epoch);
    assert_int_equal(run(start_series), E_OK);
    assert_int_equal(series.expiries, series.wanted);
    assert_int_equal(host_timer_interrupts(), series.wanted);
}

static void a_10_ms_alarm_is_exact_for_an_hour(void **state)
{
    (void)state;
    run_series(62500000, 10, 1, 0);
    run_series(24000000, 10, 1, 0);
    run_series(54000000, 10, 1, 0);
    run_series(19200000, 10, 1, 0);
    run_series(1000000000, 10, 1, 0);
    run_series(32768, 10, 1, 0);
    run_series(1000003, 10, 1, 0);
}

static void a_cycle_of_a_prime_number_of_ticks_is_exact_for_nine_hours(void **state)
{
    (void)state;
    run_series(62500000, 997, 9, 0);
    run_series(54000000, 997, 9, 0);
    run_series(32768, 997, 9, 0);
    run_series(32768, 7, 9, 0);
}

static void after_thirty_days_an_odd_frequency_is_one_count_early_at_most(void **state)
{
    (void)state;
    run_series(1000003, 9973, 720, 1);
    run_series(32768, 9973, 720, 1);
    run_series(62500000, 9973, 720, 0);
}

/* ---- single shot, order, the timer's programming ---- */

static void trace_low(void)
{
    trace("low@%llu ", (unsigned long long)now());
}

static void trace_middle(void)
{
    trace("middle@%llu ", (unsigned long long)now());
}

static void trace_high(void)
{
    trace("high@%llu ", (unsigned long long)now());
}

static void arm_two(void)
{
    assert_int_equal(SetRelAlarm(ToMiddle, 7, 0), E_OK);
    assert_int_equal(host_timer_armed(), 7000);
    assert_int_equal(SetRelAlarm(ToHigh, 3, 0), E_OK);
    assert_int_equal(host_timer_armed(), 3000);
}

static void the_timer_is_armed_for_the_next_expiry_only(void **state)
{
    (void)state;
    bodies[Middle] = trace_middle;
    bodies[High] = trace_high;
    assert_int_equal(run(arm_two), HOST_IDLE_FOREVER);
    assert_trace("high@3000 middle@7000 ");
    assert_int_equal(host_timer_interrupts(), 2);
    assert_int_equal(host_timer_armed(), UINT64_MAX);
}

static void arm_on_both(void)
{
    assert_int_equal(SetRelAlarm(ToMiddle, 1, 0), E_OK);
    assert_int_equal(SetRelAlarm(SmallToHigh, 8, 0), E_OK);
    assert_int_equal(host_timer_armed(), 1000);
    assert_int_equal(CancelAlarm(SmallToHigh), E_OK);
    assert_int_equal(SetRelAlarm(SmallToHigh, 3, 0), E_OK);
    assert_int_equal(host_timer_armed(), 750);
}

static void the_timer_follows_the_earlier_of_two_counters(void **state)
{
    (void)state;
    bodies[Middle] = trace_middle;
    bodies[High] = trace_high;
    assert_int_equal(run(arm_on_both), HOST_IDLE_FOREVER);
    assert_trace("high@750 middle@1000 ");
    assert_int_equal(host_timer_interrupts(), 2);
}

static void cancel_the_first(void)
{
    arm_two();
    assert_int_equal(CancelAlarm(ToHigh), E_OK);
    assert_int_equal(host_timer_armed(), 7000);
    assert_int_equal(CancelAlarm(ToHigh), E_OS_NOFUNC);
    assert_int_equal(CancelAlarm(ToMiddle), E_OK);
    assert_int_equal(host_timer_armed(), UINT64_MAX);
}

static void cancel_moves_or_stops_the_timer(void **state)
{
    (void)state;
    assert_int_equal(run(cancel_the_first), HOST_IDLE_FOREVER);
    assert_int_equal(host_timer_interrupts(), 0);
}

static void trace_call(void)
{
    assert_true(host_is_masked());
    trace("call@%llu ", (unsigned long long)now());
}

static void arm_together(void)
{
    (void)SetRelAlarm(Call, 5, 0);
    (void)SetRelAlarm(ToMiddle, 5, 0);
    (void)SetRelAlarm(ToHigh, 5, 0);
    (void)SetRelAlarm(SmallToHigh, 9, 0);
}

static void alarms_of_one_moment_need_one_interrupt(void **state)
{
    (void)state;
    bodies[Middle] = trace_middle;
    bodies[High] = trace_high;
    at_call = trace_call;
    assert_int_equal(run(arm_together), HOST_IDLE_FOREVER);
    assert_trace("high@2250 call@5000 high@5000 middle@5000 ");
    assert_int_equal(host_timer_interrupts(), 2);
}

static void raise_urgent(void)
{
    trace("call ");
    RAISE(Urgent);
}

static void trace_urgent(void)
{
    TaskStateType state;

    (void)GetTaskState(High, &state);
    trace("urgent(high %s) ", state == SUSPENDED ? "suspended" : "active");
}

static void arm_call_and_high(void)
{
    (void)SetRelAlarm(Call, 5, 0);
    (void)SetRelAlarm(SmallToHigh, 1, 0);
    host_pause(
        20000); /* both are due when interrupts come: the system counter's alarm goes first */
}

static void a_higher_interrupt_comes_through_between_two_alarms(void **state)
{
    (void)state;
    bodies[High] = trace_high;
    at_call = raise_urgent;
    at_urgent = trace_urgent;
    assert_int_equal(run(arm_call_and_high), HOST_IDLE_FOREVER);
    assert_trace("call urgent(high suspended) high@20000 ");
}

static void busy_low(void)
{
    (void)SetRelAlarm(ToHigh, 2, 2);
    (void)SetRelAlarm(ToMiddle, 3, 0);
    host_advance(5500);
    trace("low@%llu ", (unsigned long long)now());
    (void)CancelAlarm(ToHigh);
}

static void an_expiry_preempts_a_running_task_at_its_count(void **state)
{
    (void)state;
    bodies[Middle] = trace_middle;
    bodies[High] = trace_high;
    assert_int_equal(run(busy_low), HOST_IDLE_FOREVER);
    assert_trace("high@2000 middle@3000 high@4000 low@5500 ");
}

static void rearm_high(void)
{
    static unsigned int runs;

    trace_high();
    assert_int_equal(SetRelAlarm(ToHigh, 4, 0), E_OK);
    if (++runs == 3)
        (void)CancelAlarm(ToHigh);
}

static void arm_high_once(void)
{
    (void)SetRelAlarm(ToHigh, 4, 0);
}

static void a_single_shot_is_free_when_its_task_runs(void **state)
{
    (void)state;
    bodies[High] = rearm_high;
    assert_int_equal(run(arm_high_once), HOST_IDLE_FOREVER);
    assert_trace("high@4000 high@8000 high@12000 ");
}

/* ---- values ---- */

static void check_get_alarm(void)
{
    TickType left;

    host_advance(1500); /* in the middle of tick 1 */
    assert_int_equal(SetRelAlarm(ToHigh, 10, 0), E_OK);
    assert_int_equal(GetAlarm(ToHigh, &left), E_OK);
    assert_int_equal(left, 10);
    host_advance(499); /* 1999 */
    assert_int_equal(GetAlarm(ToHigh, &left), E_OK);
    assert_int_equal(left, 10);
    host_advance(1);
    assert_int_equal(GetAlarm(ToHigh, &left), E_OK);
    assert_int_equal(left, 9);
    SuspendAllInterrupts();
    host_advance(100000);
    assert_int_equal(GetAlarm(ToHigh, &left), E_OK);
    assert_int_equal(left, 0);
    ResumeAllInterrupts();
    assert_int_equal(GetAlarm(ToHigh, &left), E_OS_NOFUNC);
}

static void get_alarm_counts_down_tick_by_tick(void **state)
{
    (void)state;
    assert_int_equal(run(check_get_alarm), HOST_IDLE_FOREVER);
}

static void increment_zero(void)
{
    assert_int_equal(SetRelAlarm(ToHigh, 0, 0), E_OS_VALUE);
    assert_int_equal(SetRelAlarm(ToHigh, 0, 5), E_OS_VALUE);
    assert_int_equal(SetRelAlarm(ToHigh, 1, 0), E_OK);
    assert_int_equal(SetRelAlarm(ToHigh, 1, 0), E_OS_STATE);
    assert_int_equal(SetAbsAlarm(ToHigh, 1, 0), E_OS_STATE);
}

static void increment_zero_is_refused_and_an_armed_alarm_kept(void **state)
{
    (void)state;
    bodies[High] = trace_high;
    assert_int_equal(run(increment_zero), HOST_IDLE_FOREVER);
    assert_trace("high@1000 ");
}

/* ---- late alarms ---- */

static void pause_over_cycles(void)
{
    (void)SetRelAlarm(ToHigh, 10, 10);
    host_advance(10000);
    host_pause(35500); /* to 45.5: due at 20, lost 30 and 40 */
    assert_int_equal(OSAlarmLostCount(ToHigh), 2);
    host_advance(4500);
    (void)CancelAlarm(ToHigh);
}

static void an_alarm_late_by_cycles_expires_once_and_keeps_its_phase(void **state)
{
    (void)state;
    bodies[High] = trace_high;
    assert_int_equal(run(pause_over_cycles), HOST_IDLE_FOREVER);
    assert_trace("high@10000 high@45500 high@50000 ");
    assert_int_equal(OSAlarmLostCount(ToHigh), 2);
}

static void pause_to_a_boundary(void)
{
    (void)SetRelAlarm(ToHigh, 10, 10);
    host_pause(29999); /* last count of tick 29: only 20 is lost */
    assert_int_equal(OSAlarmLostCount(ToHigh), 1);
    (void)CancelAlarm(ToHigh);
    (void)SetRelAlarm(ToHigh, 1, 10); /* at 30, 40, 50 */
    host_pause(20001);                /* exactly 50: 40 and 50 are lost, the next is 60 */
    assert_int_equal(OSAlarmLostCount(ToHigh), 3);
    host_advance(10000);
    assert_int_equal(OSAlarmLostCount(ToHigh), 3);
    (void)CancelAlarm(ToHigh);
}

static void a_cycle_that_ends_exactly_now_is_lost_one_count_before_it_is_not(void **state)
{
    (void)state;
    bodies[High] = trace_high;
    assert_int_equal(run(pause_to_a_boundary), HOST_IDLE_FOREVER);
    assert_trace("high@29999 high@50000 high@60000 ");
}

static void pause_one_cycle(void)
{
    (void)SetRelAlarm(ToHigh, 10, 10);
    host_pause(20000); /* exactly when it is due for the second time */
    assert_int_equal(OSAlarmLostCount(ToHigh), 1);
    host_advance(10000);
    (void)CancelAlarm(ToHigh);
}

static void an_alarm_late_by_exactly_one_cycle_loses_one(void **state)
{
    (void)state;
    bodies[High] = trace_high;
    assert_int_equal(run(pause_one_cycle), HOST_IDLE_FOREVER);
    assert_trace("high@20000 high@30000 ");
    assert_int_equal(OSAlarmLostCount(ToHigh), 1);
}

static void masked_for_long(void)
{
    (void)SetRelAlarm(ToHigh, 1, 1);
    SuspendOSInterrupts();
    host_advance(1000ull * 5000000); /* 5,000,000 cycles */
    trace("low ");
    ResumeOSInterrupts();
    assert_int_equal(OSAlarmLostCount(ToHigh), 4999999);
    (void)CancelAlarm(ToHigh);
}

static void interrupts_masked_for_long_are_no_different(void **state)
{
    (void)state;
    bodies[High] = trace_high;
    assert_int_equal(run(masked_for_long), HOST_IDLE_FOREVER);
    assert_trace("low high@5000000000 ");
}

/* ---- the counter's end ---- */

static void absolute_zero_at_zero(void)
{
    host_advance(10 * 250); /* Small shows 0 for the second time */
    (void)SetAbsAlarm(SmallToHigh, 0, 0);
}

static void the_value_of_this_very_tick_means_the_next_round(void **state)
{
    (void)state;
    bodies[High] = trace_high;
    assert_int_equal(run(absolute_zero_at_zero), HOST_IDLE_FOREVER);
    assert_trace("high@5000 ");
}

static void small_absolute(void)
{
    host_advance(4 * 250); /* Small shows 4 */
    (void)SetAbsAlarm(SmallToHigh, 6, 0);
    host_advance(2 * 250);
    (void)SetAbsAlarm(SmallToHigh, 6, 0); /* shows 6 now: a whole round */
    host_advance(10 * 250);
    (void)SetAbsAlarm(SmallToHigh, 5, 10); /* passed */
    host_advance(19 * 250);
    (void)CancelAlarm(SmallToHigh);
}

static void absolute_values_wrap_with_a_small_counter(void **state)
{
    (void)state;
    bodies[High] = trace_high;
    assert_int_equal(run(small_absolute), HOST_IDLE_FOREVER);
    assert_trace("high@1500 high@4000 high@6250 high@8750 ");
}

#define ROUND (1000ull << 32) /* counts of 2^32 ticks at RIG_HZ */

static void absolute_at_the_end(void)
{
    TickType left;

    host_pause(ROUND - 3000); /* shows 0xfffffffd */
    assert_int_equal(SetAbsAlarm(ToHigh, 0xffffffffu, 0), E_OK);
    assert_int_equal(GetAlarm(ToHigh, &left), E_OK);
    assert_int_equal(left, 2);
    assert_int_equal(SetAbsAlarm(ToMiddle, 0, 0), E_OK);
    host_advance(3500); /* shows 0 */
    assert_int_equal(SetAbsAlarm(ToMiddle, 0xffffffffu, 0), E_OK);
    assert_int_equal(GetAlarm(ToMiddle, &left), E_OK);
    assert_int_equal(left, 0xffffffffu);
    assert_int_equal(SetAbsAlarm(ToHigh, 0, 0),
                     E_OK); /* shown now: 2^32 ticks, more than a TickType holds */
    assert_int_equal(GetAlarm(ToHigh, &left), E_OK);
    assert_int_equal(left, 0xffffffffu);
    trace("at %llu: ", (unsigned long long)now() - ROUND);
}

static void trace_round(void)
{
    trace("high@%lld ", (long long)(now() - ROUND));
}

static void trace_round_middle(void)
{
    trace("middle@%lld ", (long long)(now() - ROUND));
}

static void absolute_values_wrap_at_2_32(void **state)
{
    (void)state;
    bodies[High] = trace_round;
    bodies[Middle] = trace_round_middle;
    assert_int_equal(run(absolute_at_the_end), HOST_IDLE_FOREVER);
    assert_trace("high@-1000 middle@0 at 500: middle@4294967295000 high@4294967296000 ");
}

static void longest_cycle(void)
{
    (void)SetRelAlarm(ToHigh, 0xffffffffu, 0xffffffffu);
}

static void a_cycle_of_maxallowedvalue_is_exact(void **state)
{
    (void)state;
    bodies[High] = trace_high;
    host_set_limit(3 * ROUND - 4000);
    assert_int_equal(run(longest_cycle), HOST_TIME_UP);
    assert_trace("high@4294967295000 high@8589934590000 ");
}

/* ---- interrupts ---- */

static void arm_from_isr(void)
{
    trace("urgent ");
    assert_int_equal(SetRelAlarm(ToHigh, 1, 0), E_OK);
}

static void raise_and_wait(void)
{
    RAISE(Urgent);
    host_advance(1200);
    trace_low();
}

static void an_isr_can_arm_an_alarm(void **state)
{
    (void)state;
    bodies[High] = trace_high;
    at_urgent = arm_from_isr;
    assert_int_equal(run(raise_and_wait), HOST_IDLE_FOREVER);
    assert_trace("urgent high@1000 low@1200 ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_10_ms_alarm_is_exact_for_an_hour, setup),
        cmocka_unit_test_setup(a_cycle_of_a_prime_number_of_ticks_is_exact_for_nine_hours, setup),
        cmocka_unit_test_setup(after_thirty_days_an_odd_frequency_is_one_count_early_at_most,
                               setup),
        cmocka_unit_test_setup(the_timer_is_armed_for_the_next_expiry_only, setup),
        cmocka_unit_test_setup(the_timer_follows_the_earlier_of_two_counters, setup),
        cmocka_unit_test_setup(cancel_moves_or_stops_the_timer, setup),
        cmocka_unit_test_setup(alarms_of_one_moment_need_one_interrupt, setup),
        cmocka_unit_test_setup(a_higher_interrupt_comes_through_between_two_alarms, setup),
        cmocka_unit_test_setup(an_expiry_preempts_a_running_task_at_its_count, setup),
        cmocka_unit_test_setup(a_single_shot_is_free_when_its_task_runs, setup),
        cmocka_unit_test_setup(get_alarm_counts_down_tick_by_tick, setup),
        cmocka_unit_test_setup(increment_zero_is_refused_and_an_armed_alarm_kept, setup),
        cmocka_unit_test_setup(an_alarm_late_by_cycles_expires_once_and_keeps_its_phase, setup),
        cmocka_unit_test_setup(a_cycle_that_ends_exactly_now_is_lost_one_count_before_it_is_not,
                               setup),
        cmocka_unit_test_setup(an_alarm_late_by_exactly_one_cycle_loses_one, setup),
        cmocka_unit_test_setup(interrupts_masked_for_long_are_no_different, setup),
        cmocka_unit_test_setup(the_value_of_this_very_tick_means_the_next_round, setup),
        cmocka_unit_test_setup(absolute_values_wrap_with_a_small_counter, setup),
        cmocka_unit_test_setup(absolute_values_wrap_at_2_32, setup),
        cmocka_unit_test_setup(a_cycle_of_maxallowedvalue_is_exact, setup),
        cmocka_unit_test_setup(an_isr_can_arm_an_alarm, setup),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
