/* SPDX-License-Identifier: Apache-2.0
 *
 * Whose values are in the floating-point registers: each user finds its own, the others find them
 * switched off, and they are saved only when another user comes.
 */
#include "rig.h"

static rig_body at_plain;
static rig_body at_calm;
static rig_body at_urgent;

/* Fill the registers, then look whether they are the same after `between`. */
static void keep(uint64_t value, rig_body between)
{
    unsigned int i;

    assert_int_equal(host_fpu()->status, 0); /* as a program finds it at its start */
    for (i = 0; i < HOST_FPU_REGS; i++)
        host_fpu()->reg[i] = value + i;
    host_fpu()->status = (uint32_t)value;
    rig_do(between);
    for (i = 0; i < HOST_FPU_REGS; i++)
        assert_int_equal(host_fpu()->reg[i], value + i);
    assert_int_equal(host_fpu()->status, value);
}

static void have_none(rig_body between)
{
    assert_false(host_fpu_is_on());
    rig_do(between);
    assert_false(host_fpu_is_on());
}

TASK(Low)
{
    keep(100, bodies[Low]);
    TerminateTask();
}

TASK(Plain)
{
    have_none(bodies[Plain]);
    TerminateTask();
}

TASK(Waiter)
{
    keep(200, bodies[Waiter]);
    TerminateTask();
}

TASK(High)
{
    keep(300, bodies[High]);
    TerminateTask();
}

ISR(PlainIsr)
{
    have_none(at_plain);
}

ISR(Calm)
{
    keep(400, at_calm);
}

ISR(Urgent)
{
    keep(500, at_urgent);
}

static int setup(void **state)
{
    (void)state;
    at_plain = NULL;
    at_calm = NULL;
    at_urgent = NULL;
    rig_begin(0);
    return 0;
}

static void run(rig_body low)
{
    bodies[Low] = low;
    assert_int_equal(host_run(OSDEFAULTAPPMODE), HOST_IDLE_FOREVER);
    assert_false(host_fpu_is_on());
}

static void activate_high(void)
{
    assert_int_equal(ActivateTask(High), E_OK);
}

static void activate_high_through_plain(void)
{
    bodies[Plain] = activate_high;
    assert_int_equal(ActivateTask(Plain), E_OK);
}

static void a_task_finds_its_registers_after_another_used_them(void **state)
{
    (void)state;
    run(activate_high);
    run(activate_high_through_plain);
}

static void raise_calm(void)
{
    RAISE(Calm);
}

static void raise_urgent(void)
{
    RAISE(Urgent);
}

static void raise_plain(void)
{
    RAISE(PlainIsr);
}

static void interrupts_have_registers_of_their_own(void **state)
{
    (void)state;
    at_calm = raise_urgent;
    run(raise_calm);
    at_plain = raise_calm;
    run(raise_plain);
    at_plain = raise_urgent;
    bodies[Plain] = raise_plain;
    run(activate_high_through_plain);
}

static void raise_calm_that_activates_high(void)
{
    at_calm = activate_high;
    RAISE(Calm);
}

static void preemption_after_an_interrupt_saves_the_tasks_registers(void **state)
{
    (void)state;
    run(raise_calm_that_activates_high);
}

static void wait_go(void)
{
    assert_int_equal(WaitEvent(Go), E_OK);
}

static void let_waiter_wait_and_go_on(void)
{
    bodies[Waiter] = wait_go;
    assert_int_equal(ActivateTask(Waiter), E_OK);
    activate_high();
    RAISE(Calm);
    assert_int_equal(SetEvent(Waiter, Go), E_OK);
}

static void a_task_that_waits_finds_its_registers_when_it_goes_on(void **state)
{
    (void)state;
    run(let_waiter_wait_and_go_on);
}

/* ---- they are saved only when somebody needs them ---- */

static void nobody_saves_for_who_has_none(void)
{
    struct arch_fpu *const room = cfg_tasks[Low].fpu;

    room->reg[0] = 7;
    RAISE(PlainIsr);
    assert_int_equal(ActivateTask(Plain), E_OK);
    assert_int_equal(room->reg[0], 7);
    RAISE(Calm);
    assert_int_equal(room->reg[0], 100);
}

static void those_without_registers_cost_no_save(void **state)
{
    (void)state;
    run(nobody_saves_for_who_has_none);
}

static void chain_to_high(void)
{
    cfg_tasks[Low].fpu->reg[0] = 7;
    (void)ChainTask(High);
}

static void what_a_task_leaves_behind_is_not_saved(void **state)
{
    (void)state;
    run(chain_to_high);
    assert_int_equal(cfg_tasks[Low].fpu->reg[0], 7);
}

/* ---- who has not asked ---- */

static void compute(void)
{
    (void)host_fpu();
}

static void compute_in_plain(void)
{
    bodies[Plain] = compute;
    (void)ActivateTask(Plain);
}

static void a_stray_use_is_an_exception(void **state)
{
    (void)state;
    bodies[Low] = compute_in_plain;
    assert_int_equal(host_run(OSDEFAULTAPPMODE), HOST_FPU_IS_OFF);
    bodies[Low] = raise_plain;
    at_plain = compute;
    host_reset(RIG_HZ, 0);
    assert_int_equal(host_run(OSDEFAULTAPPMODE), HOST_FPU_IS_OFF);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_task_finds_its_registers_after_another_used_them, setup),
        cmocka_unit_test_setup(interrupts_have_registers_of_their_own, setup),
        cmocka_unit_test_setup(preemption_after_an_interrupt_saves_the_tasks_registers, setup),
        cmocka_unit_test_setup(a_task_that_waits_finds_its_registers_when_it_goes_on, setup),
        cmocka_unit_test_setup(those_without_registers_cost_no_save, setup),
        cmocka_unit_test_setup(what_a_task_leaves_behind_is_not_saved, setup),
        cmocka_unit_test_setup(a_stray_use_is_an_exception, setup),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
