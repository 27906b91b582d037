/* SPDX-License-Identifier: Apache-2.0
 *
 * StartOS() and ShutdownOS(): application modes, what starts by itself and in which order, the
 * hooks at both ends, and IdleHook.
 */
#include "rig.h"

static rig_body at_startup;
static rig_body at_shutdown;
static rig_body at_error;
static rig_body at_idle;
static unsigned int later_runs;

static void trace_task(const char *name)
{
    trace("%s ", name);
    TerminateTask();
}

TASK(First)
{
    trace_task("first");
}

TASK(Second)
{
    trace_task("second");
}

TASK(Both)
{
    trace_task("both");
}

TASK(Later)
{
    trace("later@%llu ", (unsigned long long)host_count());
    if (++later_runs == 3)
        ShutdownOS(5);
    TerminateTask();
}

void StartupHook(void)
{
    assert_true(host_is_masked());
    trace("startup%u ", GetActiveApplicationMode());
    rig_do(at_startup);
}

void ShutdownHook(StatusType Error)
{
    assert_true(host_is_masked());
    trace("shutdown%u ", Error);
    rig_do(at_shutdown);
}

void ErrorHook(StatusType Error)
{
    trace("error%u ", Error);
    rig_do(at_error);
}

void IdleHook(void)
{
    assert_false(host_is_masked());
    rig_do(at_idle);
}

static int setup(void **state)
{
    (void)state;
    at_startup = NULL;
    at_shutdown = NULL;
    at_error = NULL;
    at_idle = NULL;
    later_runs = 0;
    rig_begin(77);
    return 0;
}

/* Runs first: the kernel has not been started in this process. */
static void before_the_start_no_service_is_allowed(void **state)
{
    TickType left;

    (void)state;
    assert_int_equal(ActivateTask(First), E_OS_CALLEVEL);
    assert_int_equal(SetRelAlarm(Soon, 1, 0), E_OS_CALLEVEL);
    assert_int_equal(GetAlarm(Soon, &left), E_OS_CALLEVEL);
    assert_trace("error2 error2 error2 ");
}

static void a_task_has_its_name(void **state)
{
    (void)state;
    assert_string_equal(OSTaskName(First), "First");
    assert_string_equal(OSTaskName(Later), "Later");
}

static void end_idle(void)
{
    trace("idle ");
    ShutdownOS(E_OK);
}

static void a_mode_starts_its_own_tasks_highest_first(void **state)
{
    (void)state;
    at_idle = end_idle;
    assert_int_equal(host_run(ModeOne), E_OK);
    assert_trace("startup0 both first idle shutdown0 ");
    assert_int_equal(host_timer_armed(), UINT64_MAX);
}

static void let_time_pass(void)
{
    host_advance(1);
}

static void a_mode_starts_its_own_alarms_relative_to_the_start(void **state)
{
    (void)state;
    at_idle = let_time_pass;
    assert_int_equal(host_run(ModeTwo), 5);
    assert_trace("startup1 both second later@3077 later@5077 later@7077 shutdown5 ");
}

static void an_unknown_mode_ends_with_e_os_id(void **state)
{
    (void)state;
    assert_int_equal(host_run(CFG_APPMODE_COUNT), E_OS_ID);
    assert_int_equal(host_run(255), E_OS_ID);
    assert_trace("shutdown3 shutdown3 ");
}

static void shut_down(void)
{
    ShutdownOS(9);
}

static void startup_hook_can_shut_down_before_any_task(void **state)
{
    (void)state;
    at_startup = shut_down;
    assert_int_equal(host_run(ModeOne), 9);
    assert_trace("startup0 shutdown9 ");
}

static void activate_from_idle(void)
{
    static unsigned int times;

    trace("idle ");
    assert_int_equal(ActivateTask(Second), E_OK);
    if (++times == 2)
        ShutdownOS(E_OK);
}

static void idle_hook_can_activate_tasks(void **state)
{
    (void)state;
    at_idle = activate_from_idle;
    assert_int_equal(host_run(ModeOne), E_OK);
    assert_trace("startup0 both first idle second idle second shutdown0 ");
}

static void idle_hook_may_not_terminate(void)
{
    TaskType task = 0;

    assert_int_equal(TerminateTask(), E_OS_CALLEVEL);
    assert_int_equal(Schedule(), E_OS_CALLEVEL);
    assert_int_equal(GetTaskID(&task), E_OK);
    assert_int_equal(task, INVALID_TASK);
    ShutdownOS(E_OK);
}

static void idle_hook_is_no_task(void **state)
{
    (void)state;
    at_idle = idle_hook_may_not_terminate;
    assert_int_equal(host_run(ModeOne), E_OK);
    assert_trace("startup0 both first error2 error2 shutdown0 ");
}

static void activate_in_vain(void)
{
    assert_int_equal(ActivateTask(First), E_OS_CALLEVEL);
}

/* Both hooks fail and end the system: neither runs twice. */
static void the_end_comes_whatever_the_hooks_do(void **state)
{
    (void)state;
    at_startup = shut_down;
    at_shutdown = activate_in_vain;
    at_error = shut_down;
    assert_int_equal(host_run(ModeOne), 9);
    assert_trace("startup0 shutdown9 error2 ");
}

static void a_second_start_begins_from_nothing(void **state)
{
    (void)state;
    at_idle = let_time_pass;
    assert_int_equal(host_run(ModeTwo), 5);
    rig_log[0] = '\0';
    at_idle = end_idle;
    assert_int_equal(host_run(ModeOne), E_OK);
    assert_trace("startup0 both first idle shutdown0 ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(before_the_start_no_service_is_allowed, setup),
        cmocka_unit_test_setup(a_task_has_its_name, setup),
        cmocka_unit_test_setup(a_mode_starts_its_own_tasks_highest_first, setup),
        cmocka_unit_test_setup(a_mode_starts_its_own_alarms_relative_to_the_start, setup),
        cmocka_unit_test_setup(an_unknown_mode_ends_with_e_os_id, setup),
        cmocka_unit_test_setup(startup_hook_can_shut_down_before_any_task, setup),
        cmocka_unit_test_setup(idle_hook_can_activate_tasks, setup),
        cmocka_unit_test_setup(idle_hook_is_no_task, setup),
        cmocka_unit_test_setup(the_end_comes_whatever_the_hooks_do, setup),
        cmocka_unit_test_setup(a_second_start_begins_from_nothing, setup),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
